"""Criteria and their trees: the outline, and one criterion at a time."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.text import Truncator

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policy_tree.undo import remove_line
from criteria.models import CriteriaTree, Criterion, Kind, Question
from criteria.screens.admin.criterion_form import CriterionForm, fieldsets_for
from criteria.screens.admin.filters import EditionFilter
from criteria.screens.admin.forms import form_knowing
from criteria.screens.admin.links import link, row_id
from criteria.screens.admin.outline.editor.views import editor_urls
from criteria.screens.admin.outline.outline import outline_panel
from criteria.screens.admin.panels import AdminPanel, listed
from criteria.screens.admin.part import PartAdmin
from criteria.screens.admin.trail import trail_of

NAMED = (
    "question",
    "tree__pathway__indication",
    "tree__limit",
    "tree__note",
    "version__policy",
)


@admin.register(Criterion)
class CriterionAdmin(PartAdmin[Criterion]):
    """One criterion, below the outline of its tree."""

    form = CriterionForm
    list_display = ("title", "kind", "question_link", "lines", "tree_link")
    list_filter = (EditionFilter, "kind", "question__type")
    ordering = ("tree__position", "position")
    search_fields = ("title", "key", "lines", "section", "question__wording")
    owners = ("tree", "parent")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Criterion]:
        """With what the screens name."""
        rows = super().get_queryset(request)
        return rows.select_related(*NAMED)

    def panels(self, request: HttpRequest, obj: Criterion | None) -> list[AdminPanel]:
        """The outline of the whole tree, with this criterion marked."""
        tree = self._tree(request) if obj is None else obj.tree
        panels = [] if tree is None else [outline_panel(request, tree, obj)]
        if obj is not None and obj.question is not None:
            panels.append(listed("The question it asks", [obj.question]))
        return panels

    def trail(self, request: HttpRequest, obj: Criterion | None) -> list[models.Model]:
        """Of a new criterion, down to its tree."""
        tree = self._tree(request) if obj is None else None
        return super().trail(request, obj) if tree is None else trail_of(tree)[:-1]

    def get_form(
        self,
        request: HttpRequest,
        obj: Criterion | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[forms.ModelForm]:
        """The form; a new criterion stands in the tree it was added from."""
        form = super().get_form(request, obj, change, **kwargs)
        tree = self._tree(request)
        fixed = {} if obj is not None or tree is None else {"tree_id": tree.pk}
        return form_knowing(form, fixed=fixed)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Criterion | None = None
    ) -> dict[str, Any]:
        """Of a group; a question goes by the name of its question."""
        is_asked = request.GET.get("kind", Kind.QUESTION) == Kind.QUESTION
        return {} if obj is not None or is_asked else {"key": ("title",)}

    def carried(self, request: HttpRequest, obj: Criterion | None) -> dict[str, str]:
        """Also the kind of answer whose passing condition the form shows."""
        asked = self._type(request.POST.get("question") or request.GET.get("question"), obj)
        return super().carried(request, obj) | {"asked": asked or "nothing"}

    def get_fieldsets(
        self, request: HttpRequest, obj: Criterion | None = None
    ) -> tuple[tuple[str | None, Any], ...]:
        """What the kind of criterion and the kind of its question need."""
        given = request.POST if request.method == "POST" else request.GET
        kind = given.get("kind") or (obj.kind if obj else Kind.QUESTION)
        return tuple(fieldsets_for(kind, self._type(given.get("question"), obj), obj is None))

    def _type(self, question: str | None, obj: Criterion | None) -> str | None:
        pk = row_id(question)
        if pk is not None:
            return Question.objects.filter(pk=pk).values_list("type", flat=True).first()
        return obj.question.type if obj is not None and obj.question else None

    def _tree(self, request: HttpRequest) -> CriteriaTree | None:
        pk = row_id(request.GET.get("tree"))
        return None if pk is None else get_object_or_404(CriteriaTree, pk=pk)

    @admin.display(description="question", ordering="question__wording")
    def question_link(self, row: Criterion) -> str:
        """The question it asks."""
        return "" if row.question is None else link(row.question)

    @admin.display(description="stands in", ordering="tree")
    def tree_link(self, row: Criterion) -> str:
        """The tree it stands in."""
        tree = row.tree
        about = tree.limit or tree.note
        use = tree.get_use_display()
        name = tree.pathway or (f"{use}: {about}" if about else use)
        return link(tree.pathway or tree, Truncator(name).words(12))

    def delete_model(self, request: HttpRequest, obj: Criterion) -> None:
        """With everything inside it; the outline offers to bring it back."""
        remove_line(criterion=obj, by=signed_in_user(request))


@admin.register(CriteriaTree)
class CriteriaTreeAdmin(PartAdmin[CriteriaTree]):
    """The outline of a tree that is no pathway's: general requirements, or a condition."""

    fields = ("use",)
    readonly_fields = ("use",)
    list_display = ("__str__", "use")
    list_filter = (EditionFilter, "use")
    list_select_related = ("version__policy", "pathway__indication", "limit", "note")

    def get_urls(self) -> list[URLPattern]:
        """Also the editor of the outline."""
        return [*editor_urls(self.admin_site), *super().get_urls()]

    def panels(self, request: HttpRequest, obj: CriteriaTree | None) -> list[AdminPanel]:
        """The outline."""
        return [outline_panel(request, obj)]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the menu: each is reached from what it belongs to."""
        return False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Trees are started from what they belong to."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing of the tree itself is typed in; its criteria are."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CriteriaTree | None = None) -> bool:
        """Only a condition can be taken away."""
        is_condition = obj is not None and (obj.limit_id or obj.note_id) is not None
        return is_condition and super().has_delete_permission(request, obj)
