"""The shortest ways to meet what is unmet or open."""

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import given, settings

from criteria.rules import SATISFIED, Finding, State, When, evaluate
from criteria.rules.coded import rests_on_codes
from criteria.rules.explain import step_text
from criteria.rules.guidance import Choose, Every, Step, StepKind, shortest, ways_to_meet
from tests.rules.build import any_of, at_least, choice, dose, every, facts, when, yes
from tests.rules.random_trees import FAIL, PASS, Sample, samples


def _fixed(finding: Finding) -> Iterator[tuple[str, State]]:
    """Conditions that are taken as they stand: key and state."""
    condition = finding.condition
    if condition is not None:
        single = isinstance(finding.node, When) and finding.node.otherwise is None
        single = single and not rests_on_codes(condition.node)
        if condition.state is State.NOT_MET or (condition.state in SATISFIED and not single):
            yield condition.node.key, condition.state
    parts = [*([condition] if condition else []), *finding.members]
    for part in parts:
        yield from _fixed(part)


def _states(finding: Finding) -> dict[str, State]:
    parts = [*([finding.condition] if finding.condition else []), *finding.members]
    found = {finding.node.key: finding.state}
    for part in parts:
        found |= _states(part)
    return found


def _kept(fixed: dict[str, State], states: dict[str, State]) -> bool:
    """Whether these conditions came out as before, or were themselves switched off."""
    off, settled = State.NOT_APPLICABLE, {State.NOT_MET} | SATISFIED
    return all(
        states[key] is off
        or (states[key] in settled and (states[key] in SATISFIED) == (state in SATISFIED))
        for key, state in fixed.items()
    )


def _meeting_sets(sample: Sample) -> Iterator[frozenset[str]]:
    """Sets of criteria that, given the right answers, satisfy the root; smallest first."""
    fixed = dict(_fixed(evaluate(sample.tree, sample.facts())))
    keys = list(sample.verdicts)
    for size in range(len(keys) + 1):
        for chosen in combinations(keys, size):
            for values in product((PASS, FAIL), repeat=size):
                change = dict(zip(chosen, values, strict=True))
                states = _states(evaluate(sample.tree, sample.facts(change)))
                if _kept(fixed, states) and states[sample.tree.key] in SATISFIED:
                    yield frozenset(chosen)
                    break


@given(samples(max_leaves=5))
@settings(max_examples=200, deadline=None)
def test_cost_is_the_smallest_number_of_criteria_that_can_meet_it(sample: Sample) -> None:
    way = ways_to_meet(evaluate(sample.tree, sample.facts()))
    sets = list(_meeting_sets(sample))
    if way is None:
        assert not sets or not sets[0]
        return
    assert way.cost == len(sets[0]) > 0
    for keys in shortest(way):
        assert len(keys) == way.cost
        assert keys in sets


def test_one_more_of_those_left() -> None:
    finding = evaluate(at_least(2, yes("a"), yes("b"), yes("c")), facts({"a": True}))
    way = ways_to_meet(finding)
    assert isinstance(way, Choose)
    assert (way.k, way.cost, way.already) == (1, 1, 1)
    assert shortest(way) == (frozenset({"b"}), frozenset({"c"}))


def test_a_longer_member_is_not_offered() -> None:
    finding = evaluate(any_of(every(yes("a"), yes("b"), key="both"), yes("c")), facts())
    assert shortest(_way(finding)) == (frozenset({"c"}),)


def test_a_shorter_member_is_taken_beside_a_choice_of_the_rest() -> None:
    pairs = [every(yes(f"{k}1"), yes(f"{k}2"), key=k) for k in "xy"]
    way = _way(evaluate(at_least(2, yes("a"), *pairs), facts()))
    assert isinstance(way, Every)
    assert way.cost == 3
    assert shortest(way) == (frozenset({"a", "x1", "x2"}), frozenset({"a", "y1", "y2"}))


def test_what_is_not_known_is_offered_before_what_would_have_to_change() -> None:
    finding = evaluate(any_of(yes("failed"), yes("open")), facts({"failed": False}))
    way = _way(finding)
    assert isinstance(way, Choose)
    kinds = [option.kind for option in way.options if isinstance(option, Step)]
    assert kinds == [StepKind.ANSWER, StepKind.CHANGE]


def test_dose_and_a_reviewers_judgement_are_steps_of_their_own_kind() -> None:
    finding = evaluate(every(dose(), choice("c", "a", "c")), facts({"c": "c"}))
    way = _way(finding)
    assert isinstance(way, Every)
    kinds = [part.kind for part in way.parts if isinstance(part, Step)]
    assert kinds == [StepKind.DOSE, StepKind.REVIEW]


def test_a_condition_is_made_false_only_where_that_is_shorter() -> None:
    then = every(yes("a"), yes("b"), key="then")
    finding = evaluate(when(yes("if"), then), facts({"if": True}))
    assert shortest(_way(finding)) == (frozenset({"if"}),)
    assert _way(finding).__class__ is Step
    nearly = evaluate(when(yes("if"), then), facts({"if": True, "a": True}))
    assert shortest(_way(nearly)) == (frozenset({"b"}),)


def test_the_branch_of_a_settled_condition_is_taken_as_it_stands() -> None:
    tree = when(yes("if"), every(yes("a"), yes("b"), key="then"), yes("c"))
    finding = evaluate(tree, facts({"if": True}))
    assert shortest(_way(finding)) == (frozenset({"a", "b"}),)


def test_a_condition_within_a_condition_fails_by_its_own_branch() -> None:
    inner = when(yes("c"), yes("t"), key="inner")
    tree = when(inner, every(yes("a"), yes("b"), key="then"))
    finding = evaluate(tree, facts({"c": True, "t": True}))
    assert shortest(_way(finding)) == (frozenset({"t"}),)


def test_nothing_to_do_and_nothing_that_helps() -> None:
    assert ways_to_meet(evaluate(yes("a"), facts({"a": True}))) is None
    assert ways_to_meet(evaluate(at_least(3, yes("a"), yes("b")), facts())) is None


def test_no_more_ways_than_asked_for() -> None:
    finding = evaluate(at_least(8, *(yes(f"m{i}") for i in range(16))), facts())
    assert len(shortest(_way(finding), limit=10)) == 10


def _way(finding: Finding) -> Step | Every | Choose:
    way = ways_to_meet(finding)
    assert way is not None
    return way


def test_longer_members_are_told_of_beside_the_shortest() -> None:
    long = every(yes("a"), yes("b"), key="both")
    way = _way(evaluate(any_of(yes("c"), yes("d"), long), facts()))
    assert isinstance(way, Choose)
    assert [member.node.key for member in way.longer] == ["both"]
    assert step_text(way).endswith("; or, the longer way: Both")


def test_one_short_member_names_the_longer_ones() -> None:
    parts = (every(yes(f"{k}1"), yes(f"{k}2"), key=k) for k in "xy")
    way = _way(evaluate(any_of(yes("c"), *parts), facts()))
    assert step_text(way) == "C: needs yes; or, a longer way: X; Y"
