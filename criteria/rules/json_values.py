"""A mistake in a case: the key it is at, and what was expected there."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher, get_close_matches
from functools import partial
from typing import TypeVar

T = TypeVar("T")
# A value of a JSON file. Numbers stay as they were written.
Json = None | bool | int | Decimal | str | Sequence["Json"] | Mapping[str, "Json"]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# No figure of a request needs more; beyond it arithmetic is no longer exact, or does not end.
_MOST_DIGITS = 25


class CaseProblemError(ValueError):
    """One mistake. ``key`` is dotted ("answers.igg_mg_dl"), ``message`` says what was expected.

    ``further`` holds the other mistakes of the same case.
    """

    def __init__(
        self, key: str, message: str, further: tuple["CaseProblemError", ...] = ()
    ) -> None:
        """Keep where it is and what was expected."""
        self.key = key
        self.message = message
        self.further = further
        super().__init__(f"{key}: {message}")

    @property
    def every(self) -> tuple["CaseProblemError", ...]:
        """This mistake and the further ones."""
        return (self, *self.further)


class Mistakes:
    """Reads the parts of a case one by one: every mistake is named, not only the first."""

    def __init__(self) -> None:
        """Nothing found yet."""
        self._found: dict[tuple[str, str], CaseProblemError] = {}

    def of(self, read: Callable[[], T]) -> T | None:
        """What a part says; None, and its mistakes kept, when it cannot be read."""
        try:
            return read()
        except CaseProblemError as problem:
            for one in problem.every:
                self._found.setdefault((one.key, one.message), one)
            return None

    def refuse(self) -> None:
        """Raise CaseProblemError with every mistake found, if there is one."""
        if self._found:
            first, *further = self._found.values()
            raise CaseProblemError(first.key, first.message, tuple(further))


def known_keys(value: Mapping[str, object], allowed: Collection[str], at: str) -> None:
    """Refuse keys that mean nothing; the nearest ones that do are named.

    Raises CaseProblemError with every unknown key.
    """
    mistakes = Mistakes()
    for key in value:
        mistakes.of(partial(_known, key, allowed, at))
    mistakes.refuse()


def _known(key: str, allowed: Collection[str], at: str) -> None:
    if key not in allowed:
        raise CaseProblemError(_dotted(at, key), f"unknown key{_nearest(key, allowed)}")


def _nearest(key: str, allowed: Collection[str]) -> str:
    """The nearest keys, all of them where several are equally near: kg and lb are not the same."""
    found = get_close_matches(key, allowed, n=5)
    near = [SequenceMatcher(None, key, one).ratio() for one in found]
    names = [repr(one) for one, ratio in zip(found, near, strict=True) if ratio == max(near)]
    return f"; did you mean {' or '.join(names)}?" if names else ""


def _dotted(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def object_at(value: object, at: str) -> Mapping[str, object]:
    """A JSON object. Raises CaseProblemError for anything else."""
    if not isinstance(value, dict):
        raise CaseProblemError(at, f"expected an object, got {shown(value)}")
    return value


def text_at(value: object, at: str) -> str:
    """A text. Raises CaseProblemError for anything else."""
    if not isinstance(value, str):
        raise CaseProblemError(at, f"expected a text, got {shown(value)}")
    return value


def bool_at(value: object, at: str) -> bool:
    """True or false. Raises CaseProblemError for anything else."""
    if not isinstance(value, bool):
        raise CaseProblemError(at, f"expected true or false, got {shown(value)}")
    return value


def number_at(value: object, at: str) -> Decimal:
    """A number, exactly as it was written. Raises CaseProblemError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise CaseProblemError(at, f"expected a number, got {shown(value)}")
    number = Decimal(value)
    size = number.adjusted() if number else 0
    if abs(size) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS:
        raise CaseProblemError(at, f"expected at most {_MOST_DIGITS} digits, got {shown(number)}")
    return number


def positive_at(value: object, at: str) -> Decimal:
    """A number above 0. Raises CaseProblemError for anything else."""
    number = number_at(value, at)
    if number <= 0:
        raise CaseProblemError(at, f"expected a number above 0, got {number}")
    return number


def whole_at(value: object, at: str, least: int = 1) -> int:
    """A whole number of at least ``least``. Raises CaseProblemError for anything else."""
    number = number_at(value, at)
    if number != number.to_integral_value() or number < least:
        raise CaseProblemError(at, f"expected a whole number of {least} or more, got {number}")
    return int(number)


def date_at(value: object, at: str) -> date:
    """A day as YYYY-MM-DD. Raises CaseProblemError for anything else."""
    words = text_at(value, at)
    try:
        day = date.fromisoformat(words) if _DAY.fullmatch(words) else None
    except ValueError:
        day = None
    if day is None:
        raise CaseProblemError(at, f"expected a date as YYYY-MM-DD, got {shown(value)}")
    return day


def past_date_at(value: object, on: date, at: str) -> date:
    """A day on or before the request date ``on``. Raises CaseProblemError otherwise."""
    day = date_at(value, at)
    if day > on:
        raise CaseProblemError(at, f"{day} is after the request date {on}")
    return day


def one_of_at(value: object, allowed: Collection[str], at: str) -> str:
    """One of several texts. Raises CaseProblemError naming them all."""
    if not isinstance(value, str) or value not in allowed:
        raise CaseProblemError(at, f"expected one of {', '.join(allowed)}; got {shown(value)}")
    return value


def shown(value: object) -> str:
    """A value as it stands in a message, cut short."""
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
