"""The page Django's own History button leads to: what was changed, by whom, old and new."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from criteria.models import Change
from criteria.screens.admin.history.entries import changes_of, history_of
from criteria.screens.admin.links import change_url, row_id
from criteria.screens.admin.trail import short, trail_of


class HistoryPages(admin.ModelAdmin):
    """The history of a policy, an edition or a part; of a part that is gone, too."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A page of it, filtered by kind and person. Raises Http404 for what never was."""
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        pk = row_id(object_id)
        if pk is None:
            raise Http404("There is no such part.")
        changes = changes_of(self.model, pk, getattr(obj, "version_id", None))
        if obj is None and not changes.exists():
            raise Http404("There is no such part.")
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {self._name(obj, changes)}",
            "opts": self.opts,
            "media": self.media,
            "is_gone": obj is None,
            "trail": self._trail_to(obj, changes),
            "history": history_of(changes, request.GET.dict()),
        }
        return TemplateResponse(request, "criteria/admin/history.html", context)

    def _name(self, obj: Model | None, changes: QuerySet[Change]) -> str:
        return short(obj) if obj is not None else changes[0].name

    def _trail_to(self, obj: Model | None, changes: QuerySet[Change]) -> list[dict[str, str]]:
        """The way down to the row; of one that is gone, its edition."""
        rows: Sequence[Model | None] = [changes[0].version] if obj is None else trail_of(obj)
        return [{"url": change_url(row), "name": short(row)} for row in rows if row is not None]
