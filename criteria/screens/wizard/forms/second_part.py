"""The fields of what follows the first part of a dose, in sight once they are asked for."""

from typing import Any

from django import forms

from criteria.dosing.schedule import BEGINS_TOO_EARLY
from criteria.requests.answers.choices import BASES, DOSE_UNITS, INTERVALS
from criteria.requests.answers.typed import one
from criteria.requests.dose.second_part import (
    ADD,
    BUTTON,
    FIELDS,
    OPEN,
    REMOVE,
    has_second_part,
    is_open,
)
from criteria.screens.fields import Number, Pick, YesNo
from criteria.screens.forms import unseen
from criteria.screens.widgets import Hidden
from criteria.screens.wizard.forms.criteria import QuestionsForm

SECOND_ROWS = (
    ("then_dose", "then_dose_unit", "then_basis"),
    ("then_days", "then_consecutive"),
    ("then_interval", "then_interval_unit"),
    ("then_courses", "then_begins"),
)
SECOND_UNITS = {"then_dose": "then_dose_unit", "then_interval": "then_interval_unit"}
# Of a line that was begun, what has to be said whatever the policy limits.
ALWAYS = ("then_dose", "then_dose_unit", "then_basis", "then_days", "then_interval_unit")


class SecondPartField(forms.Field):
    """Opens and closes the line; keeps what was typed on it while it is closed."""

    drawn_by = "criteria/wizard/_second_part.html"
    widget = Hidden
    button, add, remove = BUTTON, ADD, REMOVE

    def __init__(self) -> None:
        """Nothing is kept until the form says so."""
        self.kept = unseen({})
        super().__init__(label="What follows", required=False)


class SecondPartForm(QuestionsForm):
    """A form that may have a second part of a dose."""

    then = SecondPartField()
    then_dose = Number("Then, amount")
    then_dose_unit = Pick("Unit of the amount that follows", DOSE_UNITS, as_list=True)
    then_basis = Pick("Then, counted", BASES, as_list=True)
    then_days = Number("Then, days in a course", whole=True)
    then_consecutive = YesNo("Then, on days in a row?")
    then_interval = Number("Then, a course every", least=1, most=400, whole=True)
    then_interval_unit = Pick("Unit of time of what follows", INTERVALS, as_list=True)
    then_courses = Number("Then, number of courses (optional)", least=1, most=400, whole=True)
    then_begins = Number(
        "Begins, days after the last course above began",
        least=1,
        most=400,
        whole=True,
        help_text="28 after 4 weeks.",
    )

    def prepare(self) -> None:
        """Show the line only where it was opened; keep what was typed on it."""
        super().prepare()
        if is_open(self.typed):
            if self.is_second_needed("then_courses"):
                self.fields["then_courses"].label = "Then, number of courses"
            return
        field = self.fields[OPEN]
        assert isinstance(field, SecondPartField)  # noqa: S101
        field.kept = unseen({name: text for name in FIELDS if (text := one(self.typed, name))})
        for name in FIELDS:
            del self.fields[name]

    def names(self) -> tuple[str, ...]:
        """The fields of the line also while it is closed: what was typed is kept."""
        return tuple(dict.fromkeys((*super().names(), *FIELDS)))

    @property
    def has_second_part(self) -> bool:
        """Whether something follows the first part."""
        return has_second_part(self.typed)

    def is_second_asked(self, name: str) -> bool:
        """A line that is blank is no second part; one course has no number."""
        is_once = one(self.typed, "then_interval_unit") == "once"
        return self.has_second_part and not (name == "then_courses" and is_once)

    def is_second_needed(self, name: str) -> bool:
        """What a line that was begun cannot do without."""
        if not self.has_second_part:
            return False
        if name in ALWAYS or name == "then_begins":
            return True
        is_repeated = one(self.typed, "then_interval_unit") != "once"
        if name == "then_interval":
            return is_repeated
        return self.is_needed_of_second(name) and (name != "then_courses" or is_repeated)

    def is_needed_of_second(self, name: str) -> bool:
        """Whether the limits turn on a field of the line."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """What follows begins after the last course of the first part has ended."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        begins, days = found.get("then_begins"), found.get("days")
        if self.has_second_part and begins and begins < (days or 1):
            self.add_error("then_begins", f"{BEGINS_TOO_EARLY} Enter {days} or more.")
        return found
