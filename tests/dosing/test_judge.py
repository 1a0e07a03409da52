"""What holds for every rule: nothing asked, nothing limited, nothing weighed; and the words."""

from decimal import Decimal

import pytest

from criteria.dosing import (
    DoseFacts,
    DoseOutcome,
    DoseRequest,
    DoseRule,
    OutcomeReason,
    Per,
    Route,
    judge,
)
from tests.dosing.asking import MONTHLY, found, per_day, per_dose, says, total
from tests.dosing.policy import RULES, limit, one

NAN, INFINITY = Decimal("NaN"), Decimal("Infinity")


@pytest.mark.parametrize("line", sorted(set(RULES) - {384}))
def test_a_missing_dose_is_not_enough_information(line: int) -> None:
    assert says(line, None) == "not_enough_information/dose_missing"


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-5), NAN, INFINITY])
def test_an_amount_that_is_none_counts_as_missing(amount: Decimal) -> None:
    assert says(174, total(amount, 5, **MONTHLY)) == "not_enough_information/dose_missing"


@pytest.mark.parametrize("weight", [None, Decimal(0), Decimal(-70), NAN, INFINITY])
def test_grams_need_a_weight(weight: Decimal | None) -> None:
    asked = total(140, 5, unit="g", **MONTHLY)
    assert says(174, asked, weight_kg=weight) == "not_enough_information/weight_missing"
    assert says(174, total(2001, 5, **MONTHLY), weight_kg=weight) == "exceeds/over_ceiling"


def test_no_limit_stated() -> None:
    for request in (None, total(9000, 1, **MONTHLY), total(9000, 1, unit="g")):
        assessment = judge(DoseRule(), request, DoseFacts())
        assert (assessment.outcome, assessment.reason) == (
            DoseOutcome.NO_LIMIT,
            OutcomeReason.NONE_STATED,
        )
        assert not assessment.maxima and not assessment.findings


@pytest.mark.parametrize("line", RULES)
def test_subcutaneous_has_no_limit_and_a_note(line: int) -> None:
    assessment = found(line, per_dose(9000, 7), route=Route.SC)
    assert (assessment.outcome, assessment.reason) == ("no_limit", "subcutaneous")
    assert len(assessment.notes) == 1 and "intravenous use" in assessment.notes[0]


def test_a_rule_for_both_routes_binds_subcutaneous_too() -> None:
    rule = DoseRule(RULES[174].regimens, iv_only=False)
    facts = DoseFacts(route=Route.SC)
    assert judge(rule, total(2001, 5, **MONTHLY), facts).outcome == "exceeds"


def test_the_request_is_shown_in_both_units() -> None:
    assessment = found(174, per_day(30, 5, unit="g", **MONTHLY), weight_kg=Decimal(75))
    assert assessment.first.grams == 150
    assert assessment.first.mg_per_kg == 2000
    unlimited = judge(DoseRule(), per_day(30, 5, unit="g"), DoseFacts(weight_kg=Decimal(75)))
    assert unlimited.first.mg_per_kg == 2000


def test_grams_are_compared_exactly() -> None:
    third = Decimal(1) / Decimal(3)  # 28 digits; the quotient must not be rounded to pass
    weight = Decimal(3)
    asked = total(6, 5, unit="g", **MONTHLY)
    assert says(174, asked, weight_kg=weight) == "within"
    above = total(Decimal("6.0000000000000000000000001"), 5, unit="g", **MONTHLY)
    assert says(174, above, weight_kg=weight) == "exceeds/over_ceiling"
    assert says(174, total(2 * third, 5, unit="g", **MONTHLY), weight_kg=third) == "within"


def sentence(line: int, request: DoseRequest, weight: int | None = None) -> str:
    return found(line, request, weight_kg=None if weight is None else Decimal(weight)).text


