"""Fields that read what was typed and say in a sentence what is wrong with it."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, TypeVar, Unpack

from django import forms
from django.core.exceptions import ValidationError

from criteria.rules.formats import date_text, number_text
from criteria.rules.parse import EARLIEST, UnreadableError, date_of, number_of
from criteria.screens.widgets import DayInput, Radios, TickBox

T = TypeVar("T")
LONGEST_LINE = 200
LONGEST_NOTES = 20_000


class FieldOptions(TypedDict, total=False):
    """What a field may be told beside what is its own."""

    widget: forms.Widget | type[forms.Widget]
    help_text: str
    error_messages: dict[str, str]


def read(parse: Callable[[str], T], text: str) -> T:
    """What was typed, parsed. Raises ValidationError instead of UnreadableError."""
    try:
        return parse(text)
    except UnreadableError as problem:
        raise ValidationError(str(problem)) from None


class Text(forms.CharField):
    """A line of text, or several (``rows``)."""

    def __init__(
        self,
        label: str,
        *,
        most: int = LONGEST_LINE,
        rows: int = 0,
        wide: bool = True,
        inputmode: str = "text",
        **kwargs: Unpack[FieldOptions],
    ) -> None:
        """At most ``most`` characters."""
        self.rows, self.most = rows, most
        kind = "field-lines" if rows else "field-text"
        self.css = kind if wide or rows else f"{kind} field-short"
        line = {"inputmode": inputmode, "autocomplete": "off"}
        lines = {"rows": rows, "cols": False}
        kwargs.setdefault("widget", forms.Textarea(lines) if rows else forms.TextInput(line))
        super().__init__(label=label, required=False, **kwargs)

    def validate(self, value: str) -> None:
        """Refuse what is too long, saying how long it is."""
        if len(value) > self.most:
            raise ValidationError(
                f"Shorten this to {self.most:,} characters: it has {len(value):,}. "
                "Everything you typed is still here."
                if self.rows
                else f"Shorten this to {self.most:,} characters: it has {len(value):,}."
            )


class Number(forms.Field):
    """A number; its unit stands beside it in another field."""

    css = "field-number"

    def __init__(
        self,
        label: str,
        *,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        whole: bool = False,
        help_text: str = "",
    ) -> None:
        """From ``least`` to ``most``, both included."""
        self.least, self.most, self.whole = least, most, whole
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=False, widget=widget, help_text=help_text)

    def to_python(self, value: str | None) -> Decimal | int | None:
        """The number, or None."""
        number = read(number_of, value or "")
        if number is None:
            return None
        if self.whole and number != number.to_integral_value():
            raise ValidationError("Enter a whole number.")
        below = self.least is not None and number < self.least
        above = self.most is not None and number > self.most
        if below or above:
            raise ValidationError(self._range())
        return int(number) if self.whole else number

    def _range(self) -> str:
        if self.most is None:
            return f"Enter a number of {self.least} or more."
        return f"Enter a number from {self.least} to {number_text(Decimal(self.most))}."


class Day(forms.Field):
    """A date: ISO, 14 May 2026 or 5/14/2026."""

    css = "field-date"

    def __init__(self, label: str, **kwargs: Unpack[FieldOptions]) -> None:
        """Any day from 1900 on; forms set ``latest`` and ``earliest`` when they know them."""
        self.latest: date | None = None
        self.latest_is = "today"
        self.earliest: date = EARLIEST
        self.earliest_is = ""
        kwargs.setdefault("widget", DayInput({"autocomplete": "off"}))
        super().__init__(label=label, required=False, **kwargs)

    def to_python(self, value: str | None) -> date | None:
        """The day, or None."""
        day = read(date_of, value or "")
        if day is None:
            return None
        if self.latest is not None and day > self.latest:
            raise ValidationError(f"{date_text(day)} is after {self.latest_is}. Check the date.")
        if day < self.earliest:
            before = self.earliest_is or "1900"
            raise ValidationError(f"{date_text(day)} is before {before}. Check the date.")
        return day


class Pick(forms.ChoiceField):
    """One of several: radio buttons, or a list when there are many."""

    css = "field-list"

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[str, str]] = (),
        *,
        as_list: bool = False,
        **kwargs: Unpack[FieldOptions],
    ) -> None:
        """``as_list`` draws a drop-down."""
        kwargs.setdefault("widget", forms.Select if as_list else Radios)
        kwargs.setdefault("error_messages", {"invalid_choice": "Choose one of the answers."})
        super().__init__(label=label, choices=list(choices), required=False, **kwargs)

    @property
    def labels(self) -> dict[str, str]:
        """What each answer reads as."""
        offered: Any = self.choices
        return {str(value): str(label) for value, label in offered}


class YesNo(Pick):
    """Yes or no; None when not answered."""

    def __init__(self, label: str, **kwargs: Unpack[FieldOptions]) -> None:
        """Two radio buttons."""
        super().__init__(label, (("yes", "Yes"), ("no", "No")), **kwargs)

    def clean(self, value: object) -> bool | None:
        """True, False or None."""
        return {"yes": True, "no": False}.get(super().clean(value))


class Tick(forms.Field):
    """A box to tick; ``words`` stand beside it."""

    def __init__(self, label: str, words: str, *, ticked: str = "yes", help_text: str = "") -> None:
        """Not ticked is False. ``ticked``: what is sent when it is."""
        self.words = words
        super().__init__(
            label=label, required=False, widget=TickBox(words, ticked=ticked), help_text=help_text
        )

    def to_python(self, value: object) -> bool:
        """Whether it is ticked."""
        widget: Any = self.widget
        return bool(value == widget.ticked)
