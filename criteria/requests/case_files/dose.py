"""The dose of a case in JSON: amount, basis, days, interval, courses, and where the end lies."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from criteria.dosing import (
    NONE_STATED,
    DoseBasis,
    DoseRequest,
    DoseUnit,
    EarlierCourses,
    FollowingDose,
)
from criteria.dosing.ceilings import MONTH_DAYS
from criteria.dosing.limits import Route
from criteria.dosing.schedule import BEGINS_TOO_EARLY, begins_too_early
from criteria.requests.case_files.parts import read_all
from criteria.rules.json_values import (
    CaseProblemError,
    Mistakes,
    bool_at,
    known_keys,
    object_at,
    one_of_at,
    positive_at,
    text_at,
    whole_at,
)

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
    "courses_before",
    "induction",
    "then",
    "planned",
    "route",
    "authorization_months",
    "earlier",
)
# What follows the first part says what a dose says of its courses, and when the first one begins.
THEN_KEYS = (
    *AMOUNTS,
    "basis",
    "days",
    "consecutive",
    "interval",
    "interval_days",
    "courses",
    "begins_after_days",
)
# Days a calendar month can have: any of them agrees with "monthly".
MONTHLY_DAYS = range(28, 32)
ONCE = {"once", "single dose", "one course"}
NO_INTERVAL = ONCE | {"daily", "none", "as needed"}
MONTHLY = {"monthly", "every month", "every 1 month", "every 1 months"}
WEEKLY = {"weekly", "every week"}
EVERY = re.compile(r"^every (\d+) (day|week|month)s?$")


def dose_of(value: object, at: str = "dose") -> DoseRequest | None:
    """The dose asked for; None when the object states none (only a route or a length).

    Raises CaseProblemError, with every mistake, for unknown keys, two amounts, an unknown basis or
    interval.
    """
    if value is None:
        return None
    stated = object_at(value, at)
    mistakes = Mistakes()
    mistakes.of(lambda: known_keys(stated, KEYS, at))
    found = mistakes.of(lambda: _dose(stated, at))
    mistakes.refuse()
    return found


def _dose(stated: Mapping[str, Any], at: str) -> DoseRequest | None:
    amounts = [key for key in AMOUNTS if stated.get(key) is not None]
    if not amounts:
        _check_no_amount(stated, at)
        return None
    found = read_all(
        part=lambda: _part(stated, amounts, at),
        induction=lambda: _bool(stated, "induction", at, default=None),
        planned=lambda: _planned(stated.get("planned"), f"{at}.planned"),
        then=lambda: _then(stated.get("then"), f"{at}.then"),
    )
    dose = DoseRequest(
        **found["part"], **found["planned"], induction=found["induction"], then=found["then"]
    )
    if begins_too_early(dose):
        raise CaseProblemError(f"{at}.then.begins_after_days", BEGINS_TOO_EARLY)
    return dose


def _part(stated: Mapping[str, Any], amounts: list[str], at: str) -> dict[str, Any]:
    """Courses that are alike: amount, basis, days, how often, how many."""
    unit, factor = AMOUNTS[amounts[0]]
    bases = [basis.value for basis in DoseBasis]
    found = read_all(
        amount=lambda: _amount(stated, amounts, at) * factor,
        basis=lambda: DoseBasis(one_of_at(stated.get("basis"), bases, f"{at}.basis")),
        days=lambda: _whole(stated, "days", at),
        consecutive=lambda: _bool(stated, "consecutive", at, default=True) is not False,
        interval=lambda: interval_of(stated, at),
        courses=lambda: _courses(stated, at),
    )
    interval, monthly = found.pop("interval")
    return {"unit": unit, "interval_days": interval, "monthly": monthly, **found}


def _then(value: object, at: str) -> FollowingDose | None:
    """What follows the last course of the first part.

    It begins ``begins_after_days`` after the start of that course, or as often as it is given
    where the file does not say: that is what such a file states, as with days that run on.
    """
    if value is None:
        return None
    stated = object_at(value, at)
    mistakes = Mistakes()
    mistakes.of(lambda: known_keys(stated, THEN_KEYS, at))
    found = mistakes.of(lambda: _following(stated, at))
    mistakes.refuse()
    return found


def _following(stated: Mapping[str, Any], at: str) -> FollowingDose:
    amounts = [key for key in AMOUNTS if stated.get(key) is not None]
    if not amounts:
        raise CaseProblemError(at, f"no amount: expected one of {', '.join(AMOUNTS)}")
    found = read_all(
        part=lambda: _part(stated, amounts, at),
        after=lambda: _whole(stated, "begins_after_days", at),
    )
    return FollowingDose(**found["part"], begins_after_days=found["after"])


def _amount(stated: Mapping[str, Any], amounts: list[str], at: str) -> Decimal:
    if len(amounts) > 1:
        raise CaseProblemError(f"{at}.{amounts[1]}", f"the amount is already given as {amounts[0]}")
    return positive_at(stated[amounts[0]], f"{at}.{amounts[0]}")


def route_of(value: object, at: str = "dose") -> Route | None:
    """The route named with the dose; None when it is not."""
    route = None if value is None else object_at(value, at).get("route")
    routes = [route.value for route in Route]
    return None if route is None else Route(one_of_at(route, routes, f"{at}.route"))


def months_of(value: object, at: str = "dose") -> int | None:
    """The months of authorization asked for; None when not stated."""
    return None if value is None else _whole(object_at(value, at), "authorization_months", at)


def before_of(value: object, at: str = "dose") -> EarlierCourses:
    """The courses given before; a dose that states none says nothing of them."""
    before = None if value is None else object_at(value, at).get("courses_before")
    if before is None:
        return NONE_STATED
    return EarlierCourses(elsewhere=whole_at(before, f"{at}.courses_before", least=0))


# What a dose object may say of a request whose dose is not stated.
WITHOUT_AMOUNT = ("route", "authorization_months", "earlier", "courses_before")


def _check_no_amount(stated: Mapping[str, Any], at: str) -> None:
    for key in (key for key in KEYS if key not in WITHOUT_AMOUNT):
        if stated.get(key) is not None:
            raise CaseProblemError(
                at, f"{key} without an amount: expected one of {', '.join(AMOUNTS)}"
            )


def _whole(stated: Mapping[str, Any], key: str, at: str) -> int | None:
    value = stated.get(key)
    return None if value is None else whole_at(value, f"{at}.{key}")


def _bool(stated: Mapping[str, Any], key: str, at: str, *, default: bool | None) -> bool | None:
    value = stated.get(key)
    return default if value is None else bool_at(value, f"{at}.{key}")


def interval_of(stated: Mapping[str, Any], at: str) -> tuple[int | None, bool]:
    """Days from the start of one course to the next, and whether it was said as a month.

    Every 4 weeks and a calendar month both count as 28 days; "as needed" states no interval.
    """
    days = _whole(stated, "interval_days", at)
    words = stated.get("interval")
    if words is None:
        return days, False
    said = _said(text_at(words, f"{at}.interval"), f"{at}.interval")
    monthly = _plain(words) in MONTHLY
    agreed = MONTHLY_DAYS if monthly else (said,)
    if days is not None and said is not None and days not in agreed:
        raise CaseProblemError(f"{at}.interval_days", f"{days} days is not {words!r}")
    return (said if monthly else days or said), monthly


def _courses(stated: Mapping[str, Any], at: str) -> int | None:
    """The number of courses; an interval of "once" says that there is one."""
    courses = _whole(stated, "courses", at)
    said_once = _plain(str(stated.get("interval"))) in ONCE
    if said_once and courses not in (None, 1):
        raise CaseProblemError(f"{at}.courses", f"{courses} courses, given {stated['interval']!r}")
    return 1 if said_once else courses


def _plain(words: str) -> str:
    return words.strip().lower()


def _said(words: str, at: str) -> int | None:
    plain = _plain(words)
    if plain in NO_INTERVAL:
        return None
    if plain in MONTHLY:
        return MONTH_DAYS
    if plain in WEEKLY:
        return 7
    found = EVERY.match(plain)
    if found is None or int(found[1]) == 0:
        expected = 'monthly, weekly, daily, or such as "every 3 weeks"'
        raise CaseProblemError(at, f"expected {expected}; got {words!r}")
    return int(found[1]) * {"day": 1, "week": 7, "month": MONTH_DAYS}[found[2]]


def _planned(value: object, at: str) -> dict[str, int]:
    """Where the last planned dose lies: day of therapy, or days after an event."""
    if value is None:
        return {}
    stated = object_at(value, at)
    mistakes = Mistakes()
    mistakes.of(lambda: known_keys(stated, PLANNED, at))
    days = {
        name: mistakes.of(partial(whole_at, stated[key], f"{at}.{key}", least=0))
        for key, name in PLANNED.items()
        if stated.get(key) is not None
    }
    mistakes.refuse()
    return {name: day for name, day in days.items() if day is not None}
