"""Saves requests, changes what they are, and withdraws them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from criteria.accounts.permissions import check_may_edit, check_may_move, check_may_withdraw
from criteria.actions.events import record_event
from criteria.actions.requests.start import RequestSummary, Typed
from criteria.models import (
    AuthorizationRequest,
    PolicyVersion,
    Practice,
    RequestPage,
    RequestStatus,
)
from criteria.models.request import EDITABLE


class StaleSaveError(Exception):
    """The page was saved from somewhere else since it was opened; nothing was written."""


def save_page(
    *,
    request: AuthorizationRequest,
    page: RequestPage | None,
    slug: str,
    data: Typed,
    tab: str,
    press: int = 0,
    revision: int,
    summary: RequestSummary,
    version_id: int | None,
    please_check: Collection[str] = (),
    by_button: bool = True,
    by: User,
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
                others.exclude(slug=slug).update(please_check=True, check_because="")
            if by_button:
                record_event(verb="save", obj=request, summary=f"Page {slug}", by=by)
    except IntegrityError:
        raise StaleSaveError from None
    return saved


@transaction.atomic
def keep_page(
    *, request: AuthorizationRequest, page: RequestPage, data: Typed, by: User
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
    summary: RequestSummary,
    version_id: int | None,
    now: datetime,
    by: User,
) -> None:
    """Bring the columns up to date; in the same statement refuse who may not edit.

    What was submitted keeps its edition, whatever line of business or day is typed.
    """
    own = AuthorizationRequest.objects.filter(
        Q(submitted_at__isnull=True) | Q(version_id=version_id),
        pk=request.pk,
        status__in=EDITABLE,
        practice__in=Practice.objects.of(by),
    )
    changed = own.update(
        version_id=version_id,
        revision=F("revision") + 1,
        updated_at=now,
        updated_by=by,
        **asdict(summary),
    )
    if not changed:
        raise PermissionDenied(
            "This request is no longer changed, not by this account, or not to another edition."
        )


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
    fields = ("data", "tab", "press", "please_check", "check_because", "saved_at", "saved_by")
    values = {field: getattr(saved, field) for field in fields}
    unchanged = RequestPage.objects.filter(same, pk=page.pk)
    if not unchanged.update(**values, revision=F("revision") + 1):
        raise StaleSaveError


@transaction.atomic
def make_request(*, request: AuthorizationRequest, by: User) -> AuthorizationRequest:
    """Turn a quick check into a request: everything typed stays."""
    check_may_edit(by, request)
    request.is_quick_check = False
    request.updated_at, request.updated_by = timezone.now(), by
    request.save(update_fields=["is_quick_check", "updated_at", "updated_by"])
    record_event(verb="make_request", obj=request, by=by)
    return request


@transaction.atomic
def change_edition(
    *,
    request: AuthorizationRequest,
    version: PolicyVersion,
    please_check: Mapping[str, str],
    by: User,
) -> AuthorizationRequest:
    """Judge a draft by another edition, because the person chose so. Nothing typed is lost.

    ``please_check``: the pages to look at again, each with why.
    Raises PermissionDenied once the request was submitted, also while the practice answers.
    """
    request.refresh_from_db(from_queryset=AuthorizationRequest.objects.select_for_update())
    check_may_move(by, request)
    request.version = version
    request.revision += 1
    request.updated_at, request.updated_by = timezone.now(), by
    request.save(update_fields=["version", "revision", "updated_at", "updated_by"])
    mark_pages(request, please_check)
    record_event(verb="change_edition", obj=request, summary=f"To {version.number}", by=by)
    return request


def mark_pages(request: AuthorizationRequest, please_check: Mapping[str, str]) -> None:
    """Have these pages looked at again, each for its reason."""
    for slug, because in please_check.items():
        rows = RequestPage.objects.filter(request=request, slug=slug)
        rows.update(please_check=True, check_because=because)


@transaction.atomic
def withdraw_request(*, request: AuthorizationRequest, by: User) -> AuthorizationRequest:
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
