"""The diagnosis codes of the request: nobody is asked for them again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from criteria.rules.answers import AnswerType, CodesAnswer
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import codes_text, joined
from criteria.rules.json_values import CaseProblemError, Json
from criteria.rules.kinds.base import AnswerKind
from criteria.rules.kinds.fields import AnswerField, TypedAnswer
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    Misfit,
    StatedTest,
    StatedValue,
    TestColumn,
    keys_in,
    text_in,
)
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions

_UNLISTED = "-"
_ICD10_CM = re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?")


@dataclass(frozen=True, slots=True)
class NamesCode:
    """Codes: one of those stated is one of these, or lies below it (E11 covers E11.9).

    ``principal``: only the code the request rests on counts.
    """

    type: ClassVar[AnswerType] = AnswerType.CODES
    codes: frozenset[str]
    principal: bool = False

    def is_named_by(self, answer: CodesAnswer) -> bool:
        """Whether one of the codes stated counts."""
        stated = (answer.principal,) if self.principal else answer.codes
        bare = tuple(each.replace(".", "") for each in self.codes)
        return any(code.replace(".", "").startswith(bare) for code in stated)


class CodesKind(AnswerKind[NamesCode, CodesAnswer]):
    """The codes of the request: a CodesAnswer."""

    type = AnswerType.CODES
    is_from_request = True
    label, asks_for = "The diagnosis codes of the request", "the codes of the request"
    heading = "It passes when the request names"
    file_expects = "a list of ICD-10-CM codes such as [G61.81]"
    advice = "Say which codes count, such as G61.81."
    field_columns = MappingProxyType({"passes": "codes", "principal": "principal"})
    columns = ((TestColumn("codes", ""),), (TestColumn("principal", False),))
    test_class, answer_class = NamesCode, CodesAnswer

    def judge(
        self, test: NamesCode, answer: CodesAnswer, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """By the codes stated, or by the one the request rests on."""
        if not answer.codes and not test.principal:
            return FindingState.NOT_ANSWERED
        return FindingState.MET if test.is_named_by(answer) else FindingState.NOT_MET

    def answer_text(self, question: QuestionDefinition, answer: CodesAnswer) -> str:
        """The code the request rests on, then the others."""
        if not answer.principal:
            return joined(answer.codes, "and") or "none stated"
        others = [code for code in answer.codes if code != answer.principal]
        if not others:
            return answer.codes[0]
        return f"{answer.principal}, stated with {joined(others, 'and')}"

    def test_text(
        self, test: NamesCode, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """The codes that count."""
        return codes_text(test.codes)

    def off_text(
        self, test: NamesCode, question: QuestionDefinition, answer: CodesAnswer, title: str
    ) -> str:
        """The codes there are: the title of such a condition names those there are not."""
        if test.principal:
            return f"the request rests on {answer.principal or 'no code'}"
        return f"the request states {joined(answer.codes, 'and')}"

    def exact_text(self, test: NamesCode) -> str:
        """Which of the codes counts."""
        return "as the main code" if test.principal else "among the codes"

    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """None: the page of the diagnosis asks for the codes."""
        return ()

    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> CodesAnswer | None:
        """Nothing: there are no fields."""
        return None

    def typed(self, question: QuestionDefinition, answer: CodesAnswer) -> dict[str, list[str]]:
        """Nothing: there are no fields."""
        return {}

    def from_json(
        self, question: QuestionDefinition, value: object, on: date, at: str
    ) -> CodesAnswer:
        """Refused: the request states its codes."""
        raise CaseProblemError(at, "the codes of the request answer it: state them as icd10")

    def to_json(self, question: QuestionDefinition, answer: CodesAnswer) -> Json:
        """Nothing: the request states its codes."""
        return None

    def json_form(self, question: QuestionDefinition) -> str:
        """Nothing."""
        return "nothing: icd10 of the request answers it"

    def fits(self, stated: StatedTest) -> bool:
        """A list of codes, at least one."""
        return isinstance(stated.get("passes"), list) and bool(stated.get("passes"))

    def test_of(self, stated: StatedTest) -> NamesCode:
        """The codes that count."""
        codes = frozenset(keys_in(stated.get("passes")))
        return NamesCode(codes, stated.get("principal") is True)

    def misfits(
        self, stated: StatedTest, question: QuestionDefinition, questions: Questions
    ) -> Iterator[Misfit]:
        """What is no code of ICD-10-CM."""
        for code in keys_in(stated.get("passes")):
            if not _ICD10_CM.fullmatch(code):
                advice = f"“{code[:40]}” is not an ICD-10-CM code, such as G61.81."
                yield Misfit("passes", f"expected ICD-10-CM codes, got {code!r}", advice)

    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """The codes, with a space between them."""
        codes = " ".join(keys_in(stated.get("passes")))
        return {"codes": codes, "principal": stated.get("principal") is True}

    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """The codes."""
        found: dict[str, StatedValue] = {"passes": text_in(values.get("codes")).split()}
        return found | ({"principal": True} if values.get("principal") is True else {})

    def samples(
        self, question: QuestionDefinition, tests: Sequence[NamesCode]
    ) -> tuple[CodesAnswer, ...]:
        """Each code alone, beside one that is in no list, and beside one of another list."""
        named = sorted({code for test in tests for code in test.codes})
        one_of_each = {min(test.codes) for test in tests if test.codes} | {_UNLISTED}
        pairs = {(first, other) for first in one_of_each for other in (*named, _UNLISTED)}
        stated = [(code,) for code in named] + sorted(pairs)
        return tuple(CodesAnswer(codes, codes[0]) for codes in stated)

    def lint(
        self, test: NamesCode, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """A list of codes that is empty."""
        if not test.codes:
            yield error("no-codes", path, "names no code")
