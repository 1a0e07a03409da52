"""The views of a preview."""

import re
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from criteria.accounts.signed_in import SignedInRequest
from criteria.models import Pathway
from criteria.papers.packet.download import shown_pdf
from criteria.policies.file.problem import PolicyFileError
from criteria.screens.access import signed_in
from criteria.screens.admin.links import row_id
from criteria.screens.preview.edition import version_for
from criteria.screens.preview.packet import preview_packet
from criteria.screens.preview.page_store import PreviewPageStore
from criteria.screens.preview.session import PreviewSession
from criteria.screens.preview.tasks import PreviewTasks
from criteria.screens.preview.unfinished import unfinished
from criteria.screens.wizard.page_store import NotKeptError
from criteria.screens.wizard.result import ResultView
from criteria.screens.wizard.views.page import save_page, show_page


def previewed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Load the edition for whoever may preview it; say what is missing while it is unfinished."""

    @signed_in
    @never_cache
    @wraps(view)
    def loaded(request: SignedInRequest, pk: int, slug: str = "") -> HttpResponse:
        version = version_for(request.user, pk)
        try:
            store = PreviewPageStore(request, version)
        except PolicyFileError as error:
            return unfinished(request, version, error, slug)
        return view(request, store, slug) if slug else view(request, store)

    return loaded  # type: ignore[return-value]


@require_safe
@previewed
def tasks(request: HttpRequest, store: PreviewPageStore) -> HttpResponse:
    """Where a preview begins, and what is open in it."""
    context = {"tasks": PreviewTasks(store.walk), "bar": store.bar()}
    return render(request, "criteria/preview/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@previewed
def page(request: HttpRequest, store: PreviewPageStore, slug: str) -> HttpResponse:
    """One of the wizard's pages."""
    return (save_page if request.method == "POST" else show_page)(request, store, slug)


@require_safe
@previewed
def result(request: HttpRequest, store: PreviewPageStore) -> HttpResponse:
    """What the software finds by this edition."""
    shown = ResultView(store.walk, request.GET.get("show", ""))
    context = {"result": shown, "bar": store.bar()}
    return render(request, "criteria/preview/result.html", context)


@require_safe
@previewed
def packet(request: SignedInRequest, store: PreviewPageStore) -> HttpResponse:
    """The packet, marked as a preview on each page."""
    name = re.sub(r"[^\w.-]+", "-", f"preview-{store.version.number}")
    return shown_pdf(preview_packet(store.walk, by=request.user).pdf, f"{name}.pdf")


@require_POST
@previewed
def pathway(request: HttpRequest, store: PreviewPageStore) -> HttpResponse:
    """Begin at the criteria of one pathway: its diagnosis and phase are chosen."""
    pk = row_id(request.POST.get("pathway_pk", ""))
    rows = Pathway.objects.select_related("indication").filter(version=store.version)
    found = None if pk is None else rows.filter(pk=pk).first()
    if found is None:
        raise Http404("The edition has no such pathway.")
    try:
        return redirect(store.choose(found))
    except NotKeptError as problem:
        messages.error(request, f"Not chosen: {problem}")
        return redirect("preview:tasks", store.version.pk)


@signed_in
@require_POST
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget what was typed into this preview; also while the edition is unfinished."""
    version = version_for(request.user, pk)
    PreviewSession(request.session, version.pk).clear()
    return redirect("preview:tasks", version.pk)
