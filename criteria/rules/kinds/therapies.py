"""A list of therapies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from criteria.rules.answers import AnswerType, ListAnswer, TherapyAnswer, TherapyOutcome
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import joined
from criteria.rules.json_values import CaseProblemError, Json, Mistakes, whole_at
from criteria.rules.kinds.base import AnswerKind, JudgedAnswer, needs_text
from criteria.rules.kinds.comparison import COMPARED, compared, compared_columns, stated_comparison
from criteria.rules.kinds.fields import (
    AnswerField,
    FieldWidget,
    TypedAnswer,
    typed_rows,
)
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    StatedTest,
    StatedValue,
    text_in,
)
from criteria.rules.kinds.therapy import (
    DETAIL_FIELDS,
    DETAILS,
    OUTCOME_LABELS,
    outcome_text,
    period_text,
    read_therapy,
    therapy_at,
    therapy_json,
    therapy_text,
    typed_therapy,
)
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions

COLUMNS = ("outcome", *DETAILS)
NONE = "none"
_AT_LEAST = re.compile(r">= ?\d+")
MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class ListsAtLeast:
    """List: at least ``n`` different entries that count, by the names its question knows."""

    type: ClassVar[AnswerType] = AnswerType.LIST
    n: int


class TherapyListKind(AnswerKind[ListsAtLeast, ListAnswer]):
    """A list of therapies, or only how many there are: a ListAnswer."""

    type = AnswerType.LIST
    knows_names = True
    label, asks_for = "List of therapies", "a list of therapies"
    heading = "It passes when the list names"
    file_expects = 'a count such as ">= 2"'
    advice = "A list passes by how many it names: at least, and a whole number."
    field_columns = MappingProxyType({"passes": "threshold"})
    columns = (COMPARED,)
    test_class, answer_class = ListsAtLeast, ListAnswer

    def judge(
        self, test: ListsAtLeast, answer: ListAnswer, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """A name that is not known is left to a person where it would decide."""
        counted, unknown = question.names.tally(answer)
        if counted >= test.n:
            return FindingState.MET
        is_open = counted + unknown >= test.n
        return FindingState.FOR_REVIEWER if is_open else FindingState.NOT_MET

    def answer_text(self, question: QuestionDefinition, answer: ListAnswer) -> str:
        """Each by name, after the number where one was stated."""
        names = "; ".join(_entry_text(entry) for entry in answer.entries)
        stated = f"{answer.stated_count:,} stated" if answer.stated_count else ""
        return ": ".join(filter(None, (stated, names))) or "none named"

    def test_text(
        self, test: ListsAtLeast, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """At least 2 named."""
        return f"at least {test.n} named"

    def reason_text(self, test: ListsAtLeast, judged: JudgedAnswer[ListAnswer]) -> str:
        """How many count, and by name what does not or is not known."""
        names = judged.question.names
        counted, _ = names.tally(judged.answer)
        said = [needs_text(f"{counted:,}", f"{test.n} or more")]
        off = [name for entry in judged.answer.entries for name in names.not_counted_in(entry.drug)]
        if off:
            said.append(f"{joined(off, 'and')} {'does' if len(off) == 1 else 'do'} not count")
        return "; ".join(said)

    def records_text(self, test: ListsAtLeast, question: QuestionDefinition, needed: str) -> str:
        """So many names."""
        return f"records that name at least {test.n}"

    def counted(self, test: ListsAtLeast) -> tuple[int | None, int | None]:
        """So many, of any number."""
        return test.n, None

    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """A tick that there is none, then rows of drugs."""
        outcome = AnswerField(
            part="outcome",
            widget=FieldWidget.SELECT,
            label="What became of it",
            choices=OUTCOME_LABELS,
        )
        drug, *others = DETAIL_FIELDS
        columns = (replace(field, in_rows=True) for field in (drug, outcome, *others))
        return (
            AnswerField(widget=FieldWidget.TICK, choices=((NONE, "There is none to name"),)),
            *columns,
        )

    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> ListAnswer | None:
        """Every row that says something; the tick states that there is none."""
        entries = []
        for i, row in enumerate(typed_rows(self.fields(question), typed.parts)):
            names = {part: f"{part}-{i}" for part in row}
            if not row["drug"]:
                typed.problems[names["drug"]] = "Name the drug of this row."
            entry = read_therapy(row, names, typed, needs_outcome=True)
            if entry is not None:
                entries.append(entry)
        count = _count(typed)
        if entries:
            return ListAnswer(tuple(entries), count or None)
        return None if count is None else ListAnswer((), count)

    def typed(self, question: QuestionDefinition, answer: ListAnswer) -> dict[str, list[str]]:
        """Rows, the tick for none, or the number where only that was stated."""
        rows = [typed_therapy(entry) for entry in answer.entries]
        found = {part: [row[part] for row in rows] for part in COLUMNS} if rows else {}
        if answer.stated_count:
            return found | {"count": [str(answer.stated_count)]}
        return found or {"": [NONE]}

    def from_json(
        self, question: QuestionDefinition, value: object, on: date, at: str
    ) -> ListAnswer:
        """Names or therapies; a bare number says how many there are without naming them."""
        if isinstance(value, str):
            raise CaseProblemError(at, f"expected a list or a number, got {value!r}")
        if not isinstance(value, list):
            return ListAnswer(stated_count=whole_at(value, at, least=0))
        mistakes = Mistakes()
        read = [mistakes.of(partial(_entry_at, v, on, f"{at}[{i}]")) for i, v in enumerate(value)]
        mistakes.refuse()
        entries = tuple(entry for entry in read if entry is not None)
        return ListAnswer(entries, None if entries else 0)

    def to_json(self, question: QuestionDefinition, answer: ListAnswer) -> Json:
        """Therapies, one that failed and says no more by its name alone; or their number."""
        if answer.stated_count and not answer.entries:
            return answer.stated_count
        return [_entry_json(entry) for entry in answer.entries]

    def json_form(self, question: QuestionDefinition) -> str:
        """A list, or a number."""
        return "a list of names or {outcome, drug, from, to, reason}, or their number"

    def fits(self, stated: StatedTest) -> bool:
        """At least, and a whole number."""
        return bool(_AT_LEAST.fullmatch(text_in(stated.get("passes"))))

    def test_of(self, stated: StatedTest) -> ListsAtLeast:
        """How many it must name."""
        return ListsAtLeast(int(compared(text_in(stated.get("passes")))[1]))

    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """How many, as a comparison."""
        return compared_columns(stated)

    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """How many, as a comparison."""
        return stated_comparison(values)

    def may_be_restated(self, answer: ListAnswer) -> bool:
        """Earlier therapies stay what they were."""
        return True

    def therapies(self, answer: ListAnswer) -> tuple[TherapyAnswer, ...]:
        """Its entries."""
        return answer.entries

    def without_reasons(self, answer: ListAnswer) -> ListAnswer:
        """Each with its outcome, its name and its months."""
        return replace(answer, entries=tuple(replace(one, reason="") for one in answer.entries))

    def samples(
        self, question: QuestionDefinition, tests: Sequence[ListsAtLeast]
    ) -> tuple[ListAnswer, ...]:
        """One fewer and just enough, of each test."""
        near = {test.n + step for test in tests for step in (-1, 0)}
        return tuple(ListAnswer(stated_count=count) for count in sorted(near) if count >= 0)

    def lint(
        self, test: ListsAtLeast, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """A number that every list reaches."""
        if test.n < 1:
            yield error("n-too-small", path, f"asks for at least {test.n}")


def _count(typed: TypedAnswer) -> int | None:
    """0 states that there is none; a number is stated where no row can be typed."""
    found, stated = typed.part(), typed.part("count")
    if found not in ("", NONE):
        typed.problems[""] = "Tick it, or leave it empty."
    if stated and not (stated.isdecimal() and len(stated) < MOST_DIGITS):
        typed.problems["count"] = "Enter a whole number."
        return None
    return int(stated) if stated else 0 if found == NONE else None


def _entry_at(value: object, on: date, at: str) -> TherapyAnswer:
    """One entry that a file states: a name is a therapy that failed. Raises CaseProblemError."""
    failed = TherapyAnswer(TherapyOutcome.FAILURE, value) if isinstance(value, str) else None
    therapy = failed or therapy_at(value, on, at)
    if therapy.outcome is TherapyOutcome.NONE:
        raise CaseProblemError(f"{at}.outcome", "expected failure, contraindication or intolerance")
    if not therapy.drug.strip():
        raise CaseProblemError(at, "expected the name of the therapy")
    return therapy


def _entry_json(entry: TherapyAnswer) -> Json:
    is_plain = entry == TherapyAnswer(TherapyOutcome.FAILURE, entry.drug)
    return entry.drug if is_plain and entry.drug else {"drug": entry.drug} | therapy_json(entry)


def _entry_text(entry: TherapyAnswer) -> str:
    if not entry.drug:
        return therapy_text(entry)
    details = (outcome_text(entry.outcome), period_text(entry), entry.reason)
    return f"{entry.drug} ({', '.join(filter(None, details))})"
