"""Which questions are still worth asking, and how far a criterion is."""

from datetime import date

from criteria.rules import TimeSpan, evaluate
from criteria.rules.guidance import (
    Progress,
    irrelevant_questions,
    open_questions,
    progress,
    relevant_keys,
)
from tests.rules.build import (
    any_of,
    at_least,
    choice,
    day,
    dose,
    every,
    facts,
    figure,
    number,
    question,
    when,
    yes,
)


def test_open_questions_stand_in_tree_order_and_once() -> None:
    shared = question("b", yes("b").question.type)
    tree = every(yes("c"), yes("b1", asks=shared), any_of(yes("a"), yes("b2", asks=shared)))
    assert open_questions(evaluate(tree, facts())) == ("c", "b", "a")


def test_a_settled_group_makes_its_open_members_irrelevant() -> None:
    tree = every(any_of(yes("a"), yes("b"), yes("c")), yes("d"))
    finding = evaluate(tree, facts({"b": True}))
    assert open_questions(finding) == ("d",)
    assert irrelevant_questions(finding) == ("a", "c")


def test_a_settled_root_leaves_nothing_to_ask() -> None:
    finding = evaluate(every(yes("a"), yes("b"), dose()), facts({"a": False}))
    assert (open_questions(finding), irrelevant_questions(finding)) == ((), ("b",))
    assert relevant_keys(finding) == frozenset()


def test_an_open_condition_keeps_both_branches_relevant() -> None:
    tree = when(yes("if"), yes("then"), yes("else"))
    assert open_questions(evaluate(tree, facts())) == ("if", "then", "else")
    taken = evaluate(tree, facts({"if": True}))
    assert (open_questions(taken), irrelevant_questions(taken)) == (("then",), ("else",))


def test_a_question_matters_if_any_criterion_using_it_does() -> None:
    asks = question("igg", number("igg").question.type)
    settled = any_of(yes("a"), number("low", "<", 400, asks=asks))
    tree = every(settled, number("high", "<", 500, asks=asks), key="root")
    assert open_questions(evaluate(tree, facts({"a": True}))) == ("igg",)


def test_an_answered_question_in_a_branch_not_taken_is_not_unanswered() -> None:
    tree = when(yes("if"), every(yes("a"), yes("b")))
    assert irrelevant_questions(evaluate(tree, facts({"if": False, "a": True}))) == ("b",)


def test_a_figure_without_its_date_is_still_open() -> None:
    tree = number("platelets", "<", 50, days=30)
    assert open_questions(evaluate(tree, facts({"platelets": figure(22)}))) == ("platelets",)
    assert open_questions(evaluate(tree, facts({"platelets": figure(50)}))) == ()


def test_the_question_a_window_is_counted_from_is_open_too() -> None:
    tree = day("last", TimeSpan(days=360), "stopped", after=True)
    assert open_questions(evaluate(tree, facts())) == ("last", "stopped")
    known = facts({"last": date(2021, 1, 1)})
    assert open_questions(evaluate(tree, known), known) == ("stopped",)
    known = facts({"stopped": date(2021, 1, 1)})
    assert open_questions(evaluate(tree, known), known) == ("last",)


def test_a_window_from_an_unknown_start_of_therapy_stays_open() -> None:
    tree = day("transplant", TimeSpan(days=100), "therapy_start")
    known = facts({"transplant": date(2021, 1, 1)})
    assert open_questions(evaluate(tree, known)) == ("transplant",)
    told = facts({"transplant": date(2021, 1, 1)}, therapy_start_question="first_dose")
    assert open_questions(evaluate(tree, told), told) == ("first_dose",)


def test_the_dose_is_a_criterion_but_no_question() -> None:
    finding = evaluate(every(dose(), yes("a")), facts({"a": True}))
    assert open_questions(finding) == ()
    assert relevant_keys(finding) == {"dose"}


def test_what_waits_for_a_reviewer_is_not_asked_again() -> None:
    finding = evaluate(every(choice("c", "a", "c"), yes("b")), facts({"c": "c"}))
    assert open_questions(finding) == ("b",)


def test_progress() -> None:
    off = when(yes("if"), yes("then"))
    tree = at_least(2, yes("a"), off, yes("b"), yes("c"))
    finding = evaluate(tree, facts({"a": False, "if": False}))
    assert progress(finding) == Progress(satisfied=1, required=2, members=4, inapplicable=1)
    assert progress(finding.members[0]) == Progress(satisfied=0, required=1, members=1)
