"""Reading a case: what each key accepts, and the key and words of every refusal."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.case import Case
from criteria.casefile.parse import parse_case
from criteria.casefile.problem import CaseProblem
from criteria.dosing import Basis, DoseUnit
from criteria.dosing.limits import Route
from criteria.edition import Edition
from criteria.rules import ListAnswer, NumberAnswer, TherapyAnswer, TherapyOutcome
from tests.policies.cases import edition

ON = "2021-06-30"


def request(**stated: Any) -> dict[str, Any]:
    base = {
        "policy": "uhc",
        "on": ON,
        "indication": "cidp",
        "pathway": "initial",
        "phase": "initial",
    }
    return base | stated


def find(policy: str, on: date) -> Edition:
    return edition(policy)


def parsed(**stated: Any) -> Case:
    return parse_case(request(**stated), find).case


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
    ("stated", "key", "words"),
    [
        ({"polcy": "uhc"}, "polcy", "did you mean 'policy'"),
        ({"on": "30/06/2021"}, "on", "YYYY-MM-DD"),
        ({"on": None}, "on", "missing"),
        ({"phase": "renewal"}, "phase", "expected one of initial, continuation"),
        ({"indication": "cipd"}, "indication", "unknown indication"),
        ({"indication": 7}, "indication", "expected a text"),
        ({"indication": "RA"}, "indication", "did you mean rheumatoid-arthritis"),
        ({"indication": "uveitis"}, "indication", "did you mean autoimmune-uveitis"),
        ({"pathway": "acute"}, "pathway", "expected one of initial, continuation"),
        ({"phase": "continuation"}, "pathway", "does not serve phase continuation"),
        ({"indication": "autoimmune-uveitis"}, "pathway", "this indication has none"),
        ({"icd10": "G6"}, "icd10[0]", "ICD-10-CM code"),
        ({"icd10": ["G61.81", "61.81"]}, "icd10[1]", "ICD-10-CM code"),
        ({"answers": []}, "answers", "expected an object"),
        ({"answers": {"cidp_limb": 3}}, "answers.cidp_limb", "did you mean 'cidp_limbs'"),
        ({"answers": {"cidp_limbs": "3"}}, "answers.cidp_limbs", "expected a number"),
        ({"answers": {"cidp_limbs": True}}, "answers.cidp_limbs", "expected a number"),
        ({"answers": {"cidp_limbs": Decimal("2.5")}}, "answers.cidp_limbs", "whole number"),
        ({"answers": {"cidp_limbs": 5}}, "answers.cidp_limbs", "expected 0 to 4"),
        ({"answers": {"cidp_diagnosis": "yes"}}, "answers.cidp_diagnosis", "true or false"),
        ({"answers": {"igg_mg_dl": {"value": 5, "unit": "g"}}}, "answers.igg_mg_dl.unit", "g/L"),
        (
            {"answers": {"platelet_count": {"value": 22, "measured_on": "2021-07-01"}}},
            "answers.platelet_count.measured_on",
            "after the request date",
        ),
        ({"answers": {"transplant_date": "2021-07-01"}}, "answers.transplant_date", "after"),
        (
            {"answers": {"asthma_anti_ige": "tried"}},
            "answers.asthma_anti_ige",
            "expected one of failure",
        ),
        (
            {
                "answers": {
                    "asthma_anti_ige": {"outcome": "failure", "from": ON, "to": "2021-01-01"}
                }
            },
            "answers.asthma_anti_ige.to",
            "is before",
        ),
        ({"answers": {"nmo_ist_change": "less"}}, "answers.nmo_ist_change", "maintained"),
        ({"patient": {"weight": 70}}, "patient.weight", "did you mean 'weight_"),
        ({"patient": {"weight_kg": 0}}, "patient.weight_kg", "above 0.3"),
        ({"patient": {"weight_kg": -5}}, "patient.weight_kg", "above 0.3"),
        ({"patient": {"weight_kg": "abc"}}, "patient.weight_kg", "expected a number"),
        ({"patient": {"weight_kg": 7000}}, "patient.weight_kg", "up to 500 kg"),
        ({"patient": {"weight_kg": 70, "weight_lb": 154}}, "patient.weight_lb", "already given"),
        ({"patient": {"date_of_birth": "2022-01-01"}}, "patient.date_of_birth", "after"),
        (
            {"patient": {"date_of_birth": "2008-06-30", "age_years": 12}},
            "patient.age_years",
            "is 13",
        ),
        ({"dose": {"mg": 500}}, "dose.mg", "unknown key"),
        ({"dose": {"mg_per_kg": 0, "basis": "total"}}, "dose.mg_per_kg", "above 0"),
        ({"dose": {"mg_per_kg": 400, "g": 30, "basis": "total"}}, "dose.g", "already given"),
        ({"dose": {"mg_per_kg": 400}}, "dose.basis", "expected one of per_day"),
        ({"dose": {"days": 5}}, "dose", "days without an amount"),
        ({"dose": {"g": 30, "basis": "total", "days": 0}}, "dose.days", "1 or more"),
        (
            {"dose": {"g": 30, "basis": "total", "interval": "sometimes"}},
            "dose.interval",
            "every 3 weeks",
        ),
        (
            {"dose": {"g": 30, "basis": "total", "interval": "weekly", "interval_days": 8}},
            "dose.interval_days",
            "8 days is not",
        ),
        ({"dose": {"route": "oral"}}, "dose.route", "expected one of IV, SC"),
        ({"dose": {"induction": True}}, "dose", "induction without an amount"),
        ({"dose": {"planned": {"day_of_therapy": 2}}}, "dose", "planned without an amount"),
        (
            {"dose": {"g": 30, "basis": "total", "planned": {"day_of_therapy": Decimal("1.5")}}},
            "dose.planned.day_of_therapy",
            "whole number",
        ),
        (
            {"dose": {"g": 30, "basis": "total", "interval": "monthly", "interval_days": 32}},
            "dose.interval_days",
            "32 days is not",
        ),
        ({"on": "20210630"}, "on", "YYYY-MM-DD"),
        ({"on": "2021-W26-3"}, "on", "YYYY-MM-DD"),
        ({"dose": {"g": Decimal("1e400"), "basis": "total"}}, "dose.g", "at most 25 digits"),
        ({"dose": {"g": Decimal("1e999999999"), "basis": "total"}}, "dose.g", "at most 25"),
        ({"patient": {"weight_kg": Decimal(f"7{30 * '0'}1")}}, "patient.weight_kg", "at most 25"),
        ({"patient": {"weight": 70}}, "patient.weight", "'weight_kg'"),
        ({"patient": {"age_years": 5000}}, "patient.age_years", "at most 120 years"),
        ({"patient": {"date_of_birth": "1821-06-30"}}, "patient.date_of_birth", "at most 120"),
        ({"id": Decimal("1.5")}, "id", "expected a text or a whole number"),
        ({"id": {"a": 1}}, "id", "expected a text or a whole number"),
        (
            {"answers": {"mg_immunomodulators_tried": "azathioprine"}},
            "answers.mg_immunomodulators_tried",
            "expected a list",
        ),
        (
            {"answers": {"mg_immunomodulators_tried": ["azathioprine", " "]}},
            "answers.mg_immunomodulators_tried[1]",
            "the name of the therapy",
        ),
        (
            {"answers": {"mg_immunomodulators_tried": [{"outcome": "failure"}]}},
            "answers.mg_immunomodulators_tried[0]",
            "the name of the therapy",
        ),
        ({"product": "Hizentra", "dose": {"route": "IV"}}, "dose.route", "is given SC"),
        ({"product": ""}, "product", "expected a product"),
    ],
)
def test_mistake_is_refused_with_its_key(stated: dict[str, Any], key: str, words: str) -> None:
    with pytest.raises(CaseProblem) as refused:
        parsed(**stated)
    assert refused.value.key == key
    assert words in refused.value.message


def test_every_mistake_of_a_case_is_named_at_once() -> None:
    with pytest.raises(CaseProblem) as refused:
        parsed(
            polcy="uhc",
            indication="cipd",
            icd10=["G6", "G61.81", "61.81"],
            answers={"cidp_limb": 3, "cidp_limbs": "3", "igg_mg_dl": {"value": 5, "unit": "g"}},
            patient={"weight": 70, "age_years": -1},
            product="",
            dose={"mg": 5, "g": 0, "basis": "each", "days": 0, "route": "oral"},
        )
    assert sorted(problem.key for problem in refused.value.every) == [
        "answers.cidp_limb",
        "answers.cidp_limbs",
        "answers.igg_mg_dl.unit",
        "dose.basis",
        "dose.days",
        "dose.g",
        "dose.mg",
        "dose.route",
        "icd10[0]",
        "icd10[2]",
        "indication",
        "patient.weight",
        "polcy",
        "product",
    ]


def test_mistakes_are_named_though_the_edition_is_not_known() -> None:
    with pytest.raises(CaseProblem) as refused:
        parsed(on="30/06/2021", phase="later", patient={"weight_kg": "70"})
    keys = [problem.key for problem in refused.value.every]
    assert keys == ["on", "phase", "patient.weight_kg"]


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
    with pytest.raises(CaseProblem, match="expected one of acute, chronic"):
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
    assert (dose.amount, dose.unit, dose.basis) == (400, DoseUnit.MG_PER_KG, Basis.PER_DAY)
    assert (dose.planned_day_of_therapy, dose.planned_day_after_transplant) == (1, 61)


def test_length_alone_states_no_dose() -> None:
    case = parsed(dose={"authorization_months": 12, "route": "SC"})
    assert case.dose is None
    assert (case.authorization_months, case.route) == (12, Route.SC)


def test_pounds_become_exact_kilograms() -> None:
    assert parsed(patient={"weight_lb": 154}).weight_kg == Decimal("69.85322498")


def test_age_on_the_request_date() -> None:
    assert parsed(patient={"date_of_birth": "2007-07-01"}).age_years == 13
    assert parsed(patient={"date_of_birth": "2007-06-30"}).age_years == 14


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
