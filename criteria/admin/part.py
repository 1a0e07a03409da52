"""What the screens of all parts of an edition have in common."""

from typing import Any, ClassVar
from urllib.parse import parse_qs

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from criteria.actions.policies import EditionRefusedError
from criteria.actions.policies_parts import delete_part, save_links, save_part
from criteria.admin.access import PolicyAccess
from criteria.admin.filters import EditionFilter
from criteria.admin.forms import PartForm, PartFormSet
from criteria.admin.links import change_url, list_url
from criteria.admin.panels import Panel
from criteria.admin.trail import owner_of, short, trail_of
from criteria.models import Part, PolicyVersion, PublishedVersionError

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
        try:
            response = super().delete_view(request, object_id, extra_context)
        except REFUSED as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(change_url(obj))
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


class PartAdmin(PolicyModelAdmin):
    """A screen of one kind of part."""

    form = PartForm
    list_filter: ClassVar[Any] = (EditionFilter,)
    list_select_related: ClassVar[Any] = ("version__policy",)
    list_per_page = 100
    # The fields that name what a new part belongs to.
    owners: tuple[str, ...] = ()

    def edition_of(self, request: HttpRequest, obj: Any) -> PolicyVersion | None:
        """The edition of the part, or the one a new part is added to."""
        if obj is not None:
            return obj.version
        for name in self.owners:
            if request.GET.get(name, "").isdigit():
                model: Any = self.model._meta.get_field(name).related_model
                return get_object_or_404(model, pk=request.GET[name]).version
        listed = parse_qs(request.GET.get("_changelist_filters", "")).get("version", [""])
        pk = request.GET.get("version") or listed[0]
        return get_object_or_404(PolicyVersion, pk=pk) if pk.isdigit() else None

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Without an add link in the menu: a part is added to an edition."""
        return {**super().get_model_perms(request), "add": False}

    def get_list_display(self, request: HttpRequest) -> Any:
        """With the edition, while the list holds several."""
        shown = super().get_list_display(request)
        return shown if "version" in request.GET else (*shown, "version")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A part is added to an edition: without one, choose it first."""
        if object_id is None:
            edition = self.edition_of(request, None)
            if edition is None:
                words = f"Open a draft first, and add the {self.opts.verbose_name} there."
                self.message_user(request, words, messages.WARNING)
                return HttpResponseRedirect(list_url(PolicyVersion))
            if edition.is_locked:
                self.message_user(request, str(PublishedVersionError(str(edition))), messages.ERROR)
                return HttpResponseRedirect(change_url(edition))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def trail(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Of a new part, the edition."""
        edition = self.edition_of(request, obj)
        return super().trail(request, obj) or ([] if edition is None else [edition])

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, which knows the edition of a new part."""
        request.edition = self.edition_of(request, obj)  # type: ignore[attr-defined]
        form = super().get_form(request, obj, change, **kwargs)
        version_id = request.edition.pk if request.edition else None  # type: ignore[attr-defined]
        return type(form.__name__, (form,), {"version_id": version_id})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only rows of the same edition are offered."""
        kwargs["queryset"] = self._same_edition(db_field, request, kwargs.get("queryset"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only rows of the same edition are offered."""
        kwargs["queryset"] = self._same_edition(db_field, request, kwargs.get("queryset"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _same_edition(self, db_field: Any, request: HttpRequest, given: Any) -> Any:
        related = db_field.related_model
        rows = related._default_manager.all() if given is None else given
        if not issubclass(related, Part):
            return rows
        rows = rows.filter(version=getattr(request, "edition", None))
        has_indication = any(f.name == "indication" for f in related._meta.fields)
        return rows.select_related("indication") if has_indication else rows

    def home_of(self, obj: Any) -> str:
        """The list of the edition, for parts that belong to it directly."""
        owner = owner_of(obj)
        if isinstance(owner, PolicyVersion):
            return list_url(type(obj), version=owner.pk)
        return super().home_of(obj)

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """By an action."""
        save_part(part=obj, changed=form.changed_data, by=request.user)  # type: ignore[arg-type]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The links by an action; the rows inside one by one."""
        if any(f.name in form.cleaned_data for f in self.model._meta.many_to_many):
            save_links(part=form.instance, save=form.save_m2m, by=request.user)  # type: ignore[arg-type]
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Each row by an action."""
        save_rows(formset, request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """By an action."""
        delete_part(part=obj, by=request.user)  # type: ignore[arg-type]


def save_rows(formset: Any, by: Any) -> None:
    """Save the rows of a formset by actions."""
    formset.save(commit=False)
    for row in formset.deleted_objects:
        delete_part(part=row, by=by)
    for row in formset.new_objects:
        save_part(part=row, by=by)
    for row, changed in formset.changed_objects:
        save_part(part=row, changed=changed, by=by)
