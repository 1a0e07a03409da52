"""The task list of a preview."""

from functools import cached_property

from criteria.requests.moving import EditionMove
from criteria.screens.wizard.tasks.list import TaskList


class PreviewTasks(TaskList):
    """The wizard's. It stays with its edition, whichever one is in force."""

    @cached_property
    def move(self) -> EditionMove | None:
        """Never."""
        return None
