"""A question as its template draws it: every input with its name, label and typed value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from criteria.requests.answers.readings import EVIDENCE, evidence_of, name_of, rows_of
from criteria.requests.answers.typed import Typed, one
from criteria.rules import KINDS, QuestionDefinition
from criteria.rules.kinds.fields import AnswerField, Choices, FieldWidget
from criteria.screens.fields import Day, are_long

_DAY = Day("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input. ``id`` is its name, made unique in the rows of a list."""

    id: str
    name: str
    label: str = ""
    value: str = ""
    type: str = "text"
    hint: str = ""
    choices: Choices = ()

    @property
    def stacked(self) -> bool:
        """Long answers stand one under the other, and so do more than four."""
        return len(self.choices) > 4 or are_long(label for _, label in self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The inputs of a question: the answer, what belongs to it, and where the records say so."""

    main: Input
    others: tuple[Input, ...] = ()
    rows: tuple[tuple[Input, ...], ...] = ()
    evidence: tuple[Input, ...] = ()
    evidence_text: str = ""


def drawn(question: QuestionDefinition, typed: Typed, enclosures: Iterable[str]) -> Drawn:
    """A question with what was typed into it. ``enclosures``: letters there are."""
    fields = KINDS[question.type].fields(question)
    main, *others = (_input(question, field, typed) for field in fields if not field.in_rows)
    return Drawn(
        main=main,
        others=tuple(others),
        rows=tuple(_rows(question, fields, typed)),
        evidence=_evidence(question, typed, tuple(enclosures)),
        evidence_text=evidence_of(question, typed).text,
    )


def _input(question: QuestionDefinition, field: AnswerField, typed: Typed) -> Input:
    name = name_of(question, field.part)
    value = one(typed, name)
    if field.widget is FieldWidget.DAY:
        return _date(name, field.label, value)
    if field.widget is FieldWidget.SELECT and value not in dict(field.choices):
        value = field.choices[0][0]
    return _drawn(field, name, f"id_{name}", value, field.choices)


def _rows(
    question: QuestionDefinition, fields: Iterable[AnswerField], typed: Typed
) -> Iterator[tuple[Input, ...]]:
    """The rows of a list that say something, and an empty one."""
    columns = [field for field in fields if field.in_rows]
    for i, row in enumerate([*rows_of(question, typed), {}] if columns else []):
        yield tuple(_in_row(question, field, i, row.get(field.part, "")) for field in columns)


def _in_row(question: QuestionDefinition, field: AnswerField, place: int, value: str) -> Input:
    name = name_of(question, field.part)
    choices = (("", "Choose one"), *field.choices) if field.choices else ()
    return _drawn(field, name, f"id_{name}-{place}", value, choices)


def _drawn(field: AnswerField, name: str, id: str, value: str, choices: Choices) -> Input:
    return Input(
        id=id,
        name=name,
        label=field.unit or field.label,
        value=value,
        type="list" if field.widget is FieldWidget.SELECT else "text",
        hint=field.hint,
        choices=choices,
    )


def _evidence(
    question: QuestionDefinition, typed: Typed, letters: tuple[str, ...]
) -> tuple[Input, ...]:
    """Where in the records: the document in words, the enclosure once there are some, the page."""
    names = {part: name_of(question, part) for part in EVIDENCE}
    source, encl, page = (
        Input(id=f"id_{n}", name=n, label=label, value=one(typed, n))
        for n, label in zip(names.values(), ("Document", "Enclosure", "Page"), strict=True)
    )
    if not letters:
        return (source, page)
    choices = (("", "–"), *((letter, letter) for letter in letters))
    listed = Input(
        id=encl.id, name=encl.name, label=encl.label, value=encl.value, type="list", choices=choices
    )
    return (source, listed, page)


def _date(name: str, label: str, value: str) -> Input:
    kind, shown = _DAY.shown(value)
    return Input(id=f"id_{name}", name=name, label=label, value=shown, type=kind)
