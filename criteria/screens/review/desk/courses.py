"""The courses before a request that a reviewer counts: all approvals held here, of any practice."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User

from criteria.dosing import ApprovedCourses
from criteria.models import AuthorizationRequest, Practice
from criteria.requests.assessment.assess import Assessment
from criteria.requests.dose.words import courses_left_text
from criteria.requests.stated_request import StatedRequest
from criteria.rules.formats import counted, date_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedBefore:
    """One approval. ``is_of_other``: of another practice, which the request does not name."""

    number: str
    courses: str
    days: str
    practice: str
    is_of_other: bool
    is_readable: bool


class CoursesBefore:
    """What was counted when the request was submitted, and what counts here."""

    def __init__(
        self, draft: StatedRequest, found: Assessment, submitted: Assessment, user: User
    ) -> None:
        """``draft`` and ``found`` as a reviewer judges the request, ``submitted`` as it came in."""
        self.draft, self.found, self.submitted, self.user = draft, found, submitted, user

    @cached_property
    def approvals(self) -> tuple[ApprovedBefore, ...]:
        """Every approval that counts; two queries where there is any."""
        earlier = self.draft.before
        every = [
            *((one, False) for one in earlier.approved),
            *((one, True) for one in earlier.others),
        ]
        if not every:
            return ()
        numbers = [one.number for one, _ in every]
        rows = AuthorizationRequest.objects.filter(number__in=numbers).select_related("practice")
        practices = {row.number: row.practice for row in rows}
        own = set(Practice.objects.of(self.user).values_list("pk", flat=True))
        return tuple(_row(one, practices[one.number], own, is_other) for one, is_other in every)

    @property
    def elsewhere(self) -> str:
        """What the practice stated of courses given elsewhere."""
        stated = self.draft.before.elsewhere
        return "not stated" if stated is None else counted(stated, "course")

    @property
    def has_others(self) -> bool:
        """Whether another practice's approvals count."""
        return bool(self.draft.before.others)

    @property
    def left(self) -> tuple[str, ...]:
        """How many courses are left."""
        return courses_left_text(self.found)

    @property
    def is_counted_anew(self) -> bool:
        """Whether other courses count here than when it was submitted."""
        return self.found.case.before != self.submitted.case.before

    @property
    def text(self) -> str:
        """What is found of the dose with them."""
        return self.found.dose.text

    @property
    def submitted_text(self) -> str:
        """What was found of it when it was submitted; empty where it is the same."""
        said = self.submitted.dose.text
        return "" if said == self.text else said


def _row(
    one: ApprovedCourses, practice: Practice, own: set[int], is_of_other: bool
) -> ApprovedBefore:
    return ApprovedBefore(
        number=one.number,
        courses=counted(one.courses, "course"),
        days=f"{date_text(one.first_day)} to {date_text(one.last_day)}",
        practice=practice.name,
        is_of_other=is_of_other,
        is_readable=practice.pk not in own,
    )
