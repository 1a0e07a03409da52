"""Fields for the answer to a question of a patient, and back to what is stated.

The names: ``q-<key>`` is the answer, with ``-unit``, ``-on``, ``-drug``, ``-from``, ``-to`` and
``-reason`` beside it.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms

from criteria.requests.case_files.answers import OUTCOMES
from criteria.rules import AnswerType, QuestionDefinition
from criteria.rules.formats import unit_text
from criteria.rules.parse import UnreadableError, number_of

YES_NO = (("", "not answered"), ("yes", "Yes"), ("no", "No"))
DETAILS = ("drug", "from", "to", "reason")
NONE = "none"
LIST_HELP = (
    "One therapy a line: its name, then, each after a semicolon and only if wanted, "
    f"{', '.join(OUTCOMES)}; from; to; why. Or only how many there are, or {NONE}."
)


def name_of(question: QuestionDefinition, part: str = "") -> str:
    """The name of a field."""
    return f"q-{question.key}-{part}" if part else f"q-{question.key}"


def text(label: str, *, size: int = 12, help: str = "") -> forms.CharField:
    """A short line of text."""
    widget = forms.TextInput(attrs={"size": size})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help)


def day(label: str, help: str = "") -> forms.CharField:
    """A day, kept as text until the whole is read."""
    widget = forms.TextInput(attrs={"type": "date"})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help)


def pick(label: str, choices: Any) -> forms.ChoiceField:
    """One of several, or none."""
    return forms.ChoiceField(label=label, choices=choices, required=False)


def fields_for(question: QuestionDefinition) -> dict[str, forms.Field]:
    """The fields of a question, its own first."""
    label = question.wording
    match question.type:
        case AnswerType.YES_NO:
            own: forms.Field = pick(label, YES_NO)
        case AnswerType.NUMBER:
            own = text(label, help="" if question.other_units else unit_text(question.unit))
        case AnswerType.DATE:
            own = day(label)
        case AnswerType.CHOICE:
            own = pick(label, [("", "not answered"), *((c.key, c.label) for c in question.choices)])
        case AnswerType.THERAPY:
            own = pick(label, [("", "not answered"), *((o, o) for o in OUTCOMES)])
        case _:
            rows = forms.Textarea(attrs={"rows": 3, "cols": 50})
            own = forms.CharField(label=label, required=False, widget=rows, help_text=LIST_HELP)
    return {name_of(question): own, **_beside(question)}


def _beside(question: QuestionDefinition) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    if question.type is AnswerType.NUMBER and question.other_units:
        units = [question.unit, *(unit for unit, _ in question.other_units)]
        found["unit"] = pick("Unit", [(unit, unit) for unit in units])
    if question.type is AnswerType.NUMBER and question.dated:
        found["on"] = day("Measured on")
    if question.type is AnswerType.THERAPY:
        found |= {"drug": text("Drug"), "from": day("From"), "to": day("To"), "reason": text("Why")}
    return {name_of(question, part): field for part, field in found.items()}


def initial_for(question: QuestionDefinition, value: Any) -> dict[str, str]:
    """What the fields show of a stated answer."""
    if question.type is AnswerType.NUMBER and question.other_units:
        # A stored figure without a unit is in the question's own.
        return {name_of(question, "unit"): question.unit} | _shown(question, value)
    return _shown(question, value)


def _shown(question: QuestionDefinition, value: Any) -> dict[str, str]:
    own = name_of(question)
    if isinstance(value, bool):
        return {own: "yes" if value else "no"}
    if isinstance(value, list):
        return {own: "\n".join(_line(entry) for entry in value) or NONE}
    if not isinstance(value, dict):
        return {own: "" if value is None else str(value)}
    parts = {"value": "", "outcome": "", "measured_on": "on"}
    return {
        name_of(question, parts.get(str(key), str(key))): str(one)
        for key, one in value.items()
        if one is not None
    }


def _line(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    parts = [str(entry.get(key) or "") for key in ("drug", "outcome", "from", "to", "reason")]
    return "; ".join(parts).rstrip("; ")


def stated_by(question: QuestionDefinition, typed: dict[str, str]) -> Any:
    """What the fields state, None for nothing. Raises ValidationError for a number that is none."""
    own = typed.get(name_of(question), "").strip()
    beside = {
        part: words
        for part in ("unit", "on", *DETAILS)
        if (words := (typed.get(name_of(question, part)) or "").strip())
    }
    return _STATED[question.type](question, own, beside)


def _yes_no(question: QuestionDefinition, own: str, beside: dict[str, str]) -> Any:
    return {"yes": True, "no": False}.get(own)


def _plain(question: QuestionDefinition, own: str, beside: dict[str, str]) -> Any:
    return own or None


def _number(question: QuestionDefinition, own: str, beside: dict[str, str]) -> Any:
    value = number(own)
    measured = beside.get("on")
    unit = beside.get("unit", "") if question.other_units else question.unit
    if value is not None and not unit:
        raise forms.ValidationError("Choose the unit.")
    if value is None and measured:
        raise forms.ValidationError("Enter the figure of this day, or clear the day.")
    if value is None or (unit == question.unit and not measured):
        return value
    other = {"unit": unit} if unit != question.unit else {}
    return {"value": value, **other, **({"measured_on": measured} if measured else {})}


def _therapy(question: QuestionDefinition, own: str, beside: dict[str, str]) -> Any:
    if not own:
        if beside:
            raise forms.ValidationError("Say what became of this therapy, or clear its details.")
        return None
    return {"outcome": own, **beside} if beside else own


def _list(question: QuestionDefinition, own: str, beside: dict[str, str]) -> Any:
    lines = [line.strip() for line in own.splitlines() if line.strip()]
    if lines == [NONE]:
        return []
    if len(lines) == 1 and lines[0].isdecimal():
        return int(lines[0])
    return [_entry(line) for line in lines] or None


def _entry(line: str) -> Any:
    name, *more = (part.strip() for part in line.split(";"))
    if not any(more):
        return name
    keys = ("outcome", "from", "to", "reason")
    if len(more) > len(keys):
        raise forms.ValidationError(f"At most four semicolons a line: “{line}”.")
    said = {key: part for key, part in zip(keys, more, strict=False) if part}
    return {"drug": name, "outcome": "failure", **said}


def _codes(question: QuestionDefinition, own: str, beside: dict[str, str]) -> Any:
    return None


_STATED: dict[AnswerType, Callable[[QuestionDefinition, str, dict[str, str]], Any]] = {
    AnswerType.YES_NO: _yes_no,
    AnswerType.NUMBER: _number,
    AnswerType.DATE: _plain,
    AnswerType.CHOICE: _plain,
    AnswerType.THERAPY: _therapy,
    AnswerType.LIST: _list,
    AnswerType.CODES: _codes,
}


def number(words: str) -> Decimal | int | None:
    """A number exactly as typed. Raises ValidationError."""
    try:
        found = number_of(words)
    except UnreadableError as problem:
        raise forms.ValidationError(str(problem)) from None
    if found is None:
        return None
    return int(found) if found == found.to_integral_value() else found
