from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.requests.renewal import BaselineRow, Snapshot, body_text
from criteria.requests.renewal.body import LARGE, body_rows
from tests.requests.renewal.snapshots import NOW, snapshot, was

KG = Decimal("69.85322498")


def then(**said: Any) -> Snapshot:
    plain = {
        "weight_kg": KG,
        "weighed_on": date(2026, 3, 1),
        "product": "Gamunex-C 10 %",
        "schedule": "135 g in all, each course",
        "course_g": Decimal(135),
        "course_mg_per_kg": Decimal("1932.62"),
    }
    return snapshot("R-2026-00042", **(plain | said))


def today(**said: Any) -> Snapshot:
    return snapshot("R-2026-00077", day=NOW, **said)


def rows(before: Snapshot, now: Snapshot) -> dict[str, BaselineRow]:
    return {row.label: row for row in body_rows((before,), now)}


def test_weight_product_and_dose_stand_with_their_differences() -> None:
    now = today(
        weight_kg=Decimal("66.35"),
        weighed_on=date(2026, 9, 1),
        product="Privigen 10 %",
        schedule="135 g in all, each course",
        course_g=Decimal(130),
        course_mg_per_kg=Decimal("1959.31"),
    )
    assert rows(then(), now) == {
        "Weight": BaselineRow(
            label="Weight",
            then=(was("69.853 kg, measured 1 Mar 2026", "−3.503 kg (−5 %)"),),
            now="66.35 kg, measured 1 Sep 2026",
        ),
        "Product": BaselineRow(
            label="Product", then=(was("Gamunex-C 10 %", "changed"),), now="Privigen 10 %"
        ),
        "Dose of one course": BaselineRow(
            label="Dose of one course",
            then=(was("135 g (1,932.6 mg/kg)", "−5 g (−3.7 %); +26.7 mg/kg (+1.4 %)"),),
            now="130 g (1,959.3 mg/kg)",
        ),
        "Dose as asked for": BaselineRow(
            label="Dose as asked for",
            then=(was("135 g in all, each course", "same"),),
            now="135 g in all, each course",
        ),
    }


def test_what_is_not_stated_yet_has_no_difference() -> None:
    found = rows(then(), today())
    assert {(row.then[0].difference, row.now) for row in found.values()} == {("", "not stated")}


def test_nothing_stated_makes_no_rows() -> None:
    assert rows(snapshot(), today()) == {}


@pytest.mark.parametrize(
    ("kg", "warning"), [("62.8", LARGE), ("62.9", ""), ("76.8", ""), ("76.9", LARGE)]
)
def test_a_weight_that_changed_by_ten_percent_asks_for_a_look_at_the_dose(
    kg: str, warning: str
) -> None:
    assert rows(then(), today(weight_kg=Decimal(kg)))["Weight"].warning == warning


def test_a_lower_dose_that_was_approved_is_what_today_is_held_against() -> None:
    before = then(approved_g=Decimal(120), weight_kg=Decimal(60), course_mg_per_kg=Decimal(2250))
    now = today(course_g=Decimal(120), course_mg_per_kg=Decimal(2000))
    assert rows(before, now)["Dose of one course"].then == (
        was(
            "120 g (2,000 mg/kg) approved; 135 g (2,250 mg/kg) asked for",
            "no change",
        ),
    )


def test_a_dose_by_weight_alone_is_told_by_weight() -> None:
    before = then(course_g=None, weight_kg=None)
    assert rows(before, today())["Dose of one course"].then == (was("1,932.6 mg/kg"),)


def test_one_line_tells_all_three() -> None:
    assert body_text(then()) == (
        "69.853 kg, measured 1 Mar 2026 · Gamunex-C 10 % · 135 g (1,932.6 mg/kg) a course"
    )
    assert body_text(snapshot()) == ""


def test_what_follows_the_first_part_has_a_row_of_its_own() -> None:
    """35 g a month was approved for later; today 42 g is asked for, or nothing."""
    before = then(then_g=Decimal(35), then_mg_per_kg=Decimal(500))
    now = today(then_g=Decimal(42), then_mg_per_kg=Decimal(600))
    label = "Dose of one course of what follows"
    row = rows(before, now)[label]
    assert (row.then[0].text, row.now) == ("35 g (500 mg/kg)", "42 g (600 mg/kg)")
    assert "7 g" in row.then[0].difference and "100 mg/kg" in row.then[0].difference
    gone = rows(before, today())[label]
    assert gone.now == "not stated" and gone.then[0].difference == ""
    assert label not in rows(then(), today())
