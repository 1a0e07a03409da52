"""Blank is never an answer: in no field of any page does it bring a request further."""

from collections.abc import Iterator

import pytest

from criteria.dosing import DoseOutcome
from criteria.policies.edition import IndicationDefinition, PathwayDefinition
from criteria.requests.stated_request import StatedRequest
from criteria.rules import FactRole, Finding, FindingState, QuestionDefinition
from criteria.rules.terms import Overall, TherapyPhase
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.screens.wizard.typed_draws import (
    DOSE,
    Typed,
    drawn_draft,
    edition,
    every_pathway,
    typed_request,
)

DRAWS = 2
DOSE_DRAWS = 4
# How far a state is from satisfied. Only what was satisfied may still be so with a field blank.
SATISFIED = {FindingState.MET, FindingState.NOT_APPLICABLE}
PASSED = {DoseOutcome.WITHIN, DoseOutcome.NO_LIMIT}
# Where a fact stands that a criterion asks for too; left empty, it is left empty in both places.
SAID_AT = {FactRole.SPECIALIST: "specialty", FactRole.GIVEN_AT_HOME: "place"}


Case = tuple[str, IndicationDefinition, PathwayDefinition | None, TherapyPhase]
Names = frozenset[str] | None


def str_of(case: Case) -> str:
    """uhc cidp initial."""
    policy, indication, pathway, phase = case
    return " ".join((policy, indication.key, pathway.key if pathway else "-", phase))


def asked_only(draft: StatedRequest) -> Typed:
    """What the pages of a request ask, without a route that the product alone already says."""
    walk = Walkthrough(draft)
    asked = {n for page in walk.pages if page.is_form for n in form_of(walk, page).names()}
    product = draft.edition and draft.edition.products.get(draft.typed["product"][0])
    if product is not None and len(product.routes) == 1:
        asked -= {"route"}
    return {name: values for name, values in draft.typed.items() if name in asked}


def said_twice(policy: str, typed: Typed) -> dict[str, QuestionDefinition]:
    """By their fields, the questions whose fact is typed on a page of its own too."""
    questions = edition(policy).questions.values()
    return {
        f"q-{q.key}": q
        for q in questions
        if q.role in SAID_AT and f"q-{q.key}" in typed and SAID_AT[q.role] in typed
    }


def blanked(policy: str, typed: Typed, names: Names = None) -> Iterator[tuple[str, Typed]]:
    """The same request with one fact left empty; of a list, one box of its first row."""
    twice = said_twice(policy, typed)
    for name, values in typed.items():
        if any(values) and (names is None or name in names):
            question = twice.get(name)
            other = SAID_AT[question.role] if question and question.role else name
            yield name, typed | {other: [""]} | {name: ["", *values[1:]]}


def states(draft: StatedRequest) -> dict[str, FindingState]:
    """Every criterion by where it stands in the tree."""
    assert draft.assessment is not None
    return {
        path: finding.state
        for position, tree in enumerate(draft.assessment.trees)
        for path, finding in walked(tree, str(position))
    }


def walked(finding: Finding, path: str) -> Iterator[tuple[str, Finding]]:
    yield path, finding
    inner = (*finding.members, *([finding.condition] if finding.condition else []))
    for position, member in enumerate(inner):
        yield from walked(member, f"{path}/{position}-{member.node.key}")


def gained(before: StatedRequest, after: StatedRequest) -> list[str]:
    """What a blank field brought: a criterion satisfied, a dose passed, a result that meets."""
    if after.assessment is None or before.assessment is None:
        return []
    found = []
    if after.assessment.dose.outcome in PASSED and before.assessment.dose.outcome not in PASSED:
        found.append(f"dose {before.assessment.dose.outcome}: {after.assessment.dose.text}")
    if after.overall is Overall.MEETS and before.overall in (
        Overall.DOES_NOT_MEET,
        Overall.INCOMPLETE,
    ):
        found.append(f"overall {before.overall}")
    earlier = states(before)
    for path, state in states(after).items():
        was = earlier.get(path)
        if state in SATISFIED and was is not None and was not in SATISFIED:
            found.append(f"{path} {was}")
    return found


CASES = list(every_pathway())


def brought(case: Case, seed: int, names: Names = None) -> list[object]:
    """What leaving one field empty brings one drawn request; ``names``: only these fields."""
    policy, indication, pathway, phase = case
    everything = typed_request(policy, indication, pathway, phase, seed)
    typed = asked_only(drawn_draft(policy, phase, everything))
    before, wrong = drawn_draft(policy, phase, typed), []
    for name, fewer in blanked(policy, typed, names):
        found = gained(before, drawn_draft(policy, phase, fewer))
        if found:
            wrong.append((seed, name, {n: typed[n] for n in DOSE if n in typed}, found))
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=str_of)
def test_blank_brings_nothing(case: Case) -> None:
    assert not [wrong for seed in range(DRAWS) for wrong in brought(case, seed)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case", [case for case in CASES if case[2] and case[2].dose.limits], ids=str_of
)
def test_blank_in_the_dose_brings_nothing(case: Case) -> None:
    names = frozenset(DOSE) | {"product"}
    draws = range(DRAWS, DRAWS + DOSE_DRAWS)
    assert not [wrong for seed in draws for wrong in brought(case, seed, names)]


def answer_said(question: QuestionDefinition, typed: Typed) -> str:
    """What the page of the fact answers to the question: yes, no or nothing.

    A prescriber of another specialty answers nothing: a specialist may have been consulted.
    """
    if question.role is FactRole.GIVEN_AT_HOME:
        return "yes" if typed["place"] == ["home"] else "no"
    return "yes" if question.names.counted_in(typed["specialty"][0]) else ""


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=str_of)
def test_blank_beside_a_stated_fact_is_answered_by_that_fact_alone(case: Case) -> None:
    policy, indication, pathway, phase = case
    for seed in range(DRAWS):
        everything = typed_request(policy, indication, pathway, phase, seed)
        typed = asked_only(drawn_draft(policy, phase, everything))
        for name, question in said_twice(policy, typed).items():
            left = drawn_draft(policy, phase, typed | {name: [""]})
            said = answer_said(question, typed)
            fact = {} if said else {SAID_AT[question.role]: [""]} if question.role else {}
            other = drawn_draft(policy, phase, typed | {name: [said]} | fact)
            assert (states(left), left.overall) == (states(other), other.overall), name
