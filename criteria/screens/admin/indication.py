"""Indications and their pathways."""

from typing import Protocol

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseRedirect

from criteria.accounts.signed_in import signed_in_user
from criteria.models import (
    Code,
    DosingLimit,
    Indication,
    Pathway,
    ReviewerNote,
    Synonym,
)
from criteria.screens.admin.base import PartInline
from criteria.screens.admin.example_patients.panel import tried_panel
from criteria.screens.admin.filters import EditionFilter
from criteria.screens.admin.links import add_url, change_url
from criteria.screens.admin.outline.outline import outline_panel
from criteria.screens.admin.panels import AdminPanel, listed
from criteria.screens.admin.part import PartAdmin


class SynonymInline(PartInline):
    """Other names of a diagnosis."""

    model = Synonym
    fields = ("position", "name")


class CountedIndication(Protocol):
    """A diagnosis as its list reads it."""

    pathways_found: int
    codes_found: int


@admin.register(Indication)
class IndicationAdmin(PartAdmin[Indication]):
    """One diagnosis, with its pathways."""

    list_display = ("name", "coverage", "pathway_count", "code_count", "lines")
    list_filter = (EditionFilter, "coverage")
    search_fields = ("name", "key", "synonyms__name", "codes__code")
    inlines = (SynonymInline,)
    named_from = "name"
    fieldsets = (
        (None, {"fields": ["name", "coverage", "lines", "help", "route_words", "codes_bind"]}),
        ("In the edition", {"fields": [("key", "position")]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indication]:
        """With the number of pathways and codes."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                pathways_found=Count("pathways", distinct=True),
                codes_found=Count("codes", distinct=True),
            )
        )

    @admin.display(description="pathways", ordering="pathways_found")
    def pathway_count(self, row: CountedIndication) -> str:
        """How many pathways it has."""
        return str(row.pathways_found)

    @admin.display(description="codes", ordering="codes_found")
    def code_count(self, row: CountedIndication) -> str:
        """How many codes suggest it."""
        return str(row.codes_found)

    def panels(self, request: HttpRequest, obj: Indication | None) -> list[AdminPanel]:
        """Its pathways, notes and codes."""
        if obj is None:
            return []
        can_add = self.has_change_permission(request, obj)
        pathways = Pathway.objects.filter(indication=obj).select_related("indication")
        notes = ReviewerNote.objects.filter(indication=obj)
        codes = Code.objects.filter(indications=obj) | Code.objects.filter(unproven=obj)
        return [
            listed(
                "Pathways",
                pathways,
                add_url(Pathway, indication=obj.pk) if can_add else "",
                "pathway",
            ),
            listed(
                "For the reviewer",
                notes,
                add_url(ReviewerNote, indication=obj.pk) if can_add else "",
                "note",
            ),
            listed("Codes that suggest it", codes.distinct()),
        ]


class CountedPathway(Protocol):
    """A pathway as its list reads it."""

    criteria_found: int
    limits_found: int


@admin.register(Pathway)
class PathwayAdmin(PartAdmin[Pathway]):
    """One pathway: the outline of its criteria, its dosing limits and notes."""

    list_display = ("__str__", "serves", "criteria_count", "limit_count", "lines")
    list_filter = (EditionFilter, "serves")
    list_select_related = ("indication", "version__policy")
    search_fields = ("name", "key", "indication__name")
    owners = ("indication",)
    named_from = "name"
    fieldsets = (
        (None, {"fields": ["indication", "name", "serves", "lines"]}),
        ("Dose", {"fields": [("dose_iv_only", "dose_label_lines")]}),
        ("In the edition", {"fields": [("key", "position")]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pathway]:
        """With the number of criteria and limits."""
        counts = {
            "criteria_found": Count("tree__criteria", distinct=True),
            "limits_found": Count("limits", distinct=True),
        }
        rows = super().get_queryset(request).annotate(**counts)
        return rows.select_related("indication", "version__policy")

    @admin.display(description="criteria", ordering="criteria_found")
    def criteria_count(self, row: CountedPathway) -> str:
        """How many criteria it has."""
        return str(row.criteria_found)

    @admin.display(description="dosing limits", ordering="limits_found")
    def limit_count(self, row: CountedPathway) -> str:
        """How many dosing limits it has."""
        return str(row.limits_found)

    def response_post_save_add(self, request: HttpRequest, obj: Pathway) -> HttpResponseRedirect:
        """Go on with its criteria."""
        return HttpResponseRedirect(change_url(obj))

    def panels(self, request: HttpRequest, obj: Pathway | None) -> list[AdminPanel]:
        """The outline, the dosing limits and the notes."""
        if obj is None:
            return []
        can_add = self.has_change_permission(request, obj)
        limits = DosingLimit.objects.filter(pathway=obj)
        notes = ReviewerNote.objects.filter(pathway=obj)
        return [
            *tried_panel(signed_in_user(request), obj.version, obj),
            outline_panel(request, getattr(obj, "tree", None)),
            listed(
                "Dosing limits",
                limits,
                add_url(DosingLimit, pathway=obj.pk) if can_add else "",
                "dosing limit",
            ),
            listed(
                "For the reviewer",
                notes,
                add_url(ReviewerNote, pathway=obj.pk) if can_add else "",
                "note",
            ),
        ]
