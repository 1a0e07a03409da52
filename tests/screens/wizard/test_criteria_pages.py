"""The pages that ask the criteria: every question once, in the order of the policy."""

import pytest

from criteria.dosing import DoseRule
from criteria.policies.edition import PathwayDefinition
from criteria.requests.answers.criteria_pages import MOST_TOGETHER, criteria_pages, dose_questions
from criteria.rules import FactRole
from criteria.rules.explain import questions_of
from criteria.rules.terms import Coverage, TherapyPhase
from tests.helpers.wizard.edition import edition

PATHWAYS = [
    pytest.param(pathway, phase, id=f"{indication.key}-{pathway.key}-{phase}")
    for indication in edition().indications.values()
    if indication.coverage is Coverage.CRITERIA
    for pathway in indication.pathways
    for phase in sorted(pathway.phases)
]


@pytest.mark.parametrize("pathway,phase", PATHWAYS)
def test_every_question_is_asked_once(pathway: PathwayDefinition, phase: TherapyPhase) -> None:
    pages = criteria_pages(edition(), phase, pathway)
    asked = [q.key for page in pages for q in page.questions]
    wanted = questions_of(edition().general[phase]) | questions_of(pathway.criteria)
    by_request = {k for k, q in wanted.items() if q.role is FactRole.DIAGNOSIS_STATED}
    start = {"therapy_start_date"} if phase is TherapyPhase.CONTINUATION else set()
    assert len(asked) == len(set(asked))
    assert set(asked) == (set(wanted) | start) - by_request


@pytest.mark.parametrize("pathway,phase", PATHWAYS)
def test_pages_have_addresses_of_their_own(pathway: PathwayDefinition, phase: TherapyPhase) -> None:
    slugs = [page.slug for page in criteria_pages(edition(), phase, pathway)]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("pathway,phase", PATHWAYS)
def test_single_questions_share_a_page_up_to_a_few(
    pathway: PathwayDefinition, phase: TherapyPhase
) -> None:
    for page in criteria_pages(edition(), phase, pathway):
        assert page.questions
        assert len(page.nodes) <= MOST_TOGETHER


def test_age_is_not_asked_when_the_date_of_birth_is_known() -> None:
    pathway = edition().indications["pediatric-hiv"].pathways[0]
    asked = {
        q.key
        for page in criteria_pages(edition(), TherapyPhase.INITIAL, pathway, age_is_known=True)
        for q in page.questions
    }
    assert "age_years" not in asked


def test_general_pages_come_first() -> None:
    pathway = edition().indications["cidp"].pathways[0]
    kinds = [page.is_general for page in criteria_pages(edition(), TherapyPhase.INITIAL, pathway)]
    assert kinds == sorted(kinds, reverse=True)


def test_dose_page_asks_the_condition_of_a_limit() -> None:
    fnait = edition().indications["fnait"].pathways[0]
    assert [q.key for q in dose_questions(edition(), fnait)] == ["fnait_high_risk"]
    assert dose_questions(edition(), None) == ()
    assert DoseRule().limits == ()
