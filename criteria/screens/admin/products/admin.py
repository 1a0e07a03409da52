"""Products and the lists of named diseases."""

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest

from criteria.models import (
    DiseaseList,
    NamedDisease,
    Product,
    ProductCode,
    ProductLabel,
    VialSize,
)
from criteria.screens.admin.base import PartInline
from criteria.screens.admin.filters import EditionFilter
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.part import PartAdmin
from criteria.screens.admin.products.billing import CodeFormSet, billing, unlisted_words
from criteria.screens.admin.products.days import OneADayFormSet


class VialInline(PartInline):
    """The vials of a product."""

    model = VialSize
    fields = ("position", "size_g", "confirmed")


class ProductCodeInline(PartInline):
    """The billing codes of a product."""

    model = ProductCode
    formset = CodeFormSet
    fields = ("position", "code", "first_day", "last_day")


class LabelFormSet(OneADayFormSet):
    """The labels of a product: on each day there is one."""

    of_each_day = "label"


class ProductLabelInline(PartInline):
    """What the labels of a product say of its subcutaneous dose."""

    model = ProductLabel
    formset = LabelFormSet
    template = "admin/edit_inline/stacked.html"
    verbose_name_plural = "Subcutaneous dose by the label"
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "source",
                    ("first_day", "last_day", "confirmed"),
                    ("iv_to_sc_factor", "same_from_sc"),
                    ("min_mg_per_kg", "max_mg_per_kg"),
                    ("shortest_interval_days", "longest_interval_days"),
                    ("days_after_iv", "ramp_weeks"),
                    ("trough_ml_per_kg", "trough_least_mg_per_dl"),
                    ("note", "position"),
                ]
            },
        ),
    )


@admin.register(Product)
class ProductAdmin(PartAdmin[Product]):
    """One brand and strength."""

    list_display = ("__str__", "routes", "vials_text", "codes_text", "listed", "excluded")
    list_filter = (EditionFilter, "routes", "listed", "excluded")
    search_fields = ("brand", "key", "codes__code", "note")
    inlines = (VialInline, ProductCodeInline, ProductLabelInline)
    named_from = "brand"
    fieldsets = (
        (None, {"fields": ["brand", ("routes", "form"), ("concentration_percent", "ml_per_g")]}),
        ("Billing", {"fields": ["billing_unit_mg"]}),
        (
            "Coverage",
            {"fields": [("listed", "excluded"), "exclusion_words", "exclusion_lines", "note"]},
        ),
        ("In the edition", {"fields": [("key", "position")]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        """With vials and codes."""
        return super().get_queryset(request).prefetch_related("vials", "codes")

    def panels(self, request: HttpRequest, obj: Product | None) -> list[AdminPanel]:
        """How it is billed on the first day."""
        return [] if obj is None else [billing(obj)]

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[BaseModelFormSet],
        change: bool,
    ) -> None:
        """Afterwards warn of codes the edition does not list."""
        super().save_related(request, form, formsets, change)
        codes = list(ProductCode.objects.filter(product=form.instance))
        if words := unlisted_words(form.instance, codes):
            self.message_user(request, words, messages.WARNING)

    @admin.display(description="vials")
    def vials_text(self, row: Product) -> str:
        """The vial sizes; those in brackets are not confirmed."""
        return ", ".join(str(v) if v.confirmed else f"({v})" for v in row.vials.all())

    @admin.display(description="codes")
    def codes_text(self, row: Product) -> str:
        """The billing codes."""
        return ", ".join(c.code for c in row.codes.all())


class DiseaseInline(PartInline):
    """The diseases of a list."""

    model = NamedDisease
    fields = ("position", "name", "lines", "note")


@admin.register(DiseaseList)
class DiseaseListAdmin(PartAdmin[DiseaseList]):
    """A list the policy gives for help."""

    list_display = ("key",)
    inlines = (DiseaseInline,)
    fields = (("key", "position"),)
