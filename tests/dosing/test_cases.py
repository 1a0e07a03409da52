"""Every row of the checked cases that is about dose, weight, vials or entry checks."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from criteria.dosing import (
    DoseEntry,
    EarlierLabelDose,
    EarlierTreatment,
    EntryUnit,
    Guard,
    WeightEntry,
    WeightFigures,
    WeightUnit,
    billing_units,
    bmi,
    covering,
    dose_guards,
    judge,
    not_above,
    strictest,
    volume_ml,
    weight_figures,
    weight_guards,
)
from criteria.dosing import label as by_label
from criteria.dosing.figures import decimal_below
from criteria.dosing.schedule import Schedule, schedule_of
from criteria.dosing.vials import plan
from tests.dosing.cases import CRITERION, Case, criterion_cases, dosing_cases, load
from tests.dosing.labels import labels_of, product_of
from tests.dosing.policy import RULES


def schedule(case: Case) -> Schedule:
    planned = schedule_of(case.request, case.facts)
    assert planned is not None
    return planned


def figures(case: Case) -> WeightFigures:
    return weight_figures(
        weight_kg=case.weight_kg or Decimal(1),
        height_cm=case.number("height_cm"),
        sex=case.sex,
        age_years=case.age_years,
    )


def grams(case: Case) -> Decimal:
    """Grams of the course."""
    if case["dose_unit"] == "g" and not case["weight"]:
        return case.number("dose") * (case.count("days") or 1)
    planned = schedule(case)
    assert planned.total is not None and planned.weight_kg is not None
    return decimal_below(planned.total * planned.weight_kg / 1000)


def grams_per_day(case: Case) -> Decimal:
    planned = schedule(case)
    assert planned.per_day is not None and planned.weight_kg is not None
    return decimal_below(planned.per_day * planned.weight_kg / 1000)


def mg_per_kg(case: Case) -> Decimal:
    planned = schedule(case)
    assert planned.total is not None
    return decimal_below(planned.total)


def weekly(case: Case) -> Decimal:
    """By the label of the product that has this factor."""
    (label,) = labels_of(case["product"], iv_to_sc_factor=case.in_other("factor"))
    before = EarlierTreatment(
        kind=EarlierLabelDose.IV,
        grams=case.number("dose"),
        interval_days=case.count("interval_days"),
    )
    found = by_label.converted(label, before)
    assert found is not None
    return decimal_below(found)


def weekly_volume(case: Case) -> Decimal:
    per_gram = product_of(case["product"]).ml_per_g
    assert per_gram is not None
    return decimal_below(by_label.volume_ml(Fraction(weekly(case)), per_gram))


def units(case: Case) -> Decimal:
    amount = weekly(case) if case["group"] == "scig" else case.number("dose")
    return Decimal(billing_units(amount, case.vials.billing_unit_mg or 0))


def ramp(case: Case) -> Decimal:
    (label,) = labels_of(case["product"])
    grams, interval = Fraction(case.number("dose")), case.count("interval_days") or 0
    steps = {step.week: step.grams for step in by_label.ramp(label, grams, interval)}
    return decimal_below(steps[int(case.in_other("week"))])


def trough_change(case: Case) -> Decimal:
    (label,) = labels_of(case["product"])
    target = Decimal(1000)
    before = EarlierTreatment(
        kind=EarlierLabelDose.SC,
        igg_target_mg_per_dl=target,
        igg_trough_mg_per_dl=target - case.in_other("trough"),
    )
    return Decimal(by_label.trough_change_ml(label, before, case.weight_kg or Decimal(0)))


def average(case: Case) -> Decimal:
    planned = schedule(case)
    assert planned.total is not None and planned.interval is not None
    return decimal_below(planned.total * 28 / planned.interval)


def adjusted_dose(case: Case) -> Decimal:
    return (figures(case).adjusted_kg or Decimal(0)) * case.number("dose") / 1000


def vials_added_up(case: Case) -> Decimal:
    parts = [part.split(" x ") for part in case["other"].split(" + ")]
    counts = tuple((Decimal(size), int(count)) for count, size in parts)
    return plan(counts, case.vials).total_g


QUANTITIES: dict[str, Callable[[Case], Decimal | None]] = {
    "grams": grams,
    "grams_at_ceiling": grams,
    "grams_per_course": grams,
    "grams_per_day": grams_per_day,
    "mg_per_kg": mg_per_kg,
    "mg_per_kg_per_course": mg_per_kg,
    "weight_at_2000_mg_per_kg": lambda case: grams(case) * 1000 / 2000,
    "average_mg_per_kg_28_days": average,
    "largest_28_day_window_mg_per_kg": lambda case: decimal_below(
        schedule(case).most_in_window(28)
    ),
    "volume_10_percent": lambda case: volume_ml(grams(case), concentration_percent=Decimal(10)),
    "volume_5_percent": lambda case: volume_ml(grams(case), concentration_percent=Decimal(5)),
    "kilograms": lambda case: case.weight_kg,
    "bmi": lambda case: bmi(case.weight_kg or Decimal(0), case.number("height_cm")),
    "ideal_weight": lambda case: figures(case).ideal_kg,
    "adjusted_weight": lambda case: figures(case).adjusted_kg,
    "grams_at_2000_mg_per_kg_actual_weight": grams,
    "grams_at_2000_mg_per_kg_adjusted_weight": adjusted_dose,
    "billing_units": units,
    "billing_units_12_doses": lambda case: 12 * units(case),
    "billing_units_per_course": lambda case: Decimal(billing_units(grams(case), 500)),
    "grams_in_vials": vials_added_up,
    "vial_total_not_above": lambda case: not_above(case.number("dose"), case.vials).total_g,
    "vial_total_covering": lambda case: (
        found.total_g if (found := covering(case.number("dose"), case.vials)) else None
    ),
    "weekly_grams": weekly,
    "weekly_volume": weekly_volume,
    "weekly_volume_change": trough_change,
    "ramp_grams": ramp,
}


def outcome(case: Case) -> str:
    return judge(RULES[int(case["policy_line"])], case.request, case.facts).outcome


def entry_check(case: Case) -> str | None:
    guards: list[Guard] = []
    if case["weight"]:
        weight = WeightEntry(
            value=case.number("weight"),
            unit=WeightUnit(case["weight_unit"]),
            height_cm=case.number("height_cm") if case["height_cm"] else None,
            age_years=case.age_years,
        )
        guards += weight_guards(weight)
    if case["dose"]:
        entry = DoseEntry(
            amount=case.number("dose"),
            unit=EntryUnit(case["dose_unit"]),
            weight_kg=case.weight_kg,
            has_interval=bool(case["interval_days"]),
        )
        guards += dose_guards(entry)
    return strictest(guards)


WORDS: dict[str, Callable[[Case], str | None]] = {
    "dose_outcome": outcome,
    "entry_check": entry_check,
}


@pytest.mark.parametrize("case", dosing_cases(), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    if case["quantity"] in WORDS:
        assert WORDS[case["quantity"]](case) == case["expected"]
        return
    answer = QUANTITIES[case["quantity"]](case)
    assert answer is not None
    assert abs(answer - case.number("expected")) <= case.number("tolerance"), answer


def test_every_row_belongs_to_a_test() -> None:
    assert len(load()) == 153
    assert len(dosing_cases()) + len(criterion_cases()) == 153
    assert {case["quantity"] for case in criterion_cases()} == {f"{CRITERION}_outcome"}
