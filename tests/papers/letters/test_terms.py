"""What an approval gives, on the edge of what was asked and of what the policy allows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import DoseBasis, DoseUnit, FollowingDose
from criteria.papers.letters.given import Given
from criteria.papers.letters.terms import Terms, last_day, terms_of
from tests.papers.packet.contents import DOSE, found

START = date(2026, 11, 20)
# 2,000 mg/kg at 69.853 kg is 139.706 g; up to six courses of it.
OTHER = {"grams": Decimal("139.5"), "days": 5, "interval_days": 28, "courses": 6}


def given(*, as_asked: bool = False, months: int = 6, **changes: Any) -> Given:
    dose = {} if as_asked else OTHER | changes
    return Given(as_asked=as_asked, months=months, starts_on=START, **dose)


def terms(gives: Given, **asked: Any) -> Terms:
    """``asked``: what the request states otherwise."""
    return terms_of(found(**asked), gives, product="Gamma 10 %", dose="139.5 g, 6 times")


def asking(grams: str) -> dict[str, Any]:
    return {"dose": replace(DOSE, amount=Decimal(grams))}


@pytest.mark.parametrize(
    "start,months,last",
    [
        (date(2026, 11, 20), 6, date(2027, 5, 19)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2028, 1, 31), 1, date(2028, 2, 28)),
        (date(2027, 1, 1), 12, date(2027, 12, 31)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
    ],
)
def test_the_last_day_is_the_day_before_the_same_day(start: date, months: int, last: date) -> None:
    assert last_day(start, months) == last


def test_as_asked() -> None:
    found = terms(given(as_asked=True))
    assert found.is_as_asked
    assert (found.grams, found.days, found.interval_days, found.courses) == (139.5, 5, 28, 6)
    assert (found.dose_text, found.warning, found.refusals) == ("139.5 g, 6 times", "", ())
    assert (found.starts_on, found.ends_on) == (START, date(2027, 5, 19))
    assert "1,997" in found.per_kg


def test_a_lower_dose_says_what_differs() -> None:
    found = terms(given(grams=Decimal(120), courses=3, months=3))
    assert not found.is_as_asked
    assert found.differences == (
        "Dose: 120 g in each course instead of 139.5 g",
        "Courses: 3 courses instead of 6 courses",
        "Time: 3 months instead of 6",
    )
    assert (
        found.dose_text == "120 g in each course, over 5 days, every 28 days (4 weeks), 3 courses"
    )
    assert (found.warning, found.refusals) == ("", ())


def test_a_month_between_courses_stays_a_month() -> None:
    lower = given(grams=Decimal(120))
    monthly = terms(lower, dose=replace(DOSE, monthly=True))
    assert monthly.dose_text == "120 g in each course, over 5 days, every month, 6 courses"
    other = terms(replace(lower, interval_days=35), dose=replace(DOSE, monthly=True))
    assert "every 35 days (5 weeks)" in other.dose_text


@pytest.mark.parametrize(
    "asked,gives,words,differs",
    [
        (True, None, "every month", ()),
        (True, True, "every month", ()),
        (True, False, "every 28 days (4 weeks)", ("28 days (4 weeks) instead of a month",)),
        (False, None, "every 28 days (4 weeks)", ()),
        (False, False, "every 28 days (4 weeks)", ()),
        (False, True, "every month", ("a month instead of 28 days (4 weeks)",)),
    ],
)
def test_a_month_and_four_weeks_are_each_given_as_such(
    asked: bool, gives: bool | None, words: str, differs: tuple[str, ...]
) -> None:
    found = terms(given(monthly=gives), dose=replace(DOSE, monthly=asked))
    assert f", {words}, 6 courses" in found.dose_text
    assert found.differences == tuple(f"From one course to the next: {each}" for each in differs)
    assert (found.interval_days, found.gives_less, found.refusals) == (28, False, ())


def test_the_same_figures_typed_are_as_asked() -> None:
    assert terms(given()).is_as_asked


@pytest.mark.parametrize(
    "changes,field",
    [
        ({"grams": Decimal("139.49")}, None),
        ({"grams": Decimal("139.5")}, None),
        ({"grams": Decimal("139.51")}, "grams"),
        ({"courses": 5}, None),
        ({"courses": 7}, "courses"),
        ({"interval_days": 29}, None),
        ({"interval_days": 27}, "interval_days"),
        ({"months": 5}, None),
        ({"months": 7}, "months"),
    ],
)
def test_more_than_was_asked_is_refused(changes: dict[str, Any], field: str | None) -> None:
    refused = [name for name, _ in terms(given(**changes)).refusals]
    assert refused == ([] if field is None else [field])


@pytest.mark.parametrize(
    "grams,is_within", [("139.70", True), ("139.71", False), ("140", False), ("20", True)]
)
def test_above_the_policy_is_to_be_confirmed(grams: str, is_within: bool) -> None:
    found = terms(given(grams=Decimal(grams)), **asking("150"))
    assert (not found.warning) is is_within
    assert found.refusals == ()


def test_a_dose_asked_for_above_the_policy_is_to_be_confirmed_as_well() -> None:
    found = terms(given(as_asked=True), **asking("150"))
    assert "not within the policy's limit" in found.warning


@pytest.mark.parametrize("months,is_within", [(5, True), (6, True), (7, False), (12, False)])
def test_longer_than_the_policy_is_to_be_confirmed(months: int, is_within: bool) -> None:
    found = terms(given(as_asked=True, months=months), authorization_months=12)
    assert ("at most 6 months" in found.warning) is not is_within
    assert found.refusals == ()


def test_without_a_weight_it_cannot_be_told() -> None:
    found = terms(given(), weight_kg=None)
    assert "cannot be told" in found.warning
    assert (found.per_kg, found.grams) == ("", Decimal("139.500"))


def test_more_grams_than_asked_a_day_at_a_time_are_known_without_a_weight() -> None:
    daily = replace(DOSE, amount=Decimal(20), basis=DoseBasis.PER_DAY)
    found = terms(given(grams=Decimal(101)), weight_kg=None, dose=daily)
    assert [name for name, _ in found.refusals] == ["grams"]


def test_a_dose_asked_in_mg_per_kg_is_compared_exactly() -> None:
    asked = {"dose": replace(DOSE, amount=Decimal(1000), unit=DoseUnit.MG_PER_KG)}
    most = terms(given(grams=Decimal("69.86")), **asked).refusals
    assert most == (("grams", "This is more than the 69.85 g asked for. Enter 69.85 g or less."),)
    assert terms(given(grams=Decimal("69.85")), **asked).refusals == ()


def test_a_single_course() -> None:
    once = {"dose": replace(DOSE, interval_days=None, courses=1)}
    found = terms(given(interval_days=None, courses=1, months=1), **once)
    assert found.dose_text == "139.5 g in each course, over 5 days, 1 course"
    assert found.is_as_asked is False  # six months were asked for


# Three courses of 70 g and then, 28 days later, three of 139.5 g.
TWO_PARTS = replace(
    DOSE,
    amount=Decimal(70),
    courses=3,
    then=FollowingDose(
        amount=Decimal("139.5"),
        unit=DoseUnit.G,
        basis=DoseBasis.TOTAL,
        days=5,
        interval_days=28,
        courses=3,
        begins_after_days=28,
    ),
)


def test_two_parts_approved_as_asked_name_the_days_of_both() -> None:
    found = terms(given(as_asked=True), dose=TWO_PARTS)
    assert found.is_as_asked and not found.gives_less
    assert (found.grams, found.courses) == (70, 3)
    assert found.then is not None
    assert (found.then.grams, found.then.courses) == (Decimal("139.5"), 3)
    assert "The first part: 14 g on each of 5 days" in found.vials
    assert "the second part: 28 g on each of 4 days" in found.vials
    assert found.per_kg.startswith("1,002.1 mg/kg, then 1,997.04 mg/kg in each course")


@pytest.mark.parametrize(
    "changes,field",
    [
        ({"grams": Decimal("139.5"), "courses": 3}, None),  # the second part alone
        ({"grams": Decimal(70), "courses": 3}, None),  # the first part alone
        ({"grams": Decimal(70), "courses": 4}, "courses"),
        ({"grams": Decimal("139.51"), "courses": 3}, "grams"),
    ],
)
def test_one_part_instead_of_two_is_less_and_no_more_than_either(
    changes: dict[str, Any], field: str | None
) -> None:
    found = terms(given(**changes), dose=TWO_PARTS)
    assert found.gives_less and not found.is_as_asked and found.then is None
    assert any(
        text.startswith("After that: nothing instead of 139.5 g") for text in found.differences
    )
    refused = [name for name, _ in found.refusals]
    assert (field in refused) if field else not refused
