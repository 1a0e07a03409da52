"""The three-valued result against a truth table over every way the open answers can come out."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.rules import (
    SATISFIED,
    SETTLED,
    AnswerType,
    CriteriaGroup,
    Finding,
    FindingState,
    Node,
    NumberAnswer,
    evaluate,
)
from criteria.rules.coded import is_of_other_codes
from criteria.rules.guidance import (
    irrelevant_questions,
    leaves,
    open_questions,
    relevant_keys,
)
from criteria.rules.walk import node_parts, walk
from tests.rules import build
from tests.rules.build import facts, figure, number, question
from tests.rules.random_trees import FAIL, JUDGED, OPEN, PASS, Sample, samples

many = settings(max_examples=300, deadline=None)


@given(samples())
@many
def test_result_is_exactly_what_every_completion_agrees_on(sample: Sample) -> None:
    state = evaluate(sample.tree, sample.facts()).state
    truths = {sample.truth(v) for v in sample.completions(sample.keys(OPEN, JUDGED))}
    assert (state in SATISFIED) == (truths == {True})
    assert (state is FindingState.NOT_MET) == (truths == {False})
    if not sample.keys(OPEN):
        assert (state is FindingState.FOR_REVIEWER) == (len(truths) == 2)
    if not sample.keys(JUDGED):
        assert state is not FindingState.FOR_REVIEWER


@given(samples())
@many
def test_a_reviewer_is_waited_for_only_when_no_answer_can_help(sample: Sample) -> None:
    if evaluate(sample.tree, sample.facts()).state is FindingState.FOR_REVIEWER:
        for values in product((PASS, FAIL), repeat=len(sample.keys(OPEN))):
            answered = sample.facts(dict(zip(sample.keys(OPEN), values, strict=True)))
            assert evaluate(sample.tree, answered).state is FindingState.FOR_REVIEWER


@given(samples(max_leaves=9), st.data())
@many
def test_answering_more_never_turns_a_settled_result(sample: Sample, data: st.DataObject) -> None:
    before = evaluate(sample.tree, sample.facts()).state
    added = {k: data.draw(st.sampled_from([PASS, FAIL, OPEN])) for k in sample.keys(OPEN)}
    added = {key: verdict for key, verdict in added.items() if verdict is not OPEN}
    after = evaluate(sample.tree, sample.facts(added)).state
    if before in SETTLED:
        assert (after in SATISFIED) == (before in SATISFIED)
        assert (after is FindingState.NOT_MET) == (before is FindingState.NOT_MET)


def _waiting(finding: Finding) -> set[str]:
    """Criteria of rules of certain codes that are not open yet: the codes come first."""
    if is_of_other_codes(finding):
        return {leaf.node.key for member in finding.members for leaf in leaves(member)}
    parts = [*([finding.condition] if finding.condition else []), *finding.members]
    return {key for part in parts for key in _waiting(part)}


@given(samples())
@many
def test_relevant_are_exactly_the_criteria_that_can_change_the_result(sample: Sample) -> None:
    unknown = sample.keys(OPEN, JUDGED)
    matter = set()
    for key in sample.keys(OPEN):
        for values in sample.completions([k for k in unknown if k != key]):
            if sample.truth(values | {key: True}) != sample.truth(values | {key: False}):
                matter.add(key)
    finding = evaluate(sample.tree, sample.facts())
    assert relevant_keys(finding) == matter - _waiting(finding)


@given(samples(max_leaves=9))
@many
def test_open_and_irrelevant_questions_are_unanswered_and_disjoint(sample: Sample) -> None:
    given_facts = sample.facts()
    finding = evaluate(sample.tree, given_facts)
    opened = open_questions(finding, given_facts)
    irrelevant = irrelevant_questions(finding, given_facts)
    assert len(set(opened)) == len(opened)
    assert not set(opened) & set(irrelevant)
    assert not set(irrelevant) & set(given_facts.answers)
    if finding.state is not FindingState.NOT_ANSWERED:
        assert opened == ()


@given(samples(max_leaves=9))
@many
def test_evaluating_changes_nothing_and_repeats_itself(sample: Sample) -> None:
    given_facts = sample.facts()
    answers, tree = dict(given_facts.answers), repr(sample.tree)
    first = evaluate(sample.tree, given_facts)
    assert first == evaluate(sample.tree, given_facts)
    assert (given_facts.answers, repr(sample.tree)) == (answers, tree)
    assert _nodes(first) == _tree_nodes(sample)


def _nodes(finding: Finding) -> list[str]:
    parts = [*([finding.condition] if finding.condition else []), *finding.members]
    return [finding.node.key, *(key for part in parts for key in _nodes(part))]


def _tree_nodes(sample: Sample) -> list[str]:
    return [place.item.key for place in walk(sample.tree, node_parts)]


VALUES = range(4)


@st.composite
def shared(draw: st.DrawFn) -> CriteriaGroup:
    """A tree over three number questions, each used by several criteria."""
    asks = [question(f"q{i}", AnswerType.NUMBER) for i in range(3)]

    def part(depth: int, path: str) -> Node:
        kind = draw(st.sampled_from(["leaf", "every", "any", "two", "when"])) if depth else "leaf"
        if kind == "leaf":
            sign, limit = (
                draw(st.sampled_from(["<", "<=", "=", ">=", ">"])),
                draw(st.integers(0, 3)),
            )
            return number(path, sign, limit, asks=draw(st.sampled_from(asks)))
        parts = [part(depth - 1, f"{path}{i}") for i in range(3)]
        match kind:
            case "when":
                return build.when(parts[0], parts[1], parts[2], path)
            case "two":
                return build.at_least(2, *parts, key=path)
        return (build.every if kind == "every" else build.any_of)(*parts, key=path)

    return build.every(part(2, "a"), part(1, "b"), key="root")


@given(shared(), st.lists(st.sampled_from([None, *VALUES]), min_size=3, max_size=3))
@many
def test_shared_questions_never_give_a_wrong_result(
    tree: CriteriaGroup, known: list[int | None]
) -> None:
    """A question used twice may leave the result open longer than need be, but never wrong."""
    finding = evaluate(tree, facts(_figures(known)))
    options = [VALUES if value is None else [value] for value in known]
    ends = {values: evaluate(tree, facts(_figures(values))).state for values in product(*options)}
    if finding.state in SETTLED:
        assert set(ends.values()) == {finding.state}
    for key in irrelevant_questions(finding):
        at = int(key[1:])
        for values, state in ends.items():
            assert all(ends[(*values[:at], other, *values[at + 1 :])] is state for other in VALUES)


def _figures(values: object) -> dict[str, NumberAnswer]:
    assert isinstance(values, list | tuple)
    return {f"q{i}": figure(value) for i, value in enumerate(values) if value is not None}
