"""Editions of policies: what they hold, and the steps of their life."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from criteria.actions.policies import discard_draft
from criteria.actions.policies_check import problems_of
from criteria.actions.policies_parts import save_version, start_version
from criteria.admin.forms import PartForm
from criteria.admin.links import add_url, change_url, list_url
from criteria.admin.panels import Panel, listed
from criteria.admin.part import REFUSED, PartInline, PolicyModelAdmin, save_rows
from criteria.admin.steps import STEPS, offered
from criteria.models import (
    Code,
    CriteriaTree,
    DiseaseList,
    HistoryEntry,
    Indication,
    PolicyVersion,
    Product,
    Question,
    ReviewerNote,
    Status,
    TreeUse,
)
from criteria.policyfile.export import export
from criteria.policyfile.problem import PolicyFileError
from criteria.policyfile.yamlfile import dump_policy_file

CONTENTS = (Indication, Question, Product, Code, DiseaseList)


class HistoryInline(PartInline):
    """The policy's own history."""

    model = HistoryEntry
    fields = ("position", "day", "summary", "lines")


@admin.register(PolicyVersion)
class PolicyVersionAdmin(PolicyModelAdmin):
    """One edition."""

    form = PartForm
    list_display = (
        "policy",
        "number",
        "status",
        "effective_from",
        "effective_until",
        "indication_count",
        "question_count",
    )
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
    )
    readonly_fields = ("status",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what it holds."""
        counts = {
            "indications_found": Count("indication", distinct=True),
            "questions_found": Count("question", distinct=True),
        }
        return super().get_queryset(request).select_related("policy").annotate(**counts)

    @admin.display(description="indications", ordering="indications_found")
    def indication_count(self, row: Any) -> str:
        """How many indications it names."""
        return str(row.indications_found)

    @admin.display(description="questions", ordering="questions_found")
    def question_count(self, row: Any) -> str:
        """How many questions it asks."""
        return str(row.questions_found)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An edition keeps its policy."""
        return ("status",) if obj is None else ("status", "policy")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Nothing inside before the edition is there."""
        return () if obj is None else self.inlines

    def panels(self, request: HttpRequest, obj: Any) -> list[Panel]:
        """The steps, what it holds, and its general requirements."""
        if obj is None:
            return []
        can_add = self.has_change_permission(request, obj)
        note_add = add_url(ReviewerNote, version=obj.pk) if can_add else ""
        notes = ReviewerNote.objects.filter(version=obj, indication=None, pathway=None)
        general = (TreeUse.GENERAL_INITIAL, TreeUse.GENERAL_CONTINUATION)
        trees = CriteriaTree.objects.filter(version=obj, use__in=general)
        context = {
            "version": obj,
            "steps": offered(obj, request.user),
            "contents": [_content(model, obj, can_add) for model in CONTENTS],
        }
        return [
            Panel("criteria/admin/_version.html", context),
            listed("General requirements", trees),
            listed("For the reviewer, whatever the diagnosis", notes, note_add, "note"),
        ]

    def home_of(self, obj: Any) -> str:
        """Stay here; after a discard, the list."""
        return list_url(PolicyVersion) if obj.pk is None else change_url(obj)

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """By an action."""
        if change:
            save_version(version=obj, changed=form.changed_data, by=request.user)  # type: ignore[arg-type]
        else:
            start_version(version=obj, by=request.user)  # type: ignore[arg-type]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The history, by actions."""
        save_rows(formset, request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Only a draft, by an action."""
        discard_draft(version=obj, by=request.user)  # type: ignore[arg-type]

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Discarding a draft is a step of its own: nothing is listed row by row."""
        return HttpResponseRedirect(reverse("admin:criteria_step", args=[object_id, "discard"]))

    # The steps of its life

    def get_urls(self) -> list[URLPattern]:
        """Also the check, the file, and the steps."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/check/", view(self.check_view), name="criteria_check"),
            path("<int:pk>/file/", view(self.file_view), name="criteria_file"),
            path("<int:pk>/step/<slug:key>/", view(self.step_view), name="criteria_step"),
            *super().get_urls(),
        ]

    def _version(self, request: HttpRequest, pk: int) -> PolicyVersion:
        version = get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk)
        if not self.has_view_permission(request, version):
            raise Http404
        return version

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything wrong with the edition."""
        version = self._version(request, pk)
        context = {"version": version, "problems": problems_of(version), "title": "Check"}
        return self._page(request, "criteria/admin/check.html", context)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The edition as a policy file."""
        version = self._version(request, pk)
        try:
            text = dump_policy_file(export(version))
        except PolicyFileError:
            self.message_user(request, "The draft is unfinished.", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:criteria_check", args=[pk]))
        name = f"{version.policy.key}-{version.number}.yaml"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(text, content_type="application/yaml", headers=headers)

    def step_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Ask, then take the step."""
        version = self._version(request, pk)
        step = next((s for s in offered(version, request.user) if s.key == key), None)
        if step is None:
            known = any(s.key == key for s in STEPS)
            return self._not_offered(request, version) if known else self._unknown()
        form = step.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                shown = step.take(version, request.user, **form.cleaned_data)
            except REFUSED as error:
                form.add_error(None, str(error).splitlines())
            else:
                self.message_user(request, step.done, messages.SUCCESS)
                return HttpResponseRedirect(
                    list_url(PolicyVersion) if shown is None else change_url(shown)
                )
        context = {"version": version, "step": step, "form": form, "title": step.title}
        return self._page(request, "criteria/admin/step.html", context)

    def _not_offered(self, request: HttpRequest, version: PolicyVersion) -> HttpResponse:
        words = f"That is not possible: {version} is {Status(version.status).label.lower()}."
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(change_url(version))

    def _unknown(self) -> HttpResponse:
        raise Http404

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, {**shared, **context})


def _content(model: Any, version: PolicyVersion, can_add: bool) -> dict[str, Any]:
    return {
        "name": model._meta.verbose_name_plural,
        "count": model.objects.filter(version=version).count(),
        "url": list_url(model, version=version.pk),
        "add": add_url(model, version=version.pk) if can_add else "",
    }
