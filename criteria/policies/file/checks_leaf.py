"""What a criterion may say of a question of each answer type."""

from collections.abc import Iterator

from criteria.policies.file import schema
from criteria.policies.file.problem import FileProblem, Path
from criteria.rules import AnswerType, QuestionDefinition

EXPECTED = {
    AnswerType.YES_NO: "yes or no",
    AnswerType.NUMBER: 'a comparison such as ">= 2"',
    AnswerType.LIST: 'a count such as ">= 2"',
    AnswerType.DATE: 'only within, a span such as "100 days"',
    AnswerType.CHOICE: "a list of choices",
    AnswerType.THERAPY: "a list of outcomes, or nothing",
    AnswerType.CODES: "a list of ICD-10-CM codes such as [G61.81]",
}
ONLY_ON = {
    "not_older_than": AnswerType.NUMBER,
    "within": AnswerType.DATE,
    "of": AnswerType.DATE,
    "after": AnswerType.DATE,
    "reviewer": AnswerType.CHOICE,
    "principal": AnswerType.CODES,
}


CAN_CONTRADICT = (AnswerType.YES_NO, AnswerType.NUMBER, AnswerType.DATE, AnswerType.CHOICE)


def misfits(
    part: schema.QuestionCriterion, question: QuestionDefinition, path: Path
) -> Iterator[FileProblem]:
    """What a criterion says that its question cannot answer; ``passes`` is looked at elsewhere."""
    for field, needed in ONLY_ON.items():
        if getattr(part, field) and question.type is not needed:
            message = f"expected only with a {needed} question, not {question.type}"
            yield FileProblem((*path, field), message)
    if part.contradiction is not None:
        yield from _contradiction(part, question, path)
    if part.not_older_than and question.type is AnswerType.NUMBER and not question.dated:
        message = f"question {question.key!r} must be dated to have an age"
        yield FileProblem((*path, "not_older_than"), message)
    if question.type is AnswerType.CHOICE and isinstance(part.passes, list):
        yield from _choices(part.passes, part.reviewer, path)
    if question.type is AnswerType.DATE and part.within and part.passes is not None:
        yield FileProblem((*path, "passes"), f"expected {EXPECTED[AnswerType.DATE]}")


def _contradiction(
    part: schema.QuestionCriterion, question: QuestionDefinition, path: Path
) -> Iterator[FileProblem]:
    at = (*path, "contradiction")
    if question.type not in CAN_CONTRADICT:
        kinds = ", ".join(CAN_CONTRADICT)
        yield FileProblem(at, f"expected only with one of: {kinds}; not {question.type}")
    elif question.type is AnswerType.CHOICE and not part.reviewer:
        yield FileProblem(at, "expected choices left to the reviewer beside it")


def _choices(passes: list[str], reviewer: list[str], path: Path) -> Iterator[FileProblem]:
    if not passes and not reviewer:
        yield FileProblem((*path, "passes"), "expected at least one choice")
    for key in sorted(set(passes) & set(reviewer)):
        yield FileProblem((*path, "reviewer"), f"{key!r} passes already")
