"""How a case is laid over the base it builds on."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

AMOUNTS = {"mg_per_kg", "g_per_kg", "g"}
INTERVALS = {"interval", "interval_days"}
ABSENT = "not answered"
DAYS_BEFORE = " days before"

Json = dict[str, Any]


def laid_over(base: Mapping[str, Any] | None, change: object) -> Json | None:
    """The values of ``change`` over those of ``base``; None when the change takes it all away.

    A new amount or interval replaces the old one whatever its unit.
    """
    if change is None:
        return None if base is None else dict(base)
    if not isinstance(change, dict):
        return None
    over = dict(base or {})
    for family in (AMOUNTS, INTERVALS):
        if family & set(change):
            over = {key: value for key, value in over.items() if key not in family}
    over |= change
    return {key: value for key, value in over.items() if value != ABSENT}


def plain(value: object, on: date) -> object:
    """Values as a program sends them: days as text, "30 days before" counted from ``on``.

    Raises ValueError for a number of days that is none.
    """
    if isinstance(value, dict):
        return {key: plain(each, on) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each, on) for each in value]
    if isinstance(value, str) and value.endswith(DAYS_BEFORE):
        value = _before(on, value)
    return value.isoformat() if isinstance(value, date) else value


def _before(on: date, words: str) -> date:
    days = words.removesuffix(DAYS_BEFORE)
    if not days.isdecimal() or len(days) > 6:
        raise ValueError(f"expected such as “30 days before”, got {words!r}")
    return on - timedelta(days=int(days))
