"""Approvals held here that gave courses to one patient, for one treatment.

A patient is a member number with a date of birth, never a name; a renewal also names the approvals
it continues. A practice is given those of its own requests; a reviewer those of all.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from pydantic import TypeAdapter

from criteria.dosing import ApprovedCourses
from criteria.dosing.ceilings import MONTH_DAYS
from criteria.models import AuthorizationRequest, Determination, Submission
from criteria.policies.edition import IndicationDefinition, PathwayDefinition
from criteria.requests.answers.facts import StatedFacts
from criteria.requests.answers.identifiers import member_key
from criteria.requests.answers.typed import one
from criteria.rules.formats import counted, date_text

APPROVED_BEFORE = "Courses approved here before"
NOT_LOOKED_UP = "looked up once the member number and the date of birth are stated"
# What is typed of whom and what a request is for.
TREATMENT_FIELDS = (
    "line_of_business",
    "phase",
    "request_date",
    "indication",
    "pathway",
    "member_id",
    "born",
)
Rows = QuerySet[AuthorizationRequest]


@dataclass(frozen=True, slots=True)
class Treatment:
    """Whom and what a request is for, as earlier approvals are told to be of the same."""

    member: str
    born_on: date | None
    continues: tuple[int, ...]
    indication: str
    indication_name: str
    other_pathways: frozenset[str]

    def holds(self, row: AuthorizationRequest) -> bool:
        """Whether an approval is of this patient and treatment.

        By key of the diagnosis or, where another edition or policy has another key, by its name.
        An approval by another set of criteria for the same phase is another treatment; one by the
        criteria of another phase is the same one, begun earlier.
        """
        name = getattr(row, "indication_name", "") or ""
        is_same = row.indication_key == self.indication or _plain(name) == self.indication_name
        is_other_way = row.pathway_key in self.other_pathways
        return self._is_of_patient(row) and is_same and not is_other_way

    def _is_of_patient(self, row: AuthorizationRequest) -> bool:
        if row.pk in self.continues or row.first_approved_id in self.continues:
            return True
        is_known = bool(self.member and self.born_on)
        return is_known and (row.member_key, row.born_on) == (self.member, self.born_on)


def treatment_of(stated: StatedFacts) -> Treatment | None:
    """What a request is for; None while its diagnosis, or whom it is for, is not known."""
    request, indication = stated.request, stated.indication
    continues = tuple(pk for pk in (request.first_approved_id, request.renewal_of_id) if pk)
    member = member_key(one(stated.typed, "member_id"))
    if indication is None or not ((member and stated.born) or continues):
        return None
    return Treatment(
        member=member,
        born_on=stated.born,
        continues=continues,
        indication=indication.key,
        indication_name=_plain(indication.name),
        other_pathways=other_ways(indication, stated.pathway),
    )


def other_ways(
    indication: IndicationDefinition, pathway: PathwayDefinition | None
) -> frozenset[str]:
    """Keys of the sets of criteria that serve a phase of this one: alternatives to it."""
    if pathway is None:
        return frozenset()
    return frozenset(
        one.key
        for one in indication.pathways
        if one.key != pathway.key and one.phases & pathway.phases
    )


def approvals_held(
    stated: StatedFacts, *, by_any_practice: bool = False, until: datetime | None = None
) -> tuple[AuthorizationRequest, ...]:
    """The approvals that count with a request, the earliest first; one query at most.

    ``until``: those decided before. The request itself is none of them.
    """
    treatment, request = treatment_of(stated), stated.request
    if treatment is None or request.practice_id is None:
        return ()
    rows = _ordered(_of_patients({treatment.member}, treatment.continues))
    if not by_any_practice:
        rows = rows.filter(practice=request.practice_id)
    if until is not None:
        rows = rows.filter(decided_at__lt=until)
    return tuple(row for row in rows if row.pk != request.pk and treatment.holds(row))


def approvals_near(requests: Sequence[AuthorizationRequest]) -> tuple[AuthorizationRequest, ...]:
    """The approvals of all patients of some requests; one query for all of them."""
    members = {row.member_key for row in requests}
    continued = {pk for row in requests for pk in (row.first_approved_id, row.renewal_of_id) if pk}
    return tuple(_ordered(_of_patients(members, continued)))


def approvals_among(
    stated: StatedFacts, near: Iterable[AuthorizationRequest]
) -> tuple[AuthorizationRequest, ...]:
    """Those of ``near`` that count with a request of a practice."""
    treatment, own = treatment_of(stated), stated.request
    if treatment is None:
        return ()
    rows = (row for row in near if row.pk != own.pk and row.practice_id == own.practice_id)
    return tuple(row for row in rows if treatment.holds(row))


def _of_patients(members: Collection[str], continued: Collection[int]) -> Rows:
    approved = AuthorizationRequest.objects.approved()
    named = Q(member_key__in=[key for key in members if key])
    chained = Q(pk__in=continued) | Q(first_approved__in=continued)
    return approved.filter(named | chained)


def _ordered(rows: Rows) -> Rows:
    """The earliest first, with what is read of each."""
    found = rows.select_related("determination", "practice").annotate(indication_name=_name())
    return found.order_by("approved_from", "decided_at", "pk")


def _name() -> Subquery:
    """The diagnosis an approval is for, in the words of its last submission."""
    last = Submission.objects.filter(request=OuterRef("pk")).order_by("-number")
    named = last.annotate(indication=KeyTextTransform("indication", "content"))
    return Subquery(named.values("indication")[:1])


def courses_of(rows: Iterable[AuthorizationRequest]) -> tuple[ApprovedCourses, ...]:
    """What each approval gave; one of a dose of two parts gave the courses of both."""
    return tuple(one for row in rows for one in _courses(row))


def _courses(row: AuthorizationRequest) -> Iterator[ApprovedCourses]:
    """As many as the reviewer gave; as many as its time holds where no number was named."""
    first, last = row.approved_from, row.approved_until
    assert first is not None and last is not None  # noqa: S101
    decision: Determination | None = getattr(row, "determination", None)
    if decision is None:
        yield _given(row.number, first, last, None, None)
        return
    every, named = decision.interval_days, decision.courses
    if named is None and decision.months is not None and every in (None, MONTH_DAYS):
        named = decision.months  # one a month, also where how often was not said
    yield _given(row.number, first, last, every, named)
    if decision.then_grams_per_course is not None:
        begins = min(first + timedelta(days=(every or MONTH_DAYS) * (named or 1)), last)
        yield _given(row.number, begins, last, decision.then_interval_days, decision.then_courses)


def _given(
    number: str, first: date, last: date, every: int | None, named: int | None
) -> ApprovedCourses:
    by_time = max(-(-((last - first).days + 1) // (every or MONTH_DAYS)), 1)
    return ApprovedCourses(
        courses=named or by_time, first_day=first, last_day=last, interval_days=every, number=number
    )


def approved_text(stated: StatedFacts, approved: Iterable[ApprovedCourses]) -> str:
    """3 courses, 2 Feb 2026 to 27 Apr 2026 (R-2026-00003); why none can be named yet."""
    if treatment_of(stated) is None:
        return NOT_LOOKED_UP
    return "; ".join(map(approval_words, approved)) or "none"


def approval_words(one: ApprovedCourses) -> str:
    """3 courses, 2 Feb 2026 to 27 Apr 2026 (R-2026-00003)."""
    days = f"{date_text(one.first_day)} to {date_text(one.last_day)}"
    return f"{counted(one.courses, 'course')}, {days} ({one.number})"


_APPROVED: TypeAdapter[tuple[ApprovedCourses, ...]] = TypeAdapter(tuple[ApprovedCourses, ...])


def approved_to_json(approved: tuple[ApprovedCourses, ...]) -> list[dict[str, Any]]:
    """As plain JSON values."""
    found: list[dict[str, Any]] = _APPROVED.dump_python(approved, mode="json")
    return found


def approved_from_json(data: object) -> tuple[ApprovedCourses, ...]:
    """Back from JSON. Raises pydantic.ValidationError for anything that is none."""
    return _APPROVED.validate_python(data)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
