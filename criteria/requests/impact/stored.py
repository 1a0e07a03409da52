"""Stored requests, many at once: a few queries for a chunk, none for each request."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from criteria.dosing import ApprovedCourses
from criteria.models import AuthorizationRequest, RequestPage, Submission
from criteria.requests.answers.typed import Typed, merged
from criteria.requests.approvals import approvals_near, approved_from_json


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request as it is judged: what was typed, and on which day.

    ``version``: the edition it is pinned to. ``overall``: what was found when it was submitted;
    None while the practice may still change it. ``near``: approvals that may count with it;
    ``approved``: the courses counted when it was submitted.
    """

    request: AuthorizationRequest
    typed: Typed
    version: int | None
    today: date
    overall: str | None = None
    near: tuple[AuthorizationRequest, ...] = ()
    approved: tuple[ApprovedCourses, ...] | None = None


def load(requests: Sequence[AuthorizationRequest], today: date) -> Iterator[StoredRequest]:
    """Each request as it stands, in order; a submitted one as it was submitted."""
    typed = _typed([r.pk for r in requests if r.is_editable])
    near = approvals_near([r for r in requests if r.is_editable])
    submitted = _submitted([r.pk for r in requests if not r.is_editable])
    for request in requests:
        if request.is_editable:
            pages = typed.get(request.pk, [])
            yield StoredRequest(request, merged(pages), request.version_id, today, near=near)
        elif request.pk in submitted:
            submission = submitted[request.pk]
            yield StoredRequest(
                request,
                submission.case["typed"],
                submission.version_id,
                timezone.localdate(submission.attested_at),
                submission.overall,
                approved=approved_from_json(submission.case["approved"]),
            )


def _typed(ids: Sequence[int]) -> dict[int, list[Typed]]:
    """What was typed into the pages of some requests, the later saved one last."""
    rows = RequestPage.objects.filter(request_id__in=ids).order_by("saved_at", "id")
    found: dict[int, list[Typed]] = defaultdict(list)
    for request, data in rows.values_list("request_id", "data"):
        found[request].append(data)
    return found


def _submitted(ids: Sequence[int]) -> dict[int, Submission]:
    """The last submission of some requests, without what was found and drawn of it."""
    rows = Submission.objects.filter(request_id__in=ids).order_by("number")
    return {row.request_id: row for row in rows.defer("assessment", "content")}
