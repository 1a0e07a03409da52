"""Editions of policies: what they hold, and the steps of their life."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.drafts import discard_draft
from criteria.actions.policies.life import standing
from criteria.actions.policies.parts import save_version, start_version
from criteria.models import (
    Code,
    Contradiction,
    CriteriaTree,
    DiseaseList,
    HistoryEntry,
    Indication,
    Part,
    PolicyVersion,
    Product,
    Question,
    ReviewerNote,
    TreeUse,
)
from criteria.screens.admin.base import PartInline, PolicyModelAdmin, save_rows
from criteria.screens.admin.deleted import RemovedPages, removed_panel
from criteria.screens.admin.example_patients.panel import tried_panel
from criteria.screens.admin.forms import PartForm
from criteria.screens.admin.links import add_url, change_url, list_url
from criteria.screens.admin.panels import AdminPanel, listed
from criteria.screens.admin.versions.life import life_of
from criteria.screens.admin.versions.pages import VersionPages
from criteria.screens.admin.versions.steps import offered

CONTENTS = (Indication, Question, Contradiction, Product, Code, DiseaseList)


class HistoryInline(PartInline):
    """The policy's own history."""

    model = HistoryEntry
    fields = ("position", "day", "summary", "lines")


@admin.register(PolicyVersion)
class PolicyVersionAdmin(VersionPages, RemovedPages, PolicyModelAdmin[PolicyVersion]):
    """One edition."""

    class Media:
        css = {"all": ["criteria/publishing.css"]}

    form = PartForm
    list_display = ("number", "standing", "starts", "effective_until", "policy")
    list_display_links = ("number",)
    list_filter = ("status", "policy__line_of_business", "policy")
    list_select_related = ("policy",)
    search_fields = ("number", "policy__name", "policy__payer", "source")
    date_hierarchy = "effective_from"
    inlines = (HistoryInline,)
    fields = (
        "policy",
        ("number", "status"),
        ("effective_from", "effective_until"),
        "source",
        ("authorization_months", "rounding_allowance_percent"),
        "codes_bind",
        ("codes_words", "codes_lines"),
        ("products_words", "products_lines"),
    )
    readonly_fields = ("status",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicyVersion]:
        """With the policy, which its name begins with."""
        return super().get_queryset(request).select_related("policy")

    @admin.display(description="status", ordering="status")
    def standing(self, row: PolicyVersion) -> str:
        """Where it stands today."""
        return standing(row, timezone.localdate())

    @admin.display(description="effective from", ordering="effective_from")
    def starts(self, row: PolicyVersion) -> date | str:
        """Its first day, if that is known."""
        return "unknown" if row.comparison_only else row.effective_from

    def get_readonly_fields(
        self, request: HttpRequest, obj: PolicyVersion | None = None
    ) -> tuple[str, ...]:
        """An edition keeps its policy."""
        return ("status",) if obj is None else ("status", "policy")

    def get_inlines(
        self, request: HttpRequest, obj: PolicyVersion | None
    ) -> tuple[type[InlineModelAdmin], ...]:
        """Nothing inside before the edition is there."""
        return () if obj is None else tuple(self.inlines)

    def panels(self, request: HttpRequest, obj: PolicyVersion | None) -> list[AdminPanel]:
        """The steps, what it holds, and its general requirements."""
        if obj is None:
            return []
        can_add = self.has_change_permission(request, obj)
        note_add = add_url(ReviewerNote, version=obj.pk) if can_add else ""
        notes = ReviewerNote.objects.filter(version=obj, indication=None, pathway=None)
        general = (TreeUse.GENERAL_INITIAL, TreeUse.GENERAL_CONTINUATION)
        trees = CriteriaTree.objects.filter(version=obj, use__in=general)
        steps = offered(obj, signed_in_user(request))
        context = {
            **life_of(obj),
            "steps": [(step.title, step.url(obj)) for step in steps],
            "asks_ready": not obj.is_locked and "publish" not in {step.key for step in steps},
            "contents": [_content(model, obj, can_add) for model in CONTENTS],
        }
        return [
            AdminPanel("criteria/admin/_version.html", context),
            *tried_panel(signed_in_user(request), obj),
            listed("General requirements", trees),
            listed("For the reviewer, whatever the diagnosis", notes, note_add, "note"),
            *removed_panel(obj, can_restore=can_add),
        ]

    def home_of(self, obj: PolicyVersion) -> str:
        """Stay here; after a discard, the list."""
        return list_url(PolicyVersion) if obj.pk is None else change_url(obj)

    # Saving

    def save_model(
        self, request: HttpRequest, obj: PolicyVersion, form: forms.ModelForm, change: bool
    ) -> None:
        """By an action."""
        if change:
            save_version(version=obj, changed=form.changed_data, by=signed_in_user(request))
        else:
            start_version(version=obj, by=signed_in_user(request))

    def save_formset(
        self, request: HttpRequest, form: object, formset: BaseModelFormSet, change: bool
    ) -> None:
        """The history, by actions."""
        save_rows(formset, signed_in_user(request))

    def delete_model(self, request: HttpRequest, obj: PolicyVersion) -> None:
        """Only a draft, by an action."""
        discard_draft(version=obj, by=signed_in_user(request))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        """Discarding a draft is a step of its own: nothing is listed row by row."""
        return HttpResponseRedirect(reverse("admin:criteria_step", args=[object_id, "discard"]))


def _content(model: type[Part], version: PolicyVersion, can_add: bool) -> dict[str, Any]:
    count = model.objects.filter(version=version).count()
    return {
        "name": model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural,
        "count": count,
        "url": list_url(model, version=version.pk),
        "add": add_url(model, version=version.pk) if can_add else "",
    }
