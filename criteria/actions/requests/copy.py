"""Starts a request anew under another policy, with everything typed into the first one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.actions.requests.start import RequestSummary, Typed, new_request
from criteria.models import AuthorizationRequest, Enclosure, PolicyVersion, RequestPage


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedPage:
    """One page as it is typed into the new request."""

    slug: str
    data: Typed
    please_check: bool = False


@transaction.atomic
def copy_request(
    *,
    request: AuthorizationRequest,
    version: PolicyVersion,
    pages: Sequence[CopiedPage],
    summary: RequestSummary,
    press: str,
    by: User,
) -> AuthorizationRequest:
    """A new draft of the same practice, pinned to ``version``; ``request`` is not touched.

    ``pages`` in the order they were saved. ``press`` stands for the button as it was drawn: sent
    twice, it gives the draft it made the first time. Enclosures come along with their letters and
    files. Raises PermissionDenied for anybody outside the practice.
    """
    if not request.practice.membership_set.filter(user_id=by.pk).exists():
        raise PermissionDenied("Only members of a practice start its requests.")
    made = _made_before(request, press)
    if made is not None:
        return made
    now = timezone.now()
    copy = new_request(
        summary,
        now,
        by,
        practice=request.practice,
        version=version,
        is_quick_check=request.is_quick_check,
        enclosure_letters=request.enclosure_letters,
    )
    RequestPage.objects.bulk_create(
        RequestPage(request=copy, tab=press, saved_at=now, saved_by=by, **asdict(page))
        for page in pages
    )
    _copy_enclosures(request, copy, now, by)
    under = f"{version.policy.name}, edition {version.number}"
    record_event(verb="start", obj=copy, summary=f"From {request.number}, under {under}", by=by)
    record_event(verb="copy", obj=request, summary=f"To {copy.number}, under {under}", by=by)
    return copy


def _made_before(request: AuthorizationRequest, press: str) -> AuthorizationRequest | None:
    """What the same button made already. The row is locked, so that a double press makes one."""
    if not press:
        return None
    AuthorizationRequest.objects.select_for_update().get(pk=request.pk)
    pages = RequestPage.objects.filter(tab=press, request__practice=request.practice_id)
    page = pages.exclude(request=request).select_related("request").first()
    return None if page is None else page.request


def _copy_enclosures(
    request: AuthorizationRequest, copy: AuthorizationRequest, now: datetime, by: User
) -> None:
    """Each with its letter, which answers refer to; a removed one keeps its letter taken."""
    for enclosure in request.enclosures.all():
        enclosure.pk, enclosure._state.adding = None, True
        enclosure.request, enclosure.added_at, enclosure.added_by = copy, now, by
        _copy_file(enclosure)
        enclosure.save()


def _copy_file(enclosure: Enclosure) -> None:
    """A file of its own. Without the first one the document is announced, to be attached again."""
    first, name = enclosure.file, enclosure.file.name
    enclosure.file = None
    if not name:
        return
    if enclosure.removed_at is None and first.storage.exists(name):
        with first.storage.open(name) as document:
            content = ContentFile(document.read())
        enclosure.file.save(enclosure.file_name, content, save=False)
    else:
        enclosure.sha256, enclosure.size_bytes, enclosure.pages = "", 0, None
