"""The shipped policies in the database of the tests, stored once for all modules that need them."""

from collections.abc import Callable
from contextlib import ExitStack

from django.db import transaction

from tests.factories.commercial import publish_commercial_policy
from tests.factories.medicare import publish_medicare_policies

# What a module asks for, by the fixture it names, and how many layers that takes.
DEPTH = {"commercial_policy": 1, "medicare_policies": 2}
LAYERS: tuple[Callable[[], object], ...] = (publish_commercial_policy, publish_medicare_policies)


class PolicyLayers:
    """Each layer is a transaction that stays open over modules and is never committed.

    Storing the commercial policy takes half a second, the Medicare article three; neither a live
    server nor another thread sees them.
    """

    def __init__(self) -> None:
        self._open: list[ExitStack] = []

    @property
    def depth(self) -> int:
        """How many layers are open."""
        return len(self._open)

    def stand_at(self, depth: int) -> None:
        """Open layers, or roll them back, until there are ``depth``."""
        while self.depth > depth:
            transaction.set_rollback(True)
            self._open.pop().close()
        while self.depth < depth:
            self._open.append(ExitStack())
            self._open[-1].enter_context(transaction.atomic())
            LAYERS[self.depth - 1]()
