"""Starts requests, and numbers them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.models import (
    AuthorizationRequest,
    PolicyVersion,
    Practice,
    RequestNumbers,
    RequestPage,
    Urgency,
)

Typed = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSummary:
    """What lists show of a request; the columns of the same names."""

    request_date: date | None = None
    phase: str = ""
    line_of_business: str = ""
    indication_key: str = ""
    pathway_key: str = ""
    urgency: str = Urgency.STANDARD
    overall: str = ""
    patient_name: str = ""
    member_id: str = ""
    member_key: str = ""
    born_on: date | None = None
    prescriber_name: str = ""
    dose_text: str = ""


@transaction.atomic
def start_request(
    *,
    practice: Practice,
    version: PolicyVersion,
    slug: str,
    data: Typed,
    summary: RequestSummary,
    is_quick_check: bool = False,
    by: User,
) -> AuthorizationRequest:
    """A new draft, pinned to ``version``, with its first page saved."""
    if not practice.membership_set.filter(user_id=by.pk).exists():
        raise PermissionDenied("Only members of a practice start its requests.")
    now = timezone.now()
    request = new_request(
        summary, now, by, practice=practice, version=version, is_quick_check=is_quick_check
    )
    RequestPage.objects.create(request=request, slug=slug, data=data, saved_at=now, saved_by=by)
    record_event(verb="start", obj=request, by=by)
    return request


def new_request(
    summary: RequestSummary, now: datetime, by: User, **columns: object
) -> AuthorizationRequest:
    """The row of a new draft; ``columns`` are what ways to start one differ in. Writes no event."""
    return AuthorizationRequest.objects.create(
        number=_next_number(now),
        owner=by,
        revision=1,
        created_at=now,
        created_by=by,
        updated_at=now,
        updated_by=by,
        **asdict(summary),
        **columns,
    )


def _next_number(now: datetime) -> str:
    """The next number of the year: the row stays locked until the request is written."""
    year = timezone.localtime(now).year
    RequestNumbers.objects.get_or_create(year=year)
    RequestNumbers.objects.filter(year=year).update(last=F("last") + 1)
    last = RequestNumbers.objects.values_list("last", flat=True).get(year=year)
    return f"R-{year}-{last:05}"
