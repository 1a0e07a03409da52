"""Starts, saves, submits and withdraws requests."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from criteria.actions.clocks import due_columns
from criteria.actions.events import record_event
from criteria.actions.requests_missed import note_missed
from criteria.actions.requests_words import group_of, listed_of, note_words
from criteria.models import (
    AuthorizationRequest,
    PolicyVersion,
    Practice,
    RequestNumbers,
    RequestPage,
    RequestStatus,
    Submission,
    Urgency,
)
from criteria.models.request import EDITABLE
from criteria.permissions import check_may_edit, check_may_withdraw

Typed = Mapping[str, list[str]]


class StaleSaveError(Exception):
    """The page was saved from somewhere else since it was opened; nothing was written."""


class ChangedSinceError(Exception):
    """The request was changed since it was shown; it was not submitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A request as it is submitted: plain JSON values."""

    case: Mapping[str, Any]
    assessment: Mapping[str, Any]
    content: Mapping[str, Any]
    overall: str
    attested_name: str

    @property
    def content_hash(self) -> str:
        """SHA-256 of what was submitted."""
        parts = {"case": self.case, "assessment": self.assessment, "content": self.content}
        text = json.dumps(parts, sort_keys=True, cls=DjangoJSONEncoder)
        return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def start_request(
    *,
    practice: Practice,
    version: PolicyVersion,
    slug: str,
    data: Typed,
    summary: Summary,
    is_quick_check: bool = False,
    by: Any,
) -> AuthorizationRequest:
    """A new draft, pinned to ``version``, with its first page saved."""
    if not practice.membership_set.filter(user_id=by.pk).exists():
        raise PermissionDenied("Only members of a practice start its requests.")
    now = timezone.now()
    request = AuthorizationRequest.objects.create(
        number=next_number(now),
        practice=practice,
        owner=by,
        version=version,
        is_quick_check=is_quick_check,
        revision=1,
        created_at=now,
        created_by=by,
        updated_at=now,
        updated_by=by,
        **asdict(summary),
    )
    RequestPage.objects.create(request=request, slug=slug, data=data, saved_at=now, saved_by=by)
    record_event(verb="start", obj=request, by=by)
    return request


def next_number(now: datetime) -> str:
    """The next number of the year: the row stays locked until the request is written."""
    year = timezone.localtime(now).year
    RequestNumbers.objects.get_or_create(year=year)
    RequestNumbers.objects.filter(year=year).update(last=F("last") + 1)
    last = RequestNumbers.objects.values_list("last", flat=True).get(year=year)
    return f"R-{year}-{last:05}"


def save_page(
    *,
    request: AuthorizationRequest,
    page: RequestPage | None,
    slug: str,
    data: Typed,
    tab: str,
    press: int = 0,
    revision: int,
    summary: Summary,
    version_id: int | None,
    please_check: Collection[str] = (),
    by_button: bool = True,
    by: Any,
) -> RequestPage:
    """Keep what was typed into one page. Raises StaleSaveError if another tab was first.

    ``page`` is the row as it was loaded, ``revision`` the one the form was drawn from, ``tab`` the
    form and ``press`` how often it was sent. What is saved while someone types is not written down
    as an event: the page itself says who saved it last, and when.
    """
    now = timezone.now()
    saved = RequestPage(
        request=request, slug=slug, data=data, tab=tab, press=press, saved_at=now, saved_by=by
    )
    try:
        with transaction.atomic():
            _change_request(request, summary, version_id, now, by)
            _write(saved, page, revision, by_button=by_button)
            if please_check:
                others = RequestPage.objects.filter(request=request, slug__in=please_check)
                others.exclude(slug=slug).update(please_check=True)
            if by_button:
                record_event(verb="save", obj=request, summary=f"Page {slug}", by=by)
    except IntegrityError:
        raise StaleSaveError from None
    return saved


@transaction.atomic
def keep_page(
    *, request: AuthorizationRequest, page: RequestPage, data: Typed, by: Any
) -> RequestPage:
    """Keep what was typed into a page that is no longer part of the request."""
    check_may_edit(by, request)
    page.data, page.revision = dict(data), page.revision + 1
    page.save(update_fields=["data", "revision"])
    AuthorizationRequest.objects.filter(pk=request.pk).update(revision=F("revision") + 1)
    record_event(verb="save", obj=request, summary=f"Page {page.slug}, no longer asked", by=by)
    return page


def _change_request(
    request: AuthorizationRequest,
    summary: Summary,
    version_id: int | None,
    now: datetime,
    by: Any,
) -> None:
    """Bring the columns up to date; in the same statement refuse who may not edit."""
    own = AuthorizationRequest.objects.filter(
        pk=request.pk, status__in=EDITABLE, practice__in=Practice.objects.of(by)
    )
    changed = own.update(
        version_id=version_id,
        revision=F("revision") + 1,
        updated_at=now,
        updated_by=by,
        **asdict(summary),
    )
    if not changed:
        raise PermissionDenied("This request is no longer changed, or not by this account.")


def _write(saved: RequestPage, page: RequestPage | None, revision: int, *, by_button: bool) -> None:
    """Write over ``page``, unless it was saved from elsewhere since.

    What is typed into one drawn form is saved in the order it was sent; a button always counts.
    """
    if page is None:
        saved.save(force_insert=True)
        return
    saved.pk, saved.revision = page.pk, page.revision + 1
    same = Q(revision=page.revision) if page.revision == revision else Q(pk=None)
    if saved.tab:
        own = Q(tab=saved.tab)
        same |= own if by_button else own & Q(press__lte=saved.press)
    fields = ("data", "tab", "press", "please_check", "saved_at", "saved_by")
    values = {field: getattr(saved, field) for field in fields}
    unchanged = RequestPage.objects.filter(same, pk=page.pk)
    if not unchanged.update(**values, revision=F("revision") + 1):
        raise StaleSaveError


@transaction.atomic
def make_request(*, request: AuthorizationRequest, by: Any) -> AuthorizationRequest:
    """Turn a quick check into a request: everything typed stays."""
    check_may_edit(by, request)
    request.is_quick_check = False
    request.updated_at, request.updated_by = timezone.now(), by
    request.save(update_fields=["is_quick_check", "updated_at", "updated_by"])
    record_event(verb="make_request", obj=request, by=by)
    return request


@transaction.atomic
def change_edition(
    *, request: AuthorizationRequest, version: PolicyVersion, please_check: Collection[str], by: Any
) -> AuthorizationRequest:
    """Judge a draft by another edition, because the person chose so. Nothing typed is lost."""
    check_may_edit(by, request)
    request.version = version
    request.revision += 1
    request.updated_at, request.updated_by = timezone.now(), by
    request.save(update_fields=["version", "revision", "updated_at", "updated_by"])
    RequestPage.objects.filter(request=request, slug__in=please_check).update(please_check=True)
    record_event(verb="change_edition", obj=request, summary=f"To {version.number}", by=by)
    return request


@transaction.atomic
def submit_request(
    *, request: AuthorizationRequest, revision: int, record: Record, by: Any
) -> Submission:
    """Submit a request as it was shown. Raises ChangedSinceError if it was changed since."""
    check_may_edit(by, request)
    if request.is_quick_check or request.version is None:
        raise PermissionDenied("Only a request with an edition is submitted.")
    now = timezone.now()
    unchanged = AuthorizationRequest.objects.filter(
        pk=request.pk, revision=revision, status__in=EDITABLE
    )
    if not unchanged.update(
        status=RequestStatus.SUBMITTED,
        submitted_at=request.submitted_at or now,
        submitted_by=request.submitted_by or by,
        **due_columns(request, now),
        asked_at=None,
        worklist_group=group_of(request, record.overall),
        updated_at=now,
        updated_by=by,
        revision=revision + 1,
    ):
        raise ChangedSinceError
    request.refresh_from_db()
    submission = Submission.objects.create(
        request=request,
        version=request.version,
        number=request.submissions.count() + 1,
        case=record.case,
        assessment=record.assessment,
        content=record.content,
        content_hash=record.content_hash,
        overall=record.overall,
        listed=listed_of(request, record.overall),
        attested_name=record.attested_name,
        attested_at=now,
        attested_by=by,
    )
    note_missed(submission)
    note_words(request)
    record_event(verb="submit", obj=request, summary=f"Submission {submission.number}", by=by)
    return submission


@transaction.atomic
def withdraw_request(*, request: AuthorizationRequest, by: Any) -> AuthorizationRequest:
    """Take a request back. Nothing of it is deleted. A decision made meanwhile stands."""
    request.refresh_from_db(from_queryset=AuthorizationRequest.objects.select_for_update())
    check_may_withdraw(by, request)
    now = timezone.now()
    request.status = RequestStatus.WITHDRAWN
    request.withdrawn_at, request.withdrawn_by = now, by
    request.updated_at, request.updated_by = now, by
    request.save(
        update_fields=["status", "withdrawn_at", "withdrawn_by", "updated_at", "updated_by"]
    )
    record_event(verb="withdraw", obj=request, by=by)
    return request
