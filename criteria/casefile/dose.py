"""The dose of a case in JSON: amount, basis, days, interval, courses, and where the end lies."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from criteria.casefile.problem import (
    CaseProblem,
    bool_at,
    known_keys,
    number_at,
    object_at,
    one_of_at,
    positive_at,
    text_at,
    whole_at,
)
from criteria.dosing import Basis, DoseRequest, DoseUnit
from criteria.dosing.limits import Route

AMOUNTS = {
    "mg_per_kg": (DoseUnit.MG_PER_KG, Decimal(1)),
    "g_per_kg": (DoseUnit.MG_PER_KG, Decimal(1000)),
    "g": (DoseUnit.G, Decimal(1)),
}
PLANNED = {
    "day_of_therapy": "planned_day_of_therapy",
    "day_after_transplant": "planned_day_after_transplant",
    "day_after_discontinuation": "planned_day_after_discontinuation",
}
KEYS = (
    *AMOUNTS,
    "basis",
    "days",
    "consecutive",
    "interval",
    "interval_days",
    "courses",
    "induction",
    "planned",
    "route",
    "authorization_months",
)
MONTH_DAYS = 28
ONCE = {"once", "single dose", "one course"}
NO_INTERVAL = ONCE | {"daily", "none", "as needed"}
WORDS = {"weekly": 7, "every week": 7, "monthly": MONTH_DAYS, "every month": MONTH_DAYS}
EVERY = re.compile(r"^every (\d+) (day|week|month)s?$")


def dose_of(value: Any, at: str = "dose") -> DoseRequest | None:
    """The dose asked for; None when the object states none (only a route or a length).

    Raises CaseProblem for unknown keys, two amounts, an unknown basis or interval.
    """
    if value is None:
        return None
    stated = object_at(value, at)
    known_keys(stated, KEYS, at)
    amounts = [key for key in AMOUNTS if stated.get(key) is not None]
    if not amounts:
        _check_no_amount(stated, at)
        return None
    if len(amounts) > 1:
        raise CaseProblem(f"{at}.{amounts[1]}", f"the amount is already given as {amounts[0]}")
    unit, factor = AMOUNTS[amounts[0]]
    interval, monthly = _interval(stated, at)
    return DoseRequest(
        amount=positive_at(stated[amounts[0]], f"{at}.{amounts[0]}") * factor,
        unit=unit,
        basis=Basis(one_of_at(stated.get("basis"), [b.value for b in Basis], f"{at}.basis")),
        days=_whole(stated, "days", at),
        consecutive=_bool(stated, "consecutive", at, default=True) is not False,
        interval_days=interval,
        monthly=monthly,
        courses=_courses(stated, at),
        induction=_bool(stated, "induction", at, default=None),
        **_planned(stated.get("planned"), f"{at}.planned"),
    )


def route_of(value: Any, at: str = "dose") -> Route | None:
    """The route named with the dose; None when it is not."""
    route = None if value is None else object_at(value, at).get("route")
    return None if route is None else Route(one_of_at(route, [r.value for r in Route], at))


def months_of(value: Any, at: str = "dose") -> int | None:
    """The months of authorization asked for; None when not stated."""
    return None if value is None else _whole(object_at(value, at), "authorization_months", at)


def _check_no_amount(stated: Mapping[str, Any], at: str) -> None:
    for key in ("basis", "days", "interval", "interval_days", "courses"):
        if stated.get(key) is not None:
            raise CaseProblem(at, f"{key} without an amount: expected one of {', '.join(AMOUNTS)}")


def _whole(stated: Mapping[str, Any], key: str, at: str) -> int | None:
    value = stated.get(key)
    return None if value is None else whole_at(value, f"{at}.{key}")


def _bool(stated: Mapping[str, Any], key: str, at: str, *, default: bool | None) -> bool | None:
    value = stated.get(key)
    return default if value is None else bool_at(value, f"{at}.{key}")


def _interval(stated: Mapping[str, Any], at: str) -> tuple[int | None, bool]:
    """Days from the start of one course to the next, and whether it was said as a month.

    Every 4 weeks and a calendar month both count as 28 days; "as needed" states no interval.
    """
    days = _whole(stated, "interval_days", at)
    words = stated.get("interval")
    if words is None:
        return days, False
    said = _said(text_at(words, f"{at}.interval"), f"{at}.interval")
    if days is not None and said not in (None, days):
        raise CaseProblem(f"{at}.interval_days", f"{days} days is not {words!r}")
    return days or said, "month" in words.lower()


def _courses(stated: Mapping[str, Any], at: str) -> int | None:
    """The number of courses; an interval of "once" says that there is one."""
    courses = _whole(stated, "courses", at)
    said_once = str(stated.get("interval")).strip().lower() in ONCE
    if said_once and courses not in (None, 1):
        raise CaseProblem(f"{at}.courses", f"{courses} courses, given {stated['interval']!r}")
    return 1 if said_once else courses


def _said(words: str, at: str) -> int | None:
    plain = words.strip().lower()
    if plain in NO_INTERVAL:
        return None
    if plain in WORDS:
        return WORDS[plain]
    found = EVERY.match(plain)
    if found is None or int(found[1]) == 0:
        expected = 'monthly, weekly, daily, or such as "every 3 weeks"'
        raise CaseProblem(at, f"expected {expected}; got {words!r}")
    return int(found[1]) * {"day": 1, "week": 7, "month": MONTH_DAYS}[found[2]]


def _planned(value: Any, at: str) -> dict[str, int]:
    """Where the last planned dose lies: day of therapy, or days after an event."""
    if value is None:
        return {}
    stated = object_at(value, at)
    known_keys(stated, PLANNED, at)
    return {
        PLANNED[key]: int(number_at(day, f"{at}.{key}"))
        for key, day in stated.items()
        if day is not None
    }
