"""Where the last planned dose lies: one day, whichever clock it is told on.

The day of therapy, the days after a transplant and those after a therapy was stopped are the same
day once the dates they run from are known; so are the courses asked for, counted from the first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from criteria.dosing import DoseRequest
from criteria.dosing.ceilings import MONTH_DAYS
from criteria.dosing.schedule import days_to_second_part
from criteria.policies.edition import Edition
from criteria.requests.assessment.disagreements.finding import disagreement
from criteria.requests.case import Case, GateFinding
from criteria.rules import FactRole, Facts
from criteria.rules.formats import counted, date_text

# Some count the day of an event as day 0, some as day 1.
SLACK = timedelta(days=1)
LONGEST_MONTH_DAYS = 31
THERAPY = "planned_day_of_therapy"
# Each clock, the question its day 0 is asked with, and how a day of it is said.
CLOCKS: Mapping[str, tuple[FactRole, str]] = {
    THERAPY: (FactRole.THERAPY_START, "day {} of therapy"),
    "planned_day_after_transplant": (FactRole.TRANSPLANT_DATE, "day {} after the transplant"),
    "planned_day_after_discontinuation": (
        FactRole.DISCONTINUATION_DATE,
        "day {} after therapy was stopped",
    ),
}


def on_every_clock(dose: DoseRequest | None, edition: Edition, facts: Facts) -> DoseRequest | None:
    """The dose with the last planned day on each clock that it can be told on."""
    if dose is None:
        return None
    days, zero = _stated(dose, edition, facts), _zeros(edition, facts)
    if not days or _differ(days):
        return dose
    last = max(days.values())
    derived: dict[str, Any] = {
        name: (last - zero[name]).days
        for name in zero.keys() - days.keys()
        if last >= zero[name] and getattr(dose, name) is None
    }
    return replace(dose, **derived)


def of_clocks(edition: Edition, case: Case, facts: Facts) -> Iterator[GateFinding]:
    """Two clocks that tell different days, or a day that the courses do not end on."""
    if case.dose is None:
        return
    days = _stated(case.dose, edition, facts)
    keys = tuple(q.key for q in edition.questions.values() if q.role in _ROLES)
    said = {name: _said(case.dose, name, day) for name, day in days.items()}
    if _differ(days):
        text = f"The last planned dose is said to be on {', and on '.join(said.values())}."
        yield disagreement(text, ("planned", *keys))
        return
    for last in tuple(days.values())[:1]:
        if text := _not_by_courses(case, last):
            # By its date: which clock it was told on depends on the way it was stated.
            told = f"The last planned dose is on {date_text(last)}, but {text}."
            yield disagreement(told, _ABOUT)


def _differ(days: Mapping[str, date]) -> bool:
    """Whether the clocks tell different days."""
    return bool(days) and max(days.values()) - min(days.values()) > SLACK


_ROLES = {role for role, _ in CLOCKS.values()}
_ABOUT = ("planned", "courses")


def _zeros(edition: Edition, facts: Facts) -> dict[str, date]:
    """The day 0 of each clock that is known; the first infusion is day 1 of therapy."""
    found: dict[str, date] = {}
    for name, (role, _) in CLOCKS.items():
        if name == THERAPY:
            day = facts.therapy_start and facts.therapy_start - timedelta(days=1)
        else:
            keys = (q.key for q in edition.questions.values() if q.role is role)
            day = facts.day(next(keys, ""))
        if day is not None:
            found[name] = day
    return found


def _stated(dose: DoseRequest, edition: Edition, facts: Facts) -> dict[str, date]:
    """The day of the last planned dose, by each clock it is stated on."""
    return {
        name: zero + timedelta(days=days)
        for name, zero in _zeros(edition, facts).items()
        if (days := getattr(dose, name)) is not None
    }


def _said(dose: DoseRequest, name: str, day: date) -> str:
    return f"{CLOCKS[name][1].format(getattr(dose, name))} ({date_text(day)})"


def _not_by_courses(case: Case, last: date) -> str:
    """Why the courses asked for do not end on a day; empty when they may, or none are stated."""
    dose = case.dose
    first = case.first_dose_on or case.request_date
    if last < first:
        return f"the first dose of this request is not before {date_text(first)}"
    begins = None if dose is None else _last_part_begins(dose)
    if dose is None or begins is None:
        return ""
    part = dose.then or dose
    if part.courses is None or (part.courses > 1 and part.interval_days is None):
        return ""
    interval = part.interval_days or MONTH_DAYS
    longest = max(interval, LONGEST_MONTH_DAYS) if part.monthly else interval
    soonest = begins[0] + (part.courses - 1) * interval
    latest = begins[1] + part.courses * longest - 1
    span = (last - first).days
    if soonest <= span <= max(latest, begins[1] + (part.days or 1) - 1):
        return ""
    ends = first + timedelta(days=soonest)
    every = f" every {counted(interval, 'day')}" if part.courses > 1 else ""
    of = counted(part.courses, "course")
    return f"the last of {of}{every} begins on {date_text(ends)}"


def _last_part_begins(dose: DoseRequest) -> tuple[int, int] | None:
    """Days from the first dose to the last part, at the soonest and at the latest.

    A calendar month of the first part is up to 31 days. None where it is not known.
    """
    if dose.then is None:
        return 0, 0
    days = days_to_second_part(dose)
    if days is None:
        return None
    longer = LONGEST_MONTH_DAYS - MONTH_DAYS
    months = (dose.courses or 1) - 1 if dose.monthly else 0
    after = longer if dose.then.monthly else 0
    return days[1], days[1] + months * longer + after
