"""Fields that read what was typed and say in a sentence what is wrong with it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from criteria.rules.formats import date_text, number_text
from criteria.rules.parse import EARLIEST, UnreadableError, date_of, number_of

LONGEST_LINE = 200
LONGEST_NOTES = 20_000
LONG_LABEL = 24


def read(parse: Any, text: str, **how: Any) -> Any:
    """What was typed, parsed. Raises ValidationError instead of UnreadableError."""
    try:
        return parse(text, **how)
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
        **kwargs: Any,
    ) -> None:
        """At most ``most`` characters."""
        self.kind = "lines" if rows else "text"
        self.rows, self.most, self.wide = rows, most, wide
        self.autocomplete = kwargs.pop("autocomplete", "off")
        self.inputmode = kwargs.pop("inputmode", "text")
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
    """A number; its unit stands beside it in another field or in ``unit``."""

    kind = "number"

    def __init__(
        self,
        label: str,
        *,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        whole: bool = False,
        unit: str = "",
        **kwargs: Any,
    ) -> None:
        """From ``least`` to ``most``, both included."""
        self.least, self.most, self.whole, self.unit = least, most, whole, unit
        super().__init__(label=label, required=False, **kwargs)

    def to_python(self, value: Any) -> Decimal | int | None:
        """The number, or None."""
        number: Decimal | None = read(number_of, value or "")
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

    kind = "date"

    def __init__(self, label: str, **kwargs: Any) -> None:
        """Any day from 1900 on; forms set ``latest`` and ``earliest`` when they know them."""
        self.latest: date | None = None
        self.latest_is = "today"
        self.earliest: date = EARLIEST
        self.earliest_is = ""
        super().__init__(label=label, required=False, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day, or None."""
        day: date | None = read(date_of, value or "")
        if day is None:
            return None
        if self.latest is not None and day > self.latest:
            raise ValidationError(f"{date_text(day)} is after {self.latest_is}. Check the date.")
        if day < self.earliest:
            before = self.earliest_is or "1900"
            raise ValidationError(f"{date_text(day)} is before {before}. Check the date.")
        return day

    def shown(self, typed: str) -> tuple[str, str]:
        """Type and value of the input: a date picker shows no text it cannot read."""
        try:
            day = date_of(typed)
        except UnreadableError:
            return "text", typed
        return "date", "" if day is None else day.isoformat()


class Pick(forms.ChoiceField):
    """One of several: radio buttons, or a list when there are many."""

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[str, str]] = (),
        *,
        as_list: bool = False,
        **kwargs: Any,
    ) -> None:
        """``as_list`` draws a drop-down."""
        self.kind = "list" if as_list else "radios"
        kwargs.setdefault("error_messages", {"invalid_choice": "Choose one of the answers."})
        super().__init__(label=label, choices=list(choices), required=False, **kwargs)

    @property
    def stacked(self) -> bool:
        """Long answers stand one under the other."""
        return are_long(self.labels.values())

    @property
    def labels(self) -> dict[str, str]:
        """What each answer reads as."""
        offered: Any = self.choices
        return {str(value): str(label) for value, label in offered}


def are_long(labels: Iterable[str]) -> bool:
    """Whether answers are too long to stand side by side."""
    return any(len(label) > LONG_LABEL for label in labels)


class YesNo(Pick):
    """Yes or no; None when not answered."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        """Two radio buttons."""
        super().__init__(label, (("yes", "Yes"), ("no", "No")), **kwargs)

    def clean(self, value: Any) -> bool | None:
        """True, False or None."""
        return {"yes": True, "no": False}.get(super().clean(value))


class Tick(forms.Field):
    """A box to tick; ``words`` stand beside it."""

    kind = "tick"

    def __init__(self, label: str, words: str, **kwargs: Any) -> None:
        """Not ticked is False."""
        self.words = words
        super().__init__(label=label, required=False, **kwargs)

    def to_python(self, value: Any) -> bool:
        """Whether it is ticked."""
        return bool(value == "yes")
