"""Dosing limits, read back in words, and the notes for the reviewer."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from criteria.accounts.permissions import Permission, may
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.parts import start_tree
from criteria.models import CriteriaTree, DosingLimit, ReviewerNote, ReviewerNoteCode, TreeUse
from criteria.models.part import P
from criteria.screens.admin.access import is_draft
from criteria.screens.admin.base import PartInline
from criteria.screens.admin.dosing.check import LimitCheck
from criteria.screens.admin.filters import EditionFilter
from criteria.screens.admin.links import change_url
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.part import PartAdmin
from criteria.screens.admin.refusals import REFUSED, said


class ConditionedAdmin(PartAdmin[P]):
    """A part that may be open only under a condition, which is a tree of criteria."""

    uses: tuple[TreeUse, ...] = ()
    owner_field = ""

    def conditions_panel(self, request: HttpRequest, obj: P) -> AdminPanel:
        """Each condition: the way to its outline, or a button to start it."""
        trees = {t.use: t for t in CriteriaTree.objects.filter(**{self.owner_field: obj})}
        conditions = [
            {"use": use, "tree_url": change_url(trees[use]) if use in trees else ""}
            for use in self.uses
        ]
        editable = may(request.user, Permission.EDIT_POLICY) and is_draft(obj)
        start_url = reverse(f"admin:criteria_{self.opts.model_name}_condition", args=[obj.pk])
        context = {"conditions": conditions, "editable": editable, "start_url": start_url}
        return AdminPanel("criteria/admin/_conditions.html", context)

    def get_urls(self) -> list[URLPattern]:
        """Also the button that starts a condition."""
        start = path(
            "<int:pk>/condition/",
            self.admin_site.admin_view(require_POST(self.start_view)),
            name=f"criteria_{self.opts.model_name}_condition",
        )
        return [start, *super().get_urls()]

    def start_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Start a condition and show its outline."""
        obj = get_object_or_404(self.model, pk=pk)
        use = next((u for u in self.uses if u == request.POST.get("use")), None)
        if use is None:
            raise BadRequest("There is no such condition here.")
        owner = {self.owner_field: obj}
        tree = CriteriaTree.objects.filter(use=use, **owner).first()
        try:
            tree = tree or start_tree(
                use=use, version=obj.version, by=signed_in_user(request), **owner
            )
        except REFUSED as error:
            self.message_user(request, " ".join(said(error)), messages.ERROR)
            return HttpResponseRedirect(change_url(obj))
        return HttpResponseRedirect(change_url(tree))


@admin.register(DosingLimit)
class DosingLimitAdmin(LimitCheck, ConditionedAdmin[DosingLimit]):
    """One dosing limit."""

    class Media:
        css = {"all": ["criteria/limits.css"]}

    uses = (TreeUse.LIMIT_CONDITION,)
    owner_field = "limit"
    owners = ("pathway",)
    list_display = ("said", "pathway", "joined_by", "per", "max_mg_per_kg", "lines")
    list_filter = (EditionFilter, "per", "until_event")
    list_select_related = ("pathway__indication", "version__policy")
    search_fields = (
        "remark",
        "condition_words",
        "key",
        "lines",
        "pathway__name",
        "pathway__indication__name",
    )
    fieldsets = (
        (None, {"fields": ["pathway", "joined_by", ("lines", "section")]}),
        ("How much", {"fields": [("per", "max_mg_per_kg", "min_mg_per_kg")]}),
        (
            "Over how many days",
            {
                "fields": [
                    ("min_days", "max_days"),
                    ("consecutive_days", "equal_doses", "min_days_between_runs"),
                ]
            },
        ),
        (
            "How often and until when",
            {
                "fields": [
                    ("shortest_interval_days", "longest_interval_days"),
                    ("max_courses", "courses_counted"),
                    ("through_day_of_therapy", "until_event", "until_days"),
                ]
            },
        ),
        ("Only", {"fields": [("only_induction", "only_initial"), "condition_words"]}),
        ("Beside it", {"fields": ["remark"]}),
        ("In the edition", {"fields": [("key", "position")]}),
    )

    @admin.display(description="limit")
    def said(self, row: DosingLimit) -> str:
        """The limit in one sentence, made from its numbers."""
        return row.words

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: DosingLimit | None = None
    ) -> dict[str, Any]:
        """The stable name of a new limit is made of its amount."""
        return {"key": ("max_mg_per_kg", "per")} if obj is None else {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[DosingLimit]:
        """With what the screens name."""
        rows = super().get_queryset(request)
        return rows.select_related("pathway__indication", "version__policy")

    def panels(self, request: HttpRequest, obj: DosingLimit | None) -> list[AdminPanel]:
        """Its condition; what it says stands above, read back from its form."""
        return [] if obj is None else [self.conditions_panel(request, obj)]


class NoteCodeInline(PartInline):
    """The diagnosis codes a note is shown for."""

    model = ReviewerNoteCode
    fields = ("position", "code")


@admin.register(ReviewerNote)
class ReviewerNoteAdmin(ConditionedAdmin[ReviewerNote]):
    """Something the policy leaves open."""

    uses = (TreeUse.NOTE_WHEN, TreeUse.NOTE_UNLESS)
    owner_field = "note"
    owners = ("indication", "pathway")
    named_from = "text"
    inlines = (NoteCodeInline,)
    list_display = ("text", "indication", "pathway", "lines")
    list_select_related = ("indication", "pathway__indication", "version__policy")
    search_fields = ("text", "key", "lines")
    fieldsets = (
        (None, {"fields": ["text", "lines", ("indication", "pathway")]}),
        ("In the edition", {"fields": [("key", "position")]}),
    )

    def panels(self, request: HttpRequest, obj: ReviewerNote | None) -> list[AdminPanel]:
        """When it is shown, and when not."""
        return [] if obj is None else [self.conditions_panel(request, obj)]