@pytest.mark.parametrize(
    ("text", "line", "asked", "weight"),
    [
        (
            "2,400 mg/kg is 400 mg/kg (20 %) above the 2,000 mg/kg a month of this policy.",
            174,
            total(2400, 5, **MONTHLY),
            None,
        ),
        (
            "168 g is 2,400 mg/kg: 28 g (20 %) above the 2,000 mg/kg a month of this policy.",
            174,
            total(2400, 5, **MONTHLY),
            70,
        ),
        (
            "140 g is 2,000 mg/kg: within the 2,000 mg/kg a month of this policy.",
            174,
            total(140, 5, unit="g", **MONTHLY),
            70,
        ),
        (
            "2,000.001 mg/kg is 0.001 mg/kg (0.0001 %) above the 2,000 mg/kg a month of "
            "this policy.",
            174,
            total("2000.001", 5, **MONTHLY),
            None,
        ),
        (
            "600 mg/kg in 21 days (given every 14 days) is 200 mg/kg (50 %) above the "
            "400 mg/kg every 21 days of this policy.",
            187,
            per_dose(400, 14),
            None,
        ),
        (
            "28.07 g a day is 401 mg/kg: 0.07 g (0.3 %) above the 400 mg/kg a day of this policy.",
            309,
            per_day(401, 4, **MONTHLY),
            70,
        ),
        ("28 g a day is 400 mg/kg: within the 400 mg/kg a day of this policy.", 309,
         per_day(400, 4, **MONTHLY), 70),
        (
            "168 g (2,400 mg/kg) falls in one window of 28 days, above the 2,000 mg/kg a month "
            "of this policy.",
            174,
            total(1200, 2, interval_days=21),
            70,
        ),
        (
            "2,000 mg/kg over 2 days fits none of the 2 regimens of this policy.",
            286,
            per_day(1000, 2),
            None,
        ),
        ("6 days a course is above the 5 days of this policy.", 309,
         per_day(400, 6, **MONTHLY), None),
        ("6 days a course is more than the 5 days of this policy.", 174,
         total(1999, 6, **MONTHLY), None),
        ("1,999 mg/kg on one day is above 1,000 mg/kg: 2,000 mg/kg a month over at least 2 days.",
         174, total(1999, 1, **MONTHLY), None),
        ("7 courses is above the 6 courses in all of this policy.", 167,
         total(2000, 5, courses=7, **MONTHLY), None),
    ],
)  # fmt: skip
def test_one_plain_sentence(text: str, line: int, asked: DoseRequest, weight: int | None) -> None:
    assert sentence(line, asked, weight) == text


def test_a_failure_tells_all_its_reasons_the_deciding_one_first() -> None:
    assessment = found(174, total(2000, 6, consecutive=False, interval_days=20))
    assert assessment.reason is OutcomeReason.OVER_CEILING
    first, *others = assessment.text.split(". ")
    assert "above the 2,000 mg/kg a month" in first
    assert [part.partition(" ")[0] for part in others] == ["6", "The", "Infusions"]
    assert assessment.notes == ()
    (finding,) = assessment.findings
    assert finding.text == assessment.text


def test_reasons_of_alternatives_that_do_not_decide_are_notes() -> None:
    assessment = found(286, total(2000, 2, courses=1))
    assert assessment.reason is OutcomeReason.FITS_NO_ALTERNATIVE
    assert assessment.notes == (
        "Under “at most 400 mg/kg a day, on up to 5 consecutive days”: 1,000 mg/kg a day is "
        "600 mg/kg (150 %) above the 400 mg/kg a day of this policy.",
        "Under “at most 2,000 mg/kg a course, on a single day”: 2 days a course is more than the "
        "1 day of this policy.",
    )


@pytest.mark.parametrize(
    ("asked", "used"), [(per_day(400, 5, courses=1), 0), (total(2000, 1, courses=1), 1)]
)
def test_the_other_regimen_is_not_used_where_one_fits(asked: DoseRequest, used: int) -> None:
    assessment = found(286, asked)
    assert assessment.outcome == "within"
    assert [finding.not_used for finding in assessment.findings] == [used == 1, used == 0]
    failed = found(286, per_day(500, 5, courses=1))
    assert not any(finding.not_used for finding in failed.findings)


def test_a_weekly_total() -> None:
    rule = one(limit(0, Per.WEEK, 500))
    for amount, interval, expected in ((500, 7, "within"), (501, 7, "exceeds")):
        asked = per_dose(amount, interval)
        assert judge(rule, asked, DoseFacts()).outcome == expected
    window = judge(rule, per_dose(400, 6), DoseFacts())
    assert (window.outcome, window.reason) == ("outside", "window_28_days")


def test_a_rule_whose_only_condition_fails_allows_nothing() -> None:
    closed = limit(0, Per.DOSE, 400, key="k", conditional=True)
    assessment = judge(one(closed), total(100, None), DoseFacts(conditions={"k": False}))
    assert (assessment.outcome, assessment.reason) == ("outside", "fits_no_alternative")


@pytest.mark.parametrize(
    ("line", "asked", "text"),
    [
        (174, per_day(400, 1, interval_days=1, courses=5),
         "28 g (400 mg/kg) every day is 140 g (2,000 mg/kg) in 28 days: within the 2,000 mg/kg a "
         "month of this policy."),
        (432, per_dose(500, 7, courses=8),
         "35 g (500 mg/kg) every 7 days is 140 g (2,000 mg/kg) in 28 days: within the 2,000 mg/kg "
         "a month of this policy."),
        (174, total(2000, 5, interval_days=35),
         "140 g every 35 days is 2,000 mg/kg: within the 2,000 mg/kg a month of this policy."),
        (174, total(2000, 5, **MONTHLY),
         "140 g is 2,000 mg/kg: within the 2,000 mg/kg a month of this policy."),
    ],
)  # fmt: skip
def test_what_is_compared_with_a_month_is_shown(line: int, asked: DoseRequest, text: str) -> None:
    assert found(line, asked, weight_kg=Decimal(70)).text == text
