"""What the figures are asked for: a period or days, a line of business, a diagnosis."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from criteria.models import Indication, WorklistGroup
from criteria.screens.figures.figure import line_words
from criteria.screens.figures.scope import FigureScope
from criteria.screens.forms import DrawnForm

DAYS = "days"
PERIODS = (
    ("30", "Last 30 days"),
    ("90", "Last 90 days"),
    ("365", "Last 365 days"),
    ("all", "Everything"),
    (DAYS, "Days from and to"),
)
USUAL = {"period": "90"}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
OUTSIDE = "Enter a day between 2000 and 2100."


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Enter a day, such as 2026-05-14."},
        validators=[MinValueValidator(EARLIEST, OUTSIDE), MaxValueValidator(LATEST, OUTSIDE)],
    )


def _choice(
    label: str, *, choices: Iterable[tuple[str, str]] = (), required: bool = True
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        error_messages={
            "invalid_choice": "Choose one of the list.",
            "required": "Choose one of the list.",
        },
        choices=choices,
        required=required,
    )


class FiguresForm(DrawnForm):
    """The filters. What was typed stays, right or wrong."""

    period = _choice("Period", choices=PERIODS)
    first = _day("From")
    last = _day("To")
    line = _choice("Line of business", required=False)
    indication = _choice("Diagnosis", required=False)

    def __init__(self, given: Mapping[str, Any], groups: Mapping[int, WorklistGroup]) -> None:
        """``groups``: what submitted requests have in common; they are what can be chosen."""
        super().__init__(given)
        self.groups = dict(groups)
        lines = {group.line_of_business for group in groups.values()} - {""}
        self.names = _names({group.indication_key for group in groups.values()} - {""})
        self._offer("line", "Every line", {key: line_words(key) for key in lines})
        self._offer("indication", "Every diagnosis", self.names)

    def _offer(self, name: str, every: str, words: Mapping[str, str]) -> None:
        chosen = sorted(words.items(), key=lambda item: item[1].casefold())
        self.fields[name].choices = [("", every), *chosen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days are typed exactly where the period is made of them."""
        found = super().clean() or self.cleaned_data
        first, last, period = found.get("first"), found.get("last"), found.get("period")
        has_days = bool(self.data.get("first") or self.data.get("last"))
        if period == DAYS and not has_days:
            self.add_error("first", "Enter the first day, the last day or both.")
        if period not in (DAYS, None) and has_days:
            words = "To use the days, choose “Days from and to”. Otherwise clear them."
            self.add_error("period", words)
        if first and last and first > last:
            self.add_error("last", "The last day lies before the first.")
        return found

    @property
    def scope(self) -> FigureScope:
        """What is counted, of a form that is right."""
        found = self.cleaned_data
        first, last = found["first"], found["last"]
        if found["period"].isdigit():
            last = timezone.localdate()
            first = last - timedelta(days=int(found["period"]) - 1)
        return FigureScope(first, last, found["line"], found["indication"], self.groups)

    @property
    def words(self) -> str:
        """The same in words."""
        scope = self.scope
        told = [_days_words(scope)]
        if scope.line_of_business:
            told.append(line_words(scope.line_of_business))
        if scope.indication:
            told.append(self.names[scope.indication])
        return " · ".join(told)


def _days_words(scope: FigureScope) -> str:
    if scope.first is None:
        return "Everything" if scope.last is None else f"Until {scope.last:%-d %b %Y}"
    until = "" if scope.last is None else f" to {scope.last:%-d %b %Y}"
    return f"From {scope.first:%-d %b %Y}{until}"


def _names(keys: set[str]) -> dict[str, str]:
    """The names of diagnoses, as the latest edition that has them says."""
    rows = Indication.objects.filter(key__in=keys).order_by("version__effective_from", "pk")
    return {key: key for key in keys} | dict(rows.values_list("key", "name"))
