"""How criteria are joined, numbered, and said in one sentence; what would meet them."""

import re
from datetime import date

import pytest
from hypothesis import given

from criteria.rules import (
    Answer,
    Citation,
    Facts,
    FindingState,
    Leaf,
    ListAnswer,
    Node,
    TherapyAnswer,
    TherapyOutcome,
    TimeSpan,
    evaluate,
)
from criteria.rules.explain import (
    citation_text,
    conjunction,
    in_words,
    numbered,
    outline,
    reason_text,
    step_text,
)
from criteria.rules.guidance import ways_to_meet
from criteria.rules.outline import repeated
from tests.rules.build import (
    TODAY,
    any_of,
    at_least,
    choice,
    day,
    dose,
    every,
    facts,
    figure,
    listed,
    number,
    therapy,
    when,
    yes,
)
from tests.rules.random_trees import Sample, samples

PLATELETS = number("platelets", "<", 50, days=30, unit="x10^9/L")
NERVES = number("nerves", ">=", 2, unit="nerves", whole=True)


def test_conjunctions() -> None:
    a, b, c = yes("a"), yes("b"), yes("c")
    known = facts({"a": True})
    assert conjunction(every(a, b, c)) == "All of these 3"
    assert conjunction(any_of(a, b)) == "At least 1 of these 2"
    two = at_least(2, a, b, c)
    assert conjunction(two, evaluate(two, known)) == "At least 2 of these 3 · 1 met so far"
    settled = any_of(a, b)
    assert conjunction(settled, evaluate(settled, known)) == "At least 1 of these 2 · 1 met"
    assert conjunction(when(a, b)) == "Only if: A"
    assert conjunction(when(yes("a", passes=False), b, c)) == "If: A (no); otherwise: C"
    assert conjunction(when(every(a, b), c)) == "Only if: All"


def test_conjunction_counts_what_does_not_apply_apart() -> None:
    tree = every(when(yes("a"), yes("b")), yes("c"), yes("d"))
    finding = evaluate(tree, facts({"a": False, "c": True}))
    assert conjunction(tree, finding) == "All of these 3 · 1 met so far, 1 does not apply"


def steps(tree: Node, known: Facts) -> str:
    return step_text(ways_to_meet(evaluate(tree, known)))


def test_steps() -> None:
    a, b, c = yes("a"), yes("b"), yes("c")
    two = at_least(2, a, b, c)
    assert steps(two, facts({"a": True})) == "one more of: B: to be answered; C: to be answered"
    assert steps(two, facts()) == "2 of: A: to be answered; B: to be answered; C: to be answered"
    assert (
        steps(every(a, any_of(b, c)), facts())
        == "all of: A: to be answered; (one of: B: to be answered; C: to be answered)"
    )
    assert steps(a, facts({"a": True})) == ""
    assert steps(a, facts({"a": False})) == "A: records that show it"
    assert steps(dose(), facts()) == "Dose: needs a dose within the policy's limit"


def test_steps_of_a_missing_day_a_reviewer_and_a_condition() -> None:
    assert (
        steps(PLATELETS, facts({"platelets": figure(22)}))
        == "Platelets: needs the date it was measured"
    )
    window = day("tx", TimeSpan(days=9), "therapy_start")
    assert steps(window, facts({"tx": TODAY})) == "Tx: needs therapy start, which is not known"
    assert steps(choice("c", "a", "c"), facts({"c": "c"})) == "a reviewer’s judgement of C"
    titration = when(yes("long"), every(yes("a"), yes("b")))
    assert steps(titration, facts()) == "To be answered: What about long?"
    assert steps(titration, facts({"long": True})) == (
        "all of: A: to be answered; B: to be answered"
    )


