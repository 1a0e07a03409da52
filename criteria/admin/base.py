"""What all screens of policy staff have in common."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from criteria.actions.policies import EditionRefusedError
from criteria.actions.policies_parts import delete_part, save_part
from criteria.admin.access import PolicyAccess
from criteria.admin.forms import PartForm, PartFormSet
from criteria.admin.links import change_url, list_url
from criteria.admin.panels import Panel
from criteria.admin.trail import owner_of, short, trail_of
from criteria.models import PublishedVersionError

ONE_LINE = ("section", "name", "brand", "form")
REFUSED = (EditionRefusedError, PublishedVersionError)


class PartInline(PolicyAccess, admin.TabularInline):
    """Rows edited inside the part they belong to."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    ordering = ("position", "id")
    formfield_overrides = {models.TextField: {"widget": forms.TextInput(attrs={"size": 50})}}


class PolicyModelAdmin(PolicyAccess, admin.ModelAdmin):
    """A screen whose changes are made by actions; what they refuse is said at the top."""

    change_form_template = "criteria/admin/change_form.html"
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 80})}
    }

    class Media:
        css = {"all": ["criteria/admin.css"]}

    def panels(self, request: HttpRequest, obj: Any) -> list[Panel]:
        """What is shown above the form."""
        return []

    def home_of(self, obj: Any) -> str:
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
        """Django's, with the trail and the panels, and refusals said in words."""
        obj = None if object_id is None else self.get_object(request, object_id)
        above = [{"url": change_url(row), "name": short(row)} for row in self.trail(request, obj)]
        context = {"trail": above, "panels": self.panels(request, obj)} | (extra_context or {})
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except REFUSED as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's; afterwards the owner is shown."""
        obj: Any = self.get_object(request, object_id)
        home = list_url(self.model) if obj is None else self.home_of(obj)
        response = super().delete_view(request, object_id, extra_context)
        return HttpResponseRedirect(home) if response.status_code == 302 else response

    def trail(self, request: HttpRequest, obj: Any) -> list[Any]:
        """The rows above this one, outermost first."""
        return [] if obj is None else trail_of(obj)[:-1]

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go on where the new row belongs."""
        return HttpResponseRedirect(self.home_of(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go on where the row belongs."""
        return HttpResponseRedirect(self.home_of(obj))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Short texts on one line; no pop-ups beside a choice: the trail leads everywhere."""
        if db_field.name in ONE_LINE and isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.TextInput(attrs={"size": 60})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("can_add_related", "can_change_related", "can_view_related"):
            if hasattr(getattr(field, "widget", None), name):
                setattr(field.widget, name, False)  # type: ignore[union-attr]
        return field

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: rows are deleted one by one, each after a look at what goes with it."""
        return {}


def save_rows(formset: Any, by: Any) -> None:
    """Save the rows of a formset by actions."""
    formset.save(commit=False)
    for row in formset.deleted_objects:
        delete_part(part=row, by=by)
    for row in formset.new_objects:
        save_part(part=row, by=by)
    for row, changed in formset.changed_objects:
        save_part(part=row, changed=changed, by=by)
