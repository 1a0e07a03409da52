"""Courses beside the months asked for, vials by infusion day, and blanks: what the page says."""

import pytest

from criteria.dosing import DoseOutcome
from criteria.requests.stated_request import StatedRequest
from criteria.screens.wizard.dose.offer_button import fields_of_regimen
from criteria.screens.wizard.dose.view import DoseView
from tests.helpers.wizard.offers import asked, taken, words
from tests.screens.wizard.conftest import Walker

pytestmark = pytest.mark.django_db


def repeated(count: str, unit: str, courses: str, months: str = "6") -> dict[str, str]:
    return {"interval": count, "interval_unit": unit, "courses": courses, "months": months}


def guards(draft: StatedRequest) -> dict[str, str]:
    return {name: guard.message for name, guard, _ in draft.dose.guards}


@pytest.mark.parametrize(
    ("count", "unit", "months", "most"),
    [
        ("1", "months", "6", 6),
        ("4", "weeks", "6", 6),
        ("28", "days", "6", 6),
        ("2", "months", "6", 3),
        ("3", "weeks", "6", 9),
        ("2", "weeks", "6", 13),
        ("1", "weeks", "6", 26),
        ("1", "months", "1", 1),
        ("5", "weeks", "12", 11),
    ],
)
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_courses_that_begin_after_the_months_asked_for_are_told(
    count: str, unit: str, months: str, most: int, more: int
) -> None:
    """CIDP is limited by the month: four weeks are one. Others begin while the days last."""
    if most + more < 2:
        return
    draft = asked(
        "cidp", "initial", "82", "60", "2", **repeated(count, unit, str(most + more), months)
    )
    told = f"Of {most + more} courses only {most} begin{'s' if most == 1 else ''} in the"
    assert guards(draft).get("courses", "").startswith(told) == (more > 0)
    assert ("courses" in guards(draft)) == (more > 0)


def test_what_follows_has_what_is_left_of_the_months() -> None:
    follows = {
        "then": "yes",
        "then_dose": "35",
        "then_dose_unit": "g",
        "then_basis": "total",
        "then_days": "1",
        "then_interval": "4",
        "then_interval_unit": "weeks",
        "then_begins": "28",
    }
    for courses, is_told in (("4", False), ("5", True)):
        draft = asked(
            "bmt", "standard", "70", "35", "1", **repeated("1", "weeks", "10"),
            **follows, then_courses=courses,
        )  # fmt: skip
        assert ("then_courses" in guards(draft)) == is_told, courses


def test_the_page_asks_about_too_many_courses(cidp: Walker) -> None:
    cidp.post("dose", courses="7", months="6")
    assert "Of 7 courses only 6 begin in the 6 months asked for." in cidp.soup("dose").get_text()


@pytest.mark.parametrize("courses", ["22", "26"])
def test_an_offer_has_no_more_courses_than_months(courses: str) -> None:
    """Weekly for half a year is six monthly courses, on the page and once it is taken."""
    draft = asked("cidp", "initial", "82", "32.8", "1", **repeated("1", "weeks", courses))
    (offer,) = DoseView(draft).offers
    after = taken(draft, offer.value)
    assert ", every 4 weeks, 6 courses" in offer.words or ", every month, 6 courses" in offer.words
    assert "courses" not in guards(after)
    assert after.assessment is not None and after.assessment.dose.outcome is DoseOutcome.WITHIN


def test_single_days_every_day_are_offered_as_a_run() -> None:
    draft = asked(
        "cidp", "initial", "82", "33", "1", product="privigen-10", **repeated("1", "days", "5")
    )
    (offer,) = DoseView(draft).offers
    assert offer.words == "Use 160 g over 5 days in a row, once (5 g less than asked in all)"
    filled = fields_of_regimen(offer.value)
    assert (filled["days"], filled["interval_unit"], filled["courses"]) == (["5"], ["once"], [""])


@pytest.mark.parametrize(
    "blank", ["consecutive", "route", "basis", "interval_unit", "courses_before"]
)
def test_no_button_answers_what_is_blank(blank: str) -> None:
    """Dermatomyositis counts courses nowhere, Guillain-Barré does: both are tried."""
    for use in (("cidp", "initial"), ("gbs", "standard")):
        draft = asked(*use, "82", "160", "4", **{**repeated("4", "weeks", "3"), blank: ""})
        assert words(draft) == [], (use, blank)


@pytest.mark.parametrize(
    ("grams", "proposed"),
    [("137", "135 g or 150 g."), ("140", "135 g or 150 g."), ("145", "135 g or 150 g."),
     ("135", "")],
)  # fmt: skip
def test_three_equal_days_are_each_made_of_whole_vials(grams: str, proposed: str) -> None:
    draft = asked(
        "autoimmune-bullous", "standard", "70", grams, "3", product="privigen-10",
        **repeated("4", "weeks", "3"),
    )  # fmt: skip
    found = [g.suggestion for name, g, _ in draft.dose.guards if name == "dose"]
    assert found == ([proposed] if proposed else [])


def test_reasons_of_alternatives_name_the_regimen() -> None:
    draft = asked("autoimmune-bullous", "standard", "70", "140", "4", **repeated("4", "weeks", "3"))
    notes = DoseView(draft).notes
    assert any("Under “at most 2,000 mg/kg a month" in note and "4 days" in note for note in notes)
    assert any("Under “at most 400 mg/kg a day" in note and "35 g" in note for note in notes)
