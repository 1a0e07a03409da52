"""What stands beside a field of a continuing request: what was stated at the approval."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from criteria.requests.answers.readings import EVIDENCE, name_of, names_of, read
from criteria.requests.answers.typed import Typed
from criteria.requests.renewal import (
    Baseline,
    Snapshot,
    body_text,
    can_be_stated_again,
    same_question,
)
from criteria.rules import Answer, FactRole, QuestionDefinition
from criteria.rules.formats import date_text
from criteria.rules.kinds import kind_of
from criteria.rules.kinds.fields import DateBounds
from criteria.rules.wording import answer_text

PLANNED = "first dose planned for"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedThen:
    """One line: "At the approval of R-2026-00042 (12 Mar 2026)" and what was stated.

    ``button``: value of the button that states it again, ``use`` what it reads; both empty where it
    is asked afresh.
    """

    when: str
    said: str
    button: str = ""
    use: str = ""


def when_text(baseline: Baseline, then: Snapshot) -> str:
    """At the approval of R-2026-00042 (12 Mar 2026)."""
    joined = " of" if len(baseline.approvals) == 1 else ","
    return f"{baseline.heading(then)}{joined} {then.number} ({date_text(then.day)})"


def thens(
    baseline: Baseline, question: QuestionDefinition, policy: str, typed: Typed, known: DateBounds
) -> Iterator[StatedThen]:
    """What was answered to a question of ``policy`` at each approval; nothing where it was not."""
    for then in baseline.approvals:
        before = same_question(question, then, policy)
        answer = None if before is None else then.answers.get(before.key)
        if before is not None and answer is not None:
            said = answer_text(before, answer)
        elif _is_planned(question, then):
            said = planned_text(then)
        else:
            continue
        fields = fields_again(then, question, policy, known)
        is_there = all(typed.get(name) == values for name, values in fields.items())
        yield StatedThen(
            when=when_text(baseline, then),
            said=said,
            button="" if is_there else f"{then.number} {question.key}",
            use="" if is_there else _use(question, answer, then),
        )


def body_thens(baseline: Baseline) -> Iterator[StatedThen]:
    """Weight, product and dose of each approval."""
    for then in baseline.approvals:
        if said := body_text(then):
            yield StatedThen(when=when_text(baseline, then), said=said)


def stated_again(
    baseline: Baseline,
    button: str,
    questions: Mapping[str, QuestionDefinition],
    policy: str,
    known: DateBounds,
) -> dict[str, list[str]]:
    """The fields that a button of ``thens`` fills; none for a button that was not offered."""
    number, _, key = button.partition(" ")
    then = next((one for one in baseline.approvals if one.number == number), None)
    question = questions.get(key)
    if then is None or question is None:
        return {}
    return fields_again(then, question, policy, known)


def fields_again(
    then: Snapshot, question: QuestionDefinition, policy: str, known: DateBounds
) -> dict[str, list[str]]:
    """The fields of a question as they were typed then; empty where it is asked afresh.

    Where the records say so is never carried along: those are other records.
    """
    before = same_question(question, then, policy)
    answer = None if before is None else then.answers.get(before.key)
    if before is None or answer is None:
        is_planned = _is_planned(question, then)
        fields = {name_of(question): then.typed["planned_start"]} if is_planned else {}
    elif before.type is question.type and can_be_stated_again(before, answer):
        fields = _renamed(then.typed, before, question)
    else:
        fields = {}
    found = read(question, fields, known).answer
    return dict(fields) if found is not None and answer in (None, found) else {}


def planned_text(then: Snapshot) -> str:
    """The planned start of a therapy that began with the approval."""
    return "" if then.planned_start is None else f"{PLANNED} {date_text(then.planned_start)}"


def _renamed(
    typed: Typed, before: QuestionDefinition, question: QuestionDefinition
) -> dict[str, list[str]]:
    """The answer as it was typed, under the key the question has now."""
    records = {name_of(question, part) for part in EVIDENCE}
    pairs = {
        name: name_of(before) + name.removeprefix(name_of(question)) for name in names_of(question)
    }
    return {name: typed[old] for name, old in pairs.items() if name not in records and old in typed}


def _is_planned(question: QuestionDefinition, then: Snapshot) -> bool:
    """Whether it asks for the start of a therapy, which a first request plans."""
    return question.role is FactRole.THERAPY_START and then.planned_start is not None


def _use(question: QuestionDefinition, answer: Answer | None, then: Snapshot) -> str:
    """What the button takes over."""
    if answer is None:
        text = "" if then.planned_start is None else date_text(then.planned_start)
    else:
        text = kind_of(answer).short_text(question, answer)
    return f"Use {text or 'what was stated then'}"
