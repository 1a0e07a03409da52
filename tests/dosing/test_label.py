"""What labels make of an earlier dose: below, at and above, for every subcutaneous product."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.dosing import (
    DoseBasis,
    DoseFacts,
    DoseRequest,
    DoseUnit,
    FollowingDose,
    Route,
    judge,
)
from criteria.dosing.label import (
    EarlierLabelDose,
    EarlierTreatment,
    LabelRules,
    converted,
    ramp,
    trough_change_ml,
)
from criteria.dosing.label_words import label_rows
from tests.dosing.asking import per_day, per_dose, total
from tests.dosing.labels import (
    BY_LABEL,
    DAY,
    after,
    edition,
    judged,
    label_of,
    labels_of,
    product_of,
    said,
)

EVERY_FOUR_WEEKS = after("iv", 40, 28)


# Brand, grams a week that its label makes of 40 g every 4 weeks.
CONVERTED = [
    ("Hizentra", "13.7"),
    ("Cuvitru", "13"),
    ("Xembify", "13.7"),
    ("Gamunex-C", "13.7"),
    ("Gammagard Liquid", "13.7"),
    ("Gammaked", "13.7"),
    ("Cutaquig", "13"),
]


@pytest.mark.parametrize(("brand", "weekly"), CONVERTED)
def test_weekly_dose_after_40_g_every_four_weeks(brand: str, weekly: str) -> None:
    most = Decimal(weekly)
    below, at, above = (
        judged(brand, per_dose(most + step, 7, unit="g"), EVERY_FOUR_WEEKS)
        for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))
    )
    assert (said(below), said(at)) == ("no_limit", "no_limit")
    assert said(above) == "outside/above_label"
    assert "0.01 g (" in above.text and f"{most.normalize():f} g" in above.text
    assert above.label is not None and above.label.over_weekly == Fraction(1, 100)
    assert not above.offers and not above.maxima


@pytest.mark.parametrize("brand", ["Hizentra", "Cuvitru", "Xembify", "Cutaquig"])
def test_every_two_weeks_is_twice_the_weekly_dose(brand: str) -> None:
    weekly = dict(CONVERTED)[brand]
    twice = 2 * Decimal(weekly)
    assert said(judged(brand, per_dose(twice, 14, unit="g"), EVERY_FOUR_WEEKS)) == "no_limit"
    more = judged(brand, per_dose(twice + 1, 14, unit="g"), EVERY_FOUR_WEEKS)
    assert said(more) == "outside/above_label"


def test_hyqvia_is_given_in_the_grams_of_the_vein() -> None:
    for step, expected in (("40", "no_limit"), ("40.1", "outside/above_label")):
        assert said(judged("HyQvia", per_dose(step, 28, unit="g"), EVERY_FOUR_WEEKS)) == expected
    asked = judged("HyQvia", per_dose(30, 28, unit="g"), after("iv", 30, 28))
    assert asked.label is not None
    steps = [(step.week, f"{float(step.grams):g}") for step in asked.label.ramp]
    assert steps == [(1, "7.5"), (2, "15"), (4, "22.5"), (7, "30")]
    rows = dict(label_rows(asked.label))
    assert rows["Ramp-up, week 1"] == "7.5 g = 75 mL"
    assert rows["Ramp-up, week 7"] == "30 g = 300 mL"
    later = judged("HyQvia", per_dose(30, 28, unit="g"), after("iv", 30, 28), initial=False)
    assert later.label is not None and not later.label.ramp


@pytest.mark.parametrize(
    ("weeks", "interval", "expected"),
    [
        ("1 2 4 7", 28, [(1, "7.5"), (2, "15"), (4, "22.5"), (7, "30")]),
        ("1 2 4 7", 21, [(1, "10"), (2, "20"), (4, "30")]),
        ("1 2 4 7", 7, [(1, "30")]),
        ("", 28, []),
    ],
)
def test_ramp_ends_with_the_full_dose(
    weeks: str, interval: int, expected: list[tuple[int, str]]
) -> None:
    label = LabelRules(source="A label", ramp_weeks=tuple(map(int, weeks.split())))
    steps = ramp(label, Fraction(30), interval)
    assert [(step.week, f"{float(step.grams):g}") for step in steps] == expected


@pytest.mark.parametrize(
    ("brand", "interval", "expected"),
    [
        ("Hizentra", 1, "no_limit"),
        ("Hizentra", 14, "no_limit"),
        ("Hizentra", 15, "outside/interval"),
        ("Gamunex-C", 7, "no_limit"),
        ("Gamunex-C", 8, "outside/interval"),
        ("HyQvia", 20, "outside/interval"),
        ("HyQvia", 21, "no_limit"),
        ("HyQvia", 28, "no_limit"),
        ("HyQvia", 29, "outside/interval"),
    ],
)
def test_how_often_a_label_lets_it_be_given(brand: str, interval: int, expected: str) -> None:
    found = judged(brand, per_dose(1, interval, unit="g"), EVERY_FOUR_WEEKS)
    assert said(found) == expected
    if expected.startswith("outside"):
        assert "by the label it is given" in found.text


def test_every_reason_is_told() -> None:
    found = judged("Gamunex-C", per_dose(90, 28, unit="g"), EVERY_FOUR_WEEKS)
    assert said(found) == "outside/above_label"
    assert "above the label" in found.text and "every 4 weeks" in found.text
    assert "every week" in found.text


def test_several_infusions_a_week_count_together() -> None:
    split = per_dose("4.5", 7, days=3, unit="g", consecutive=False)
    assert said(judged("Hizentra", split, EVERY_FOUR_WEEKS)) == "no_limit"
    daily = per_day(2, 7, interval_days=7, unit="g")
    assert said(judged("Hizentra", daily, EVERY_FOUR_WEEKS)) == "outside/above_label"
    whole = total("13.7", 2, interval_days=7, unit="g")
    assert said(judged("Hizentra", whole, EVERY_FOUR_WEEKS)) == "no_limit"


def test_mg_per_kg_are_weighed() -> None:
    found = judged("Hizentra", per_dose(200, 7), EVERY_FOUR_WEEKS, weight_kg=Decimal(70))
    assert said(found) == "outside/above_label" and "14 g a week" in found.text
    blank = judged("Hizentra", per_dose(200, 7), EVERY_FOUR_WEEKS, weight_kg=None)
    assert said(blank) == "not_enough_information/weight_missing"
    in_grams = judged("Hizentra", per_dose(13, 7, unit="g"), EVERY_FOUR_WEEKS, weight_kg=None)
    assert said(in_grams) == "no_limit"


@pytest.mark.parametrize("brand", ["Cuvitru", "Cutaquig"])
def test_after_another_subcutaneous_product_the_grams_stay(brand: str) -> None:
    before = after("sc", 24, 14)
    assert said(judged(brand, per_dose(12, 7, unit="g"), before)) == "no_limit"
    more = judged(brand, per_dose("12.1", 7, unit="g"), before)
    assert said(more) == "outside/above_label"
    assert more.label is not None and more.label.formula.startswith("24 g / 2 weeks = 12 g a week")


@pytest.mark.parametrize(
    ("brand", "before"),
    [
        ("Hizentra", after("sc", 12, 7)),
        ("Hizentra", after("new")),
        ("Cuvitru", after("new")),
        ("Xembify", after("sc", 12, 7)),
    ],
)
def test_what_a_label_does_not_say_is_for_a_reviewer(brand: str, before: EarlierTreatment) -> None:
    found = judged(brand, per_dose(1, 7, unit="g"), before)
    assert said(found) == "outside/label_not_held"
    assert found.text.endswith("a reviewer decides.")


@pytest.mark.parametrize("before", [after("new"), after("sc", 5, 7)])
def test_range_where_no_dose_is_taken_over(before: EarlierTreatment) -> None:
    expected = {299: "outside/below_range", 300: "no_limit", 600: "no_limit"}
    expected[601] = "outside/above_label"
    for amount, found in expected.items():
        assert said(judged("HyQvia", per_dose(amount, 21), before)) == found, amount
    one = judged("HyQvia", per_dose(600, 28), before)
    assert one.label is not None
    assert one.label.formula == (
        "300 to 600 mg/kg × 70 kg every 4 weeks = 21 g to 42 g = 210 mL to 420 mL at 100 mg/mL"
    )
    grams = judged("HyQvia", per_dose(42, 28, unit="g"), before, weight_kg=None)
    assert said(grams) == "not_enough_information/weight_missing"


@pytest.mark.parametrize("days", [21, 28])
@pytest.mark.parametrize("amount", [299, 300, 600, 601])
def test_a_dose_is_spoken_of_as_often_as_it_is_given(days: int, amount: int) -> None:
    """Never "a week" of a dose given every few weeks; both ends of a range have a volume."""
    found = judged("HyQvia", per_dose(amount, days), after("new"))
    assert found.label is not None
    for text in (found.text, found.label.formula):
        assert "a week" not in text and f"every {days // 7} weeks" in text
    assert found.label.formula.count(" mL") == 2


# The tables the labels print: mL for 30, 50, 70, 90 and 110 kg.
TROUGHS = [
    ("Cuvitru", DAY, 100, (3, 5, 7, 9, 11)),
    ("Cuvitru", DAY, 200, (6, 10, 14, 18, 22)),
    ("Cuvitru", DAY, 99, (0, 0, 0, 0, 0)),
    ("Cutaquig", date(2021, 9, 30), 50, (3, 4, 6, 8, 10)),
    ("Cutaquig", date(2021, 9, 30), 100, (5, 9, 12, 16, 19)),
    ("Cutaquig", date(2021, 9, 30), 200, (11, 18, 25, 32, 39)),
    ("Cutaquig", date(2021, 9, 30), 300, (16, 26, 37, 47, 58)),
]


@pytest.mark.parametrize(("brand", "day", "difference", "expected"), TROUGHS)
def test_trough_tables(brand: str, day: date, difference: int, expected: tuple[int, ...]) -> None:
    label = label_of(brand, day)
    for sign in (1, -1):
        before = after("sc", 10, 7, trough=1000 - sign * difference, target=1000)
        found = [trough_change_ml(label, before, kg) for kg in (30, 50, 70, 90, 110)]
        assert found == [sign * ml for ml in expected]


def test_trough_of_xembify_is_its_one_example() -> None:
    before = after("sc", 10, 7, trough=900, target=1000)
    assert trough_change_ml(label_of("Xembify"), before, Decimal(70)) == 5
    assert not label_of("Xembify").confirmed


def test_trough_changes_the_most() -> None:
    low = after("sc", 12, 7, trough=800, target=1000)
    at, above = (
        judged("Cuvitru", per_dose(amount, 7, unit="g"), low) for amount in ("14.8", "14.9")
    )
    assert (said(at), said(above)) == ("no_limit", "outside/above_label")
    assert at.label is not None
    assert at.label.trough_formula == (
        "1,000 − 800 mg/dL: 14 mL more a week, 14.8 g a week = 74 mL at 200 mg/mL"
    )
    high = after("sc", 12, 7, trough=1200, target=1000)
    assert said(judged("Cuvitru", per_dose("9.2", 7, unit="g"), high)) == "no_limit"
    assert said(judged("Cuvitru", per_dose("9.3", 7, unit="g"), high)) == "outside/above_label"
    near = after("sc", 12, 7, trough=901, target=1000)
    unchanged = judged("Cuvitru", per_dose(12, 7, unit="g"), near)
    assert said(unchanged) == "no_limit" and unchanged.label is not None
    assert unchanged.label.trough_formula.endswith("no change")
    no_weight = judged("Cuvitru", per_dose(12, 7, unit="g"), low, weight_kg=None)
    assert said(no_weight) == "not_enough_information/weight_missing"


def test_trough_without_a_rule_is_for_a_reviewer() -> None:
    before = after("sc", 12, 7, trough=800, target=1000)
    found = judged("Cutaquig", per_dose(12, 7, unit="g"), before)
    assert any("No rule of this label for the IgG trough" in note for note in found.notes)


def test_label_of_the_day() -> None:
    october = date(2021, 10, 1)
    old, new = label_of("Cutaquig", date(2021, 9, 30)), label_of("Cutaquig", october)
    assert (old.iv_to_sc_factor, new.iv_to_sc_factor) == (Decimal("1.4"), Decimal("1.3"))
    at_13_5 = per_dose("13.5", 7, unit="g")
    assert said(judged("Cutaquig", at_13_5, EVERY_FOUR_WEEKS, date(2021, 9, 30))) == "no_limit"
    assert said(judged("Cutaquig", at_13_5, EVERY_FOUR_WEEKS, october)) == "outside/above_label"


def test_words_of_the_arithmetic() -> None:
    found = judged("Hizentra", per_dose(14, 7, unit="g"), EVERY_FOUR_WEEKS)
    assert found.label is not None
    rows = dict(label_rows(found.label))
    assert rows["By the label"] == "1.37 × 40 g / 4 weeks = 13.7 g a week = 68.5 mL at 200 mg/mL"
    assert rows["Asked for in a week"] == "14 g, 0.3 g (2.2 %) above the label"
    assert rows["First dose"] == "7 days after the last dose into a vein"
    odd = judged("Hizentra", per_dose(1, 14, unit="g"), after("iv", 40, 10))
    assert odd.label is not None
    rows = dict(label_rows(odd.label))
    assert rows["By the label"].startswith("1.37 × 40 g × 7 / 10 days = 38.36 g a week")
    assert rows["By the label every 2 weeks"] == "76.72 g = 383.6 mL"


BLANKS = [
    (None, EVERY_FOUR_WEEKS, "not_enough_information/dose_missing"),
    (per_dose(1, 7, unit="g"), None, "not_enough_information/earlier_missing"),
    (per_dose(1, 7, unit="g"), after("iv"), "not_enough_information/earlier_missing"),
    (per_dose(1, 7, unit="g"), after("iv", 40), "not_enough_information/earlier_missing"),
    (per_dose(1, 7, unit="g"), after("iv", None, 28), "not_enough_information/earlier_missing"),
    (per_dose(1, 7, unit="g"), after("sc", 0, 28), "not_enough_information/earlier_missing"),
    (
        per_dose(1, 7, unit="g"),
        after("sc", 9, 7, trough=900),
        "not_enough_information/earlier_missing",
    ),
    (
        per_dose(1, 7, unit="g"),
        after("sc", 9, 7, target=900),
        "not_enough_information/earlier_missing",
    ),
    (per_dose(1, None, unit="g"), EVERY_FOUR_WEEKS, "not_enough_information/interval_missing"),
    (per_day(1, None, interval_days=7), EVERY_FOUR_WEEKS, "not_enough_information/days_missing"),
    (per_dose(1, None, unit="g", courses=1), EVERY_FOUR_WEEKS, "outside/interval"),
]


@pytest.mark.parametrize(("request_", "before", "expected"), BLANKS)
def test_what_is_not_stated_is_asked(
    request_: DoseRequest | None, before: EarlierTreatment | None, expected: str
) -> None:
    assert said(judged("Cuvitru", request_, before)) == expected


def test_continued_treatment_is_not_new() -> None:
    dose = per_dose(300, 28)
    assert said(judged("HyQvia", dose, after("new"))) == "no_limit"
    later = judged("HyQvia", dose, after("new"), initial=False)
    assert said(later) == "not_enough_information/earlier_missing"


def test_file_of_cases_is_not_asked_for_what_it_leaves_out() -> None:
    for request in (None, per_dose(90, 28, unit="g")):
        found = judged("Hizentra", request, None, only_stated=True)
        assert (found.outcome, found.reason) == ("no_limit", "subcutaneous")
    assert any("line 523" in note for note in found.notes)
    assert any("every 4 weeks" in note for note in found.notes)
    stated = judged("Hizentra", per_dose(90, 7, unit="g"), EVERY_FOUR_WEEKS, only_stated=True)
    assert said(stated) == "outside/above_label"


def test_product_without_rules_is_for_a_reviewer() -> None:
    assert replace(product_of("Hizentra"), labels=()).label_on(DAY) is None
    facts = DoseFacts(route=Route.SC, earlier=EVERY_FOUR_WEEKS, weight_kg=Decimal(70))
    found = judge(BY_LABEL, per_dose(1, 7, unit="g"), facts)
    assert said(found) == "outside/label_not_held"
    assert found.label is not None
    assert dict(label_rows(found.label))["Label"] == "No rules of its label are held here"


def test_unconfirmed_figures_are_told() -> None:
    told = judged("Gammaked", per_dose(1, 7, unit="g"), EVERY_FOUR_WEEKS)
    assert any("to be confirmed" in note for note in told.notes)
    assert told.label is not None
    assert "to be confirmed" in dict(label_rows(told.label))["Label"]
    sure = judged("Hizentra", per_dose(1, 7, unit="g"), EVERY_FOUR_WEEKS)
    assert not any("to be confirmed" in note for note in sure.notes)


def test_every_subcutaneous_product_of_both_policies_has_rules() -> None:
    for name in ("uhc-2021D0035AD", "cms-R8"):
        for product in edition(name).products.values():
            if Route.SC in product.routes:
                label = product.label_on(DAY)
                assert label is not None and label.source, product.name
                assert label.iv_to_sc_factor is not None, product.name
            else:
                assert not product.labels


AMOUNTS = st.decimals("0.1", "500", places=1)
DAYS = st.integers(1, 60)


@given(AMOUNTS, DAYS, st.integers(1, 9), st.sampled_from(["Hizentra", "Cuvitru", "HyQvia"]))
def test_conversion_scales(amount: Decimal, days: int, times: int, brand: str) -> None:
    (label,) = labels_of(brand)
    once = converted(label, after("iv", amount, days))
    assert once is not None
    assert converted(label, after("iv", amount * times, days)) == once * times
    assert converted(label, after("iv", amount, days * times)) == once / times
    assert once == Fraction(label.iv_to_sc_factor or 0) * Fraction(amount) * 7 / days


@given(AMOUNTS, DAYS, AMOUNTS, st.integers(7, 14))
def test_more_than_the_label_never_passes_and_less_never_exceeds(
    before: Decimal, days: int, asked: Decimal, interval: int
) -> None:
    found = judged("Cuvitru", per_dose(asked, interval, unit="g"), after("iv", before, days))
    most = Fraction(13, 10) * Fraction(before) * 7 / days
    is_above = Fraction(asked) * 7 / interval > most
    assert said(found) == ("outside/above_label" if is_above else "no_limit")


@given(st.integers(1, 200), st.integers(-900, 900))
def test_trough_rises_with_weight_and_difference(kg: int, below: int) -> None:
    label = label_of("Cuvitru")
    before = after("sc", 10, 7, trough=1000 - below, target=1000)
    change = trough_change_ml(label, before, kg)
    assert abs(Fraction(change) - Fraction(kg * below, 1000)) <= Fraction(1, 2) or abs(below) < 100
    assert (change > 0) <= (below > 0) and (change < 0) <= (below < 0)


def test_trough_rule_refuses_what_is_not_stated() -> None:
    for before in (after("sc", 10, 7), EarlierTreatment(kind=EarlierLabelDose.SC)):
        with pytest.raises(ValueError, match="both levels"):
            trough_change_ml(label_of("Cuvitru"), before, Decimal(70))


def test_what_follows_the_first_part_is_not_held_against_the_label() -> None:
    """Ten weekly doses the label makes, and then any dose: a reviewer holds that one."""
    weekly = per_dose(13, 7, unit="g", courses=10)
    more = FollowingDose(
        amount=Decimal(500), unit=DoseUnit.G, basis=DoseBasis.PER_DOSE, interval_days=7, courses=10
    )
    assert said(judged("Hizentra", weekly, EVERY_FOUR_WEEKS)) == "no_limit"
    found = judged("Hizentra", replace(weekly, then=more), EVERY_FOUR_WEEKS)
    assert said(found) == "outside/label_not_held"
    assert "What follows the first part is not held against the label" in found.text
    above = replace(weekly, amount=Decimal(14), then=more)
    assert said(judged("Hizentra", above, EVERY_FOUR_WEEKS)) == "outside/above_label"
