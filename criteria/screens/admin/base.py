"""What all screens of policy staff have in common."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db import models, transaction
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from criteria.actions.policies.parts import delete_part, save_part
from criteria.actions.policies.removed import counted_inside
from criteria.models import Part, PolicyVersion
from criteria.screens.admin.access import M, PolicyAccess
from criteria.screens.admin.deleted import deleted_words, patients_stating
from criteria.screens.admin.forms import PartForm, PartFormSet, form_knowing
from criteria.screens.admin.history.views import HistoryPages
from criteria.screens.admin.links import change_url, list_url
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.refusals import REFUSED, closed, is_too_late, said, typed
from criteria.screens.admin.seen import mark_of
from criteria.screens.admin.trail import owner_of, short, trail_of
from criteria.screens.forms import unseen

RELATED = ("can_add_related", "can_change_related", "can_delete_related", "can_view_related")
ONE_LINE = ("section", "name", "brand", "form")


class PartInline(PolicyAccess[models.Model], admin.TabularInline):
    """Rows edited inside the part they belong to."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    ordering = ("position", "id")
    formfield_overrides = {models.TextField: {"widget": forms.TextInput(attrs={"size": 50})}}


class PolicyModelAdmin(PolicyAccess[M], HistoryPages, admin.ModelAdmin):
    """A screen whose changes are made by actions; what they refuse is said at the top."""

    change_form_template = "criteria/admin/change_form.html"
    delete_confirmation_template = "criteria/admin/delete.html"
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 80})}
    }

    class Media:
        css = {"all": ["criteria/admin.css"]}

    def panels(self, request: HttpRequest, obj: M | None) -> list[AdminPanel]:
        """What is shown above the form."""
        return []

    def home_of(self, obj: M) -> str:
        """Where to go on after saving."""
        owner = owner_of(obj)
        return change_url(obj if owner is None else owner)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's, with the trail and the panels; a refusal is said on the form as it was sent."""
        obj = None if object_id is None else self.get_object(request, object_id)
        if obj is not None and is_too_late(request, obj):
            return self._too_late(request, obj)
        context = self._above(request, obj) | (extra_context or {})
        draw = super().changeform_view
        try:
            with transaction.atomic():
                self._hold(request, obj)
                return draw(request, object_id, form_url, context)
        except REFUSED as error:
            request.refused = said(error)  # type: ignore[attr-defined]
            return draw(request, object_id, form_url, context)
        except OverflowError as error:
            raise BadRequest("A number is too large.") from error

    def _hold(self, request: HttpRequest, obj: M | None) -> None:
        """Of two who save at the same moment, the second sees what the first did."""
        if request.method == "POST" and obj is not None:
            type(obj)._default_manager.select_for_update().filter(pk=obj.pk).first()

    def _above(self, request: HttpRequest, obj: M | None) -> dict[str, Any]:
        trail = [{"url": change_url(row), "name": short(row)} for row in self.trail(request, obj)]
        found = {"trail": trail, "panels": self.panels(request, obj)}
        why_closed, carried = _why_closed(obj), self.carried(request, obj)
        return found | {"why_closed": why_closed, "unseen": unseen(carried)}

    def carried(self, request: HttpRequest, obj: M | None) -> dict[str, str]:
        """What the form sends back: the row as its editor saw it."""
        return {"seen": self.mark(obj)}

    def mark(self, obj: M | None) -> str:
        """What stands in a row now, as one short mark."""
        return mark_of(obj, [inline.model for inline in self.inlines if inline.model])

    def _too_late(self, request: HttpRequest, obj: M) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        words = {"title": "Not saved", "why_closed": _why_closed(obj), "url": change_url(obj)}
        context = {**shared, **words, "typed": list(typed(request, self.model))}
        return TemplateResponse(request, "criteria/admin/too_late.html", context, status=403)

    def get_form(
        self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: object
    ) -> type[forms.ModelForm]:
        """The form, which knows what was refused and what stands in the row now."""
        form = super().get_form(request, obj, change, **kwargs)
        seen_now = self.mark(obj) if request.method == "POST" else ""
        return form_knowing(form, refused=getattr(request, "refused", ()), seen_now=seen_now)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's, told first what goes with it; afterwards the owner is shown."""
        obj: Any = self.get_object(request, object_id)
        home = list_url(self.model) if obj is None else self.home_of(obj)
        told: dict[str, Any] = {"unseen": unseen({"post": "yes"})}
        told |= _told(obj) if isinstance(obj, Part) and request.method == "GET" else {}
        try:
            response = super().delete_view(request, object_id, told)
        except REFUSED as error:
            self.message_user(request, " ".join(said(error)), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        if response.status_code != 302:
            return response
        words = deleted_words(obj) if isinstance(obj, Part) else f"Deleted “{obj}”."
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(home)

    def get_deleted_objects(
        self, objs: Sequence[M] | models.QuerySet[M], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Whoever may delete a part may delete what is inside it."""
        rows, counts, _, protected = super().get_deleted_objects(objs, request)
        return rows, counts, set(), protected

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Django's, with the way back instead of its message; delete_view says where to go on."""
        return HttpResponseRedirect(list_url(self.model))

    def trail(self, request: HttpRequest, obj: M | None) -> list[models.Model]:
        """The rows above this one, outermost first."""
        return [] if obj is None else trail_of(obj)[:-1]

    def response_post_save_add(self, request: HttpRequest, obj: M) -> HttpResponseRedirect:
        """Go on where the new row belongs."""
        return HttpResponseRedirect(self.home_of(obj))

    def response_post_save_change(self, request: HttpRequest, obj: M) -> HttpResponseRedirect:
        """Go on where the row belongs."""
        return HttpResponseRedirect(self.home_of(obj))

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        """Short texts on one line; no pop-ups beside a choice: the trail leads everywhere."""
        if db_field.name in ONE_LINE and isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.TextInput(attrs={"size": 60})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in RELATED:
            if hasattr(getattr(field, "widget", None), name):
                setattr(field.widget, name, False)  # type: ignore[union-attr]
        return field

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: rows are deleted one by one, each after a look at what goes with it."""
        return {}


def _why_closed(obj: models.Model | None) -> str:
    version = getattr(obj, "version", obj)
    return closed(version) if isinstance(version, PolicyVersion) else ""


def _told(part: Part) -> dict[str, Any]:
    """What a person is told before they delete a part."""
    return {
        "inside": counted_inside(part),
        "example_patients": patients_stating(part),
        "change_url": change_url(part),
    }


def save_rows(formset: BaseModelFormSet, by: User) -> None:
    """Save the rows of a formset by actions."""
    formset.save(commit=False)
    for row in formset.deleted_objects:
        delete_part(part=row, by=by)
    for row in formset.new_objects:
        save_part(part=row, by=by)
    for row, changed in formset.changed_objects:
        save_part(part=row, changed=changed, by=by)
