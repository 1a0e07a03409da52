"""The lines of a worklist: each request as it was last submitted, whatever is typed meanwhile."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import JSONField, OuterRef, Subquery
from django.utils.dateparse import parse_date

from criteria.accounts.people import name_of
from criteria.models import AuthorizationRequest, PolicyVersion, Submission, Urgency
from criteria.requests.marks import MARKS, OVERALL, StateMark
from criteria.requests.stated_content import PHASES
from criteria.rules import FindingState
from criteria.rules.terms import Overall, TherapyPhase
from criteria.screens.review.clock_words import clock_mark, status_mark
from criteria.screens.review.worklist.filters import indication_names
from criteria.screens.review.worklist.query import Requests


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One request as it stands in the list."""

    request: AuthorizationRequest
    clock: StateMark
    patient: str
    born_on: date | None
    indication: str
    phase: str
    finding: StateMark
    dose: str
    is_expedited: bool
    status: StateMark
    holder: str


def with_listed(found: Requests) -> Requests:
    """The requests with what lists show of their last submission, and by which edition."""
    last = Submission.objects.filter(request=OuterRef("pk")).order_by("-number")
    return found.select_related("assigned_to").annotate(
        listed=Subquery(last.values("listed")[:1], output_field=JSONField()),
        edition=Subquery(last.values("version")[:1]),
    )


def rows_of(
    found: Sequence[AuthorizationRequest], versions: Collection[PolicyVersion], now: datetime
) -> list[WorklistRow]:
    """The lines of requests that were read with ``with_listed``."""
    by_pk = {version.pk: version for version in versions}
    return [_row(one, by_pk, now) for one in found]


def _row(request: Any, versions: dict[int, PolicyVersion], now: datetime) -> WorklistRow:
    listed = request.listed or {}
    overall = listed.get("overall") or request.overall
    phase = listed.get("phase") or request.phase
    holder = request.assigned_to
    return WorklistRow(
        request=request,
        clock=clock_mark(request, now),
        patient=listed.get("patient_name") or request.patient_name,
        born_on=parse_date(listed.get("born_on") or "") or request.born_on,
        indication=_indication(request, listed, versions),
        phase=PHASES[TherapyPhase(phase)] if phase else "",
        finding=OVERALL[Overall(overall)] if overall else MARKS[FindingState.NOT_ANSWERED],
        dose=listed.get("dose_text") or request.dose_text,
        is_expedited=(listed.get("urgency") or request.urgency) == Urgency.EXPEDITED,
        status=status_mark(request),
        holder="" if holder is None else name_of(holder),
    )


def _indication(request: Any, listed: dict[str, Any], versions: dict[int, PolicyVersion]) -> str:
    """By its name in the edition it was judged by."""
    key = listed.get("indication_key") or request.indication_key
    edition = versions.get(request.edition or request.version_id)
    if not key:
        return "No diagnosis"
    ((_, name),) = indication_names([key], [] if edition is None else [edition])
    return name
