"""The form of a dosing limit: refuses what cannot be, asks again what is hardly meant."""

from decimal import Decimal
from typing import Unpack

from django import forms

from criteria.models import DosingLimit
from criteria.models.dosing import stated_limit
from criteria.policies.stored.spelling import plain
from criteria.rules.explain import number_text
from criteria.rules.formats import joined
from criteria.screens.admin.dosing.examples import WEIGHTS_KG, examples
from criteria.screens.admin.forms import PartForm, RowFormOptions
from criteria.screens.admin.links import row_id
from criteria.screens.forms import SentFiles, Typed

MOST_MG_PER_KG = Decimal(10000)
ASKED_ABOVE_MG_PER_KG = Decimal(4000)
NONE_BEFORE = "It is the first limit of its pathway: leave this open unless it has a condition."
AMOUNTS = ("max_mg_per_kg", "min_mg_per_kg")


class LimitForm(PartForm):
    """A dosing limit. ``checking``: it is only read back, nothing is saved."""

    checking = False
    asked: Decimal | None = None  # an amount to be confirmed

    def __init__(
        self,
        data: Typed | None = None,
        files: SentFiles | None = None,
        **options: Unpack[RowFormOptions],
    ) -> None:
        """Amounts are in one unit, and say so when something else is typed."""
        super().__init__(data, files, **options)
        for name in AMOUNTS:
            if name in self.fields:
                words = "Type a number of mg/kg, such as 2000 for 2 g/kg."
                self.fields[name].error_messages["invalid"] = words
        if "joined_by" in self.fields:
            self.fields["joined_by"].help_text = self._joins_help()

    def _joins_help(self) -> str:
        """Which limit it goes with: the one before it."""
        limit: DosingLimit = self.instance
        pathway = row_id(limit.pathway_id or self.initial.get("pathway"))
        if pathway is None:
            return ""
        ahead = limit.before(pathway)
        return NONE_BEFORE if ahead is None else f"The one before it: “{ahead.words}”."

    def is_valid(self) -> bool:
        """Whether it may be saved."""
        return super().is_valid() and not self.checking

    def clean_max_mg_per_kg(self) -> Decimal:
        """Refuse what no dose of immune globulin can be."""
        amount: Decimal = self.cleaned_data["max_mg_per_kg"]
        if amount > MOST_MG_PER_KG:
            raise forms.ValidationError(
                f"{number_text(amount)} mg/kg cannot be: a limit is at most "
                f"{number_text(MOST_MG_PER_KG)} mg/kg. Is it mg for the whole patient, or a 0 too "
                "many?"
            )
        return amount

    def _post_clean(self) -> None:
        """An amount seldom meant is asked again, with what it comes to."""
        super()._post_clean()  # type: ignore[misc]
        amount = self.cleaned_data.get("max_mg_per_kg")
        is_new = "max_mg_per_kg" in self.changed_data
        if amount is None or amount <= ASKED_ABOVE_MG_PER_KG or not is_new:
            return
        self.asked = plain(amount)
        if self.data.get("confirmed") != str(self.asked):
            self.add_error("max_mg_per_kg", self._question(amount))

    def _question(self, amount: Decimal) -> str:
        limit = stated_limit(self.instance)
        found = examples(limit, None) if limit is not None else []
        comes_to = joined([dict(e.amounts)["a course"] for e in found], "and")
        weights = " and ".join(f"{weight} kg" for weight in WEIGHTS_KG)
        worked = f": {comes_to}" if comes_to else f" at {weights}"
        return (
            f"{number_text(amount)} mg/kg is more than doses of immune globulin usually are"
            f"{worked}. If it is meant, tick “This amount is right” where it is read back, "
            "and save again."
        )
