"""What answers while the edition is unfinished: what is missing, and nothing typed is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import reswap

from criteria.accounts.signed_in import SignedInRequest
from criteria.models import PolicyVersion, RequestPage
from criteria.policies.checks.check import unusable
from criteria.policies.file.problem import PolicyFileError
from criteria.requests.answers.typed import Typed
from criteria.screens.access import is_htmx
from criteria.screens.admin.places import placed
from criteria.screens.preview.bar import PreviewBar
from criteria.screens.preview.draft import unsaved
from criteria.screens.preview.session import PreviewSession
from criteria.screens.wizard.page_store import NotKeptError

# What a page sends beside what was typed.
BUTTONS = {"continue", "leave", "back", "choose", "use", "overwrite", "add-row"}
NOT_TYPED = BUTTONS | {"csrfmiddlewaretoken", "tab", "press", "revision", "again", "pathway_pk"}


def unfinished(
    request: SignedInRequest, version: PolicyVersion, error: PolicyFileError, slug: str = ""
) -> HttpResponse:
    """Say what is missing, with links; ``slug``: the page something was typed into."""
    not_kept = _keep(request, version, slug) if slug and request.method == "POST" else ""
    context = {
        "bar": PreviewBar(request.user, version),
        "problems": placed(version, unusable(error)),
        "not_kept": not_kept,
        "was_typed": bool(slug) and request.method == "POST",
    }
    if is_htmx(request):
        said = render(request, "criteria/preview/_unfinished.html", context, status=422)
        return reswap(said, "none")
    return render(request, "criteria/preview/unfinished.html", context, status=409)


def _keep(request: HttpRequest, version: PolicyVersion, slug: str) -> str:
    """Keep a page as it was sent: without the edition nobody knows its fields. Or why not."""
    by: Any = request.user
    kept, none = PreviewSession(request.session, version.pk), unsaved(version)
    old = next((r for r in kept.rows(none, by) if r.slug == slug), None)
    data = {} if old is None else old.data
    row = RequestPage(
        request=none,
        slug=slug,
        data={**data, **_typed(request)},
        revision=1 if old is None else old.revision + 1,
        tab=request.POST.get("tab", "")[:32],
        saved_at=timezone.now(),
        saved_by=by,
    )
    try:
        kept.put(row)
    except NotKeptError as problem:
        return str(problem)
    return ""


def _typed(request: HttpRequest) -> Typed:
    names = (n for n in request.POST if n not in NOT_TYPED and not n.startswith("take-"))
    return {name: request.POST.getlist(name) for name in names}
