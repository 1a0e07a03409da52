"""What the parts of an assessment make of each other; the criteria have cases of their own."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import DoseBasis, DoseOutcome, DoseRequest, DoseUnit, Route
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.assessment.codes import CodeNoteKind
from criteria.requests.case import Case, GateKind
from criteria.rules import Answer, FindingState, NumberAnswer
from criteria.rules.terms import Overall, TherapyPhase
from tests.dosing.asking import FIRST
from tests.policies.shipped.cases import edition

ON = date(2021, 6, 30)
GENERAL: dict[str, Answer] = {"history_physical": True, "lab_evidence": True}
KAWASAKI = GENERAL | {"kawasaki_diagnosis": True}
SINGLE = DoseRequest(
    amount=Decimal(2000), unit=DoseUnit.MG_PER_KG, basis=DoseBasis.TOTAL, days=1, courses=1
)


def found(**stated: Any) -> Assessment:
    base: dict[str, Any] = {"request_date": ON, "phase": TherapyPhase.INITIAL, "answers": GENERAL}
    return assess(edition("uhc"), Case(**(base | stated)))


def kawasaki(**stated: Any) -> Assessment:
    base: dict[str, Any] = {
        "indication": "kawasaki",
        "answers": KAWASAKI,
        "dose": SINGLE,
        "before": FIRST,
    }
    return found(**(base | stated))


def test_meets_when_general_criteria_and_dose_do() -> None:
    assert kawasaki().overall is Overall.MEETS


def test_dose_beyond_the_limit_does_not_meet() -> None:
    dose = DoseRequest(
        amount=Decimal(2001), unit=DoseUnit.MG_PER_KG, basis=DoseBasis.TOTAL, days=1, courses=1
    )
    assert kawasaki(dose=dose).overall is Overall.DOES_NOT_MEET


def test_dose_outside_the_schedule_needs_review() -> None:
    dose = DoseRequest(
        amount=Decimal(1000), unit=DoseUnit.MG_PER_KG, basis=DoseBasis.PER_DAY, days=2, courses=1
    )
    assessment = kawasaki(dose=dose)
    assert assessment.dose.outcome is DoseOutcome.OUTSIDE
    assert assessment.overall is Overall.NEEDS_REVIEW


def test_missing_dose_is_incomplete() -> None:
    assert kawasaki(dose=None).overall is Overall.INCOMPLETE


def test_general_requirements_bind_beside_the_criteria() -> None:
    answers = KAWASAKI | {"lab_evidence": False}
    assert kawasaki(answers=answers).overall is Overall.DOES_NOT_MEET
    assert kawasaki(answers={"kawasaki_diagnosis": True}).overall is Overall.INCOMPLETE


def test_stating_the_indication_is_the_diagnosis() -> None:
    stated = found(indication="autoimmune-uveitis")
    assert stated.overall is Overall.MEETS
    assert found(indication=None).overall is Overall.INCOMPLETE
    denied = GENERAL | {"diagnosis_stated": False}
    refused = found(indication="autoimmune-uveitis", answers=denied)
    assert refused.overall is Overall.DOES_NOT_MEET


def test_unproven_use_does_not_meet_whatever_else_is_documented() -> None:
    assessment = found(indication="alzheimers-disease")
    assert assessment.overall is Overall.DOES_NOT_MEET
    assert [(g.gate, g.state) for g in assessment.gates] == [
        (GateKind.INDICATION, FindingState.NOT_MET)
    ]


@pytest.mark.parametrize("product", ["asceniv-10", "cutaquig-16.5", "panzyga-10"])
def test_excluded_product_does_not_meet(product: str) -> None:
    keys = [key for key in edition("uhc").products if key.startswith(product.split("-")[0])]
    assessment = kawasaki(product=keys[0])
    assert assessment.overall is Overall.DOES_NOT_MEET
    assert [g.gate for g in assessment.gates] == [GateKind.PRODUCT]


@pytest.mark.parametrize(
    ("policy", "product", "route", "listed"),
    [
        ("uhc", "privigen-10", Route.SC, "Privigen 10 % for IV only; SC is asked for"),
        ("uhc", "hizentra-20", Route.IV, "Hizentra 20 % for SC only; IV is asked for"),
        ("cms", "gamunex-c-10", Route.SC, "Gamunex-C 10 % for IV only; SC is asked for"),
    ],
)
def test_route_the_product_is_not_listed_with_is_for_the_reviewer(
    policy: str, product: str, route: Route, listed: str
) -> None:
    case = Case(
        request_date=ON,
        phase=TherapyPhase.INITIAL,
        indication="kawasaki",
        icd10=("M30.3",),
        answers=KAWASAKI | {"necessity_to_start": True},
        product=product,
        route=route,
        dose=SINGLE,
        before=FIRST,
    )
    assessment = assess(edition(policy, ON), case)
    assert assessment.overall is Overall.NEEDS_REVIEW
    (gate,) = assessment.gates
    assert (gate.gate, gate.state) == (GateKind.PRODUCT, FindingState.FOR_REVIEWER)
    assert listed in gate.text


@pytest.mark.parametrize("product", [None, "Cuvitru"])
def test_product_of_no_list_by_a_route_of_no_product_is_for_the_reviewer(
    product: str | None,
) -> None:
    case = Case(
        request_date=ON,
        phase=TherapyPhase.INITIAL,
        indication="kawasaki",
        icd10=("M30.3",),
        answers={"necessity_to_start": True},
        other_product=product or "",
        route=Route.SC,
    )
    assessment = assess(edition("cms", ON), case)
    assert assessment.overall is Overall.NEEDS_REVIEW
    assert "The policy lists products for IV only; SC" in assessment.gates[0].text


def test_route_of_the_product_opens_no_gate() -> None:
    assert kawasaki(product="gamunex-c-10", route=Route.SC).gates == ()
    assert kawasaki(product="gamunex-c-10").gates == ()
    assert kawasaki(other_product="Newglobin", route=Route.SC).gates == ()


def test_product_the_policy_does_not_list_is_a_note() -> None:
    assessment = kawasaki(other_product="Newglobin")
    assert assessment.overall is Overall.MEETS
    assert [n.key for n in assessment.notes] == ["product-not-listed"]


def test_brand_without_its_strength_is_a_note() -> None:
    assert [n.key for n in kawasaki(other_product="Octagam").notes] == ["product-strength"]


def test_pathway_must_be_chosen_when_several_serve_the_phase() -> None:
    assessment = found(indication="itp")
    assert assessment.pathway is None
    assert assessment.overall is Overall.INCOMPLETE
    assert [g.gate for g in assessment.gates] == [GateKind.PATHWAY]


def test_age_of_the_patient_answers_the_question_of_age() -> None:
    assessment = found(indication="pediatric-hiv", age_years=13)
    assert assessment.facts.answers["age_years"] == NumberAnswer(Decimal(13))
    given = found(
        indication="pediatric-hiv",
        age_years=13,
        answers={"age_years": NumberAnswer(Decimal(14))},
    )
    assert given.facts.answers["age_years"] == NumberAnswer(Decimal(14))


def test_therapy_starts_with_the_first_request() -> None:
    assert found(indication="bmt").facts.therapy_start == ON
    later = found(indication="bmt", phase=TherapyPhase.CONTINUATION)
    assert later.facts.therapy_start is None
    start = {"therapy_start_date": date(2021, 1, 10)}
    told = found(indication="bmt", phase=TherapyPhase.CONTINUATION, answers=start)
    assert told.facts.therapy_start == date(2021, 1, 10)


def test_missing_start_of_therapy_is_what_is_open() -> None:
    answers: dict[str, Answer] = {"transplant_date": date(2020, 12, 1)}
    later = found(indication="bmt", phase=TherapyPhase.CONTINUATION, answers=answers)
    assert "therapy_start_date" in later.open_questions
    assert "transplant_date" not in later.open_questions


@pytest.mark.parametrize(("asked", "given"), [(None, 12), (6, 6), (12, 12), (18, 12)])
def test_authorization_is_shortened_never_refused(asked: int | None, given: int) -> None:
    assessment = kawasaki(authorization_months=asked)
    assert assessment.authorization_months == given
    assert assessment.is_shortened is (asked == 18)


def test_six_monthly_courses_end_before_twelve_months() -> None:
    dose = DoseRequest(
        amount=Decimal(2000),
        unit=DoseUnit.MG_PER_KG,
        basis=DoseBasis.TOTAL,
        days=5,
        interval_days=28,
        monthly=True,
    )
    assert found(indication="cidp", dose=dose).authorization_months == 6


@pytest.mark.parametrize(
    ("code", "indication", "kinds"),
    [
        ("G61.81", "cidp", []),
        ("G61.82", "mmn", [CodeNoteKind.NOT_LISTED]),
        ("Z99.9", "cidp", [CodeNoteKind.NOT_LISTED]),
        ("D69.3", "cidp", []),  # a contradiction says it
        ("G70.00", "myasthenia-gravis", [CodeNoteKind.ALSO_UNPROVEN]),
    ],
)
def test_codes_warn_and_decide_nothing(
    code: str, indication: str, kinds: list[CodeNoteKind]
) -> None:
    assert [n.kind for n in found(indication=indication, icd10=(code,)).code_notes] == kinds