@pytest.mark.parametrize(
    "criterion,answer,words",
    [
        (yes("a"), False, "records that show it"),
        (yes("a", passes=False), True, "records that show that it is not so"),
        (NERVES, figure(1), "records that show 2 or more nerves"),
        (number("age", "<", 13, unit="years"), figure(13), "records that show a figure below 13"),
        (
            PLATELETS,
            figure(50, TODAY),
            "records that show a figure below 50 ×10⁹/L, measured within 30 days before",
        ),
        (day("d", TimeSpan(days=28)), date(2021, 1, 1), "records that show a date at most 28 days"),
        (choice("c", "a"), "b", "records that show A"),
        (
            therapy("t"),
            TherapyAnswer(TherapyOutcome.NONE),
            "records that show failure, contraindication or intolerance",
        ),
        (listed("l"), ListAnswer(stated_count=1), "records that name at least 2"),
    ],
)
def test_what_the_records_would_have_to_show(criterion: Leaf, answer: Answer, words: str) -> None:
    title = criterion.title
    assert steps(criterion, facts({criterion.key: answer})).startswith(f"{title}: {words}")


@given(samples(max_leaves=9))
def test_no_sentence_coaches_an_answer(sample: Sample) -> None:
    said = step_text(ways_to_meet(evaluate(sample.tree, sample.facts())))
    assert not re.search(r"\bneeds (yes|no|anything but)\b|need to be|should be answered", said)


def test_in_words() -> None:
    tree = every(
        yes("a"),
        at_least(2, NERVES, yes("b"), yes("c")),
        when(yes("if"), any_of(yes("d"), yes("e")), yes("f", passes=False)),
    )
    assert in_words(tree) == (
        "All of: A; (at least 2 of 3: Nerves (2 or more nerves); B; C); "
        "if If, then (any of: D; E), otherwise F (no)."
    )


def test_outline_numbers_condition_branches_and_members() -> None:
    tree = every(
        yes("a"),
        any_of(yes("b"), NERVES),
        when(yes("if"), every(yes("d"), yes("e"), key="then"), any_of(yes("f"), key="else")),
        when(yes("if2"), yes("g"), key="when2"),
    )
    lines = [(line.number, line.depth, line.node.key) for line in outline(tree)]
    assert lines == [
        ("", 0, "all"),
        ("1", 1, "a"),
        ("2", 1, "any"),
        ("2.1", 2, "b"),
        ("2.2", 2, "nerves"),
        ("3", 1, "when"),
        ("3a", 2, "if"),
        ("", 2, "then"),
        ("3.1", 3, "d"),
        ("3.2", 3, "e"),
        ("", 2, "else"),
        ("3.3", 3, "f"),
        ("4", 1, "when2"),
        ("4a", 2, "if2"),
        ("4.1", 2, "g"),
    ]


def test_outline_lines_carry_words_and_citation() -> None:
    line = outline(every(NERVES))[1]
    assert (line.title, line.required) == ("Nerves", "2 or more nerves")
    assert line.citation == "CIDP, initial, lines 154-162"
    assert citation_text(Citation("156")) == "line 156"


@given(samples(max_leaves=9))
def test_findings_are_numbered_like_the_outline(sample: Sample) -> None:
    finding = evaluate(sample.tree, sample.facts())
    lines, found = outline(sample.tree), numbered(finding)
    assert [(line.number, line.depth, line.part, line.node) for line in lines] == [
        (each.number, each.depth, each.part, each.finding.node) for each in found
    ]
    numbers = [line.number for line in lines if line.number]
    assert len(set(numbers)) == len(numbers)


@given(samples(max_leaves=9))
def test_every_finding_has_words_a_clinician_would_accept(sample: Sample) -> None:
    known = sample.facts()
    finding = evaluate(sample.tree, known)
    said = [in_words(sample.tree), step_text(ways_to_meet(finding))]
    for each in numbered(finding):
        said.append(reason_text(each.finding, known, each.switched_off_by))
        assert said[-1]
        assert (each.switched_off_by is None) or each.finding.state is FindingState.NOT_APPLICABLE
    assert not re.search("denied|approved|not eligible|None", " ".join(said))


def test_branches_of_an_open_condition_say_the_same_once() -> None:
    asks = {key: yes(key).question for key in "ab"}
    first = any_of(*(yes(f"p{k}", asks=asks[k]) for k in "ab"), key="pos")
    other = at_least(2, *(yes(f"n{k}", asks=asks[k]) for k in "ab"), yes("c"), key="neg")
    tree = when(yes("result"), first, other)
    assert repeated(evaluate(tree, facts())) == {"na", "nb"}
    assert repeated(evaluate(tree, facts({"result": False}))) == set()
