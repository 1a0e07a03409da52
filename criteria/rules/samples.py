"""Answers that tell tests on one question apart, to see what passes without asking anyone."""

from collections.abc import Sequence

from criteria.rules.answers import Answer
from criteria.rules.facts import Facts, FindingState
from criteria.rules.kinds import KINDS, judge
from criteria.rules.kinds.base import SAMPLE_DAY
from criteria.rules.tree import Leaf


def can_pass(*leaves: Leaf) -> bool:
    """Whether one answer can pass all of these criteria, which share a question."""
    answers = _samples(leaves)
    return not answers or any(all(_passes(x, a) for x in leaves) for a in answers)


def implies(first: Leaf, second: Leaf) -> bool:
    """Whether every answer that passes ``first`` passes ``second``, on the same question."""
    answers = _samples((first, second))
    return bool(answers) and all(_passes(second, a) for a in answers if _passes(first, a))


def can_fail(leaf: Leaf) -> bool:
    """Whether some answer does not pass."""
    answers = _samples((leaf,))
    return not answers or not all(_passes(leaf, answer) for answer in answers)


def _passes(leaf: Leaf, answer: Answer) -> bool:
    """Whether an answer may count as met: it passes, or a reviewer may accept it."""
    anchor = KINDS[leaf.test.type].anchor(leaf.test)
    days: dict[str, Answer] = {} if anchor is None else {anchor: SAMPLE_DAY}
    facts = Facts(answers=days, request_date=SAMPLE_DAY, therapy_start=SAMPLE_DAY)
    state = judge(leaf.test, answer, facts, leaf.question)
    return state in (FindingState.MET, FindingState.FOR_REVIEWER)


def _samples(leaves: Sequence[Leaf]) -> tuple[Answer, ...]:
    """Answers on both sides of every limit; none if they cannot be compared with each other."""
    question, tests = leaves[0].question, [leaf.test for leaf in leaves]
    return KINDS[question.type].samples(question, tests)
