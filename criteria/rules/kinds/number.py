"""A number with its unit, and with the day it was measured where the question asks for that."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from types import MappingProxyType

from criteria.rules.answers import AnswerType, NumberAnswer
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import amount_text, date_text, number_text, span_text, unit_text
from criteria.rules.json_values import Json
from criteria.rules.kinds.ages import age_edges, age_text, is_recent
from criteria.rules.kinds.base import (
    SAMPLE_DAY,
    AnswerDifference,
    AnswerKind,
    JudgedAnswer,
    needs_text,
    span_problems,
)
from criteria.rules.kinds.comparison import (
    COMPARED,
    Compares,
    NumberComparison,
    compared,
    compared_columns,
    size_text,
    stated_comparison,
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
from criteria.rules.kinds.units import (
    as_typed,
    figures_around,
    in_unit_of,
    is_in_range,
    number_from_json,
    read_unit,
    slip_text,
    units_of,
)
from criteria.rules.parse import UnreadableError, number_of
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions, TimeSpan


class NumberKind(AnswerKind[Compares, NumberAnswer]):
    """A number: a NumberAnswer, in the unit of its question."""

    type = AnswerType.NUMBER
    may_contradict = True
    question_fields = ("unit", "other_units", "min", "max", "whole", "dated")
    label, asks_for = "Number", "a number"
    heading = "It passes when the number is"
    file_expects = 'a comparison such as ">= 2"'
    advice = "Say what the number is compared with, such as at least 2."
    field_columns = MappingProxyType({"passes": "threshold", "not_older_than": "max_age_count"})
    columns = (COMPARED, (TestColumn("max_age_count"), TestColumn("max_age_unit", "")))
    test_class, answer_class = Compares, NumberAnswer

    def judge(
        self, test: Compares, answer: NumberAnswer, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """By its size, then by the day it was measured."""
        if not test.has_size(answer.value):
            return FindingState.NOT_MET
        if test.max_age is None:
            return FindingState.MET
        if answer.measured_on is None:
            return FindingState.NOT_ANSWERED
        is_in_time = is_recent(test.max_age, answer.measured_on, facts.request_date)
        return FindingState.MET if is_in_time else FindingState.NOT_MET

    def spans(self, test: Compares) -> tuple[TimeSpan, ...]:
        """How old it may be."""
        return () if test.max_age is None else (test.max_age,)

    def answer_text(self, question: QuestionDefinition, answer: NumberAnswer) -> str:
        """The figure with its unit, as it was typed where that is another one, and its day."""
        text = amount_text(answer.value, question.unit)
        bare = {number_text(answer.value), str(answer.value)}
        plain = bare | {f"{answer.value} {question.unit}", text}
        if answer.typed and not {answer.typed, unit_text(answer.typed)} & plain:
            text += f" (entered as {answer.typed})"
        return f"{text}, measured {date_text(answer.measured_on)}" if answer.measured_on else text

    def test_text(
        self, test: Compares, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """The comparison, and how old the figure may be."""
        size = size_text(test, question)
        if test.max_age is None:
            return size
        return f"{size}, measured within {span_text(test.max_age)} before the request"

    def reason_text(self, test: Compares, judged: JudgedAnswer[NumberAnswer]) -> str:
        """The figure and its age, each where it says something: every reason of a failure."""
        question, answer, request = judged.question, judged.answer, judged.facts.request_date
        day, is_right = answer.measured_on, test.has_size(answer.value)
        age = "" if test.max_age is None else age_text(test.max_age, day, request)
        if is_right and age:
            return age
        found = amount_text(answer.value, "" if question.whole else question.unit)
        size = needs_text(found, size_text(test, question))
        if test.max_age is None or (day is not None and is_recent(test.max_age, day, request)):
            return size
        return f"{size}; {age}"

    def reason_says_more(self, test: Compares, state: FindingState) -> bool:
        """What is needed stands in the reason, and how old the figure is."""
        return bool(self.spans(test)) or state is FindingState.NOT_MET

    def records_text(self, test: Compares, question: QuestionDefinition, needed: str) -> str:
        """A figure; of a count the number itself."""
        is_count = question.whole and test.comparison is NumberComparison.GE
        return f"records that show {needed if is_count else f'a figure {needed}'}"

    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """The figure, its unit where there are several, and its day where that is asked."""
        unit = unit_text(question.unit)
        found = [AnswerField(widget=FieldWidget.FIGURE, label="Figure", unit=unit)]
        if question.other_units:
            choices = tuple((unit, unit_text(unit)) for unit in units_of(question))
            select = FieldWidget.SELECT
            found.append(AnswerField(part="unit", widget=select, label="Unit", choices=choices))
        if question.dated:
            day = FieldWidget.DAY
            found.append(AnswerField(part="measured_on", widget=day, label="Measured on"))
        return tuple(found)

    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> NumberAnswer | None:
        """The figure in the question's own unit."""
        measured = typed.day("measured_on") if question.dated else None
        text = typed.part()
        try:
            value = number_of(text)
        except UnreadableError as problem:
            typed.problems[""] = str(problem)
            return None
        if value is None and measured is not None:
            typed.problems[""] = "Enter the figure for this date, or clear the date."
        if value is None:
            return None
        unit = read_unit(question, typed)
        if unit is None:
            return None
        own = value * units_of(question)[unit]
        if wrong := slip_text(question, own):
            typed.problems[""] = wrong
        return NumberAnswer(own, measured, f"{text} {unit}".strip())

    def typed(self, question: QuestionDefinition, answer: NumberAnswer) -> dict[str, list[str]]:
        """The figure in the unit it was typed in."""
        value, unit = as_typed(question, answer)
        found = {"": [f"{value:f}"]}
        if question.other_units:
            found["unit"] = [unit]
        if answer.measured_on is not None:
            found["measured_on"] = [answer.measured_on.isoformat()]
        return found

    def echo(self, question: QuestionDefinition, answer: NumberAnswer) -> str:
        """What a figure in another unit is in the question's own."""
        value, unit = as_typed(question, answer)
        if units_of(question)[unit] == 1:
            return ""
        return f"{amount_text(value, unit)} = {amount_text(answer.value, question.unit)}"

    def from_json(
        self, question: QuestionDefinition, value: object, on: date, at: str
    ) -> NumberAnswer:
        """A number, or an object with its unit and the day it was measured."""
        return number_from_json(question, value, on, at)

    def to_json(self, question: QuestionDefinition, answer: NumberAnswer) -> Json:
        """The figure alone where unit and day say nothing more."""
        value, unit = as_typed(question, answer)
        figure = int(value) if value == value.to_integral_value() else value
        found: dict[str, Json] = {"value": figure}
        if unit != question.unit:
            found["unit"] = unit
        if answer.measured_on is not None:
            found["measured_on"] = answer.measured_on.isoformat()
        return found if len(found) > 1 else figure

    def json_form(self, question: QuestionDefinition) -> str:
        """A number, or an object."""
        day = ", measured_on as YYYY-MM-DD" if question.dated else ""
        number = "a whole number" if question.whole else "a number"
        return f"{number}, or {{value, unit{day}}}"

    def fits(self, stated: StatedTest) -> bool:
        """A comparison."""
        return isinstance(stated.get("passes"), str)

    def test_of(self, stated: StatedTest) -> Compares:
        """The comparison, and how old a figure may be."""
        age = text_in(stated.get("not_older_than"))
        return Compares(*compared(text_in(stated.get("passes"))), span_of(age) if age else None)

    def misfits(
        self, stated: StatedTest, question: QuestionDefinition, questions: Questions
    ) -> Iterator[Misfit]:
        """The age of a figure whose day nobody asks for."""
        if stated.get("not_older_than") and not question.dated:
            expected = f"question {question.key!r} must be dated to have an age"
            advice = "The question does not ask for the day it was measured."
            yield Misfit("not_older_than", expected, advice)

    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """The comparison, and how old a figure may be."""
        age = text_in(stated.get("not_older_than"))
        count, unit = span_columns(age) if age else (None, "")
        found = compared_columns(stated)
        return found | ({"max_age_count": count, "max_age_unit": unit} if age else {})

    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """The comparison, and how old a figure may be."""
        age = stated_span(values, "max_age")
        return stated_comparison(values) | ({"not_older_than": age} if age else {})

    def may_be_restated(self, answer: NumberAnswer) -> bool:
        """A figure with its day: the criteria judge it by that day."""
        return answer.measured_on is not None

    def carries(
        self, question: QuestionDefinition, other: QuestionDefinition, answer: NumberAnswer
    ) -> bool:
        """A figure in the same unit that the other question accepts."""
        is_whole = answer.value == answer.value.to_integral_value()
        fits = is_in_range(answer.value, other) and (is_whole or not other.whole)
        return question.unit == other.unit and fits

    def change(
        self,
        question: QuestionDefinition,
        then: NumberAnswer,
        other: QuestionDefinition,
        now: NumberAnswer,
    ) -> AnswerDifference:
        """Both figures in the unit of today, where either question knows the other's unit."""
        converted = in_unit_of(then.value, question, other)
        if converted is None:
            units = " and ".join(unit_text(each.unit) or "no unit" for each in (question, other))
            return AnswerDifference(obstacle=units)
        figures = (converted, Fraction(now.value))
        return AnswerDifference(is_same=figures[0] == figures[1], figures=figures)

    def short_text(self, question: QuestionDefinition, answer: NumberAnswer) -> str:
        """The figure with its unit."""
        return amount_text(answer.value, question.unit)

    def samples(
        self, question: QuestionDefinition, tests: Sequence[Compares]
    ) -> tuple[NumberAnswer, ...]:
        """Around every threshold and both ends of the range, each on either side of an age."""
        values = [
            value
            for value in figures_around({test.threshold for test in tests}, question)
            if is_in_range(value, question)
        ]
        spans = [span for test in tests for span in self.spans(test)]
        days = {day for span in spans for day in age_edges(span, SAMPLE_DAY)} | {SAMPLE_DAY}
        return tuple(NumberAnswer(value, day) for value, day in product(values, days))

    def lint(
        self, test: Compares, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """A threshold nobody can reach, and an age of a figure without a day."""
        if not is_in_range(test.threshold, question):
            limit = amount_text(test.threshold, question.unit)
            text = f"{limit} is outside the range the question accepts"
            yield error("threshold-range", path, text)
        if test.max_age is not None:
            yield from span_problems(test.max_age, path)
            if not question.dated:
                yield error("not-dated", path, "needs a date the question does not ask for")
