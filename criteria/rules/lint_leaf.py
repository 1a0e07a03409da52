"""Mistakes in one question with its passing condition."""

from collections.abc import Iterator, Mapping

from criteria.rules.answers import TherapyOutcome
from criteria.rules.formats import amount_text
from criteria.rules.problem import Path, TreeProblem, error, warning
from criteria.rules.samples import can_fail, can_pass
from criteria.rules.tree import (
    Anchor,
    AnswerType,
    Compares,
    Leaf,
    ListsAtLeast,
    NamesCode,
    OneOf,
    QuestionDefinition,
    TimeSpan,
    Tried,
    Within,
)


def leaf_problems(
    leaf: Leaf, path: Path, questions: Mapping[str, QuestionDefinition]
) -> Iterator[TreeProblem]:
    """Everything wrong with one criterion, looked at alone."""
    known = questions.get(leaf.question.key)
    if known is None:
        yield error("unknown-question", path, f"no question has the key “{leaf.question.key}”")
    elif known != leaf.question:
        yield error("other-question", path, f"is not the question kept as “{known.key}”")
    if leaf.test.type is not leaf.question.type:
        text = f"tests a {leaf.test.type} answer, the question asks for {leaf.question.type}"
        yield error("wrong-type", path, text)
        return
    found = list(_test(leaf, path, questions))
    yield from found or _outcome(leaf, path)


def _test(
    leaf: Leaf, path: Path, questions: Mapping[str, QuestionDefinition]
) -> Iterator[TreeProblem]:
    match leaf.test:
        case Compares():
            yield from _compares(leaf.test, leaf.question, path)
        case OneOf():
            yield from _one_of(leaf.test, leaf.question, path)
        case Within():
            yield from _within(leaf, leaf.test, path, questions)
        case Tried() if not leaf.test.outcomes or TherapyOutcome.NONE in leaf.test.outcomes:
            yield error("outcomes", path, "accepts no outcome, or a therapy never considered")
        case NamesCode() if not leaf.test.codes:
            yield error("no-codes", path, "names no code")
        case ListsAtLeast() if leaf.test.n < 1:
            yield error("n-too-small", path, f"asks for at least {leaf.test.n}")


def _compares(test: Compares, question: QuestionDefinition, path: Path) -> Iterator[TreeProblem]:
    low, high = question.minimum, question.maximum
    if (low is not None and test.threshold < low) or (high is not None and test.threshold > high):
        limit = amount_text(test.threshold, question.unit)
        yield error("threshold-range", path, f"{limit} is outside the range the question accepts")
    if test.max_age is not None:
        yield from _span(test.max_age, path)
        if not question.dated:
            yield error("not-dated", path, "needs a date the question does not ask for")


def _one_of(test: OneOf, question: QuestionDefinition, path: Path) -> Iterator[TreeProblem]:
    for key in sorted((test.passing | test.reviewer) - {c.key for c in question.choices}):
        yield error("unknown-choice", path, f"“{key}” is not a choice of the question")
    for key in sorted(test.passing & test.reviewer):
        yield error("choice-twice", path, f"“{key}” both passes and is left to a reviewer")
    if not test.passing and not test.reviewer:
        yield error("cannot-pass", path, "no choice passes")


def _within(
    leaf: Leaf, test: Within, path: Path, questions: Mapping[str, QuestionDefinition]
) -> Iterator[TreeProblem]:
    yield from _span(test.span, path)
    if test.anchor in frozenset(Anchor):
        return
    anchor = questions.get(test.anchor)
    if test.anchor == leaf.question.key:
        yield error("anchor", path, "is counted from its own answer")
    elif anchor is None or anchor.type is not AnswerType.DATE:
        yield error("anchor", path, f"is counted from “{test.anchor}”, which asks for no date")


def _span(span: TimeSpan, path: Path) -> Iterator[TreeProblem]:
    if span.days < 0 or span.months < 0:
        yield error("span", path, "has a length of time below zero")


def _outcome(leaf: Leaf, path: Path) -> Iterator[TreeProblem]:
    if not can_pass(leaf):
        yield error("cannot-pass", path, "no answer the question accepts passes")
    elif not leaf.contradiction and not can_fail(leaf):
        yield warning("cannot-fail", path, "every answer the question accepts passes")
