"""Requests as people write them, and as they do not: every schedule over every limit of a rule."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from criteria.dosing import (
    ApprovedCourses,
    DoseBasis,
    DoseFacts,
    DoseRequest,
    DoseRule,
    DoseUnit,
    EarlierCourses,
    FollowingDose,
    Route,
)

INTERVALS = (1, 2, 3, 5, 7, 10, 13, 14, 15, 20, 21, 22, 27, 28, 29, 30, 31, 42, 56, 90)
DAYS = (1, 1, 1, 2, 3, 4, 5, 6, 7, 10)
SHARES = (
    "0.05",
    "0.2",
    "0.25",
    "0.4",
    "0.5",
    "0.75",
    "0.9999",
    "1",
    "1.0001",
    "1.5",
    "2",
    "4",
    "5",
)
KILOGRAMS = ("0.9", "3.2", "7.5", "18", "45.4", "69.85322498", "70", "82", "113.4", "180")
ends_known = st.integers(0, 420)


@st.composite
def amounts(draw: st.DrawFn, rule: DoseRule, days: int) -> Decimal:
    """mg/kg at, about and around what the limits of a rule say, or anything."""
    stated = [limit.max_mg_per_kg for limit in rule.limits]
    stated += [limit.min_mg_per_kg for limit in rule.limits if limit.min_mg_per_kg is not None]
    if not stated or draw(st.integers(0, 4)) == 0:
        return draw(st.decimals("0.01", "3000", places=2))
    amount = draw(st.sampled_from(stated)) * Decimal(draw(st.sampled_from(SHARES)))
    return amount * days if draw(st.booleans()) else amount


@st.composite
def part(draw: st.DrawFn, rule: DoseRule, weight_kg: Decimal | None) -> dict[str, Any]:
    """Daily, weekly, fortnightly, monthly, at odd intervals; split; 1 to 40 infusions."""
    days = draw(st.sampled_from(DAYS))
    interval = draw(st.none() | st.sampled_from(INTERVALS) | st.integers(1, 120))
    days = days if interval is None else min(days, interval)
    monthly = draw(st.booleans()) if interval is not None and 28 <= interval <= 31 else False
    courses = draw(st.none() | st.integers(1, 12) | st.integers(1, 40))
    basis = draw(st.sampled_from(DoseBasis))
    total = draw(amounts(rule, days))
    amount = total if basis is DoseBasis.TOTAL else total / days
    unit = DoseUnit.MG_PER_KG
    if weight_kg is not None and draw(st.booleans()):
        unit, amount = DoseUnit.G, amount * weight_kg / 1000
    return {
        "amount": amount,
        "unit": unit,
        "basis": basis,
        "days": days,
        "consecutive": draw(st.sampled_from([True, True, True, False, None])),
        "interval_days": interval,
        "monthly": monthly,
        "courses": 1 if interval is None and courses is not None else courses,
    }


FIRST_DOSE = date(2026, 11, 30)


@st.composite
def approvals(draw: st.DrawFn) -> ApprovedCourses:
    """Of the last three years, or of the weeks to come: still running or ended long ago."""
    first = FIRST_DOSE + timedelta(days=draw(st.integers(-1100, 60)))
    return ApprovedCourses(
        courses=draw(st.integers(1, 8)),
        first_day=first,
        last_day=first + timedelta(days=draw(st.integers(0, 400))),
        interval_days=draw(st.none() | st.sampled_from([7, 14, 21, 27, 28, 30, 56])),
    )


@st.composite
def earlier(draw: st.DrawFn) -> EarlierCourses:
    """Mostly nothing before, or a little; now and then not stated."""
    return EarlierCourses(
        approved=tuple(draw(st.lists(approvals(), max_size=draw(st.sampled_from([0, 0, 1, 2]))))),
        elsewhere=draw(st.sampled_from([0, 0, 0, 1, 2, 3, 6, None])),
        others=tuple(draw(st.lists(approvals(), max_size=draw(st.sampled_from([0, 0, 1]))))),
        first_dose_on=FIRST_DOSE,
    )


@st.composite
def requests(draw: st.DrawFn, rule: DoseRule, weight_kg: Decimal | None) -> DoseRequest:
    """A dose of one part."""
    return DoseRequest(**draw(part(rule, weight_kg)), induction=draw(st.none() | st.booleans()))


@st.composite
def requests_in_parts(draw: st.DrawFn, rule: DoseRule, weight_kg: Decimal | None) -> DoseRequest:
    """One part and then another, near or far, often the number of the first said."""
    first, second = draw(part(rule, weight_kg)), draw(part(rule, weight_kg))
    if draw(st.integers(0, 9)):
        first["courses"] = first["courses"] or draw(st.integers(1, 14))
        if first["interval_days"] is None:
            first["courses"] = 1
    if draw(st.integers(0, 3)) == 0:  # the very same, so that one schedule is cut in two
        once = first["interval_days"] is None and second["courses"] is not None
        second = {**first, "courses": 1 if once else second["courses"]}
    after = draw(st.none() | st.integers(1, 12) | st.sampled_from(INTERVALS))
    then = FollowingDose(**second, begins_after_days=after)
    return DoseRequest(**first, then=then, induction=draw(st.none() | st.booleans()))


@st.composite
def asked(
    draw: st.DrawFn, rules: tuple[DoseRule, ...], *, in_parts: bool = False
) -> tuple[DoseRule, DoseRequest, DoseFacts]:
    """A rule of one kind, a request, and what is known beside it."""
    rule = draw(st.sampled_from(rules))
    weight = draw(
        st.sampled_from([Decimal(kg) for kg in KILOGRAMS]) | st.decimals("0.5", "180", places=2)
    )
    initial = draw(st.booleans())
    facts: dict[str, Any] = {
        "weight_kg": weight,
        "route": draw(st.sampled_from([Route.IV] * 9 + [Route.SC])),
        "initial": initial,
        "authorization_months": draw(st.sampled_from([None, 1, 3, 6, 12])),
        "day_of_therapy": 1 if initial else draw(st.integers(1, 400)),
        "days_since_transplant": draw(ends_known),
        "days_since_discontinuation": draw(ends_known),
        "before": draw(earlier()),
        "conditions": {
            limit.key: draw(st.none() | st.booleans()) for limit in rule.limits if limit.conditional
        },
    }
    drawn = requests_in_parts if in_parts else requests
    return rule, draw(drawn(rule, weight)), DoseFacts(**facts)
