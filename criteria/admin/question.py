"""The question library, and where each question is used."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from criteria.admin.base import PartInline
from criteria.admin.filters import EditionFilter
from criteria.admin.links import change_url
from criteria.admin.panels import Panel
from criteria.admin.part import PartAdmin
from criteria.admin.trail import short, trail_of
from criteria.models import Criterion, Question, QuestionChoice, QuestionUnit
from criteria.models.criterion_fit import misfits


class ChoiceInline(PartInline):
    """The choices of a question."""

    model = QuestionChoice
    fields = ("position", "label", "key")
    prepopulated_fields = {"key": ("label",)}  # noqa: RUF012


class UnitInline(PartInline):
    """Other units a number may be typed in."""

    model = QuestionUnit
    fields = ("position", "unit", "factor")


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    """One question."""

    list_display = ("wording", "type", "unit", "uses", "key")
    list_filter = (EditionFilter, "type", "role")
    search_fields = ("wording", "key", "help", "examples")
    inlines = (ChoiceInline, UnitInline)
    named_from = "wording"
    fieldsets = (
        (None, {"fields": ["wording", "help", "type", "examples"]}),
        (
            "Numbers",
            {"fields": [("unit", "whole", "dated"), ("minimum", "maximum")]},
        ),
        ("In the edition", {"fields": [("key", "role", "position")]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the number of criteria that ask it."""
        return super().get_queryset(request).annotate(use_count=Count("criteria", distinct=True))

    @admin.display(description="used", ordering="use_count")
    def uses(self, row: Any) -> str:
        """How many criteria ask it."""
        return str(row.use_count)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After another kind of answer, name the criteria that still compare the old one."""
        super().save_related(request, form, formsets, change)
        if change and "type" in form.changed_data:
            asking = form.instance.criteria.select_related("question", "parent")
            titles = [f"“{row}”" for row in asking if any(misfits(row))]
            if titles:
                words = f"Say anew what passes in: {', '.join(titles)}."
                self.message_user(request, words, messages.WARNING)

    def panels(self, request: HttpRequest, obj: Any) -> list[Panel]:
        """The criteria that ask it, or count days from its answer."""
        return [] if obj is None else [used_in(obj)]


def used_in(question: Question) -> Panel:
    """Every criterion that asks a question, with the way to it."""
    asked = Criterion.objects.filter(question=question)
    anchored = Criterion.objects.filter(anchor_question=question)
    found = (asked | anchored).select_related(
        "version__policy",
        "tree__version__policy",
        "tree__pathway__indication__version__policy",
        "tree__pathway__version__policy",
        "tree__limit__pathway__indication__version__policy",
        "tree__note__pathway__indication__version__policy",
        "tree__note__indication__version__policy",
        "tree__note__version__policy",
    )
    uses = [
        {
            "url": change_url(row),
            "title": row.title,
            "where": [short(r) for r in trail_of(row)[1:-1]],
        }
        for row in found.distinct()
    ]
    return Panel("criteria/admin/_used_in.html", {"uses": uses, "thing": "question"})
