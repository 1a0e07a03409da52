"""Doses in the wrong unit, doses that disagree, doses no vials make."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.dosing import (
    DoseBasis,
    DoseEntry,
    EntryUnit,
    Guard,
    Route,
    Vials,
    course_by_day,
    courses_guard,
    dose_guards,
)
from criteria.dosing.infusion_days import DayBounds, total_by_day
from tests.dosing.cases import PRODUCTS


def guards(amount: str, unit: str | None, product: str | None = None, **more: Any) -> list[Guard]:
    for name in ("weight_kg", "stated_mg_per_kg", "concentration_percent"):
        if name in more:
            more[name] = Decimal(more[name])
    kind = None if unit is None else EntryUnit(unit)
    entry = DoseEntry(amount=Decimal(amount), unit=kind, **more)
    return list(dose_guards(entry, PRODUCTS[product] if product else None))


def codes(amount: str, unit: str | None, product: str | None = None, **more: Any) -> list[str]:
    return [f"{guard.severity} {guard.code}" for guard in guards(amount, unit, product, **more)]


UNLIKELY = ["confirm dose_unlikely"]


@pytest.mark.parametrize(
    ("mg_per_kg", "expected"),
    [("99.9", UNLIKELY), ("100", []), ("2400", []), ("2400.1", UNLIKELY)],
)
def test_course_of_100_to_2400_mg_per_kg(mg_per_kg: str, expected: list[str]) -> None:
    assert codes(mg_per_kg, "mg/kg") == expected
    assert codes(mg_per_kg, "mg/kg", weight_kg="70") == expected
    assert codes(str(Decimal(mg_per_kg) * 50), "mg", weight_kg="50") == expected
    assert codes(mg_per_kg, "mg/kg", route=Route.SC) == []


def test_days_make_the_course() -> None:
    assert codes("480", "mg/kg", basis=DoseBasis.PER_DAY, days=5) == []
    assert codes("481", "mg/kg", basis=DoseBasis.PER_DAY, days=5) == UNLIKELY
    assert codes("20", "mg/kg", basis=DoseBasis.PER_DAY, days=5) == []
    assert codes("500", "mg/kg", days=5) == []


@pytest.mark.parametrize(
    ("amount", "unit", "more", "likely"),
    [
        ("55", "mg", {"weight_kg": "70"}, "55 g (785.7 mg/kg)"),
        ("500", "mg", {"weight_kg": "70"}, "500 mg/kg (500 mg/kg)"),
        ("0.5", "mg/kg", {}, "0.5 g/kg (500 mg/kg)"),
        ("1400", "g", {"weight_kg": "70", "concentration_percent": "10"}, "1,400 mL (2,000 mg/kg)"),
    ],
)
def test_the_likely_unit_is_named(
    amount: str, unit: str, more: dict[str, str], likely: str
) -> None:
    (guard,) = guards(amount, unit, **more)
    assert guard.code == "dose_unlikely"
    assert likely in guard.suggestion


def test_millilitres_need_a_concentration() -> None:
    assert codes("1400", "mL", weight_kg="70", concentration_percent="10") == []
    assert codes("14000", "mL", weight_kg="70", concentration_percent="10") == UNLIKELY
    assert codes("14000", "mL", weight_kg="70") == []


@pytest.mark.parametrize(
    ("stated", "agrees"),
    [("475", True), ("474.9", False), ("525", True), ("525.1", False), ("5000", False)],
)
def test_grams_and_mg_per_kg_agree_within_5_percent(stated: str, agrees: bool) -> None:
    found = codes("35", "g", weight_kg="70", stated_mg_per_kg=stated)
    assert found == ([] if agrees else ["confirm doses_disagree"])


def test_vials_that_cannot_make_the_dose() -> None:
    (guard,) = guards("28", "g", "Privigen", days=1)
    assert guard.code == "vials_cannot_make"
    assert guard.suggestion == "25 g or 30 g."
    assert guards("28", "g", "Gammagard Liquid", days=1) == []
    found = codes("400", "mg/kg", "Privigen", weight_kg="70", days=1)
    assert found == ["confirm vials_cannot_make"]
    assert codes("500", "mg/kg", "Privigen", weight_kg="70", days=1) == []
    assert codes("28", "g", None, days=1) == []
    # Which totals can be made depends on the days: nothing is said before they are.
    assert codes("28", "g", "Privigen") == []


EQUAL = DayBounds(equal=True)


@pytest.mark.parametrize(
    ("amount", "days", "bounds", "suggestion"),
    [
        ("137", 3, EQUAL, "135 g or 150 g."),
        ("140", 3, EQUAL, "135 g or 150 g."),
        ("145", 3, EQUAL, "135 g or 150 g."),
        ("135", 3, EQUAL, ""),
        ("137", 3, DayBounds(), "135 g or 140 g."),
        ("140", 3, DayBounds(), ""),
        ("134.48", 2, DayBounds(most_mg_per_kg=Fraction(1000)), "130 g or 140 g."),
        ("135", 2, DayBounds(most_mg_per_kg=Fraction(1000)), "130 g or 140 g."),
        ("134.48", 2, DayBounds(), "130 g or 135 g."),
        ("4", 1, DayBounds(), "5 g."),
        ("12", 4, DayBounds(), "20 g."),
    ],
)
def test_vials_are_counted_by_infusion_day(
    amount: str, days: int, bounds: DayBounds, suggestion: str
) -> None:
    """Privigen has vials of 5, 10, 20 and 40 g; 67.24 kg."""
    entry = DoseEntry(
        amount=Decimal(amount), unit=EntryUnit.G, days=days, weight_kg=Decimal("67.24")
    )
    found = [
        guard
        for guard in dose_guards(entry, PRODUCTS["Privigen"], bounds)
        if guard.code == "vials_cannot_make"
    ]
    assert [guard.suggestion for guard in found] == ([suggestion] if suggestion else [])


@settings(max_examples=200, deadline=None)
@given(
    st.decimals("0.5", "250", places=2),
    st.integers(1, 10),
    st.sampled_from(DoseBasis),
    st.sampled_from(list(PRODUCTS.values())),
    st.none() | st.integers(100, 2500),
    st.booleans(),
)
def test_what_a_warning_proposes_is_not_warned_about(
    grams: Decimal, days: int, basis: DoseBasis, vials: Vials, cap: int | None, equal: bool
) -> None:
    bounds = DayBounds(most_mg_per_kg=None if cap is None else Fraction(cap), equal=equal)

    def warned(amount: Decimal) -> list[Guard]:
        entry = DoseEntry(
            amount=amount, unit=EntryUnit.G, basis=basis, days=days, weight_kg=Decimal(70)
        )
        found = dose_guards(entry, vials, bounds)
        return [guard for guard in found if guard.code == "vials_cannot_make"]

    for guard in warned(grams):
        proposed = re.findall(r"([\d,.]+) g", guard.suggestion)
        assert 1 <= len(proposed) <= 2
        for text in proposed:
            assert warned(Decimal(text.replace(",", ""))) == [], guard
    # Not warned of: nothing is left in a vial on any day.
    if not warned(grams):
        total = Fraction(grams) * (1 if basis is DoseBasis.TOTAL else days)
        most = None if cap is None else Fraction(cap * 70, 1000)
        course = (
            total_by_day(total, days, vials, most_a_day_g=most, equal=equal)
            if basis is DoseBasis.TOTAL
            else course_by_day(total, days, vials)
        )
        assert course.is_whole


@pytest.mark.parametrize(
    ("courses", "begun", "told"),
    [
        (5, 6, None),
        (6, 6, None),
        (7, 6, "Of 7 courses only 6 begin in the 6 months asked for."),
        (2, 1, "Of 2 courses only 1 begins in the 6 months asked for."),
        (1, 0, "Of 1 course none begins in the 6 months asked for."),
    ],
)
def test_courses_beyond_the_months(courses: int, begun: int, told: str | None) -> None:
    guard = courses_guard(courses, begun, 6)
    assert (guard and guard.message) == told


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity"])
def test_a_dose_that_is_none_is_refused(amount: str) -> None:
    assert codes(amount, "g") == ["stop dose_impossible"]


@pytest.mark.parametrize(("days", "stopped"), [(0, True), (1, False), (10, False), (11, True)])
def test_days(days: int, stopped: bool) -> None:
    assert codes("2000", "mg/kg", days=days) == (["stop days_impossible"] if stopped else [])


def test_incomplete() -> None:
    assert codes("28", None) == ["incomplete dose_unit_missing"]
    assert codes("2000", "mg/kg", has_interval=False) == ["incomplete interval_missing"]
    assert codes("2000", "mg/kg", has_interval=True) == []
