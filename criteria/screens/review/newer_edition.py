"""A newer edition than the one a submitted request is judged by: the reviewer's matter.

The practice is offered none once it has submitted. What is shown here decides nothing: the reviewer
goes on by the edition it was submitted under, or has it judged by the newer one, and says why.
"""

from datetime import date
from functools import cached_property

from criteria.models import PolicyVersion, Submission
from criteria.policies.stored.load import version_in_force
from criteria.requests.impact.judging import gone as what_is_gone
from criteria.requests.moving import EditionMove
from criteria.requests.record import reviewed_draft
from criteria.requests.stated_request import StatedRequest


class NewerEdition(EditionMove):
    """What the newer edition changes of a submission."""

    whose, heading = "its", "Of this request"

    def __init__(self, submission: Submission, version: PolicyVersion) -> None:
        """``version``: the edition in force today."""
        super().__init__(reviewed_draft(submission), version)
        self.submission = submission

    @property
    def old(self) -> PolicyVersion:
        """The edition it is judged by."""
        return self.submission.version

    @cached_property
    def after(self) -> StatedRequest:
        """The request as it stands under the newer edition."""
        return reviewed_draft(self.submission, self.version)

    @cached_property
    def gone(self) -> str:
        """What the request rests on and the newer edition no longer has; empty for nothing."""
        return what_is_gone(self.draft, self.after)


def newer_of(submission: Submission, day: date) -> NewerEdition | None:
    """The edition in force on a day where it is newer than that of a submission; else None."""
    judged_by = submission.version
    current = version_in_force(judged_by.policy.line_of_business, day)
    if current is None or current.pk == judged_by.pk:
        return None
    is_older = current.effective_from < judged_by.effective_from
    return None if is_older else NewerEdition(submission, current)
