"""A mistake in a case: the key it is at, and what was expected there."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any


class CaseProblem(ValueError):
    """One mistake. ``key`` is dotted ("answers.igg_mg_dl"), ``message`` says what was expected."""

    def __init__(self, key: str, message: str) -> None:
        """Keep where it is and what was expected."""
        self.key = key
        self.message = message
        super().__init__(f"{key}: {message}")


def known_keys(value: Mapping[str, Any], allowed: Collection[str], at: str) -> None:
    """Refuse a key that means nothing; the nearest one that does is named.

    Raises CaseProblem at the first unknown key.
    """
    for key in value:
        if key not in allowed:
            raise CaseProblem(_dotted(at, key), f"unknown key{_nearest(key, allowed)}")


def _nearest(key: str, allowed: Collection[str]) -> str:
    found = get_close_matches(key, allowed, n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def _dotted(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def object_at(value: Any, at: str) -> Mapping[str, Any]:
    """A JSON object. Raises CaseProblem for anything else."""
    if not isinstance(value, dict):
        raise CaseProblem(at, f"expected an object, got {_shown(value)}")
    return value


def text_at(value: Any, at: str) -> str:
    """A text. Raises CaseProblem for anything else."""
    if not isinstance(value, str):
        raise CaseProblem(at, f"expected a text, got {_shown(value)}")
    return value


def bool_at(value: Any, at: str) -> bool:
    """True or false. Raises CaseProblem for anything else."""
    if not isinstance(value, bool):
        raise CaseProblem(at, f"expected true or false, got {_shown(value)}")
    return value


def number_at(value: Any, at: str) -> Decimal:
    """A number, exactly as it was written. Raises CaseProblem for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise CaseProblem(at, f"expected a number, got {_shown(value)}")
    number = Decimal(value)
    if not number.is_finite():
        raise CaseProblem(at, "expected a number")
    return number


def positive_at(value: Any, at: str) -> Decimal:
    """A number above 0. Raises CaseProblem for anything else."""
    number = number_at(value, at)
    if number <= 0:
        raise CaseProblem(at, f"expected a number above 0, got {number}")
    return number


def whole_at(value: Any, at: str, least: int = 1) -> int:
    """A whole number of at least ``least``. Raises CaseProblem for anything else."""
    number = number_at(value, at)
    if number != number.to_integral_value() or number < least:
        raise CaseProblem(at, f"expected a whole number of {least} or more, got {number}")
    return int(number)


def date_at(value: Any, at: str) -> date:
    """A day as YYYY-MM-DD. Raises CaseProblem for anything else."""
    try:
        return date.fromisoformat(text_at(value, at))
    except ValueError:
        raise CaseProblem(at, f"expected a date as YYYY-MM-DD, got {_shown(value)}") from None


def one_of_at(value: Any, allowed: Collection[str], at: str) -> str:
    """One of several texts. Raises CaseProblem naming them all."""
    if not isinstance(value, str) or value not in allowed:
        raise CaseProblem(at, f"expected one of {', '.join(allowed)}; got {_shown(value)}")
    return value


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
