"""What is typed beside a letter's text, one form for each kind of letter.

Nothing is required to save a letter: what it still needs to be sent is said by its page.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from dateutil.relativedelta import relativedelta
from django import forms
from django.http import QueryDict

from criteria.dosing.ceilings import MONTH_DAYS
from criteria.models import LetterKind
from criteria.papers.letters.given import Given
from criteria.requests.answers.typed import kept_signs
from criteria.rules.formats import says_something
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.fields import Day, Number, Pick, Text, Tick
from criteria.screens.forms import DrawnForm, UnseenValues
from criteria.screens.widgets import Ticks
from criteria.screens.wizard.forms.form import PageField

Typed = Mapping[str, list[str]]
LONGEST_LETTER = 40_000
LONGEST_REASON = 4_000
MOST_DOCUMENTS = 20
CONFIRMED = "I have seen this and approve it all the same. It goes into the reason."
AS_ASKED = (("yes", "As asked for"), ("no", "Another dose"))


class LetterForm(DrawnForm):
    """The text every letter has. A subclass adds what its kind needs."""

    kind: ClassVar[LetterKind]
    # Fields that hold several values.
    several: ClassVar[tuple[str, ...]] = ()
    bound_field_class = PageField

    text = Text("Text of the letter", rows=24, most=LONGEST_LETTER)

    def __init__(self, typed: Typed) -> None:
        """Bind to what was typed."""
        self.typed = typed
        self.needs: tuple[FieldProblem, ...] = ()
        values = {n: v if n in self.several else (v[-1] if v else "") for n, v in typed.items()}
        super().__init__(data=values)

    @classmethod
    def taken_from(cls, sent: QueryDict) -> dict[str, list[str]]:
        """What was typed into it, as it was typed; unknown names are left out."""
        return {name: kept_signs(sent.getlist(name)) for name in cls.base_fields}

    @property
    def notes(self) -> Mapping[str, Note]:
        """What stands under each field: what is typed wrong, and what the page says it needs."""
        problems = [*self._wrong(), *self.needs]
        return {
            name: Note(
                name=name,
                problems=tuple({p.text: p for p in problems if p.name == name}.values()),
            )
            for name in self.fields
        }

    def _wrong(self) -> Iterator[FieldProblem]:
        for name, errors in self.errors.items():
            yield from (FieldProblem(name=name, text=str(error)) for error in errors)

    @property
    def values(self) -> dict[str, Any]:
        """What could be read; a field that is wrong is missing."""
        _ = self.errors
        return self.cleaned_data


class InformationForm(LetterForm):
    """A request for information: the criteria are those marked Ask, documents are named here."""

    kind = LetterKind.INFORMATION

    documents = Text(
        "Documents you ask for (optional)",
        rows=3,
        most=2_000,
        help_text="One a line, such as: Nerve conduction report of 2026.",
    )

    def clean_documents(self) -> tuple[str, ...]:
        """One document a line."""
        lines = (line.strip() for line in str(self.cleaned_data["documents"]).splitlines())
        found = tuple(dict.fromkeys(line for line in lines if says_something(line)))
        if len(found) > MOST_DOCUMENTS:
            raise forms.ValidationError(f"Name at most {MOST_DOCUMENTS} documents.")
        return found


class ApprovalForm(LetterForm):
    """What is given, and why."""

    kind = LetterKind.APPROVAL

    as_asked = Pick("Dose", AS_ASKED)
    grams = Number("Grams in each course", least=0, most=1000)
    days = Number("Infusion days of a course", least=1, most=31, whole=True)
    interval_days = Number(
        "Days from one course to the next",
        least=1,
        most=400,
        whole=True,
        help_text="28 is every 4 weeks. Empty for a single course, and for every month.",
    )
    monthly = Tick("Every month", f"Every month, counted as {MONTH_DAYS} days")
    courses = Number("Courses", least=1, most=400, whole=True)
    months = Number("Months", least=1, most=60, whole=True)
    starts_on = Day("First day")
    reason = Text("Reason", rows=4, most=LONGEST_REASON)
    confirm = Tick("Confirm", CONFIRMED)

    def __init__(self, typed: Typed, *, requested_on: date, today: date) -> None:
        """The first day lies within a year of the request and of today."""
        super().__init__(typed)
        first = self.fields["starts_on"]
        assert isinstance(first, Day)  # noqa: S101
        first.earliest = requested_on - relativedelta(years=1)
        first.earliest_is = "the year before the request"
        first.latest = today + relativedelta(years=1)
        first.latest_is = "a year from today"

    @property
    def given(self) -> Given | None:
        """What is given; None while something that it needs is missing or cannot be read."""
        found = self.values
        months, first, as_asked = (found.get(n) for n in ("months", "starts_on", "as_asked"))
        if not months or first is None or not as_asked:
            return None
        if as_asked == "yes":
            return Given(as_asked=True, months=months, starts_on=first)
        if not found.get("grams") or any(n in self.errors for n in DOSE):
            return None
        dose = {n: found[n] for n in DOSE}
        if dose["monthly"]:
            dose["interval_days"] = MONTH_DAYS
        return Given(as_asked=False, months=months, starts_on=first, **dose)

    def clean(self) -> dict[str, Any]:
        """One interval, not two."""
        found = self.cleaned_data
        if found.get("monthly") and found.get("interval_days"):
            self.add_error("interval_days", BOTH)
        return found


DOSE = ("grams", "days", "interval_days", "monthly", "courses")
BOTH = "“Every month” is ticked as well: empty this box, or take the tick away."


class DenialForm(LetterForm):
    """What the decision rests on, and why."""

    kind = LetterKind.DENIAL
    several = ("criteria", "marked")

    criteria = forms.MultipleChoiceField(label="What it rests on", required=False, widget=Ticks)
    # What was marked not accepted when the page was drawn: what is marked later is ticked then.
    marked = UnseenValues(required=False)
    reason = Text("Reason", rows=5, most=LONGEST_REASON)

    def __init__(self, typed: Typed, *, ids: tuple[str, ...]) -> None:
        """``ids``: what the decision may rest on."""
        super().__init__(typed)
        field: Any = self.fields["criteria"]
        field.choices = [(one, one) for one in ids]
        message = (
            "Something that was ticked is no reason against this request, or not any more: tick "
            "again what the decision rests on."
        )
        field.error_messages["invalid_choice"] = message
