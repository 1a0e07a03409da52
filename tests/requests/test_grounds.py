"""What a decision rests on: which criteria speak against a request, and which views are missing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.models import Verdict
from criteria.requests.assessment.assess import Assessment
from criteria.requests.case import GateFinding, GateKind, with_keys
from criteria.requests.dispositions.asked import can_be_viewed
from criteria.requests.dispositions.criterion_views import CriterionView, Place, viewed
from criteria.requests.dispositions.gaps import ViewGap
from criteria.requests.dispositions.grounds import (
    approval_gaps,
    denial_gaps,
    every,
    grounds_of,
    question_gaps,
    trees_viewed,
)
from criteria.rules import SATISFIED, Finding, FindingState, Node, evaluate
from criteria.rules.explain import LinePart, numbered
from tests.papers.packet.contents import found as example
from tests.rules.build import any_of, at_least, choice, coded, dose, facts, stated, when, yes
from tests.rules.build import every as all_of
from tests.rules.random_trees import Sample, samples

BLOCK = "criteria"
YES, NO, ASK = (CriterionView(v, "Because.") for v in ("accepted", "not_accepted", "ask"))
BARE_YES, BARE_NO = CriterionView("accepted"), CriterionView("not_accepted", " . ")


def of(tree: Node, answers: Mapping[str, Any] | None = None, **known: Any) -> Assessment:
    """An assessment that found this tree, and nothing else."""
    finding = evaluate(tree, facts(answers or {}, **known))
    return replace(example(), general=None, specific=finding, gates=())


def views(**said: CriterionView) -> dict[Place, CriterionView]:
    return {(BLOCK, key): view for key, view in said.items()}


def keys(places: Any) -> list[str]:
    return [key for _, key in places]


def missing(gaps: tuple[ViewGap, ...]) -> list[str]:
    return ["" if gap.place is None else gap.place[1] for gap in gaps]


# What speaks against a request

TITRATION = when(yes("long"), all_of(yes("t1"), yes("t2"), key="then"), key="titration")
ADVICE = at_least(0, yes("x"), key="advice")
CHOICE = any_of(yes("a"), yes("b"), yes("c"), key="some")
TREE = all_of(yes("first"), CHOICE, TITRATION, ADVICE, dose(), key="root")
FAILS = {"first": False, "a": False, "b": False, "c": False, "long": True, "t1": False, "x": False}


def test_every_failed_criterion_that_has_to_be_met_and_no_other() -> None:
    found = of(TREE, FAILS, dose=FindingState.NOT_MET)
    assert keys(grounds_of(found, {})) == ["first", "some", "t1", "dose"]


def test_a_condition_that_does_not_hold_is_no_reason() -> None:
    found = of(TREE, FAILS | {"long": False}, dose=FindingState.MET)
    assert keys(grounds_of(found, {})) == ["first", "some"]


@pytest.mark.parametrize("key", ["long", "t1", "titration", "x", "advice"])
def test_what_is_switched_off_or_advised_is_none_even_where_it_is_not_accepted(key: str) -> None:
    met = {"first": True, "a": True, "long": False, "t1": False, "x": False}
    found = of(TREE, met, dose=FindingState.MET)
    assert grounds_of(found, views(**{key: NO})) == ()
    gaps = denial_gaps(found, views(**{key: NO}), [(BLOCK, key)])
    assert missing(gaps) == [key]
    assert "nothing a decision against the request can rest on" in gaps[0].text


def test_a_dose_without_a_limit_is_none() -> None:
    found = of(TREE, {"first": True, "a": True, "long": False}, dose=FindingState.NOT_APPLICABLE)
    assert grounds_of(found, views(dose=NO)) == ()


def test_a_member_of_a_settled_group_is_none() -> None:
    found = of(CHOICE, {"a": True, "b": False})
    assert grounds_of(found, {}) == ()
    assert grounds_of(found, views(b=NO)) == ()
    assert missing(denial_gaps(found, views(b=NO), [(BLOCK, "b")])) == ["b"]


def test_a_group_falls_with_the_members_that_are_not_accepted() -> None:
    found = of(all_of(CHOICE), {"a": True, "b": False, "c": False})
    assert keys(grounds_of(found, views(a=NO))) == ["some"]
    assert missing(denial_gaps(found, views(a=NO), [(BLOCK, "some")])) == ["some"]
    refused = views(a=NO, b=BARE_NO, c=BARE_NO)
    assert not denial_gaps(found, refused, [(BLOCK, "some")])
    assert missing(denial_gaps(found, refused | views(a=BARE_NO), [(BLOCK, "some")])) == ["a"]


def test_what_is_refused_stands_over_an_acceptance_of_the_whole() -> None:
    """Everything that is met was accepted at once; then one criterion was looked at."""
    found = of(all_of(all_of(yes("a"), yes("b"), key="both")), {"a": True, "b": True})
    said = views(all=BARE_YES, both=BARE_YES, a=BARE_YES, b=NO)
    assert keys(grounds_of(found, said)) == ["both", "b"]
    assert not denial_gaps(found, said, [(BLOCK, "b")])
    assert "b" in missing(approval_gaps(found, said, gives_less=False))
    some = of(all_of(CHOICE), {"a": True, "b": True})
    assert not approval_gaps(some, views(some=BARE_YES, a=NO), gives_less=False)


def test_an_open_condition_stands_for_both_its_branches() -> None:
    pos, neg = (any_of(yes(f"{k}1"), yes(f"{k}2"), key=k) for k in ("pos", "neg"))
    tree = all_of(when(yes("result"), pos, neg, key="events"))
    found = of(tree, {"pos1": False, "pos2": False, "neg1": False, "neg2": False})
    assert keys(grounds_of(found, {})) == ["events"]


def test_a_rule_of_another_code_is_no_reason() -> None:
    rule = when(coded("rests", "B20", principal=True), yes("young"), key="rule")
    found = of(all_of(rule, yes("first")), {"rests": stated("G61.81"), "first": False})
    assert keys(grounds_of(found, {})) == ["first"]


# What stands before the criteria

STATES = (FindingState.NOT_MET, FindingState.NOT_ANSWERED, FindingState.FOR_REVIEWER)
KINDS = [(gate, state) for gate in GateKind for state in STATES]


def before(gate: GateKind, state: FindingState, **more: Any) -> tuple[Assessment, Place]:
    """Everything met, and one gate that is not plainly open; with its place."""
    gates = with_keys([GateFinding(gate, state, "It says.", **more)])
    return replace(of(yes("a"), {"a": True}), gates=gates), ("gate", gates[0].key)


@pytest.mark.parametrize(
    "view,closed,open_or_left",
    [
        (CriterionView(), "is not marked “Not accepted”", "nothing a decision"),
        (ASK, "is marked Ask", "nothing a decision"),
        (YES, "nothing a decision", "nothing a decision"),
        (BARE_NO, "", "Say in the note why"),
        (NO, "", ""),
    ],
)
@pytest.mark.parametrize("gate,state", KINDS)
def test_a_denial_rests_on_a_gate_that_is_not_accepted(
    gate: GateKind, state: FindingState, view: CriterionView, closed: str, open_or_left: str
) -> None:
    """Every kind, contradictions too; one that is not closed only with a note."""
    found, place = before(gate, state)
    words = closed if state is FindingState.NOT_MET else open_or_left
    gaps = denial_gaps(found, {place: view}, [place])
    assert [words in gap.text for gap in gaps] == ([True] if words else [])
    is_offered = view in (NO, BARE_NO) or (state is FindingState.NOT_MET and view != YES)
    assert grounds_of(found, {place: view}) == ((place,) if is_offered else ())


@pytest.mark.parametrize(
    "view,words",
    [
        (CriterionView(), "has no view yet"),
        (ASK, "is marked Ask"),
        (YES, ""),
        (NO, "is not accepted. Accept it"),
    ],
)
@pytest.mark.parametrize("gate,state", KINDS)
def test_an_approval_rests_on_every_gate(
    gate: GateKind, state: FindingState, view: CriterionView, words: str
) -> None:
    found, place = before(gate, state)
    gaps = approval_gaps(found, {place: view, (BLOCK, "a"): YES}, gives_less=False)
    assert [words in gap.text for gap in gaps] == ([True] if words else [])
    assert all(gap.place == place and gap.title for gap in gaps)


@pytest.mark.parametrize("gate", list(GateKind))
def test_a_closed_or_open_gate_is_accepted_with_a_note(gate: GateKind) -> None:
    words = ("is not met. Say in", "is not answered. Say in", "")
    for state, text in zip(STATES, words, strict=True):
        found, place = before(gate, state)
        gaps = approval_gaps(found, {place: BARE_YES, (BLOCK, "a"): YES}, gives_less=False)
        assert [text in gap.text for gap in gaps] == ([True] if text else [])


def test_less_than_was_asked_may_rest_on_a_contradiction() -> None:
    found, place = before(GateKind.CONTRADICTION, FindingState.FOR_REVIEWER)
    seen = {(BLOCK, "a"): YES}
    assert missing(approval_gaps(found, seen | {place: YES}, gives_less=True)) == [""]
    assert missing(approval_gaps(found, seen | {place: BARE_NO}, gives_less=True)) == [place[1], ""]
    assert not approval_gaps(found, seen | {place: NO}, gives_less=True)


def test_a_gate_that_the_request_does_not_have_is_no_reason() -> None:
    found = of(yes("a"), {"a": True})
    gaps = denial_gaps(found, {("gate", "code"): NO}, [("gate", "code")])
    assert ["nothing a decision" in gap.text for gap in gaps] == [True]


@pytest.mark.parametrize(
    "gate,of_policy,needs",
    [
        (GateKind.INDICATION, False, True),
        (GateKind.CONTRADICTION, True, True),
        (GateKind.CONTRADICTION, False, False),
        (GateKind.CODE, False, False),
        (GateKind.PRODUCT, False, False),
        (GateKind.PATHWAY, False, False),
    ],
)
def test_asking_about_what_the_policy_says_needs_words(
    gate: GateKind, of_policy: bool, needs: bool
) -> None:
    found, place = before(gate, FindingState.FOR_REVIEWER, is_of_policy=of_policy)
    assert missing(question_gaps(found, {place: CriterionView("ask", " .")}, [place])) == (
        [place[1]] if needs else []
    )
    assert not question_gaps(found, {place: ASK}, [place])


def test_every_gate_has_a_key_of_its_own_that_stays() -> None:
    """Two codes that disagree are about the same facts; what else is found changes no key."""
    code = GateFinding(GateKind.CODE, FindingState.NOT_ANSWERED, "State it.")
    one, two = (
        GateFinding(
            GateKind.CONTRADICTION, FindingState.FOR_REVIEWER, text, "670", ("icd10", "indication")
        )
        for text in ("One.", "Two.")
    )
    age = GateFinding(GateKind.CONTRADICTION, FindingState.FOR_REVIEWER, "Age.", "", ("age_years",))
    keys_of = [gate.key for gate in with_keys([code, age, one, two])]
    assert len(set(keys_of)) == 4
    assert keys_of[0] == "code"
    assert [gate.key for gate in with_keys([one, two])] == keys_of[2:]
    assert all(len(key) <= 80 and re.fullmatch(r"[a-z0-9-]+", key) for key in keys_of)


# Views on them


@pytest.mark.parametrize(
    "answers,view,words",
    [
        ({"a": False}, CriterionView(), "is not marked “Not accepted”"),
        ({"a": False}, ASK, "is marked Ask"),
        ({"a": False}, BARE_NO, ""),
        ({"a": False}, NO, ""),
        ({"a": True}, NO, ""),
        ({"a": True}, BARE_NO, "is met. Say in the note"),
        ({}, NO, ""),
        ({}, BARE_NO, "is not answered. Say in the note"),
        ({"a": True}, CriterionView(), "nothing a decision"),
        ({"a": False}, YES, "nothing a decision"),
        ({}, CriterionView(), "nothing a decision"),
    ],
)
def test_what_a_denial_needs(answers: dict[str, bool], view: CriterionView, words: str) -> None:
    gaps = denial_gaps(of(all_of(yes("a")), answers), views(a=view), [(BLOCK, "a")])
    assert [words in gap.text for gap in gaps] == ([True] if words else [])


@pytest.mark.parametrize(
    "answers,view,words",
    [
        ({"a": True}, CriterionView(), "has no view yet"),
        ({"a": True}, ASK, "is marked Ask"),
        ({"a": True}, BARE_YES, ""),
        ({"a": True}, NO, "is not accepted. Accept it"),
        ({"a": False}, YES, ""),
        ({"a": False}, BARE_YES, "is not met. Say in the note"),
        ({}, YES, ""),
        ({}, BARE_YES, "is not answered. Say in the note"),
    ],
)
def test_what_an_approval_needs(answers: dict[str, bool], view: CriterionView, words: str) -> None:
    gaps = approval_gaps(of(all_of(yes("a")), answers), views(a=view), gives_less=False)
    assert [words in gap.text for gap in gaps] == ([True] if words else [])


def test_what_is_refused_below_an_open_condition_is_no_approval() -> None:
    """Met whichever way the condition comes out; refused, it is open again."""
    found = of(all_of(when(yes("long"), yes("t1"), key="titration")), {"t1": True})
    said = views(t1=NO)
    assert not grounds_of(found, said)
    assert missing(approval_gaps(found, said, gives_less=False)) == ["t1"]
    assert not approval_gaps(found, views(t1=YES), gives_less=False)


def test_a_judgement_left_to_the_reviewer_is_made_by_the_view() -> None:
    found = of(choice("c", "a", "c"), {"c": "c"})
    assert not approval_gaps(found, views(c=BARE_YES), gives_less=False)
    assert not denial_gaps(found, views(c=NO), [(BLOCK, "c")])


def test_of_alternatives_as_many_as_are_needed_are_viewed() -> None:
    two = at_least(2, yes("a"), yes("b"), yes("c"), key="two")
    found = of(all_of(two), {"a": True, "b": True})
    assert missing(approval_gaps(found, {}, gives_less=False)) == ["two"]
    assert "Accept 2 of its criteria" in approval_gaps(found, {}, gives_less=False)[0].text
    assert missing(approval_gaps(found, views(a=BARE_YES), gives_less=False)) == ["two"]
    for said in ({"a": BARE_YES, "b": BARE_YES}, {"two": BARE_YES}, {"a": BARE_YES, "c": YES}):
        assert not approval_gaps(found, views(**said), gives_less=False)


def test_nothing_is_to_be_said_of_what_does_not_apply_or_is_advised() -> None:
    met = {"first": True, "a": True, "long": False, "x": False}
    found = of(TREE, met, dose=FindingState.NOT_APPLICABLE)
    assert missing(approval_gaps(found, {}, gives_less=False)) == ["first", "some"]


def test_less_than_was_asked_rests_on_something_that_is_not_accepted() -> None:
    met = {"first": True, "a": True, "long": False}
    found = of(TREE, met, dose=FindingState.MET)
    seen = views(first=BARE_YES, some=BARE_YES, dose=BARE_YES)
    assert missing(approval_gaps(found, seen, gives_less=True)) == [""]
    assert not approval_gaps(found, seen, gives_less=False)
    less = seen | views(dose=NO)
    assert not approval_gaps(found, less, gives_less=True)
    assert missing(approval_gaps(found, less, gives_less=False)) == ["dose"]
    over = of(TREE, met, dose=FindingState.NOT_MET)
    assert not approval_gaps(over, seen | views(dose=BARE_NO), gives_less=True)


@pytest.mark.parametrize(
    "key,answers,needs",
    [
        ("first", {"first": True}, True),
        ("first", {"first": False}, False),
        ("first", {}, False),
        ("some", {}, True),
        ("titration", {}, True),
        ("long", {}, True),
        ("t1", {"long": True}, False),
        ("x", {}, True),
        ("dose", {}, False),
    ],
)
def test_asking_needs_words(key: str, answers: dict[str, bool], needs: bool) -> None:
    found = of(TREE, answers)
    for note, is_silent in (("", True), (" .\n", True), ("Which page?", False)):
        gaps = question_gaps(found, views(**{key: CriterionView("ask", note)}), [(BLOCK, key)])
        assert missing(gaps) == ([key] if needs and is_silent else [])


@pytest.mark.parametrize("key", ["t1", "then", "titration"])
@pytest.mark.parametrize("note", ["", "Which page?"])
def test_nothing_is_asked_of_what_does_not_apply(key: str, note: str) -> None:
    found = of(TREE, {"long": False})
    (gap,) = question_gaps(found, views(**{key: CriterionView("ask", note)}), [(BLOCK, key)])
    assert gap.text == "does not apply: there is nothing to ask about."


# Whatever the tree and the views


def said_of(sample: Sample) -> st.SearchStrategy[dict[Place, CriterionView]]:
    verdict = st.sampled_from(["", *Verdict.values])
    note = st.sampled_from(["", "Because."])
    nodes = [line.finding.node.key for line in numbered(evaluate(sample.tree, sample.facts()))]
    one = st.builds(CriterionView, verdict, note)
    return st.dictionaries(st.sampled_from(nodes), one, max_size=4).map(
        lambda said: {(BLOCK, key): view for key, view in said.items()}
    )


@st.composite
def seen(draw: Any) -> tuple[Assessment, dict[Place, CriterionView]]:
    sample = draw(samples(max_leaves=7))
    finding = evaluate(sample.tree, sample.facts())
    found = replace(example(), general=None, specific=finding, gates=())
    return found, draw(said_of(sample))


def below(finding: Finding) -> Iterator[str]:
    yield from (line.finding.node.key for line in numbered(finding))


@given(seen())
@settings(max_examples=300, deadline=None)
def test_a_ground_alone_defeats_the_request(
    case: tuple[Assessment, dict[Place, CriterionView]],
) -> None:
    """With everything else accepted the request still falls by it: it is required and applies."""
    found, said = case
    assert found.specific is not None
    lines = {line.finding.node.key: line for line in numbered(found.specific)}
    for _, key in grounds_of(found, said):
        line = lines[key]
        assert line.part is not LinePart.CONDITION
        assert not line.is_advised
        assert line.finding.state is not FindingState.NOT_APPLICABLE
        others = {
            (BLOCK, leaf): CriterionView("accepted")
            for leaf, other in lines.items()
            if not other.finding.members and leaf not in set(below(line.finding))
        }
        alone = others | {(BLOCK, key): CriterionView("not_accepted")}
        assert viewed(BLOCK, found.specific, alone).state is FindingState.NOT_MET, key


@given(seen())
@settings(max_examples=300, deadline=None)
def test_a_request_that_falls_has_a_ground_and_one_that_stands_has_none(
    case: tuple[Assessment, dict[Place, CriterionView]],
) -> None:
    found, said = case
    (tree,) = trees_viewed(found, said)
    assert bool(grounds_of(found, said)) is (tree.state is FindingState.NOT_MET)


@given(seen())
@settings(max_examples=300, deadline=None)
def test_an_approval_without_a_gap_stands_in_the_reviewers_view(
    case: tuple[Assessment, dict[Place, CriterionView]],
) -> None:
    """Everything accepted leaves no gap, and where there is none nothing unmet was passed over."""
    found, said = case
    (tree,) = trees_viewed(found, said)
    if not approval_gaps(found, said, gives_less=False):
        assert tree.state in SATISFIED
    whole = {one.place: YES for one in every(tree)}
    assert not approval_gaps(found, whole, gives_less=False)


# What is asked about is open

OPEN_GROUPS = [
    ("all", all_of(all_of(yes("a"), yes("b"), key="group"))),
    ("some", all_of(any_of(yes("a"), yes("b"), yes("c"), yes("d"), key="group"))),
    ("rule", all_of(when(yes("a"), yes("b"), key="group"))),
    ("advised", all_of(yes("a"), at_least(0, yes("b"), key="group"))),
]


@pytest.mark.parametrize("key", ["group", "b"])
@pytest.mark.parametrize("kind,tree", OPEN_GROUPS, ids=[kind for kind, _ in OPEN_GROUPS])
@pytest.mark.parametrize("gives_less", [False, True])
def test_nothing_is_approved_over_what_is_asked(
    kind: str, tree: Node, key: str, gives_less: bool
) -> None:
    """A group and a member of one as a single criterion, whatever else of it is accepted."""
    found = of(tree, dict.fromkeys("abcd", True))
    assert found.specific is not None
    whole = {(BLOCK, k): YES for k in below(found.specific)}
    asked = whole | views(**{key: CriterionView("ask", "Which?")})
    (gap,) = (g for g in approval_gaps(found, asked, gives_less=gives_less) if g.place)
    assert gap.place == (BLOCK, key)
    assert "is marked Ask. Say whether you accept it" in gap.text


def test_a_group_at_ask_with_its_members_accepted_is_open() -> None:
    found = of(OPEN_GROUPS[0][1], {"a": True, "b": True})
    said = views(a=BARE_YES, b=BARE_YES, group=CriterionView("ask", "Which?"))
    assert missing(approval_gaps(found, said, gives_less=False)) == ["group"]
    assert not approval_gaps(found, said | views(group=YES), gives_less=False)


@pytest.mark.parametrize("key", ["long", "t1", "titration"])
def test_what_does_not_apply_is_not_open(key: str) -> None:
    found = of(all_of(yes("first"), TITRATION), {"first": True, "long": False})
    said = views(first=YES, **{key: CriterionView("ask", "Which?")})
    assert missing(approval_gaps(found, said, gives_less=False)) == (
        ["long"] if key == "long" else []
    )


def test_a_condition_that_another_disease_settles_is_not_open() -> None:
    rule = when(coded("rests", "B20", principal=True), yes("young"), key="rule")
    found = of(all_of(rule, yes("first")), {"rests": stated("G61.81"), "first": True})
    said = views(first=YES, rests=CriterionView("ask", "HIV?"), rule=CriterionView("ask", "HIV?"))
    assert not approval_gaps(found, said, gives_less=False)


def test_no_denial_rests_on_what_is_asked() -> None:
    found = of(all_of(CHOICE, TITRATION), {"long": True, "t1": False} | dict.fromkeys("abc", False))
    some, first = [(BLOCK, "some")], [(BLOCK, "t1")]
    open_member = views(some=NO, a=CriterionView("ask", "Which?"))
    assert missing(denial_gaps(found, open_member, some)) == ["a"]
    open_group = views(some=CriterionView("ask", "Which?"), a=NO, b=NO, c=NO)
    assert missing(denial_gaps(found, open_group, some)) == ["some"]
    open_rule = views(t1=NO, long=CriterionView("ask", "Since when?"))
    assert missing(denial_gaps(found, open_rule, first)) == ["long"]
    assert not denial_gaps(found, open_member | views(t1=NO), first)


def asked_in(found: Assessment, said: dict[Place, CriterionView], keys_: Any) -> set[str]:
    """The keys at Ask among some, of what there is anything to say of."""
    assert found.specific is not None
    lines = {line.finding.node.key: line for line in numbered(found.specific)}
    return {
        key
        for key in keys_
        if can_be_viewed(lines[key])
        and said.get((BLOCK, key), CriterionView()).verdict == Verdict.ASK
    }


@given(seen(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_whatever_is_asked_stands_in_the_way(
    case: tuple[Assessment, dict[Place, CriterionView]], gives_less: bool
) -> None:
    """Of an approval everything that applies, of a denial what it rests on; each once."""
    found, said = case
    assert found.specific is not None
    whole = {(BLOCK, key): YES for key in below(found.specific)} | said
    for views_ in (said, whole):
        gaps = missing(approval_gaps(found, views_, gives_less=gives_less))
        assert asked_in(found, views_, below(found.specific)) <= set(gaps)
        assert len(set(gaps)) == len(gaps)
    lines = {line.finding.node.key: line for line in numbered(found.specific)}
    for place in grounds_of(found, said):
        gaps = missing(denial_gaps(found, said, [place]))
        assert asked_in(found, said, below(lines[place[1]].finding)) <= set(gaps)
