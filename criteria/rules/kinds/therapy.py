"""One therapy and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from criteria.rules.answers import AnswerType, TherapyAnswer, TherapyOutcome
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import joined, month_text
from criteria.rules.json_values import (
    CaseProblemError,
    Json,
    known_keys,
    one_of_at,
    past_date_at,
    text_at,
)
from criteria.rules.kinds.base import AnswerKind
from criteria.rules.kinds.fields import (
    AnswerField,
    Choices,
    FieldWidget,
    TypedAnswer,
    read_day,
)
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    Misfit,
    StatedTest,
    StatedValue,
    TestColumn,
    keys_in,
)
from criteria.rules.parse import UnreadableError
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions

TRIED = frozenset(
    {TherapyOutcome.FAILURE, TherapyOutcome.CONTRAINDICATION, TherapyOutcome.INTOLERANCE}
)
DETAILS = ("drug", "from", "to", "reason")
OUTCOME_LABELS: Choices = (
    (TherapyOutcome.FAILURE.value, "Failed"),
    (TherapyOutcome.CONTRAINDICATION.value, "Contraindicated"),
    (TherapyOutcome.INTOLERANCE.value, "Not tolerated"),
    (TherapyOutcome.NONE.value, "None of these"),
)
DETAIL_FIELDS = (
    AnswerField(part="drug", widget=FieldWidget.LINE, label="Drug", hint="name"),
    AnswerField(part="from", widget=FieldWidget.LINE, label="Started", hint="Jan 2020"),
    AnswerField(part="to", widget=FieldWidget.LINE, label="Stopped", hint="Sep 2020"),
    AnswerField(part="reason", widget=FieldWidget.LINE, label="Reason", hint="in a few words"),
)
LONGEST = {"drug": 200, "reason": 2_000}
_JSON_OUTCOMES = {
    TherapyOutcome.FAILURE: "it was tried and failed",
    TherapyOutcome.CONTRAINDICATION: "it is contraindicated",
    TherapyOutcome.INTOLERANCE: "it was not tolerated",
    TherapyOutcome.NONE: "none of the three, an answer of no; null is not answered",
}
_NO_OUTCOME = "no failure, contraindication or intolerance"


@dataclass(frozen=True, slots=True)
class Tried:
    """Therapy: failure, contraindication or intolerance; any of the accepted outcomes passes."""

    type: ClassVar[AnswerType] = AnswerType.THERAPY
    outcomes: frozenset[TherapyOutcome] = TRIED


class TherapyKind(AnswerKind[Tried, TherapyAnswer]):
    """A therapy: a TherapyAnswer."""

    type = AnswerType.THERAPY
    knows_names = True
    label, asks_for = "A therapy and what became of it", "a therapy"
    heading = "It passes when (none ticked: any of the first three)"
    file_expects = "a list of outcomes, or nothing"
    advice = "Say what must have become of it."
    field_columns = MappingProxyType({"passes": "accepts_failure"})
    columns = (tuple(TestColumn(f"accepts_{outcome}", False) for outcome in TherapyOutcome),)
    test_class, answer_class = Tried, TherapyAnswer

    def judge(
        self, test: Tried, answer: TherapyAnswer, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """By its outcome."""
        return FindingState.MET if answer.outcome in test.outcomes else FindingState.NOT_MET

    def answer_text(self, question: QuestionDefinition, answer: TherapyAnswer) -> str:
        """The outcome, with drug, months and reason in brackets."""
        return therapy_text(answer)

    def test_text(
        self, test: Tried, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """The outcomes in the policy's order: failure, contraindication or intolerance."""
        return joined([outcome.value for outcome in TherapyOutcome if outcome in test.outcomes])

    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """What became of it, then the details."""
        outcome = AnswerField(widget=FieldWidget.RADIO, choices=OUTCOME_LABELS)
        return (outcome, *DETAIL_FIELDS)

    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> TherapyAnswer | None:
        """Its details without an outcome are no answer yet, and nothing wrong."""
        row = {part: typed.part(part) for part in DETAILS}
        names = {part: part for part in DETAILS} | {"outcome": ""}
        return read_therapy(row | {"outcome": typed.part()}, names, typed)

    def typed(self, question: QuestionDefinition, answer: TherapyAnswer) -> dict[str, list[str]]:
        """The outcome, and each detail there is."""
        row = typed_therapy(answer)
        return {"": [row.pop("outcome")]} | {part: [text] for part, text in row.items() if text}

    def unfinished_text(self, typed: TypedAnswer) -> str:
        """Details without an outcome."""
        is_begun = any(typed.part(part) for part in DETAILS)
        if typed.part() or not is_begun:
            return ""
        return "Say what became of this therapy, or clear its details."

    def from_json(
        self, question: QuestionDefinition, value: object, on: date, at: str
    ) -> TherapyAnswer:
        """The outcome, or an object with its details."""
        return therapy_at(value, on, at)

    def to_json(self, question: QuestionDefinition, answer: TherapyAnswer) -> Json:
        """The outcome alone where there are no details."""
        found = therapy_json(answer)
        return found if len(found) > 1 else answer.outcome.value

    def json_form(self, question: QuestionDefinition) -> str:
        """The outcome, or an object."""
        return "one of the choices, or {outcome, drug, from, to, reason}"

    def json_choices(self, question: QuestionDefinition) -> dict[str, str]:
        """Every outcome in words."""
        return {outcome.value: words for outcome, words in _JSON_OUTCOMES.items()}

    def fits(self, stated: StatedTest) -> bool:
        """A list of outcomes, or nothing: any of the first three."""
        passes = stated.get("passes")
        return passes is None or isinstance(passes, list)

    def test_of(self, stated: StatedTest) -> Tried:
        """The outcomes accepted."""
        if stated.get("passes") is None:
            return Tried()
        known = set(TherapyOutcome)
        keys = (key for key in keys_in(stated.get("passes")) if key in known)
        return Tried(frozenset(TherapyOutcome(key) for key in keys))

    def misfits(
        self, stated: StatedTest, question: QuestionDefinition, questions: Questions
    ) -> Iterator[Misfit]:
        """No outcome, and outcomes that are none."""
        if stated.get("passes") == []:
            yield Misfit("passes", "expected at least one outcome", self.advice)
        known = sorted(outcome.value for outcome in TherapyOutcome)
        for key in keys_in(stated.get("passes")):
            if key not in known:
                expected = f"expected outcomes of: {', '.join(known)}; got {key!r}"
                yield Misfit("passes", expected, self.advice)

    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """A column for each outcome."""
        return {f"accepts_{outcome}": True for outcome in keys_in(stated.get("passes"))}

    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """The outcomes, in the policy's order."""
        ticked = [o.value for o in TherapyOutcome if values.get(f"accepts_{o}") is True]
        return {"passes": ticked or None}

    def may_be_restated(self, answer: TherapyAnswer) -> bool:
        """An earlier therapy stays what it was."""
        return True

    def therapies(self, answer: TherapyAnswer) -> tuple[TherapyAnswer, ...]:
        """Itself."""
        return (answer,)

    def without_reasons(self, answer: TherapyAnswer) -> TherapyAnswer:
        """The outcome, the drug and its months."""
        return replace(answer, reason="")

    def samples(
        self, question: QuestionDefinition, tests: Sequence[Tried]
    ) -> tuple[TherapyAnswer, ...]:
        """Every outcome."""
        return tuple(TherapyAnswer(outcome) for outcome in TherapyOutcome)

    def lint(
        self, test: Tried, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """Outcomes that say nothing was tried."""
        if not test.outcomes or TherapyOutcome.NONE in test.outcomes:
            yield error("outcomes", path, "accepts no outcome, or a therapy never considered")


def read_therapy(
    row: Mapping[str, str],
    names: Mapping[str, str],
    typed: TypedAnswer,
    *,
    needs_outcome: bool = False,
) -> TherapyAnswer | None:
    """One therapy as typed, by part; ``names``: under which part a problem of each is told."""
    wrong: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for part in ("from", "to"):
        try:
            days[part] = read_day(row[part], typed.known, or_month=True)
        except UnreadableError as problem:
            wrong[part] = str(problem)
    started, stopped = days.get("from"), days.get("to")
    if started and stopped and stopped < started:
        wrong["to"] = "The therapy stops before it starts. Check both dates."
    for part, most in LONGEST.items():
        if len(row[part]) > most:
            wrong[part] = f"Shorten this to {most:,} characters: it has {len(row[part]):,}."
    outcome = row["outcome"]
    if outcome and outcome not in set(TherapyOutcome):
        wrong["outcome"] = "Choose one of the answers."
    if needs_outcome and row["drug"] and not outcome:
        wrong["outcome"] = "Say what became of this drug."
    typed.problems.update({names[part]: text for part, text in wrong.items()})
    if wrong or not outcome:
        return None
    return TherapyAnswer(TherapyOutcome(outcome), row["drug"], started, stopped, row["reason"])


def typed_therapy(answer: TherapyAnswer) -> dict[str, str]:
    """One therapy as it is typed, by part; empty where it says nothing."""
    days = {"from": answer.started_on, "to": answer.stopped_on}
    said = {part: "" if day is None else day.isoformat() for part, day in days.items()}
    words = {"outcome": answer.outcome.value, "drug": answer.drug, "reason": answer.reason}
    return said | words


def therapy_json(answer: TherapyAnswer) -> dict[str, Json]:
    """One therapy as a file states it: only what is there."""
    row = typed_therapy(answer)
    return {part: row[part] for part in ("outcome", *DETAILS) if row[part]}


def therapy_at(value: object, on: date, at: str) -> TherapyAnswer:
    """One therapy that a file states. Raises CaseProblemError."""
    outcomes = [outcome.value for outcome in TherapyOutcome]
    if not isinstance(value, dict):
        return TherapyAnswer(TherapyOutcome(one_of_at(value, outcomes, at)))
    known_keys(value, ("outcome", *DETAILS), at)
    outcome = TherapyOutcome(one_of_at(value.get("outcome"), outcomes, f"{at}.outcome"))
    days = {
        key: None if value.get(key) is None else past_date_at(value[key], on, f"{at}.{key}")
        for key in ("from", "to")
    }
    if days["from"] and days["to"] and days["from"] > days["to"]:
        raise CaseProblemError(f"{at}.to", f"{days['to']} is before {days['from']}")
    words = {
        key: "" if value.get(key) is None else text_at(value[key], f"{at}.{key}")
        for key in ("drug", "reason")
    }
    return TherapyAnswer(outcome, words["drug"], days["from"], days["to"], words["reason"])


def therapy_text(answer: TherapyAnswer) -> str:
    """failure (azathioprine, Jan 2020 to Sep 2020, no effect)."""
    outcome = outcome_text(answer.outcome)
    details = ", ".join(filter(None, (answer.drug, period_text(answer), answer.reason)))
    return f"{outcome} ({details})" if details else outcome


def outcome_text(outcome: TherapyOutcome) -> str:
    """failure; of none that it was neither of the three."""
    return _NO_OUTCOME if outcome is TherapyOutcome.NONE else outcome.value


def period_text(answer: TherapyAnswer) -> str:
    """Jan 2020 to Sep 2020, from Jan 2020, until Sep 2020; empty without a day."""
    start, stop = answer.started_on, answer.stopped_on
    if start and stop:
        return f"{month_text(start)} to {month_text(stop)}"
    if start:
        return f"from {month_text(start)}"
    return f"until {month_text(stop)}" if stop else ""
