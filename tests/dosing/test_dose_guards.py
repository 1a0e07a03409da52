"""Doses in the wrong unit, doses that disagree, doses no vials make."""

from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import Basis, DoseEntry, EntryUnit, Guard, Route, dose_guards
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
    assert codes("480", "mg/kg", basis=Basis.PER_DAY, days=5) == []
    assert codes("481", "mg/kg", basis=Basis.PER_DAY, days=5) == UNLIKELY
    assert codes("20", "mg/kg", basis=Basis.PER_DAY, days=5) == []
    assert codes("500", "mg/kg", days=5) == []


@pytest.mark.parametrize(
    ("amount", "unit", "more", "likely"),
    [
        ("55", "mg", {"weight_kg": "70"}, "55 g (785.71 mg/kg)"),
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
    (guard,) = guards("28", "g", "Privigen")
    assert guard.code == "vials_cannot_make"
    assert guard.suggestion == "25 g or 30 g."
    assert guards("28", "g", "Gammagard Liquid") == []
    assert codes("400", "mg/kg", "Privigen", weight_kg="70") == ["confirm vials_cannot_make"]
    assert codes("500", "mg/kg", "Privigen", weight_kg="70") == []
    assert codes("28", "g", None) == []


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
