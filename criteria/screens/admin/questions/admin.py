"""The question library, and where each question is used."""

from collections.abc import Collection, Iterator
from typing import Any, Protocol

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.questions import (
    Use,
    delete_question,
    held_words,
    places_text,
    uses_of,
)
from criteria.models import Question, QuestionChoice, QuestionUnit
from criteria.models.criterion import misfits
from criteria.rules.formats import joined
from criteria.screens.admin.base import PartInline
from criteria.screens.admin.filters import EditionFilter
from criteria.screens.admin.links import change_url, link
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.part import PartAdmin
from criteria.screens.admin.questions.uses import (
    SHARED,
    SameWordsFilter,
    UsedFilter,
    how_often,
    linked_places,
    same_words,
    used_in,
)


class ChoiceInline(PartInline):
    """The choices of a question."""

    model = QuestionChoice
    fields = ("position", "label", "key")
    prepopulated_fields = {"key": ("label",)}


class UnitInline(PartInline):
    """Other units a number may be typed in."""

    model = QuestionUnit
    fields = ("position", "unit", "factor")


class UsedQuestion(Protocol):
    """A question as its list reads it."""

    use_count: int
    uses_found: list[Use]


@admin.register(Question)
class QuestionAdmin(PartAdmin[Question]):
    """One question."""

    list_display = ("wording", "type", "unit", "uses", "where")
    list_filter = (EditionFilter, UsedFilter, "type", SameWordsFilter, "role")
    search_fields = ("wording", "key", "help", "examples")
    inlines = (ChoiceInline, UnitInline)
    named_from = "wording"
    fieldsets = (
        (None, {"fields": ["wording", "help", "type", "examples"]}),
        (
            "Numbers",
            {"fields": [("unit", "whole", "dated"), ("minimum", "maximum")]},
        ),
        ("Names it knows", {"fields": ["names", "names_not_counted"]}),
        ("In the edition", {"fields": [("key", "role", "unchangeable", "position")]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """With the number of criteria that ask it, or count days from its answer."""
        asked, anchored = Count("criteria", distinct=True), Count("anchored", distinct=True)
        return super().get_queryset(request).annotate(use_count=asked + anchored)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """With the uses of the questions it shows."""
        changelist = super().get_changelist_instance(request)
        uses = uses_of(changelist.result_list)
        for row in changelist.result_list:
            row.uses_found = uses[row.pk]
        return changelist

    @admin.display(description="used", ordering="use_count")
    def uses(self, row: UsedQuestion) -> str:
        """How often it is used."""
        return str(row.use_count)

    @admin.display(description="where")
    def where(self, row: UsedQuestion) -> str:
        """The pathways that use it, each the way to its outline."""
        return linked_places(row.uses_found)

    def panels(self, request: HttpRequest, obj: Question | None) -> list[AdminPanel]:
        """The criteria that ask it, or count days from its answer."""
        return [] if obj is None else [used_in(obj, uses_of([obj])[obj.pk])]

    # Saving

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[BaseModelFormSet],
        change: bool,
    ) -> None:
        """Afterwards say what the change touches, and what asks the same."""
        super().save_related(request, form, formsets, change)
        if change:
            for words in touched(form.instance, form.changed_data):
                self.message_user(request, words, messages.WARNING)
        if "wording" in form.changed_data and (same := same_words(form.instance)):
            words = format_html("The same words ask: {}.", link(same[0]))
            self.message_user(request, words, messages.WARNING)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Of a question that is used, the places are named."""
        obj = self.get_object(request, object_id)
        words = "" if obj is None else held_words(obj, uses_of([obj])[obj.pk])
        if obj is None or not words or not self.has_delete_permission(request, obj):
            return super().delete_view(request, object_id, extra_context)
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(change_url(obj))

    def delete_model(self, request: HttpRequest, obj: Question) -> None:
        """By an action, which keeps what is used."""
        delete_question(question=obj, by=signed_in_user(request))


def touched(question: Question, changed: Collection[str]) -> Iterator[str]:
    """Where a change of the wording or the answer is read, and where it no longer fits."""
    uses, names = uses_of([question])[question.pk], [SHARED[n] for n in SHARED if n in changed]
    if uses and names:
        yield f"The {joined(names, 'and')} changed in {how_often(uses)}: {places_text(uses)}."
    if "type" in changed:
        asking = question.criteria.select_related("question", "parent")
        titles = [f"“{row}”" for row in asking if any(misfits(row))]
        if titles:
            yield f"Say anew what passes in: {', '.join(titles)}."
