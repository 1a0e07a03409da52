"""A dosing limit read back while it is typed: in words and as worked examples."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from criteria.accounts.permissions import Permission, may
from criteria.dosing import DoseRule, Joined, Limit
from criteria.dosing.limits import regimens_of
from criteria.models import CriteriaTree, DosingLimit
from criteria.models.dosing import stated_limit
from criteria.policies.stored.draft_parts import draft_tree
from criteria.rules.explain import number_text
from criteria.screens.admin.access import is_draft
from criteria.screens.admin.dosing.examples import LimitExample, examples
from criteria.screens.admin.dosing.form import LimitForm
from criteria.screens.admin.forms import form_knowing
from criteria.screens.admin.outline.words import sentence_of
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.part import PartAdmin

# What the reading does not rest on.
BESIDE = {
    "pathway",
    "joined_by",
    "condition_words",
    "remark",
    "lines",
    "section",
    "key",
    "position",
    "__all__",
}


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a limit says. ``asks``: the amount to be confirmed, ``is_right`` once it is.

    ``together``: every limit of its pathway with how it goes with the others, once there are two.
    """

    words: str
    together: list[str]
    examples: list[LimitExample]
    missing: list[str]
    problems: list[str]
    condition: str
    asks: Decimal | None = None
    is_right: bool = False

    @property
    def asks_words(self) -> str:
        """The amount as it is read."""
        return "" if self.asks is None else f"{number_text(self.asks)} mg/kg"

    @property
    def box(self) -> SafeString:
        """The box that confirms the amount, beside the form it belongs to."""
        widget = forms.CheckboxInput(
            {"id": "id_confirmed", "form": "dosinglimit_form"}, check_test=lambda _: self.is_right
        )
        return widget.render("confirmed", str(self.asks))


def read_back(form: forms.ModelForm) -> ReadBack:
    """What the form of a limit says, as it is stored or as it is typed."""
    row: DosingLimit = form.instance
    errors = form.errors.as_data() if form.is_bound else {}
    unread = set(errors) - BESIDE - ({"max_mg_per_kg"} if getattr(form, "asked", None) else set())
    limit = None if unread else stated_limit(row)
    return ReadBack(
        words="" if limit is None else f"{limit.words}.",
        together=[] if limit is None else _together(row),
        examples=[] if limit is None else examples(limit, row.version.authorization_months),
        missing=[str(form.fields[name].label).lower() for name in errors if _empty(errors[name])],
        problems=list(_problems(errors)),
        condition=_condition(row, limit),
        asks=getattr(form, "asked", None),
        is_right="max_mg_per_kg" not in errors,
    )


def _together(row: DosingLimit) -> list[str]:
    """The dose of the pathway as it would be with this limit as it is typed.

    Nothing while nobody said how one of them goes with the one before it.
    """
    stored = DosingLimit.objects.filter(pathway=row.pathway_id).exclude(pk=row.pk)
    last = row.pk is None and not row.position
    rows = sorted([*stored, row], key=lambda one: (one is row and last, one.position, one.pk or 0))
    if not all(one.joined_by for one in rows[1:]):
        return []
    limits = [
        (replace(limit, key=str(number)), Joined(one.joined_by) if one.joined_by else None)
        for number, one in enumerate(rows)
        for limit in [stated_limit(one)]
        if limit is not None
    ]
    said = DoseRule(regimens_of(limits), iv_only=False).sentences().values()
    return [f"{sentence}." for sentence in said] if len(limits) > 1 else []


def _empty(found: list[Any]) -> bool:
    return any(error.code == "required" for error in found)


def _problems(errors: dict[str, list[Any]]) -> Iterator[str]:
    for found in errors.values():
        yield from (words for e in found if e.code != "required" for words in e.messages)


def _condition(row: DosingLimit, limit: Limit | None) -> str:
    """The condition in words, as its criteria say it, and whether one of the two is missing."""
    tree = None if row.pk is None else CriteriaTree.objects.filter(limit=row.pk).first()
    said = row.condition_words if limit is None else limit.condition_words
    if tree is None:
        need = "its criteria are still to be added, under Conditions."
        return f"“If {said}”: {need}" if said else ""
    criteria = sentence_of(draft_tree(tree).node) or "its criteria are still empty."
    return criteria if said else f"{criteria} Say it in words too, for the prescriber."


class LimitCheck(PartAdmin[DosingLimit]):
    """Shows a limit read back above its form, and again with each change typed."""

    form = LimitForm
    change_form_template = "criteria/admin/limit.html"

    def get_urls(self) -> list[URLPattern]:
        """Also what reads back."""
        view = self.admin_site.admin_view(require_POST(self.read_view))
        return [path("read/", view, name="criteria_limit_read"), *super().get_urls()]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """What is typed, read back. Nothing is saved."""
        pk = request.GET.get("limit", "")
        obj = get_object_or_404(DosingLimit, pk=pk) if pk.isdecimal() and len(pk) < 19 else None
        edition = self.edition_of(request, obj)
        if edition is None:
            raise Http404
        if not self.has_change_permission(request, obj) or not is_draft(edition):
            raise PermissionDenied
        form = self.get_form(request, obj, change=obj is not None)(request.POST, instance=obj)
        form.is_valid()
        context = {"read": read_back(form)}
        return render(request, "criteria/admin/limit_read.html", context)

    def get_form(
        self,
        request: HttpRequest,
        obj: DosingLimit | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[forms.ModelForm]:
        """The form, which saves nothing while it is only checked."""
        form = super().get_form(request, obj, change, **kwargs)
        return form_knowing(form, checking="_check" in request.POST)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: DosingLimit | None = None,
    ) -> HttpResponse:
        """With what the form says, as it is stored or as it was sent."""
        form = context["adminform"].form
        context["panels"] = [self.read_panel(request, form), *context.get("panels", [])]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def read_panel(self, request: HttpRequest, form: forms.ModelForm) -> AdminPanel:
        """The limit read back; whoever may edit it also sees it change."""
        row = form.instance
        edition = row.version
        editable = may(request.user, Permission.EDIT_POLICY) and is_draft(edition)
        query = f"version={edition.pk}" if row.pk is None else f"limit={row.pk}"
        context = {
            "read": read_back(form),
            "url": f"{reverse('admin:criteria_limit_read')}?{query}" if editable else "",
            "checked": getattr(form, "checking", False),
        }
        return AdminPanel("criteria/admin/_limit.html", context)
