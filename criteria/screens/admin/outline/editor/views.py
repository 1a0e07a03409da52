"""The pages and fragments of the outline editor.

Each answers a plain request with the whole page, and htmx with the parts of it that changed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from criteria.accounts.permissions import Permission, may
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.base import EditionRefusedError
from criteria.models import CriteriaTree
from criteria.screens.admin.links import change_url, row_id
from criteria.screens.admin.outline.editor.acts import Done, act
from criteria.screens.admin.outline.editor.asked import asked, is_asked
from criteria.screens.admin.outline.editor.opened import Opened, opened
from criteria.screens.admin.outline.editor.picker import NEW, picker
from criteria.screens.admin.outline.editor.saving import save, write
from criteria.screens.admin.outline.editor.words import ALL_REFUSED, NOT_DONE, refusal, status_of
from criteria.screens.admin.outline.outline import TEMPLATE, outline_of, outline_url
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.refusals import closed
from criteria.screens.admin.trail import owner_of, short, trail_of

Said = Mapping[int | None, Sequence[str]]
STEPS = ("find", "choose")


def editor_urls(site: admin.AdminSite) -> list[URLPattern]:
    """The addresses of the editor, below those of the trees."""

    def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(f"<int:pk>/outline/{route}", site.admin_view(view), name=name)

    return [
        page("", outline_view, "criteria_outline"),
        page("line/", line_view, "criteria_outline_line"),
        page("do/", do_view, "criteria_outline_do"),
        page("questions/", questions_view, "criteria_outline_questions"),
    ]


def tree_for(request: HttpRequest, pk: int) -> CriteriaTree:
    """The tree, for whoever may read policies. Raises PermissionDenied or Http404."""
    if not may(request.user, Permission.VIEW_POLICY):
        raise PermissionDenied
    related = ("version__policy", "pathway__indication", "limit__pathway__indication", "note")
    return get_object_or_404(CriteriaTree.objects.select_related(*related), pk=pk)


@require_safe
def outline_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The outline with the form that is asked for open in its place."""
    tree = tree_for(request, pk)
    if not is_asked(request.GET):
        return respond(request, tree)
    try:
        if closed(tree.version) or not may(request.user, Permission.EDIT_POLICY):
            raise EditionRefusedError(closed(tree.version) or "This account may only read.")
        form = opened(asked(tree, request.GET), request.GET, bound=False, is_fresh=True)
    except EditionRefusedError as error:
        return respond(request, tree, said={None: [str(error)]}, status=422)
    if form.is_orphan:
        form.is_shown = False
        words = "That line was deleted meanwhile."
        return respond(request, tree, said={None: [words]}, status=404)
    return respond(request, tree, form=form)


@require_POST
def line_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a line, or go one step on in its form: search, choose or write a question."""
    tree, given = tree_for(request, pk), request.POST
    if not may(request.user, Permission.EDIT_POLICY):
        raise PermissionDenied
    try:
        found, step = asked(tree, given), given.get("step")
        if step == "write" or (step == "save" and given.get("question") == NEW):
            form, status = write(found, given, signed_in_user(request))
            return respond(request, tree, form=form, status=status)
        if step in STEPS:
            return respond(request, tree, form=opened(found, given, bound=False))
        form, done, status = save(found, given, signed_in_user(request))
    except EditionRefusedError as error:
        return respond(request, tree, said={None: [str(error)]}, status=422)
    return respond(request, tree, form=form, done=done, status=status)


@require_POST
def do_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Move, join, wrap, duplicate, delete, or bring back."""
    tree, given = tree_for(request, pk), request.POST
    try:
        done = act(tree, given, signed_in_user(request))
    except ALL_REFUSED as error:
        words = refusal(error, signed_in_user(request), NOT_DONE)
        said = {row_id(given.get("line", "")): words}
        return respond(request, tree, said=said, status=status_of(error))
    return respond(request, tree, done=done)


@require_safe
def questions_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions a search finds, for the form that is open in a slot."""
    tree, given = tree_for(request, pk), request.GET
    found = picker(tree.version, given.get("q", ""), given.get("question", ""))
    found.slot = given.get("slot", "")
    return render(request, "criteria/admin/editor/_found.html", {"picker": found})


def respond(
    request: HttpRequest,
    tree: CriteriaTree,
    *,
    form: Opened | None = None,
    said: Said | None = None,
    done: Done | None = None,
    status: int = 200,
) -> HttpResponse:
    """The outline as it is now: parts for htmx; else the page, or after a change the way to it."""
    tree.refresh_from_db(fields=["revision", "removed"])
    if getattr(request, "htmx", False):
        return _fragments(request, tree, form, said, done, status)
    if done is not None:
        messages.success(request, done.words)
        anchor = done.focus.replace("title-", "line-").replace("group-", "line-")
        return HttpResponseRedirect(f"{outline_url(tree)}#{anchor}")
    return _page(request, tree, form, said, status)


def _fragments(
    request: HttpRequest,
    tree: CriteriaTree,
    form: Opened | None,
    said: Said | None,
    done: Done | None,
    status: int,
) -> HttpResponse:
    words = "" if done is None else done.words
    outline = outline_of(request, tree, said=said, done=words)
    is_form_alone = form is not None and done is None and status != 409
    shown = None if done is not None else form
    context = {"outline": outline, "opened": shown, "oob": not is_form_alone}
    response = render(request, "criteria/admin/editor/fragments.html", context, status=status)
    if done is not None:
        trigger_client_event(response, "outline:focus", {"id": done.focus}, after="settle")
    return response


def _page(
    request: HttpRequest,
    tree: CriteriaTree,
    form: Opened | None,
    said: Said | None,
    status: int,
) -> HttpResponse:
    owner = owner_of(tree) or tree
    back = tree if owner == tree.version else owner
    trail = [{"url": change_url(row), "name": short(row)} for row in trail_of(back)]
    shown = form if form is not None and form.is_shown else None
    panel = AdminPanel(TEMPLATE, {"outline": outline_of(request, tree, said=said), "opened": shown})
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": str(tree),
        "panel": panel.context,
        "trail": trail,
        "back": change_url(back),
        "version": tree.version,
        "why_closed": closed(tree.version),
        "media": admin.site._registry[CriteriaTree].media,
    }
    return render(request, "criteria/admin/editor/page.html", context, status=status)
