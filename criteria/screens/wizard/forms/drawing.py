"""A question as its template draws it: every input with its name, label and typed value."""

from collections.abc import Iterable
from dataclasses import dataclass

from criteria.requests.answers.readings import evidence_of, name_of, rows_of
from criteria.requests.answers.typed import Typed, one
from criteria.rules import AnswerType, QuestionDefinition, TherapyOutcome
from criteria.rules.formats import unit_text
from criteria.screens.fields import Day, are_long

Choices = tuple[tuple[str, str], ...]

YES_NO: Choices = (("yes", "Yes"), ("no", "No"))
OUTCOMES: Choices = (
    (TherapyOutcome.FAILURE.value, "Failed"),
    (TherapyOutcome.CONTRAINDICATION.value, "Contraindicated"),
    (TherapyOutcome.INTOLERANCE.value, "Not tolerated"),
    (TherapyOutcome.NONE.value, "None of these"),
)
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
    kind = question.type
    return Drawn(
        main=_main(question, typed),
        others=_others(question, typed),
        rows=_rows(question, typed) if kind is AnswerType.LIST else (),
        evidence=_evidence(question, typed, tuple(enclosures)),
        evidence_text=evidence_of(question, typed).text,
    )


def _main(question: QuestionDefinition, typed: Typed) -> Input:
    name = name_of(question)
    if question.type is AnswerType.DATE:
        return _date(name, "Date", one(typed, name))
    choices: Choices = ()
    if question.type is AnswerType.YES_NO:
        choices = YES_NO
    elif question.type is AnswerType.THERAPY:
        choices = OUTCOMES
    elif question.type is AnswerType.CHOICE:
        choices = tuple((choice.key, choice.label) for choice in question.choices)
    label = unit_text(question.unit) if question.type is AnswerType.NUMBER else ""
    return Input(id=f"id_{name}", name=name, value=one(typed, name), choices=choices, label=label)


def _others(question: QuestionDefinition, typed: Typed) -> tuple[Input, ...]:
    found = []
    if question.type is AnswerType.NUMBER and question.other_units:
        name = name_of(question, "unit")
        units = (question.unit, *(unit for unit, _ in question.other_units))
        value = one(typed, name)
        found.append(
            Input(
                id=f"id_{name}",
                name=name,
                label="Unit",
                value=value if value in units else question.unit,
                type="list",
                choices=tuple((unit, unit_text(unit)) for unit in units),
            )
        )
    if question.dated:
        name = name_of(question, "on")
        found.append(_date(name, "Measured on", one(typed, name)))
    if question.type is AnswerType.THERAPY:
        names = {part: name_of(question, part) for part in ("drug", "start", "stop", "reason")}
        found += _therapy({p: (n, n, one(typed, n)) for p, n in names.items()})
    return tuple(found)


def _rows(question: QuestionDefinition, typed: Typed) -> tuple[tuple[Input, ...], ...]:
    """The rows of a list that say something, and an empty one."""
    filled = rows_of(question, typed)
    empty = dict.fromkeys(("drug", "outcome", "start", "stop", "reason"), "")
    return tuple(_row(question, i, row) for i, row in enumerate([*filled, empty]))


def _row(question: QuestionDefinition, i: int, row: dict[str, str]) -> tuple[Input, ...]:
    named = {p: (name_of(question, p), f"{name_of(question, p)}-{i}", v) for p, v in row.items()}
    name, own, value = named.pop("outcome")
    outcome = Input(
        id=f"id_{own}",
        name=name,
        label="What became of it",
        value=value,
        type="list",
        choices=(("", "Choose one"), *OUTCOMES),
    )
    drug, *others = _therapy(named)
    return (drug, outcome, *others)


def _therapy(parts: dict[str, tuple[str, str, str]]) -> list[Input]:
    """Drug, dates and reason; each part is (name, unique name, value)."""
    labels = {
        "drug": ("Drug", "name"),
        "start": ("Started", "Jan 2020"),
        "stop": ("Stopped", "Sep 2020"),
        "reason": ("Reason", "in a few words"),
    }
    return [
        Input(id=f"id_{parts[p][1]}", name=parts[p][0], label=label, value=parts[p][2], hint=hint)
        for p, (label, hint) in labels.items()
    ]


def _evidence(
    question: QuestionDefinition, typed: Typed, letters: tuple[str, ...]
) -> tuple[Input, ...]:
    """Where in the records: the document in words, the enclosure once there are some, the page."""
    names = {part: name_of(question, part) for part in ("source", "encl", "page")}
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
