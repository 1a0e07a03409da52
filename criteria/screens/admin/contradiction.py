"""Where the policy contradicts itself, or leaves a point open."""

from django.contrib import admin
from django.http import HttpRequest

from criteria.models import Contradiction, Criterion
from criteria.screens.admin.panels import AdminPanel, listed
from criteria.screens.admin.part import PartAdmin


@admin.register(Contradiction)
class ContradictionAdmin(PartAdmin[Contradiction]):
    """Both sides of one point, and what leads to it."""

    list_display = ("name", "one_side_lines", "other_side_lines")
    search_fields = ("name", "key", "one_side", "other_side")
    filter_horizontal = ("indications",)
    named_from = "name"
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "name",
                    ("one_side", "one_side_lines"),
                    ("other_side", "other_side_lines"),
                ]
            },
        ),
        ("Which requests meet it", {"fields": ["indications", "phases", "codes"]}),
        ("In the edition", {"fields": [("key", "position")]}),
    )

    def panels(self, request: HttpRequest, obj: Contradiction | None) -> list[AdminPanel]:
        """The criteria that name it."""
        if obj is None:
            return []
        return [
            listed("Criteria whose answers meet it", Criterion.objects.filter(contradiction=obj))
        ]
