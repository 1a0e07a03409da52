"""Rules of certain diagnosis codes, and what is only advised."""

import pytest

from criteria.rules import Answer, CodesAnswer, Facts, Finding, FindingState, evaluate
from criteria.rules.coded import is_of_other_codes, rests_on_codes
from criteria.rules.explain import (
    conjunction,
    folded,
    in_words,
    not_asked_text,
    numbered,
    progress_text,
    reason_text,
    required_text,
    step_text,
)
from criteria.rules.formats import codes_text
from criteria.rules.guidance import irrelevant_questions, open_questions, progress, ways_to_meet
from criteria.rules.lint import problems
from criteria.rules.tree import is_advised
from tests.rules.build import any_of, at_least, coded, every, facts, stated, when, yes

RULE = when(
    coded("of-e11", "E11", principal=True),
    every(yes("a"), yes("b"), key="then"),
    key="rule",
)


def of_rule(answer: CodesAnswer | None = None, **answers: bool) -> Finding:
    known: dict[str, Answer] = {} if answer is None else {"of-e11": answer}
    return evaluate(every(yes("first"), RULE), facts(known | answers))


# Naming a code


@pytest.mark.parametrize(
    ("codes", "state"),
    [
        (("E11",), FindingState.MET),
        (("E11.9",), FindingState.MET),
        (("E11.65",), FindingState.MET),
        (("B20", "E11.9"), FindingState.MET),
        (("E1",), FindingState.NOT_MET),
        (("E10.9",), FindingState.NOT_MET),
        (("E13.9", "B20"), FindingState.NOT_MET),
    ],
)
def test_heading_covers_what_is_below_it_and_nothing_beside(
    codes: tuple[str, ...], state: FindingState
) -> None:
    assert evaluate(coded("c", "E11"), facts({"c": stated(*codes)})).state is state


def test_code_is_no_heading_of_a_shorter_one() -> None:
    leaf = coded("c", "G61.81")
    assert evaluate(leaf, facts({"c": stated("G61.8")})).state is FindingState.NOT_MET
    assert evaluate(leaf, facts({"c": stated("G61.82")})).state is FindingState.NOT_MET
    assert evaluate(leaf, facts()).state is FindingState.NOT_ANSWERED


def test_principal_is_the_code_the_request_rests_on() -> None:
    both = stated("E11.9", "G61.81", rests_on="G61.81")
    for codes, met in ((("E11",), FindingState.NOT_MET), (("G61.81",), FindingState.MET)):
        found = evaluate(coded("c", *codes, principal=True), facts({"c": both}))
        assert found.state is met
    assert evaluate(coded("c", "E11"), facts({"c": both})).state is FindingState.MET


def test_request_that_rests_on_no_code_is_of_no_rule() -> None:
    nothing = facts({"c": CodesAnswer((), "")})
    assert evaluate(coded("c", "E11", principal=True), nothing).state is FindingState.NOT_MET
    assert evaluate(coded("c", "E11"), nothing).state is FindingState.NOT_ANSWERED


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        (("B20",), "B20"),
        (("G61.81", "B20"), "B20 or G61.81"),
        (("D80.2", "D80.3"), "D80.2 or D80.3"),
        (("D80.4", "D80.2", "D80.3", "D80.0"), "D80.0 or D80.2-D80.4"),
        (("D81.89", "D81.9", "D82.0"), "D81.89, D81.9 or D82.0"),
        (("E08", "E09", "E10", "E11"), "E08, E09, E10 or E11"),
        (("M08.0A", "M08.0B", "M08.0C"), "M08.0A, M08.0B or M08.0C"),
    ],
)
def test_codes_that_follow_each_other_are_one(codes: tuple[str, ...], text: str) -> None:
    assert codes_text(codes) == text
    assert required_text(coded("c", *codes)) == text


# A rule of certain codes


def test_rule_of_other_codes_is_known_by_its_condition() -> None:
    assert rests_on_codes(RULE) and rests_on_codes(every(RULE)) and not rests_on_codes(yes("a"))
    (_, off), (_, on) = of_rule(stated("B20")).members, of_rule(stated("E11.9")).members
    assert is_of_other_codes(off) and not is_of_other_codes(on)
    assert is_of_other_codes(of_rule().members[1])
    other = evaluate(when(coded("c", "E11"), yes("a"), yes("b")), facts({"c": stated("B20")}))
    assert not is_of_other_codes(other)


