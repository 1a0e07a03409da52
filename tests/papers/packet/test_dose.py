from dataclasses import replace
from decimal import Decimal

from criteria.dosing import DoseBasis
from criteria.papers.packet.worksheet import LabelledFact, PeriodRow
from criteria.rules import FindingState
from tests.papers.packet.contents import DATA, DOSE, complete, draft, found, not_meeting, printed_of


def facts() -> dict[str, str]:
    return {fact.label: fact.value for fact in complete().dose.facts}


def test_what_was_typed_stands_beside_what_was_made_of_it() -> None:
    assert complete().dose.facts == (
        LabelledFact("Weight", "154 lb, measured 3 Nov 2026"),
        LabelledFact("Weight used", "69.853 kg (actual weight)"),
        LabelledFact("Dose in one course", "139.5 g (1,997.04 mg/kg)"),
        LabelledFact(
            "By infusion day",
            "28 g on each of 4 days (vials: 20 g, 5 g, 3 × 1 g); "
            "27.5 g on 1 day (vials: 20 g, 5 g, 2.5 g)",
        ),
        LabelledFact("Units of the dose", "279 units of J1561 a course, 1,674 for 6 courses"),
        LabelledFact(
            "Courses before",
            "Of 6 monthly courses in all, none given before: 6 are left for this request.",
        ),
        LabelledFact("Vials", "1, 2.5, 5, 10, 20, 40 g"),
        LabelledFact("Billing code", "J1561 on 20 Nov 2026, 500 mg a unit"),
    )


def test_a_daily_amount_that_vials_do_not_make_says_what_is_discarded() -> None:
    daily = replace(DOSE, amount=Decimal("27.9"), basis=DoseBasis.PER_DAY)
    said = {fact.label: fact.value for fact in printed_of(DATA, found(dose=daily)).dose.facts}
    assert said["By infusion day"] == "27.9 g on each of 5 days (vials opened: 20 g, 5 g, 3 × 1 g)"
    assert said["Opened and discarded"] == "0.5 g a course"
    assert said["Units of the dose"] == "280 units of J1561 a course, 1,680 for 6 courses"


def test_each_limit_has_its_formula_and_its_periods() -> None:
    (regimen,) = complete().dose.regimens
    assert regimen.formula == "2,000 mg/kg × 69.853 kg = 139.7 g"
    assert regimen.citation == "Nerve disease, initial, line 18"
    assert regimen.state is FindingState.MET
    assert [period.period for period in regimen.periods] == [
        "A day",
        "A course, 5 days",
        "In 28 days",
        "This authorization, 6 courses",
    ]
    assert regimen.periods[1] == PeriodRow(
        period="A course, 5 days",
        per_kg="2,000 mg/kg",
        exact="139.7 g",
        vials="139.5 g: 28 g on each of 4 days (vials: 20 g, 5 g, 3 × 1 g); "
        "27.5 g on 1 day (vials: 20 g, 5 g, 2.5 g)",
        units="279",
    )
    assert complete().dose.unit_name == "Units of J1561"


def test_a_dose_above_the_limit_says_by_how_much() -> None:
    over = {fact.label: fact.value for fact in not_meeting().dose.facts}["Above the maximum"]
    assert over == "0.29 g, 4.2 mg/kg, 0.2 %"


def test_without_weight_and_product_the_limit_is_still_printed() -> None:
    dose = draft().dose
    assert dose.state is FindingState.NOT_ANSWERED
    assert dose.facts[:2] == (
        LabelledFact("Weight used", ""),
        LabelledFact("Dose in one course", ""),
    )
    assert [fact.label for fact in dose.facts[2:]] == ["Courses before"]
    assert dose.regimens[0].periods[1] == PeriodRow(period="A course, 5 days", per_kg="2,000 mg/kg")


def test_a_shortened_authorization_is_said() -> None:
    content = printed_of(DATA, found(authorization_months=18))
    asked = {fact.label: fact.value for fact in content.asked.facts}
    assert asked["Authorization"].endswith("months (18 asked for, shortened)")


def test_a_pathway_without_a_limit_says_so() -> None:
    content = printed_of(DATA, found(indication="forty", dose=replace(DOSE, amount=Decimal(900))))
    assert content.dose.mark.word == "no limit in the policy"
    assert content.dose.regimens == ()
