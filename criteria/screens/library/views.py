"""The list of policies, and what changed between two editions of one."""

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from criteria.accounts.signed_in import SignedInRequest
from criteria.policies.difference.markdown import markdown
from criteria.screens.library.comparing import Compared, compared, numbered
from criteria.screens.library.editions import editions_for, lines_for
from criteria.screens.library.pdf import difference_pdf


@login_required
@require_safe
def policies(request: SignedInRequest) -> HttpResponse:
    """Every policy with its editions, by line of business."""
    return render(request, "criteria/library/policies.html", {"lines": lines_for(request.user)})


@login_required
@require_safe
def choose(request: SignedInRequest, key: str) -> HttpResponse:
    """Two editions chosen from a form: to the address of their difference."""
    versions = editions_for(request.user, key)
    new = numbered(versions, request.GET.get("to") or versions[-1].number)
    return redirect(_address("changes", key, new.number, request.GET.get("from")))


@login_required
@require_safe
def changes(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """What changed in one edition, since another or since the one before it."""
    found = compared(request, key, number)
    context = {"found": found, "versions": found.versions, "old": found.old, "new": found.new}
    template = "criteria/library/changes.html"
    return render(request, template, context | {"page": found.page}, status=found.status)


@login_required
@require_safe
@never_cache
def as_markdown(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """The same as a Markdown file."""
    found = compared(request, key, number)
    if found.page is None:
        return redirect(_address("changes", key, number, request.GET.get("from")))
    text = markdown(found.page.found)
    return _file(found, text.encode(), "md", "text/markdown; charset=utf-8")


@login_required
@require_safe
@never_cache
def as_pdf(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """The same as a PDF for the committee."""
    found = compared(request, key, number)
    if found.page is None or found.old is None:
        return redirect(_address("changes", key, number, request.GET.get("from")))
    drafts = frozenset(v.number for v in (found.old, found.new) if not v.is_locked)
    pdf = difference_pdf(found.page, on=timezone.localdate(), drafts=drafts)
    return _file(found, pdf, "pdf", "application/pdf")


def _address(name: str, key: str, number: str, since: str | None) -> str:
    address = reverse(f"library:{name}", args=[key, number])
    return f"{address}?{urlencode({'from': since})}" if since else address


def _file(found: Compared, content: bytes, ending: str, content_type: str) -> HttpResponse:
    """A file to keep, named by its policy and editions."""
    old = "" if found.old is None else found.old.number
    name = re.sub(r"[^\w.-]+", "-", f"{found.new.policy.key}-{old}-to-{found.new.number}")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
