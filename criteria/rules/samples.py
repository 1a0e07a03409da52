"""Answers that tell tests on one question apart, to see what passes without asking anyone."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise, product

from criteria.rules.answers import (
    Answer,
    CodesAnswer,
    ListAnswer,
    NumberAnswer,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.facts import Facts, FindingState
from criteria.rules.passing import judge
from criteria.rules.tree import (
    AnswerType,
    Compares,
    Leaf,
    ListsAtLeast,
    NamesCode,
    QuestionDefinition,
    TimeSpan,
    Within,
)

TODAY = date(2024, 6, 30)
_DAY = timedelta(days=1)
_UNLISTED = "-"


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
    days = {leaf.test.anchor: TODAY} if isinstance(leaf.test, Within) else {}
    facts = Facts(answers=days, request_date=TODAY, therapy_start=TODAY)
    return judge(leaf.test, answer, facts) in (FindingState.MET, FindingState.FOR_REVIEWER)


def _samples(leaves: Sequence[Leaf]) -> tuple[Answer, ...]:
    """Answers on both sides of every limit; none if they cannot be compared with each other."""
    question, tests = leaves[0].question, [leaf.test for leaf in leaves]
    match question.type:
        case AnswerType.YES_NO:
            return (True, False)
        case AnswerType.NUMBER:
            return _numbers(question, [test for test in tests if isinstance(test, Compares)])
        case AnswerType.CHOICE:
            return tuple(choice.key for choice in question.choices)
        case AnswerType.THERAPY:
            return tuple(TherapyAnswer(outcome) for outcome in TherapyOutcome)
        case AnswerType.LIST:
            return _lists([test.n for test in tests if isinstance(test, ListsAtLeast)])
        case AnswerType.DATE:
            return _days([test for test in tests if isinstance(test, Within)])
        case AnswerType.CODES:
            return _codes([test for test in tests if isinstance(test, NamesCode)])


def _numbers(question: QuestionDefinition, tests: Sequence[Compares]) -> tuple[Answer, ...]:
    low, high = question.minimum, question.maximum
    values = [
        value
        for value in _values({test.threshold for test in tests}, question)
        if (low is None or low <= value) and (high is None or value <= high)
    ]
    days = {day for test in tests if test.max_age for day in _edges(test.max_age)} | {TODAY}
    return tuple(NumberAnswer(value, day) for value, day in product(values, days))


def _values(thresholds: set[Decimal], question: QuestionDefinition) -> Iterator[Decimal]:
    """Each threshold, the ends of the range, and something between each and beyond all."""
    bounds = [bound for bound in (question.minimum, question.maximum) if bound is not None]
    points = sorted({*thresholds, *bounds})
    if question.whole:
        floors = [point.to_integral_value(ROUND_FLOOR) for point in points]
        yield from sorted({floor + step for floor in floors for step in (-1, 0, 1)})
        return
    yield from (points[0] - 1, *points, points[-1] + 1)
    yield from ((low + high) / 2 for low, high in pairwise(points))


def _lists(counts: Sequence[int]) -> tuple[Answer, ...]:
    near = {count + step for count in counts for step in (-1, 0)}
    return tuple(ListAnswer(stated_count=count) for count in sorted(near) if count >= 0)


def _days(tests: Sequence[Within]) -> tuple[Answer, ...]:
    if len({test.anchor for test in tests}) > 1:
        return ()
    sides = [(test.span.after(TODAY), _DAY) for test in tests if test.after]
    sides += [(test.span.before(TODAY), -_DAY) for test in tests if not test.after]
    return tuple({day for last, step in sides for day in (last, last + step)} | {TODAY})


def _codes(tests: Sequence[NamesCode]) -> tuple[Answer, ...]:
    """Each code alone, beside one that is in no list, and beside one of another list."""
    named = sorted({code for test in tests for code in test.codes})
    one_of_each = {min(test.codes) for test in tests if test.codes} | {_UNLISTED}
    pairs = {(first, other) for first in one_of_each for other in (*named, _UNLISTED)}
    stated = [(code,) for code in named] + sorted(pairs)
    return tuple(CodesAnswer(codes, codes[0]) for codes in stated)


def _edges(age: TimeSpan) -> tuple[date, date]:
    """The oldest day that is still recent enough, and the day before it."""
    return age.before(TODAY), age.before(TODAY) - _DAY
