"""The diagnosis codes of the request: nobody is asked for them again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from criteria.rules.answers import AnswerType, CodesAnswer
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import codes_text, joined
from criteria.rules.json_values import CaseProblemError, Json
from criteria.rules.kinds.base import AnswerKind
from criteria.rules.kinds.fields import AnswerField, DateBounds, TypedParts
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions

_UNLISTED = "-"


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

    def read(
        self,
        question: QuestionDefinition,
        parts: TypedParts,
        known: DateBounds,
        problems: dict[str, str],
    ) -> CodesAnswer | None:
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
