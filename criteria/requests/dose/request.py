"""From the dose as it was typed to the dose the limits are held against."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.dosing import DoseEntry, DoseRequest, DoseUnit, EntryUnit, FollowingDose
from criteria.requests.answers.answered import StatedAnswers
from criteria.requests.answers.typed import Typed, one
from criteria.requests.dose.figures import whole
from criteria.requests.dose.second_part import BEFORE
from criteria.rules import FactRole

INTERVAL_DAYS = {"days": 1, "weeks": 7, "months": 28}


def request_of(
    stated: StatedAnswers, entry: DoseEntry, then: DoseEntry | None
) -> DoseRequest | None:
    """The dose asked for, in g or mg/kg; None where a part comes to nothing above 0.

    ``then``: what follows the first part; None = nothing does.
    """
    first = _part(stated.typed, entry, "")
    following = None if then is None else _part(stated.typed, then, BEFORE)
    if first is None or (then is not None and following is None):
        return None
    return DoseRequest(
        **first,
        induction={"yes": True, "no": False}.get(one(stated.typed, "induction")),
        then=None
        if following is None
        else FollowingDose(**following, begins_after_days=whole(stated.typed, f"{BEFORE}begins")),
        **_planned(stated),
    )


def _part(typed: Typed, entry: DoseEntry, before: str) -> dict[str, Any] | None:
    """Courses that are alike, from the fields whose names begin with ``before``."""
    found = _in_policy_units(entry)
    if found is None or found[0] <= 0:
        return None
    how_often = one(typed, f"{before}interval_unit")
    count = whole(typed, f"{before}interval")
    return {
        "amount": found[0],
        "unit": found[1],
        "basis": entry.basis,
        "days": entry.days,
        "consecutive": {"yes": True, "no": False}.get(one(typed, f"{before}consecutive")),
        "interval_days": _interval_days(count, how_often),
        "monthly": how_often == "months" and count == 1,
        "courses": 1 if how_often == "once" else whole(typed, f"{before}courses"),
    }


def _interval_days(count: int | None, unit: str) -> int | None:
    return None if count is None or unit not in INTERVAL_DAYS else count * INTERVAL_DAYS[unit]


def _in_policy_units(entry: DoseEntry) -> tuple[Decimal, DoseUnit] | None:
    """The amount in g or mg/kg; None without a unit, or without a strength for mL."""
    if entry.unit is EntryUnit.G:
        return entry.amount, DoseUnit.G
    if entry.unit is EntryUnit.MG:
        return entry.amount / 1000, DoseUnit.G
    if entry.unit is EntryUnit.MG_PER_KG:
        return entry.amount, DoseUnit.MG_PER_KG
    if entry.unit is EntryUnit.G_PER_KG:
        return entry.amount * 1000, DoseUnit.MG_PER_KG
    if entry.unit is EntryUnit.ML and entry.concentration_percent is not None:
        return entry.amount * entry.concentration_percent / 100, DoseUnit.G
    return None


def _planned(stated: StatedAnswers) -> dict[str, Any]:
    """Where the last planned dose lies on the clocks of the limits."""
    last = stated.day("last_dose_on")
    if last is None:
        return {}
    return dict(_on_clocks(stated, last))


def _on_clocks(stated: StatedAnswers, last: date) -> Iterator[tuple[str, int]]:
    start = _day_of(stated, FactRole.THERAPY_START)
    first = stated.request_date if stated.phase == "initial" else start
    if first is not None and last >= first:
        yield "planned_day_of_therapy", (last - first).days + 1
    for role, name in (
        (FactRole.TRANSPLANT_DATE, "planned_day_after_transplant"),
        (FactRole.DISCONTINUATION_DATE, "planned_day_after_discontinuation"),
    ):
        day = _day_of(stated, role)
        if day is not None and last >= day:
            yield name, (last - day).days


def _day_of(stated: StatedAnswers, role: FactRole) -> date | None:
    question = stated.question(role)
    answer = None if question is None else stated.answers.get(question.key)
    return answer if isinstance(answer, date) else None
