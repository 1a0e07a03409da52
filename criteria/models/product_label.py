"""What the labels of a product say of its subcutaneous dose."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from criteria.models.check import check, filled, in_order, positive
from criteria.models.dosing import days
from criteria.models.part import Part
from criteria.models.product import Product, amount

WEEKS = re.compile(r"\d{1,2}(, ?\d{1,2})*")
NO_WEEKS = "Type the weeks with commas between them, each later than the one before: 1, 2, 4, 7."


class ProductLabel(Part):
    """The subcutaneous rules of one label, on the days it ruled; see LabelRules for each."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="labels")
    source = models.TextField(help_text="Which label, of when, and where it was read.")
    first_day = models.DateField("label from", null=True, blank=True)
    last_day = models.DateField("label until", null=True, blank=True)
    confirmed = models.BooleanField(
        "figures confirmed",
        default=True,
        help_text="If not, they are shown as to be confirmed.",
    )
    iv_to_sc_factor = amount(
        "IV to SC factor",
        "Grams a week for each gram a week into a vein. 1: the same grams.",
    )
    same_from_sc = models.BooleanField(
        "after another SC product the same grams a week", default=False
    )
    min_mg_per_kg = amount("without an earlier dose, at least, mg/kg a dose")
    max_mg_per_kg = amount("at most, mg/kg a dose")
    shortest_interval_days = days("shortest interval, days")
    longest_interval_days = days("longest interval, days")
    days_after_iv = days("begins after the last IV dose, days")
    ramp_weeks = models.CharField(
        "weeks of the ramp-up",
        max_length=60,
        blank=True,
        help_text="Weeks of the first infusions, such as 1, 2, 4, 7: the first is the dose of one "
        "week, the second of two, and so on up to the full dose.",
    )
    trough_ml_per_kg = amount(
        "IgG trough: mL a week for each kg",
        "For each 100 mg/dL that the trough lies below its target.",
    )
    trough_least_mg_per_dl = models.PositiveIntegerField(
        "from a difference of, mg/dL", null=True, blank=True, help_text="Less changes nothing."
    )
    note = models.TextField(blank=True)

    inside = ("product",)

    class Meta(Part.Meta):
        constraints = [
            check("productlabel_named", filled(["source"]), "The source must be filled in."),
            in_order(
                "productlabel", "first_day", "last_day", "The first day must not follow the last."
            ),
            in_order(
                "productlabel",
                "min_mg_per_kg",
                "max_mg_per_kg",
                "The lower end of the range must not be above the upper end.",
            ),
            check(
                "productlabel_intervals",
                Q(shortest_interval_days=None)
                | Q(longest_interval_days=None)
                | Q(shortest_interval_days__lte=models.F("longest_interval_days")),
                "The shortest interval must not be longer than the longest.",
            ),
            check(
                "productlabel_range",
                Q(min_mg_per_kg=None) | ~Q(max_mg_per_kg=None),
                "A lower end of the range needs the upper end.",
            ),
            check(
                "productlabel_trough",
                Q(trough_least_mg_per_dl=None) | ~Q(trough_ml_per_kg=None),
                "A least difference needs the mL it is a difference for.",
            ),
            *(
                positive("productlabel", field, words)
                for field, words in {
                    "iv_to_sc_factor": "The IV to SC factor",
                    "min_mg_per_kg": "At least",
                    "max_mg_per_kg": "At most",
                    "shortest_interval_days": "The shortest interval",
                    "longest_interval_days": "The longest interval",
                    "days_after_iv": "The days after the last IV dose",
                    "trough_ml_per_kg": "mL for each kg",
                    "trough_least_mg_per_dl": "The least difference",
                }.items()
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def weeks(self) -> list[int]:
        """The weeks of the ramp-up."""
        return [int(week) for week in self.ramp_weeks.replace(",", " ").split()]

    def clean(self) -> None:
        """Refuse a ramp-up that is no list of later and later weeks."""
        super().clean()
        if self.ramp_weeks and not is_later_and_later(self.ramp_weeks):
            raise ValidationError({"ramp_weeks": NO_WEEKS})


def is_later_and_later(text: str) -> bool:
    """Whether a text lists weeks, each later than the one before."""
    if not WEEKS.fullmatch(text):
        return False
    weeks = [int(week) for week in text.replace(",", " ").split()]
    return weeks[0] > 0 and weeks == sorted(set(weeks))
