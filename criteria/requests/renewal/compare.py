"""A continuing request beside the approvals it continues, row by row."""

from collections.abc import Iterator

from criteria.requests.renewal.body import body_rows
from criteria.requests.renewal.differences import answer_difference
from criteria.requests.renewal.matching import same_question
from criteria.requests.renewal.snapshot import Baseline, Snapshot
from criteria.requests.renewal.table import Approval, BaselineGroup, BaselineRow, BaselineTable, Was
from criteria.rules import FactRole, QuestionDefinition
from criteria.rules.wording import answer_text

BOTH, BODY = "Asked then and today", "Weight, product and dose"
ONLY_THEN, ONLY_NOW = "Answered then, not today", "Answered today, not then"
NOT_ASKED, NOT_ANSWERED = "not asked", "not answered"


def compared(baseline: Baseline, today: Snapshot) -> BaselineTable:
    """Every fact that was stated at an approval or is stated today, with the difference."""
    now = {key: q for key, q in today.questions.items() if _counts(q, today)}
    pairs = {key: _thens(question, baseline, today) for key, question in now.items()}
    both = [key for key, thens in pairs.items() if any(_answered(*pair) for pair in thens)]
    rows = {key: _row(now[key], pairs[key], today) for key in now}
    groups = (
        BaselineGroup(BOTH, tuple(rows[key] for key in both)),
        BaselineGroup(BODY, tuple(body_rows(baseline.approvals, today))),
        BaselineGroup(ONLY_THEN, tuple(_only_then(baseline, today))),
        BaselineGroup(ONLY_NOW, tuple(row for key, row in rows.items() if key not in both)),
    )
    return BaselineTable(
        tuple(
            Approval(then.number, then.day, baseline.heading(then)) for then in baseline.approvals
        ),
        tuple(group for group in groups if group.rows),
    )


def _counts(question: QuestionDefinition, today: Snapshot) -> bool:
    """Answered, and no matter of arithmetic: nobody compares an age."""
    return question.key in today.answers and question.role is not FactRole.AGE_YEARS


def _thens(
    question: QuestionDefinition, baseline: Baseline, today: Snapshot
) -> tuple[tuple[QuestionDefinition | None, Snapshot], ...]:
    """For each approval the same question as it was asked then."""
    return tuple((same_question(question, then, today.policy), then) for then in baseline.approvals)


def _answered(question: QuestionDefinition | None, then: Snapshot) -> bool:
    return question is not None and question.key in then.answers


def _row(
    question: QuestionDefinition,
    thens: tuple[tuple[QuestionDefinition | None, Snapshot], ...],
    today: Snapshot,
) -> BaselineRow:
    return BaselineRow(
        label=question.wording,
        then=tuple(_was(before, then, question, today) for before, then in thens),
        now=said(question, today),
    )


def _was(
    before: QuestionDefinition | None, then: Snapshot, question: QuestionDefinition, today: Snapshot
) -> Was:
    """What was said then, with the difference to today."""
    text = said(before, then)
    if before is None or before.key not in then.answers:
        return Was(then.number, text)
    answers = then.answers[before.key], today.answers[question.key]
    difference, echo = answer_difference(before, answers[0], question, answers[1])
    return Was(then.number, f"{text} (= {echo})" if echo else text, difference)


def said(question: QuestionDefinition | None, of: Snapshot) -> str:
    """What a request said to a question; that it was not asked, or not answered."""
    if question is None:
        return NOT_ASKED
    answer = of.answers.get(question.key)
    if answer is not None:
        return answer_text(question, answer)
    return NOT_ANSWERED if question.key in of.asked else NOT_ASKED


def _only_then(baseline: Baseline, today: Snapshot) -> Iterator[BaselineRow]:
    """What was answered at an approval and is not today, each once."""
    seen: set[str] = set()
    for then in baseline.approvals:
        for key, question in then.questions.items():
            if key not in then.answers or question.role is FactRole.AGE_YEARS:
                continue
            now = _now(question, then, today)
            if (now is not None and now.key in today.answers) or question.wording in seen:
                continue
            seen.add(question.wording)
            befores = (same_question(question, other, then.policy) for other in baseline.approvals)
            pairs = zip(befores, baseline.approvals, strict=True)
            was = tuple(Was(other.number, said(before, other)) for before, other in pairs)
            yield BaselineRow(label=question.wording, then=was, now=said(now, today))


def _now(
    question: QuestionDefinition, then: Snapshot, today: Snapshot
) -> QuestionDefinition | None:
    """The question of today that asks for the same fact."""
    return same_question(question, today, then.policy)
