"""The products a version knows, with their vials and billing codes."""

from decimal import Decimal

from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.dosing.limits import Route
from criteria.models.check import check, filled, in_order, one_of, positive
from criteria.models.code import check_shape
from criteria.models.fields import KeyField, LinesField
from criteria.models.part import Part
from criteria.rules.terms import CodeSystem

IV, SC = Route.IV.value, Route.SC.value
ROUTES = [
    (IV, "IV"),
    (SC, "SC"),
    (f"{IV},{SC}", "IV or SC"),
    (f"{SC},{IV}", "SC or IV"),
]


def amount(name: str, help_text: str = "") -> "models.DecimalField[Decimal | None, Decimal | None]":
    """A number that may be left out."""
    return models.DecimalField(
        name, max_digits=12, decimal_places=4, null=True, blank=True, help_text=help_text
    )


class Product(Part):
    """One brand and strength."""

    key = KeyField()
    brand = models.TextField()
    routes = models.CharField(max_length=6, choices=ROUTES)
    form = models.TextField(help_text="Such as liquid or powder.")
    concentration_percent = amount("strength, percent")
    billing_unit_mg = models.PositiveIntegerField("billing unit, mg", null=True, blank=True)
    listed = models.BooleanField(
        "listed in the policy",
        default=True,
        help_text="If not, the package insert applies and a reviewer decides.",
    )
    excluded = models.BooleanField(default=False, help_text="The policy does not cover it.")
    exclusion_words = models.TextField("why it is excluded", blank=True)
    exclusion_lines = LinesField(blank=True)
    ml_per_g = amount("mL per g")
    note = models.TextField(blank=True)

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["version", "key"],
                name="product_key_unique",
                violation_error_message="This edition already has a product of that key.",
            ),
            check(
                "product_named",
                filled(["key", "brand", "form"]),
                "Key, brand and form must be filled.",
            ),
            one_of("product", "routes", dict(ROUTES), "Routes"),
            check(
                "product_exclusion",
                Q(excluded=False, exclusion_words="", exclusion_lines="")
                | (Q(excluded=True) & ~Q(exclusion_words="") & ~Q(exclusion_lines="")),
                "An excluded product says why and on which lines; another product does not.",
            ),
            positive("product", "concentration_percent", "The strength"),
            positive("product", "billing_unit_mg", "The billing unit"),
            positive("product", "ml_per_g", "mL per g"),
        ]

    def __str__(self) -> str:
        strength = self.concentration_percent
        return (
            self.brand if strength is None else f"{self.brand} {Decimal(strength).normalize():f} %"
        )


class VialSize(Part):
    """A vial a product comes in."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="vials")
    size_g = models.DecimalField("size, g", max_digits=8, decimal_places=3)
    confirmed = models.BooleanField(
        default=True, help_text="Only confirmed sizes are used for rounding."
    )

    inside = ("product",)

    class Meta(Part.Meta):
        constraints = [
            positive("vialsize", "size_g", "The size"),
            UniqueConstraint(
                fields=["product", "size_g", "confirmed"],
                name="vialsize_unique",
                violation_error_message="This product already has that vial.",
            ),
        ]

    def __str__(self) -> str:
        return f"{Decimal(self.size_g).normalize():f} g"


class ProductCode(Part):
    """A billing code of a product and the days of service it is used on."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=40)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)

    inside = ("product",)

    class Meta(Part.Meta):
        constraints = [
            check("productcode_named", filled(["code"]), "The code must be filled in."),
            in_order(
                "productcode", "first_day", "last_day", "The first day must not follow the last."
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Refuse what is no billing code."""
        super().clean()
        check_shape(CodeSystem.HCPCS.value, self.code)
