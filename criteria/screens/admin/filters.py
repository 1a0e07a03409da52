"""Filters of the lists."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from criteria.models import PolicyVersion
from criteria.screens.admin.links import row_id


class EditionFilter(admin.SimpleListFilter):
    """Parts of one edition."""

    title = "edition"
    parameter_name = "version"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """Every edition by name."""
        return [(str(v.pk), str(v)) for v in PolicyVersion.objects.select_related("policy")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The parts of the chosen one."""
        if self.value() is None:
            return queryset
        pk = row_id(self.value())
        return queryset.none() if pk is None else queryset.filter(version_id=pk)
