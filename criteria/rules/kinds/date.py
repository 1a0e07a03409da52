"""A date, held against a window that is counted from another day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import ClassVar

from criteria.rules.answers import AnswerType
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import counted, date_text, span_text
from criteria.rules.json_values import Json, past_date_at
from criteria.rules.kinds.ages import accepted_text, recent_text
from criteria.rules.kinds.base import (
    SAMPLE_DAY,
    AnswerDifference,
    AnswerKind,
    JudgedAnswer,
    span_problems,
)
from criteria.rules.kinds.fields import (
    AnswerField,
    FieldWidget,
    TypedAnswer,
)
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    Misfit,
    StatedTest,
    StatedValue,
    TestColumn,
    span_columns,
    span_of,
    stated_span,
    text_in,
)
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import (
    NO_QUESTIONS,
    Anchor,
    FactRole,
    QuestionDefinition,
    Questions,
    TimeSpan,
)

_ANCHORS = {Anchor.REQUEST: "the request", Anchor.THERAPY_START: "therapy start"}
_ROLES = {
    FactRole.THERAPY_START: "therapy start",
    FactRole.TRANSPLANT_DATE: "the transplant",
    FactRole.DISCONTINUATION_DATE: "the day it was stopped",
}


@dataclass(frozen=True, slots=True)
class Within:
    """Date: on or before the anchor, and at most ``span`` before it (or after, ``after`` True)."""

    type: ClassVar[AnswerType] = AnswerType.DATE
    span: TimeSpan
    anchor: str = Anchor.REQUEST
    after: bool = False


class DateKind(AnswerKind[Within, date]):
    """A date."""

    type = AnswerType.DATE
    may_contradict = True
    label, asks_for = "Date", "a date"
    heading = "It passes when the date lies"
    file_expects = 'only within, a span such as "100 days"'
    advice = "Say within which time, such as 100 days."
    field_columns = MappingProxyType(
        {
            "passes": "window_count",
            "within": "window_count",
            "of": "anchor_question",
            "after": "window_after",
        }
    )
    columns = (
        (TestColumn("window_count"), TestColumn("window_unit", "")),
        (TestColumn("window_after", False),),
        (TestColumn("anchor", ""),),
        (TestColumn("anchor_question"),),
    )
    test_class, answer_class = Within, date

    def judge(
        self, test: Within, answer: date, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """Both ends of the window count as inside."""
        anchor = facts.day(test.anchor)
        if anchor is None:
            return FindingState.NOT_ANSWERED
        if test.after:
            is_inside = anchor <= answer <= test.span.after(anchor)
        else:
            is_inside = test.span.before(anchor) <= answer <= anchor
        return FindingState.MET if is_inside else FindingState.NOT_MET

    def anchor(self, test: Within) -> str | None:
        """The day the window is counted from."""
        return test.anchor

    def spans(self, test: Within) -> tuple[TimeSpan, ...]:
        """The window."""
        return (test.span,)

    def answer_text(self, question: QuestionDefinition, answer: date) -> str:
        """14 May 2026."""
        return date_text(answer)

    def test_text(
        self, test: Within, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """At most 100 days before the request."""
        side = "after" if test.after else "before"
        return f"at most {span_text(test.span)} {side} {anchor_text(test.anchor, questions)}"

    def reason_text(self, test: Within, judged: JudgedAnswer[date]) -> str:
        """How far the day is from the one the window is counted from."""
        day, facts = judged.answer, judged.facts
        anchor, name = facts.day(test.anchor), anchor_text(test.anchor, judged.questions)
        if anchor is None:
            return f"{name} is not known"
        if test.anchor == Anchor.REQUEST and not test.after:
            return recent_text(test.span, day, anchor, "before the request")
        if test.anchor == Anchor.THERAPY_START and anchor != facts.request_date:
            name = f"{name} on {date_text(anchor)}"
        side, other = ("after", "before") if test.after else ("before", "after")
        distance = (day - anchor).days if test.after else (anchor - day).days
        if distance < 0:
            return f"{counted(-distance, 'day')} {other} {name}, and must not be {other} it"
        accepted = accepted_text(test.span)
        return f"{counted(distance, 'day')} {side} {name}: the policy accepts {accepted}"

    def records_text(self, test: Within, question: QuestionDefinition, needed: str) -> str:
        """A date."""
        return f"records that show a date {needed}"

    def missing_text(self, test: Within, questions: Questions) -> str:
        """The day the window is counted from."""
        return f"{anchor_text(test.anchor, questions)}, which is not known"

    def exact_text(self, test: Within) -> str:
        """The key of that day."""
        return test.anchor

    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """A date."""
        return (AnswerField(widget=FieldWidget.DAY, label="Date"),)

    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> date | None:
        """A day that has come."""
        return typed.day()

    def typed(self, question: QuestionDefinition, answer: date) -> dict[str, list[str]]:
        """YYYY-MM-DD."""
        return {"": [answer.isoformat()]}

    def from_json(self, question: QuestionDefinition, value: object, on: date, at: str) -> date:
        """A day on or before the request."""
        return past_date_at(value, on, at)

    def to_json(self, question: QuestionDefinition, answer: date) -> Json:
        """YYYY-MM-DD."""
        return answer.isoformat()

    def json_form(self, question: QuestionDefinition) -> str:
        """A date."""
        return "a date as YYYY-MM-DD, not after the request date"

    def fits(self, stated: StatedTest) -> bool:
        """A window is stated beside ``passes``."""
        return bool(stated.get("within"))

    def test_of(self, stated: StatedTest) -> Within:
        """The window, counted from the request where no other day is named."""
        anchor = text_in(stated.get("of")) or Anchor.REQUEST.value
        return Within(span_of(text_in(stated.get("within"))), anchor, stated.get("after") is True)

    def misfits(
        self, stated: StatedTest, question: QuestionDefinition, questions: Questions
    ) -> Iterator[Misfit]:
        """Something beside the window, or a window counted from itself or from no date."""
        if not self.fits(stated):
            return
        if stated.get("passes") is not None:
            yield Misfit("passes", f"expected {self.file_expects}", self.advice)
        anchor = text_in(stated.get("of")) or Anchor.REQUEST.value
        other = questions.get(anchor)
        if anchor in set(Anchor):
            return
        if other is None or other.type is not AnswerType.DATE:
            advice = "A period is counted from a date: choose a question for a date."
            missing = anchor if other is None else ""
            yield Misfit("of", f"expected a date question, got {anchor!r}", advice, missing)
        elif anchor == question.key:
            expected = f"a cycle: {anchor!r} is counted from itself"
            yield Misfit("of", expected, "A date cannot be counted from itself.")

    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """The window; ``anchor_question`` is the key of a question."""
        count, unit = span_columns(text_in(stated.get("within")))
        found: dict[str, ColumnValue] = {"window_count": count, "window_unit": unit}
        found["window_after"] = stated.get("after") is True
        anchor = text_in(stated.get("of"))
        if anchor:
            found["anchor" if anchor in set(Anchor) else "anchor_question"] = anchor
        return found

    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """The window."""
        found: dict[str, StatedValue] = {"passes": None}
        span = stated_span(values, "window")
        if span:
            found |= {"within": span, "after": values.get("window_after") is True}
        anchor = text_in(values.get("anchor_question")) or text_in(values.get("anchor"))
        return found | ({"of": anchor} if anchor else {})

    def may_be_restated(self, answer: date) -> bool:
        """What happened on a day stays what it was."""
        return True

    def change(
        self, question: QuestionDefinition, then: date, other: QuestionDefinition, now: date
    ) -> AnswerDifference:
        """Both days."""
        return AnswerDifference(is_same=then == now, days=(then, now))

    def short_text(self, question: QuestionDefinition, answer: date) -> str:
        """14 May 2026."""
        return date_text(answer)

    def samples(self, question: QuestionDefinition, tests: Sequence[Within]) -> tuple[date, ...]:
        """The last day inside and the first outside; windows of several days are not compared."""
        if len({test.anchor for test in tests}) > 1:
            return ()
        day = timedelta(days=1)
        sides = [(test.span.after(SAMPLE_DAY), day) for test in tests if test.after]
        sides += [(test.span.before(SAMPLE_DAY), -day) for test in tests if not test.after]
        return tuple(
            {found for last, step in sides for found in (last, last + step)} | {SAMPLE_DAY}
        )

    def lint(
        self, test: Within, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """A window that is counted from itself, or from no date."""
        yield from span_problems(test.span, path)
        if test.anchor in frozenset(Anchor):
            return
        anchor = questions.get(test.anchor)
        if test.anchor == question.key:
            yield error("anchor", path, "is counted from its own answer")
        elif anchor is None or anchor.type is not AnswerType.DATE:
            text = f"is counted from “{test.anchor}”, which asks for no date"
            yield error("anchor", path, text)


def anchor_text(anchor: str, questions: Questions = NO_QUESTIONS) -> str:
    """The day a window is counted from, in words."""
    if anchor in _ANCHORS:
        return _ANCHORS[Anchor(anchor)]
    question = questions.get(anchor)
    if question is None:
        return "the day of " + re.sub(r"[-_]", " ", anchor)
    role = _ROLES.get(question.role) if question.role else None
    return role or f"the day given for “{question.wording}”"
