"""A request carried over to another policy: nothing is asked twice, nothing is made up."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.dosing import Route
from criteria.policies.edition import Edition
from criteria.requests.case import Case
from criteria.requests.comparison import CarriedVia, ChosenPlaces, carries, carry
from criteria.rules import (
    Answer,
    AnswerChoice,
    AnswerType,
    ListAnswer,
    NumberAnswer,
    QuestionDefinition,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.explain import questions_of
from criteria.rules.terms import CodeSystem, TherapyPhase
from tests.policies.shipped.cases import editions
from tests.requests.comparison.policies import COMMERCIAL, DAY, MEDICARE, hiv, request, side_by_side

BOTH = ((COMMERCIAL, MEDICARE), (MEDICARE, COMMERCIAL))
EVERY = (*editions("uhc"), *editions("cms"))


def test_everything_but_the_policy_stays() -> None:
    case = hiv(13, weight_kg=Decimal(45), authorization_months=6, product="gamunex-c-10")
    moved = carry(case, COMMERCIAL, MEDICARE).case
    for name in ("request_date", "phase", "age_years", "weight_kg", "dose", "icd10", "product"):
        assert getattr(moved, name) == getattr(case, name)
    assert moved.authorization_months == 6
    assert moved.answers == {"history_physical": True, "age_years": case.answers["age_years"]}


def test_unknown_product_goes_by_its_name_and_back() -> None:
    there = carry(hiv(12, product="hizentra-20"), COMMERCIAL, MEDICARE).case
    assert (there.product, there.other_product) == (None, "Hizentra 20 %")
    assert there.route is Route.SC
    assert carry(there, MEDICARE, COMMERCIAL).case.product == "hizentra-20"


def test_product_of_no_list_keeps_its_name() -> None:
    case = hiv(12, other_product="Newglobin")
    assert carry(case, COMMERCIAL, MEDICARE).case.other_product == "Newglobin"


# Diagnosis


def test_same_diagnosis_by_its_key() -> None:
    found = carry(hiv(13), COMMERCIAL, MEDICARE)
    assert (found.via, found.case.indication, found.indications) == (
        CarriedVia.SAME,
        "pediatric-hiv",
        (),
    )


def test_diagnosis_by_a_code() -> None:
    case = request(indication="isolated-iga-deficiency", icd10=("D80.2",))
    found = carry(case, COMMERCIAL, MEDICARE)
    assert (found.via, found.code) == (CarriedVia.CODE, "D80.2")
    assert found.case.indication == "primary-immunodeficiency"
    keys = [one.key for one in found.indications]
    assert keys == ["primary-immunodeficiency", "primary-immunodeficiency-home"]


def test_clear_code_comes_before_one_stated_first() -> None:
    case = request(indication="asthma", icd10=("D80.2", "G61.82"))
    found = carry(case, COMMERCIAL, MEDICARE)
    assert (found.case.indication, found.code) == ("mmn", "G61.82")


@pytest.mark.parametrize(
    "place,key",
    [(1, "primary-immunodeficiency"), (2, "primary-immunodeficiency-home"), (0, None)]
    + [(place, "primary-immunodeficiency") for place in (None, -1, 3, 999)],
)
def test_person_chooses_the_diagnosis(place: int | None, key: str | None) -> None:
    case = request(indication="isolated-iga-deficiency", icd10=("D80.2",))
    found = carry(case, COMMERCIAL, MEDICARE, chosen=ChosenPlaces(diagnosis=place))
    assert found.case.indication == key
    assert found.via is (CarriedVia.NOT_NAMED if key is None else CarriedVia.CODE)
    assert len(found.indications) == 2, "the choice stays open"


def test_diagnosis_not_named() -> None:
    found = carry(request(indication="asthma", icd10=("J45.50",)), COMMERCIAL, MEDICARE)
    assert (found.via, found.case.indication) == (CarriedVia.NOT_NAMED, None)


def test_unproven_use_is_found_where_nothing_else_is() -> None:
    (code, unproven) = next(
        (c.code, c.unproven[0])
        for c in COMMERCIAL.codes.values()
        if c.unproven and not c.indications and c.system is CodeSystem.ICD10
    )
    found = carry(request(icd10=(code,)), MEDICARE, COMMERCIAL)
    assert found.case.indication == unproven


def test_named_diagnosis_is_stated_where_it_is_not_named() -> None:
    case = request(indication="idiopathic-progressive-neuropathy", icd10=("G60.3",))
    assert carry(case, MEDICARE, COMMERCIAL).case.answers == {"diagnosis_stated": True}


# Pathway


def test_only_pathway_of_the_phase() -> None:
    case = request(indication="cidp", icd10=("G61.81",), phase=TherapyPhase.CONTINUATION)
    found = carry(case, MEDICARE, COMMERCIAL)
    assert (found.case.pathway, found.pathways) == ("continuation", ())


def test_most_answers_choose_among_several() -> None:
    case = request(indication="itp", icd10=("D69.3",))
    default = carry(case, MEDICARE, COMMERCIAL)
    assert [one.key for one in default.pathways] == ["acute", "chronic"]
    chronic = COMMERCIAL.indications["itp"].pathways[1]
    acute_keys = questions_of(COMMERCIAL.indications["itp"].pathways[0].criteria).keys()
    own = next(k for k, q in questions_of(chronic.criteria).items() if k not in acute_keys)
    answer = sample(COMMERCIAL.questions[own])
    answered = carry(case, MEDICARE, COMMERCIAL, also={own: answer})
    assert answered.case.pathway == "chronic"
    chosen = carry(case, MEDICARE, COMMERCIAL, chosen=ChosenPlaces(pathway=2))
    assert chosen.case.pathway == "chronic"
    assert carry(case, MEDICARE, COMMERCIAL, chosen=ChosenPlaces(pathway=7)).case.pathway == "acute"


# Answers


def question(**said: Any) -> QuestionDefinition:
    return QuestionDefinition(
        **({"key": "fact", "wording": "A fact?", "type": AnswerType.YES_NO} | said)
    )


def number(**said: Any) -> QuestionDefinition:
    return question(type=AnswerType.NUMBER, **({"unit": "mg/dL"} | said))


def choice(*keys: str) -> QuestionDefinition:
    return question(type=AnswerType.CHOICE, choices=tuple(AnswerChoice(k, k) for k in keys))


@pytest.mark.parametrize(
    "one,other,answer,expected",
    [
        (question(), question(wording="Other words?"), True, True),
        (question(), choice("a"), True, False),
        (choice("a"), choice("b", "a"), "a", True),
        (choice("a"), choice("b"), "a", False),
        (number(), number(), NumberAnswer(Decimal(3)), True),
        (number(), number(unit="g/L"), NumberAnswer(Decimal(3)), False),
        (number(), number(maximum=Decimal(3)), NumberAnswer(Decimal(3)), True),
        (number(), number(maximum=Decimal(2)), NumberAnswer(Decimal(3)), False),
        (number(), number(minimum=Decimal(4)), NumberAnswer(Decimal(3)), False),
        (number(), number(whole=True), NumberAnswer(Decimal("2.5")), False),
        (question(type=AnswerType.DATE), question(type=AnswerType.DATE), DAY, True),
    ],
)
def test_same_kind_of_fact(
    one: QuestionDefinition, other: QuestionDefinition, answer: Answer, expected: bool
) -> None:
    assert carries(one, other, answer) is expected


def test_codes_are_no_answer_to_carry() -> None:
    codes = question(type=AnswerType.CODES)
    assert not carries(codes, codes, "G61.81")


def test_what_only_the_other_asks_is_taken_over_if_it_is_known() -> None:
    also: dict[str, Answer] = {"progress_notes": True, "no_such_question": True}
    found = carry(hiv(12), COMMERCIAL, MEDICARE, also=also)
    assert found.case.answers["progress_notes"] is True
    assert "no_such_question" not in found.case.answers


@pytest.mark.parametrize("key", sorted({k for e in EVERY for k in e.questions}))
def test_one_key_is_one_question_in_every_policy(key: str) -> None:
    """The key is the identity of a fact: the same words, type, unit, choices and role."""
    asking = [each.questions[key] for each in EVERY if key in each.questions]
    facts = {(q.wording, q.type, q.unit, q.choices, q.role, q.whole, q.dated) for q in asking}
    assert len(facts) == 1


# Any request at all


def sample(question: QuestionDefinition) -> Answer:
    """An answer of the right type."""
    match question.type:
        case AnswerType.YES_NO:
            return True
        case AnswerType.NUMBER:
            return NumberAnswer(question.minimum or Decimal(0))
        case AnswerType.DATE:
            return DAY
        case AnswerType.CHOICE:
            return question.choices[0].key
        case AnswerType.THERAPY:
            return TherapyAnswer(TherapyOutcome.FAILURE)
        case _:
            return ListAnswer(stated_count=2)


@st.composite
def cases(draw: st.DrawFn, edition: Edition) -> Case:
    indication = draw(st.sampled_from([None, *edition.indications]))
    phase = draw(st.sampled_from(TherapyPhase))
    pathways = () if indication is None else edition.indications[indication].pathways
    asked = [q for q in edition.questions.values() if q.type is not AnswerType.CODES]
    keys = draw(st.lists(st.sampled_from(asked), max_size=12))
    codes = sorted(c.code for c in edition.codes.values() if c.system is CodeSystem.ICD10)
    return Case(
        request_date=DAY,
        phase=phase,
        indication=indication,
        pathway=draw(st.sampled_from([None, *(p.key for p in pathways)])),
        icd10=tuple(draw(st.lists(st.sampled_from(codes), max_size=3, unique=True))),
        answers={q.key: sample(q) for q in keys},
        product=draw(st.sampled_from([None, *edition.products])),
    )


@given(st.data())
def test_carrying_to_the_same_edition_changes_nothing(data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(EVERY))
    case = data.draw(cases(edition))
    assert carry(case, edition, replace(edition)).case == case


@given(st.data())
def test_there_and_back_keeps_what_both_policies_know(data: st.DataObject) -> None:
    source, target = data.draw(st.sampled_from(BOTH))
    case = data.draw(cases(source))
    there = carry(case, source, target)
    back = carry(there.case, target, source).case
    both = {k: a for k, a in case.answers.items() if k in target.questions}
    assert both.items() <= there.case.answers.items()
    assert both.items() <= back.answers.items()
    assert (back.product, back.icd10, back.phase) == (case.product, case.icd10, case.phase)
    if case.indication in target.indications:
        assert back.indication == case.indication


@given(st.data())
def test_what_is_carried_over_can_be_judged(data: st.DataObject) -> None:
    source, target = data.draw(st.sampled_from(BOTH))
    found = side_by_side(data.draw(cases(source)), source, target)
    assert len(found.differing) + len(found.partly) + len(found.same) == len(found.rows)
