"""Whether the cases of a policy reach every part of it: each pathway has a case for whatever can go
one way or the other.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest

from criteria.dosing import DoseOutcome, DoseUnit
from criteria.policies.edition import Edition, PathwayDefinition
from criteria.rules import (
    Compares,
    CriteriaGroup,
    DoseLeaf,
    Finding,
    FindingState,
    GroupKind,
    Leaf,
    Node,
    NumberAnswer,
    OneOf,
    QuestionDefinition,
    TherapyAnswer,
    TherapyOutcome,
    TimeSpan,
    Tried,
    When,
    Within,
)
from criteria.rules.terms import Coverage, Overall, TherapyPhase
from criteria.rules.walk import LinePart, finding_parts, node_parts, walk
from tests.policies.shipped.cases import Judged, edition, every_case, judged

DAY = timedelta(days=1)
TENTH = Decimal("0.1")


class Tree(NamedTuple):
    """One tree of criteria: general requirements (pathway None) or those of a pathway."""

    phase: TherapyPhase | None
    indication: str | None = None
    pathway: str | None = None

    def __str__(self) -> str:
        return f"{self.indication}, {self.pathway}" if self.indication else f"general, {self.phase}"


class Reached(NamedTuple):
    """What the cases show of one leaf; ``keys`` are its own and those of the groups around it."""

    leaf: Leaf
    keys: set[str]
    is_condition: bool


def every_tree(policy: Edition) -> list[Tree]:
    paths = [
        Tree(None, indication.key, pathway.key)
        for indication in policy.indications.values()
        for pathway in indication.pathways
    ]
    return [*map(Tree, TherapyPhase), *paths]


UHC = edition("uhc")
TREES = every_tree(UHC)
in_every_tree = pytest.mark.parametrize("tree", TREES, ids=str)


@cache
def cases_of(tree: Tree) -> tuple[Judged, ...]:
    """The judged cases of one tree, without those that are known to be judged wrong."""
    requests = [case.request for case in every_case("uhc") if not case.known_fault]
    return tuple(judged(request) for request in requests if _asks(request, tree))


def _asks(request: dict[str, Any], tree: Tree) -> bool:
    if tree.indication is None:
        general = request["indication"] == "general-requirements"
        return general and request["phase"] == tree.phase
    only = len(UHC.indications[tree.indication].pathways) == 1
    named = request.get("pathway", tree.pathway if only else None)
    return (request["indication"], named) == (tree.indication, tree.pathway)


def root(tree: Tree) -> Node:
    return UHC.general[tree.phase] if tree.phase else pathway_of(tree).criteria


def pathway_of(tree: Tree) -> PathwayDefinition:
    paths = UHC.indications[tree.indication or ""].pathways
    return next(path for path in paths if path.key == tree.pathway)


def finding_of(case: Judged, tree: Tree) -> Finding:
    found = case.assessment.specific if tree.indication else case.assessment.general
    assert found is not None
    return found


@cache
def states(tree: Tree) -> tuple[dict[str, FindingState], ...]:
    """For each case the state of every criterion by its key."""
    return tuple(
        {place.item.node.key: place.item.state for place in walk(found, finding_parts)}
        for found in (finding_of(case, tree) for case in cases_of(tree))
    )


def overall(tree: Tree) -> list[Overall]:
    return [case.assessment.overall for case in cases_of(tree)]


def leaves(
    node: Node, keys: frozenset[str] = frozenset(), condition: bool = False
) -> Iterator[Reached]:
    """Every question of a tree with the groups around it."""
    if isinstance(node, Leaf):
        yield Reached(node, {*keys, node.key}, condition)
    for part, child in node_parts(node):
        yield from leaves(child, keys | {node.key}, condition or part is LinePart.CONDITION)


def nodes(tree: Tree, kind: type) -> list[Any]:
    return [place.item for place in walk(root(tree), node_parts) if isinstance(place.item, kind)]


def answers(tree: Tree, question: QuestionDefinition) -> list[Any]:
    """What the cases answer to a question, None for those that do not."""
    return [case.assessment.facts.answers.get(question.key) for case in cases_of(tree)]


@in_every_tree
def test_meets_in_every_phase(tree: Tree) -> None:
    phases = {
        case.parsed.case.phase
        for case in cases_of(tree)
        if case.assessment.overall is Overall.MEETS
    }
    assert phases == ({tree.phase} if tree.phase else pathway_of(tree).phases)


@in_every_tree
def test_every_question_fails_a_case(tree: Tree) -> None:
    failing = [
        (found, case.failed)
        for found, case in zip(states(tree), cases_of(tree), strict=True)
        if case.assessment.overall is Overall.DOES_NOT_MEET
    ]
    silent = [
        leaf.key
        for leaf, keys, is_condition in leaves(root(tree))
        if not is_condition
        and not leaf.contradiction
        and not any(
            found[leaf.key] is FindingState.NOT_MET and keys & failed for found, failed in failing
        )
    ]
    assert not silent


@in_every_tree
def test_every_contradiction_is_for_a_reviewer(tree: Tree) -> None:
    reviewed = [
        found
        for found, case in zip(states(tree), cases_of(tree), strict=True)
        if case.assessment.overall is Overall.NEEDS_REVIEW and "contradiction" in case.notes
    ]
    named = [leaf.key for leaf, _, _ in leaves(root(tree)) if leaf.contradiction]
    for key in named:
        assert any(found[key] is FindingState.FOR_REVIEWER for found in reviewed), key


@in_every_tree
def test_every_question_leaves_a_case_open(tree: Tree) -> None:
    open_ones = [
        set(case.report["open"])
        for case in cases_of(tree)
        if case.assessment.overall is Overall.INCOMPLETE
    ]
    # What a file of cases leaves out contradicts nothing: only a person is asked for it.
    asked = {leaf.question.key for leaf, _, _ in leaves(root(tree)) if not leaf.contradiction}
    assert asked <= set().union(*open_ones)


@in_every_tree
def test_every_condition_holds_and_does_not(tree: Tree) -> None:
    for when in nodes(tree, When):
        seen = {found[when.condition.key] for found in states(tree)}
        assert {FindingState.MET, FindingState.NOT_MET, FindingState.NOT_ANSWERED} <= seen, when.key


@in_every_tree
def test_every_member_of_a_choice_counts_alone(tree: Tree) -> None:
    """Each alternative met with no more than are needed, and one too few not met."""
    for group in nodes(tree, CriteriaGroup):
        if group.kind is GroupKind.ALL:
            continue
        only_reviewed = set(_never_met(group))
        keys = [member.key for member in group.members if member.key not in only_reviewed]
        met = [{key for key in keys if found[key] is FindingState.MET} for found in states(tree)]
        just_enough = set().union(*(some for some in met if len(some) == group.required))
        assert just_enough == set(keys), group.key
        too_few = [
            len(some)
            for some, found in zip(met, states(tree), strict=True)
            if found[group.key] in (FindingState.NOT_MET, FindingState.FOR_REVIEWER)
        ]
        assert group.required - 1 in too_few, group.key


def _never_met(group: CriteriaGroup) -> Iterator[str]:
    """Members that no answer meets: at most a reviewer accepts them."""
    for member in group.members:
        if isinstance(member, Leaf) and isinstance(member.test, OneOf) and not member.test.passing:
            yield member.key


@in_every_tree
def test_every_number_is_tried_below_at_and_above(tree: Tree) -> None:
    for leaf, _, _ in leaves(root(tree)):
        if isinstance(leaf.test, Compares):
            given = [a.value for a in answers(tree, leaf.question) if isinstance(a, NumberAnswer)]
            off = {value - leaf.test.threshold for value in given}
            assert 0 in off, f"{leaf.key}: at"
            assert any(-1 <= by < 0 for by in off), f"{leaf.key}: below"
            assert any(0 < by <= 1 for by in off), f"{leaf.key}: above"


@in_every_tree
def test_every_window_is_tried_inside_at_and_outside(tree: Tree) -> None:
    for leaf, _, _ in leaves(root(tree)):
        if isinstance(leaf.test, Within):
            assert not leaf.test.after
            tried = [
                (answer, case.assessment.facts.day(leaf.test.anchor))
                for answer, case in zip(answers(tree, leaf.question), cases_of(tree), strict=True)
            ]
            _assert_around(leaf, leaf.test.span, tried)
        elif isinstance(leaf.test, Compares) and leaf.test.max_age is not None:
            given = [a for a in answers(tree, leaf.question) if isinstance(a, NumberAnswer)]
            days = [case.parsed.case.request_date for case in cases_of(tree)]
            _assert_around(leaf, leaf.test.max_age, [(a.measured_on, days[0]) for a in given])
            assert any(a.measured_on is None for a in given), f"{leaf.key}: undated"


def _assert_around(leaf: Leaf, span: TimeSpan, tried: list[tuple[Any, date | None]]) -> None:
    off = {
        (answer - span.before(anchor)) // DAY
        for answer, anchor in tried
        if isinstance(answer, date) and anchor is not None
    }
    assert {-1, 0, 1} <= off, leaf.key


@in_every_tree
def test_every_therapy_is_tried_with_and_without(tree: Tree) -> None:
    """Each therapy passing and not; over all of them every outcome."""
    tried = [leaf for leaf, _, _ in leaves(root(tree)) if isinstance(leaf.test, Tried)]
    seen = set()
    for leaf in tried:
        given = {a.outcome for a in answers(tree, leaf.question) if isinstance(a, TherapyAnswer)}
        assert TherapyOutcome.NONE in given, leaf.key
        assert given & leaf.test.outcomes, leaf.key
        seen |= given
    assert not tried or seen == set(TherapyOutcome)


@in_every_tree
def test_every_dose_is_tried_at_the_limit_and_above(tree: Tree) -> None:
    if not nodes(tree, DoseLeaf):
        pytest.skip("no dose among these criteria")
    found = {case.assessment.dose.outcome for case in cases_of(tree)}
    assert {DoseOutcome.WITHIN, DoseOutcome.EXCEEDS, DoseOutcome.NOT_ENOUGH_INFORMATION} <= found
    asked = {
        case.parsed.case.dose.amount
        for case in cases_of(tree)
        if case.parsed.case.dose and case.parsed.case.dose.unit is DoseUnit.MG_PER_KG
    }
    for limit in pathway_of(tree).dose.limits:
        assert {limit.max_mg_per_kg, limit.max_mg_per_kg + TENTH} <= asked, limit.key


@in_every_tree
def test_every_condition_of_a_dose_is_answered_both_ways(tree: Tree) -> None:
    conditions = pathway_of(tree).conditions if tree.indication else {}
    for condition in conditions.values():
        for leaf, _, _ in leaves(condition):
            given = answers(tree, leaf.question)
            assert {True, False, None} <= set(given), leaf.key


def test_every_pathway_has_cases() -> None:
    assert [str(tree) for tree in TREES if not cases_of(tree)] == []


@pytest.mark.parametrize("coverage", [Coverage.GENERAL, Coverage.UNPROVEN])
def test_every_indication_without_criteria_has_cases(coverage: Coverage) -> None:
    expected = {case.request["indication"]: set() for case in every_case("uhc")}
    for case in every_case("uhc"):
        expected[case.request["indication"]].add(case.expected["expect"])
    needed = {"does not meet"} | (
        {"meets", "incomplete"} if coverage is Coverage.GENERAL else set()
    )
    for indication in UHC.indications.values():
        if indication.coverage is coverage:
            assert needed <= expected.get(indication.key, set()), indication.key


def test_every_product_has_a_case() -> None:
    assert set(UHC.products) <= {case.request.get("product") for case in every_case("uhc")}
