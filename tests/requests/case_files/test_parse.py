"""Reading a case: what each key accepts, and the key and words of every refusal."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import DoseBasis, DoseUnit
from criteria.dosing.limits import Route
from criteria.requests.case import age_of, courses_before
from criteria.rules import ListAnswer, NumberAnswer, TherapyAnswer, TherapyOutcome
from criteria.rules.json_values import CaseProblemError
from tests.requests.case_files.stating import parsed


def test_smallest_case_states_nothing_else() -> None:
    case = parsed()
    assert (case.indication, case.pathway, case.request_date) == (
        "cidp",
        "initial",
        date(2021, 6, 30),
    )
    assert case.answers == {}
    assert case.dose is None and case.weight_kg is None and case.route is None


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("cidp", "cidp"),
        ("CIDP", "cidp"),
        ("Chronic inflammatory demyelinating polyneuropathy", "cidp"),
    ],
)
def test_indication_by_key_name_or_synonym(words: str, key: str) -> None:
    assert parsed(indication=words).indication == key


def test_pathway_by_name_and_left_out() -> None:
    assert parsed(pathway="Initial Therapy").pathway == "initial"
    assert parsed(pathway=None).pathway == "initial"
    assert parsed(indication="itp", pathway="Chronic ITP").pathway == "chronic"
    with pytest.raises(CaseProblemError, match="expected one of acute, chronic"):
        parsed(indication="itp", pathway=None)


def test_general_requirements_alone() -> None:
    case = parsed(indication="General requirements", pathway=None)
    assert case.indication is None and case.pathway is None


def test_null_answer_is_not_given() -> None:
    assert parsed(answers={"cidp_limbs": None}).answers == {}


def test_answers_of_every_type() -> None:
    answers = parsed(
        answers={
            "cidp_diagnosis": False,
            "igg_mg_dl": {"value": Decimal("4.5"), "unit": "g/L", "measured_on": "2021-06-01"},
            "transplant_date": "2021-05-01",
            "nmo_ist_change": "reduced",
            "asthma_anti_ige": {"outcome": "intolerance", "drug": "omalizumab"},
            "asthma_anti_il4": "none",
            "asthma_anti_il5": {"outcome": "failure", "drug": None, "reason": None},
            "mg_immunomodulators_tried": ["azathioprine", {"outcome": "failure", "drug": "x"}],
        }
    ).answers
    assert answers == {
        "cidp_diagnosis": False,
        "igg_mg_dl": NumberAnswer(Decimal(450), date(2021, 6, 1), "4.5 g/L"),
        "transplant_date": date(2021, 5, 1),
        "nmo_ist_change": "reduced",
        "asthma_anti_ige": TherapyAnswer(TherapyOutcome.INTOLERANCE, "omalizumab"),
        "asthma_anti_il4": TherapyAnswer(TherapyOutcome.NONE),
        "asthma_anti_il5": TherapyAnswer(TherapyOutcome.FAILURE),
        "mg_immunomodulators_tried": ListAnswer(
            (
                TherapyAnswer(TherapyOutcome.FAILURE, "azathioprine"),
                TherapyAnswer(TherapyOutcome.FAILURE, "x"),
            )
        ),
    }


def test_list_may_be_a_bare_count() -> None:
    answers = parsed(answers={"mg_immunomodulators_tried": 2}).answers
    assert answers == {"mg_immunomodulators_tried": ListAnswer(stated_count=2)}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("G61.81", "G61.81"), ("g6181", "G61.81"), ("B20*", "B20"), (" e10.37x1 ", "E10.37X1")],
)
def test_icd10_is_brought_to_its_standard_form(typed: str, code: str) -> None:
    assert parsed(icd10=typed).icd10 == (code,)


@pytest.mark.parametrize(
    ("stated", "days", "monthly"),
    [
        ({"interval": "monthly"}, 28, True),
        ({"interval": "monthly", "interval_days": 30}, 28, True),
        ({"interval": "every 2 months"}, 56, False),
        ({"interval": "every 4 weeks"}, 28, False),
        ({"interval": "every 3 weeks", "interval_days": 21}, 21, False),
        ({"interval": "weekly"}, 7, False),
        ({"interval_days": 10}, 10, False),
        ({"interval": "daily"}, None, False),
        ({"interval": "as needed"}, None, False),
        ({"interval": None}, None, False),
    ],
)
def test_interval(stated: dict[str, Any], days: int | None, monthly: bool) -> None:
    dose = parsed(dose={"g": 30, "basis": "total", **stated}).dose
    assert dose is not None
    assert (dose.interval_days, dose.monthly) == (days, monthly)


def test_dose_amounts_and_plan() -> None:
    planned = {"day_of_therapy": 1, "day_after_transplant": 61}
    dose = parsed(dose={"g_per_kg": Decimal("0.4"), "basis": "per_day", "planned": planned}).dose
    assert dose is not None
    assert (dose.amount, dose.unit, dose.basis) == (400, DoseUnit.MG_PER_KG, DoseBasis.PER_DAY)
    assert (dose.planned_day_of_therapy, dose.planned_day_after_transplant) == (1, 61)


@pytest.mark.parametrize(("stated", "counted"), [(0, 0), (4, 4), (None, 0)])
def test_courses_before_are_none_where_a_file_names_none(stated: int | None, counted: int) -> None:
    case = parsed(dose={"g": 30, "basis": "total", "courses_before": stated})
    assert case.before.elsewhere == stated
    assert courses_before(case).elsewhere == counted


def test_length_alone_states_no_dose() -> None:
    case = parsed(dose={"authorization_months": 12, "route": "SC"})
    assert case.dose is None
    assert (case.authorization_months, case.route) == (12, Route.SC)


def test_pounds_become_exact_kilograms() -> None:
    assert parsed(patient={"weight_lb": 154}).weight_kg == Decimal("69.85322498")


def test_age_on_the_request_date() -> None:
    assert age_of(parsed(patient={"date_of_birth": "2007-07-01"})) == 13
    assert age_of(parsed(patient={"date_of_birth": "2007-06-30"})) == 14
    both = parsed(patient={"date_of_birth": "2007-06-30", "age_years": 12})
    assert (age_of(both), both.age_years) == (14, 12)


@pytest.mark.parametrize(
    ("words", "product", "other"),
    [
        ("panzyga", "panzyga-10", ""),
        ("Gamunex-C", "gamunex-c-10", ""),
        ("Octagam 5 %", "octagam-5", ""),
        ("Octagam", None, "Octagam"),
        ("Newglobin", None, "Newglobin"),
        (None, None, ""),
    ],
)
def test_product_by_brand_strength_or_unknown(
    words: str | None, product: str | None, other: str
) -> None:
    case = parsed(product=words)
    assert (case.product, case.other_product) == (product, other)


THEN = {"mg_per_kg": 500, "basis": "per_dose", "interval": "monthly", "courses": 9}
FIRST = {"mg_per_kg": 500, "basis": "per_dose", "interval": "weekly", "courses": 13}


def test_what_follows_the_first_part_of_a_dose() -> None:
    dose = parsed(dose=FIRST | {"then": THEN}).dose
    assert dose is not None and dose.then is not None
    assert (dose.then.amount, dose.then.basis) == (500, DoseBasis.PER_DOSE)
    assert (dose.then.interval_days, dose.then.monthly, dose.then.courses) == (28, True, 9)
    assert (dose.then.consecutive, dose.then.begins_after_days) == (True, None)
    later = parsed(dose=FIRST | {"then": THEN | {"begins_after_days": 35}}).dose
    assert later is not None and later.then is not None and later.then.begins_after_days == 35
    alone = parsed(dose=FIRST | {"then": None}).dose
    assert alone is not None and alone.then is None


@pytest.mark.parametrize(
    ("then", "key", "words"),
    [
        ("monthly", "dose.then", "object"),
        ({"basis": "total"}, "dose.then", "no amount: expected one of mg_per_kg, g_per_kg, g"),
        (THEN | {"g": 35}, "dose.then.g", "already given as mg_per_kg"),
        (THEN | {"basis": None}, "dose.then.basis", "expected one of"),
        (THEN | {"interval": "now and then"}, "dose.then.interval", "expected monthly"),
        (THEN | {"induction": True}, "dose.then.induction", "induction"),
        (THEN | {"then": THEN}, "dose.then.then", "then"),
        (THEN | {"courses": 0}, "dose.then.courses", "courses"),
        (THEN | {"begins_after_days": 0}, "dose.then.begins_after_days", "begins"),
    ],
)
def test_mistakes_in_what_follows_are_named_at_their_keys(then: Any, key: str, words: str) -> None:
    with pytest.raises(CaseProblemError, match=words) as refused:
        parsed(dose=FIRST | {"then": then})
    assert refused.value.key == key


def test_what_follows_begins_after_the_last_course_has_ended() -> None:
    five = {"mg_per_kg": 2000, "basis": "total", "days": 5, "courses": 1}
    with pytest.raises(
        CaseProblemError, match="before the last course of the first part has ended"
    ):
        parsed(dose=five | {"then": THEN | {"begins_after_days": 4}})
    assert parsed(dose=five | {"then": THEN | {"begins_after_days": 5}}).dose is not None