def test_rule_of_other_codes_is_one_line() -> None:
    lines = list(folded(numbered(of_rule(stated("B20"), a=True))))
    assert [(line.number, is_folded) for line, is_folded in lines] == [
        ("", False),
        ("1", False),
        ("2", True),
    ]
    rule = lines[-1][0]
    assert reason_text(rule.finding, facts(), rule.switched_off_by) == (
        "does not apply: the request rests on B20"
    )
    assert not_asked_text(rule.finding) == "Not asked: A (answered: Yes); B."
    shown = [line.number for line, _ in folded(numbered(of_rule(stated("E11.9"))))]
    assert shown == ["", "1", "2", "2a", "", "2.1", "2.2"]


def test_reason_of_a_rule_of_any_code_names_them_all() -> None:
    found = evaluate(when(coded("c", "E11"), yes("a")), facts({"c": stated("B20", "I10")}))
    assert reason_text(found, facts()) == "does not apply: the request states B20 and I10"


def test_another_code_is_no_way_to_meet_a_rule() -> None:
    found = of_rule(stated("E11.9"), first=True)
    assert step_text(ways_to_meet(found)) == "all of: A: to be answered; B: to be answered"
    failed = of_rule(stated("E11.9"), first=True, a=False, b=False)
    assert step_text(ways_to_meet(failed)) == (
        "all of: A: records that show it; B: records that show it"
    )


def test_codes_not_stated_are_asked_for_and_nothing_behind_them() -> None:
    found = of_rule(first=True)
    assert step_text(ways_to_meet(found)) == "The ICD-10-CM code: needs to be stated"
    assert open_questions(found) == ("of-e11",)


# What is only advised

ADVISED = at_least(0, yes("x"), yes("y"), key="docs")


def advised(**answers: bool) -> Finding:
    return evaluate(every(yes("first"), ADVISED), facts(answers))


@pytest.mark.parametrize("answers", [{}, {"x": False}, {"x": False, "y": False}, {"x": True}])
def test_advice_is_always_satisfied(answers: dict[str, bool]) -> None:
    assert advised(**answers).members[1].state is FindingState.MET
    assert advised(first=True, **answers).state is FindingState.MET
    assert advised(first=False, **answers).state is FindingState.NOT_MET


def test_advice_is_never_needed_and_never_offered() -> None:
    found = advised()
    known = Facts(answers={}, request_date=facts().request_date)
    assert open_questions(found, known) == ("first",)
    assert irrelevant_questions(found, known) == ("x", "y")
    assert step_text(ways_to_meet(found)) == "First: to be answered"


def test_advice_is_not_counted_among_what_is_needed() -> None:
    found = advised(first=True, x=True)
    assert is_advised(ADVISED) and not is_advised(found.node)
    assert progress(found)[:3] == (1, 1, 1)
    assert conjunction(every(yes("a"), yes("b"), ADVISED)) == "All of these 2"
    assert progress_text(found) == "1 met"
    assert [line.is_advised for line in numbered(found)] == [False, False, True, True, True]


def test_advice_in_words() -> None:
    found = advised(x=True, y=False).members[1]
    assert conjunction(ADVISED) == "Advised, none of these 2 is required"
    assert reason_text(found, facts()) == "1 of 2 met, none is required"
    assert in_words(ADVISED) == "Advised, none required: X; Y."


def test_advice_is_no_mistake_and_less_than_nothing_is() -> None:
    questions = {leaf.question.key: leaf.question for leaf in (yes("x"), yes("y"))}
    assert not problems(ADVISED, questions)
    below = at_least(-1, yes("x"), yes("y"))
    assert [problem.code for problem in problems(below, questions)] == ["n-too-small"]


def test_criterion_that_names_no_code_is_a_mistake() -> None:
    empty = coded("c")
    found = problems(any_of(empty, yes("x")), {"c": empty.question, "x": yes("x").question})
    assert [problem.code for problem in found] == ["no-codes"]
