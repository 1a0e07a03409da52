"""Plain words for what is asked, required and answered. Short, for a tired clinician."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from criteria.rules.answers import (
    Answer,
    CodesAnswer,
    ListAnswer,
    NumberAnswer,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.formats import (
    amount_text,
    codes_text,
    date_text,
    joined,
    month_text,
    number_text,
    span_text,
    unit_text,
)
from criteria.rules.tree import (
    Anchor,
    Compares,
    DoseLeaf,
    FactRole,
    Leaf,
    ListsAtLeast,
    NamesCode,
    NumberComparison,
    OneOf,
    PassesOn,
    QuestionDefinition,
    Test,
    Tried,
    Within,
)

Questions = Mapping[str, QuestionDefinition]
NO_QUESTIONS: Questions = MappingProxyType({})
_ANCHORS = {Anchor.REQUEST: "the request", Anchor.THERAPY_START: "therapy start"}
_ROLES = {
    FactRole.THERAPY_START: "therapy start",
    FactRole.TRANSPLANT_DATE: "the transplant",
    FactRole.DISCONTINUATION_DATE: "the day it was stopped",
}
_COMPARED = {
    NumberComparison.LT: "below {}",
    NumberComparison.LE: "at most {}",
    NumberComparison.EQ: "exactly {}",
    NumberComparison.GE: "{} or more",
    NumberComparison.GT: "above {}",
}
_NO_OUTCOME = "no failure, contraindication or intolerance"


def required_text(leaf: Leaf | DoseLeaf, questions: Questions = NO_QUESTIONS) -> str:
    """What is needed to pass: "below 50 ×10⁹/L, measured within 30 days before the request".

    ``questions`` put a name to the question a window is counted from.
    """
    if isinstance(leaf, DoseLeaf):
        return "a dose within the policy's limit"
    if isinstance(leaf.test, Within):
        text = _within_text(leaf.test, questions)
    else:
        text = test_text(leaf.test, leaf.question)
    if leaf.contradiction and not isinstance(leaf.test, OneOf):
        text += "; a reviewer decides on anything else"
    return text


def test_text(test: Test, question: QuestionDefinition) -> str:
    """What a test needs, in the unit and labels of its question."""
    match test:
        case PassesOn():
            return "yes" if test.answer else "no"
        case Compares():
            return compared_text(test, question) + _age_text(test)
        case OneOf():
            return _one_of_text(test, question)
        case Tried():
            return outcomes_text(test.outcomes)
        case ListsAtLeast():
            return f"at least {test.n} named"
        case NamesCode():
            return codes_text(test.codes)
        case Within():
            return _within_text(test, NO_QUESTIONS)


def compared_text(test: Compares, question: QuestionDefinition) -> str:
    """The comparison alone: "below 50 ×10⁹/L", "2 or more nerves"."""
    unit = unit_text(question.unit)
    if question.whole and test.comparison is NumberComparison.GE:
        return f"{number_text(test.threshold)} or more {unit}".rstrip()
    return _COMPARED[test.comparison].format(amount_text(test.threshold, unit))


def outcomes_text(outcomes: frozenset[TherapyOutcome]) -> str:
    """The outcomes in the policy's order: failure, contraindication or intolerance."""
    return joined([outcome.value for outcome in TherapyOutcome if outcome in outcomes])


def anchor_text(anchor: str, questions: Questions = NO_QUESTIONS) -> str:
    """The day a window is counted from, in words."""
    if anchor in _ANCHORS:
        return _ANCHORS[Anchor(anchor)]
    question = questions.get(anchor)
    if question is None:
        return "the day of " + re.sub(r"[-_]", " ", anchor)
    role = _ROLES.get(question.role) if question.role else None
    return role or f"the day given for “{question.wording}”"


def choice_text(question: QuestionDefinition, key: str) -> str:
    """The label of a choice."""
    return next((choice.label for choice in question.choices if choice.key == key), key)


def answer_text(question: QuestionDefinition, answer: Answer | None) -> str:
    """An answer as it is read back: "22 ×10⁹/L, measured 25 Jun 2021"."""
    match answer:
        case None:
            return "not answered"
        case bool():
            return "Yes" if answer else "No"
        case NumberAnswer():
            return _number_answer_text(question, answer)
        case date():
            return date_text(answer)
        case str():
            return choice_text(question, answer)
        case TherapyAnswer():
            return _therapy_text(answer)
        case ListAnswer():
            return _list_text(answer)
        case CodesAnswer():
            return _codes_text(answer)


def _codes_text(answer: CodesAnswer) -> str:
    """The code the request rests on, then the others."""
    if not answer.principal:
        return joined(answer.codes, "and") or "none stated"
    others = [code for code in answer.codes if code != answer.principal]
    return f"{answer.principal}, stated with {joined(others, 'and')}" if others else answer.codes[0]


def _age_text(test: Compares) -> str:
    if test.max_age is None:
        return ""
    return f", measured within {span_text(test.max_age)} before the request"


def _within_text(test: Within, questions: Questions) -> str:
    side = "after" if test.after else "before"
    return f"at most {span_text(test.span)} {side} {anchor_text(test.anchor, questions)}"


def _one_of_text(test: OneOf, question: QuestionDefinition) -> str:
    keys = [choice.key for choice in question.choices]
    passing = joined([choice_text(question, key) for key in keys if key in test.passing])
    judged = joined([choice_text(question, key) for key in keys if key in test.reviewer])
    return "; ".join(filter(None, (passing, judged and f"a reviewer decides on {judged}")))


def _number_answer_text(question: QuestionDefinition, answer: NumberAnswer) -> str:
    text = amount_text(answer.value, question.unit)
    plain = {number_text(answer.value), str(answer.value), f"{answer.value} {question.unit}", text}
    if answer.typed and not {answer.typed, unit_text(answer.typed)} & plain:
        text += f" (entered as {answer.typed})"
    return f"{text}, measured {date_text(answer.measured_on)}" if answer.measured_on else text


def _therapy_text(answer: TherapyAnswer) -> str:
    outcome = answer.outcome.value
    if answer.outcome is TherapyOutcome.NONE:
        outcome = _NO_OUTCOME
    details = ", ".join(filter(None, (answer.drug, _period_text(answer), answer.reason)))
    return f"{outcome} ({details})" if details else outcome


def _period_text(answer: TherapyAnswer) -> str:
    start, stop = answer.started_on, answer.stopped_on
    if start and stop:
        return f"{month_text(start)} to {month_text(stop)}"
    if start:
        return f"from {month_text(start)}"
    return f"until {month_text(stop)}" if stop else ""


def _list_text(answer: ListAnswer) -> str:
    names = "; ".join(_entry_text(entry) for entry in answer.entries)
    stated = f"{answer.stated_count:,} stated" if answer.stated_count is not None else ""
    return ": ".join(filter(None, (stated, names))) or "none named"


def _entry_text(entry: TherapyAnswer) -> str:
    if not entry.drug:
        return _therapy_text(entry)
    outcome = _NO_OUTCOME if entry.outcome is TherapyOutcome.NONE else entry.outcome.value
    return f"{entry.drug} ({', '.join(filter(None, (outcome, _period_text(entry), entry.reason)))})"
