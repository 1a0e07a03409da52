"""What the screens of questions say of their uses, and of questions that ask the same."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from criteria.actions.policies.questions import Use
from criteria.models import Question
from criteria.rules.formats import counted
from criteria.screens.admin.links import link
from criteria.screens.admin.panels import AdminPanel

MOST_LINKED = 3
# What changes in every criterion that asks the question, by the field.
SHARED = {"wording": "wording", "type": "kind of answer", "unit": "unit"}


def outline_place(use: Use) -> str:
    """The line of a use in its outline."""
    return f"{reverse('admin:criteria_outline', args=[use.tree])}#line-{use.criterion}"


def linked_places(uses: Iterable[Use]) -> SafeString:
    """The places of a question in a list, each the way to its first use there."""
    first: dict[str, Use] = {}
    for use in uses:
        first.setdefault(use.place, use)
    shown = [(outline_place(use), place) for place, use in [*first.items()][:MOST_LINKED]]
    more = len(first) - len(shown)
    links = format_html_join("; ", '<a href="{}">{}</a>', shown)
    return format_html("{}; and {} more", links, more) if more > 0 else links


def used_in(question: Question, uses: Collection[Use]) -> AdminPanel:
    """Every criterion that asks a question, by its place, and the questions that ask the same."""
    places: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for use in uses:
        said = {"url": outline_place(use), "title": use.title, "is_anchor": use.is_anchor}
        places[use.place].append(said)
    context = {
        "places": [{"name": name, "uses": found} for name, found in places.items()],
        "count": how_often(uses),
        "same": [link(other) for other in same_words(question)],
    }
    return AdminPanel("criteria/admin/_used_in.html", context)


def how_often(uses: Collection[Use]) -> str:
    """3 criteria in 2 places."""
    criteria = counted(len(uses), "criterion", "criteria")
    return f"{criteria} in {counted(len({use.place for use in uses}), 'place')}"


def bare(words: str) -> str:
    """A wording without what makes no other question of it: capitals, spaces, marks."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def same_words(question: Question) -> list[Question]:
    """Other questions of the edition that are worded the same."""
    others = Question.objects.filter(version=question.version_id).exclude(pk=question.pk)
    return [other for other in others if bare(other.wording) == bare(question.wording)]


class UsedFilter(admin.SimpleListFilter):
    """How often a question is used; one the request answers needs no criterion."""

    title = "use"
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """Nowhere, once, more often."""
        return [("no", "Unused"), ("once", "Used once"), ("often", "Used more than once")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The questions of that use."""
        match self.value():
            case "no":
                return queryset.filter(use_count=0, role="")
            case "once":
                return queryset.filter(use_count=1)
            case "often":
                return queryset.filter(use_count__gt=1)
        return queryset


class SameWordsFilter(admin.SimpleListFilter):
    """Questions that are worded the same as another of their edition."""

    title = "wording"
    parameter_name = "same"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """Only those."""
        return [("yes", "The same as another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The questions that have a double."""
        if self.value() != "yes":
            return queryset
        alike: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for pk, version, wording in Question.objects.values_list("pk", "version", "wording"):
            alike[version, bare(wording)].append(pk)
        found = [pk for pks in alike.values() if len(pks) > 1 for pk in pks]
        return queryset.filter(pk__in=found)
