"""What the screens of all parts of an edition have in common."""

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import parse_qs

from django import forms
from django.contrib import messages
from django.db import models
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.parts import delete_part, save_links, save_part
from criteria.models import Part, PolicyVersion
from criteria.models.part import P
from criteria.screens.admin.base import PolicyModelAdmin, save_rows
from criteria.screens.admin.filters import EditionFilter
from criteria.screens.admin.forms import PartForm, form_knowing
from criteria.screens.admin.links import change_url, list_url, row_id
from criteria.screens.admin.refusals import closed
from criteria.screens.admin.trail import owner_of


class PartAdmin(PolicyModelAdmin[P]):
    """A screen of one kind of part."""

    form = PartForm
    list_filter: ClassVar[Any] = (EditionFilter,)
    list_select_related: ClassVar[Any] = ("version__policy",)
    list_per_page = 100
    # The fields that name what a new part belongs to.
    owners: tuple[str, ...] = ()
    # The words the stable name of a new part is made of while they are typed.
    named_from = ""

    def edition_of(self, request: HttpRequest, obj: P | None) -> PolicyVersion | None:
        """The edition of the part, or the one a new part is added to."""
        if obj is not None:
            return obj.version
        for name in self.owners:
            owner = row_id(request.GET.get(name))
            if owner is not None:
                model: Any = self.model._meta.get_field(name).related_model
                return get_object_or_404(model, pk=owner).version
        listed = parse_qs(request.GET.get("_changelist_filters", "")).get("version", [""])
        pk = row_id(request.GET.get("version") or listed[0])
        return None if pk is None else get_object_or_404(PolicyVersion, pk=pk)

    def get_prepopulated_fields(self, request: HttpRequest, obj: P | None = None) -> dict[str, Any]:
        """The stable name of a new part; that of a stored one stays."""
        return {"key": (self.named_from,)} if obj is None and self.named_from else {}

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Without an add link in the menu: a part is added to an edition."""
        return {**super().get_model_perms(request), "add": False}

    def get_list_display(self, request: HttpRequest) -> tuple[str | Callable[[P], str | bool], ...]:
        """With the edition, while the list holds several."""
        shown = super().get_list_display(request)
        return tuple(shown) if "version" in request.GET else (*shown, "version")

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
            if closed(edition) and request.method == "GET":
                self.message_user(request, closed(edition), messages.ERROR)
                return HttpResponseRedirect(change_url(edition))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def trail(self, request: HttpRequest, obj: P | None) -> list[models.Model]:
        """Of a new part, the edition."""
        edition = self.edition_of(request, obj)
        return super().trail(request, obj) or ([] if edition is None else [edition])

    def get_form(
        self, request: HttpRequest, obj: P | None = None, change: bool = False, **kwargs: object
    ) -> type[forms.ModelForm]:
        """The form, which knows the edition of a new part."""
        request.edition = self.edition_of(request, obj)  # type: ignore[attr-defined]
        form = super().get_form(request, obj, change, **kwargs)
        version_id = request.edition.pk if request.edition else None  # type: ignore[attr-defined]
        return form_knowing(form, version_id=version_id)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: object
    ) -> forms.ModelChoiceField | None:
        """Only rows of the same edition are offered."""
        kwargs["queryset"] = self._same_edition(db_field, request, kwargs.get("queryset"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> forms.ModelMultipleChoiceField | None:
        """Only rows of the same edition are offered."""
        kwargs["queryset"] = self._same_edition(db_field, request, kwargs.get("queryset"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _same_edition(
        self,
        db_field: models.ForeignKey | models.ManyToManyField,
        request: HttpRequest,
        given: object,
    ) -> models.QuerySet:
        related = db_field.related_model
        rows = given if isinstance(given, models.QuerySet) else related._default_manager.all()
        if not issubclass(related, Part):
            return rows
        rows = rows.filter(version=getattr(request, "edition", None))
        has_indication = any(f.name == "indication" for f in related._meta.fields)
        return rows.select_related("indication") if has_indication else rows

    def home_of(self, obj: P) -> str:
        """The list of the edition, for parts that belong to it directly."""
        owner = owner_of(obj)
        if isinstance(owner, PolicyVersion):
            return list_url(type(obj), version=owner.pk)
        return super().home_of(obj)

    # Saving

    def save_model(self, request: HttpRequest, obj: P, form: forms.ModelForm, change: bool) -> None:
        """By an action."""
        save_part(part=obj, changed=form.changed_data, by=signed_in_user(request))

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[BaseModelFormSet],
        change: bool,
    ) -> None:
        """The links by an action; the rows inside one by one."""
        if any(f.name in form.cleaned_data for f in self.model._meta.many_to_many):
            save_links(part=form.instance, save=form.save_m2m, by=signed_in_user(request))
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(
        self, request: HttpRequest, form: object, formset: BaseModelFormSet, change: bool
    ) -> None:
        """Each row by an action."""
        save_rows(formset, signed_in_user(request))

    def delete_model(self, request: HttpRequest, obj: P) -> None:
        """By an action."""
        delete_part(part=obj, by=signed_in_user(request))
