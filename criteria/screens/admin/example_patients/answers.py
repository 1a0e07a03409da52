"""Fields for the answer to a question of a patient, and back to what is stated.

They are the fields of the wizard, under the same names; the rows of a list are lines of one field.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import forms

from criteria.requests.answers.readings import name_of
from criteria.rules import KINDS, QuestionDefinition, TherapyOutcome
from criteria.rules.json_values import CaseProblemError, Json
from criteria.rules.kinds.fields import AnswerField, DateBounds, FieldWidget, TypedAnswer
from criteria.rules.parse import UnreadableError, number_of

NONE = "none"
OUTCOMES = [outcome.value for outcome in TherapyOutcome]
LIST_HELP = (
    "One therapy a line: its name, then, each after a semicolon and only if wanted, "
    f"{', '.join(OUTCOMES)}; from; to; why. Or only how many there are, or {NONE}."
)
COLUMNS = ("drug", "outcome", "from", "to", "reason")
# Whether a day lies after the request is told once the whole patient is read.
ANY_DAY = DateBounds(latest=date.max)


def text(label: str, *, size: int = 12, help: str = "") -> forms.CharField:
    """A short line of text."""
    widget = forms.TextInput(attrs={"size": size})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help)


def day(label: str, help: str = "") -> forms.CharField:
    """A day, kept as text until the whole is read."""
    widget = forms.TextInput(attrs={"type": "date"})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help)


def pick(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """One of several, or none."""
    return forms.ChoiceField(label=label, choices=choices, required=False)


def fields_for(question: QuestionDefinition) -> dict[str, forms.Field]:
    """The fields of a question, its own first."""
    fields = KINDS[question.type].fields(question)
    found: dict[str, forms.Field] = {
        name_of(question, field.part): _drawn(field) for field in fields if not field.in_rows
    }
    own = name_of(question)
    if any(field.in_rows for field in fields):
        rows = forms.Textarea(attrs={"rows": 3, "cols": 50})
        found[own] = forms.CharField(required=False, widget=rows, help_text=LIST_HELP)
    if name_of(question, "unit") in found:
        found[own].help_text = ""
    found[own].label = question.wording
    return found


def _drawn(field: AnswerField) -> forms.Field:
    if field.widget is FieldWidget.RADIO:
        return pick(field.label, (("", "not answered"), *field.choices))
    if field.widget is FieldWidget.SELECT:
        return pick(field.label, field.choices)
    if field.widget is FieldWidget.DAY:
        return day(field.label)
    return text(field.label, help=field.unit or field.hint)


def initial_for(question: QuestionDefinition, value: object) -> dict[str, str]:
    """What the fields show of a stated answer; as it is where it does not fit the question."""
    kind = KINDS[question.type]
    try:
        answer = kind.from_json(question, value, date.max, question.key)
    except CaseProblemError:
        return {name_of(question): str(value)}
    typed = kind.typed(question, answer)
    if any(field.in_rows for field in kind.fields(question)):
        return {name_of(question): _lines(typed)}
    return {name_of(question, part): values[0] for part, values in typed.items()}


def _lines(typed: dict[str, list[str]]) -> str:
    """Rows as lines; a therapy that failed and says no more by its name alone."""
    if "drug" not in typed:
        return (typed.get("count") or [NONE])[0]
    rows = zip(*(typed[part] for part in COLUMNS), strict=True)
    return "\n".join("; ".join(row).rstrip("; ").removesuffix("; failure") for row in rows)


def stated_by(question: QuestionDefinition, typed: dict[str, str]) -> Json:
    """What the fields state, None for nothing.

    Raises ValidationError, by field, for what is no answer.
    """
    kind = KINDS[question.type]
    fields = kind.fields(question)
    parts: dict[str, list[str]] = {
        field.part: [typed.get(name_of(question, field.part)) or ""] for field in fields
    }
    if any(field.in_rows for field in fields):
        parts = _rows(question, parts[""][0])
    found = TypedAnswer(parts=parts, known=ANY_DAY)
    answer = kind.read(question, found)
    wrong = found.problems
    if unfinished := kind.unfinished_text(found):
        wrong.setdefault("", unfinished)
    if wrong:
        known = fields_for(question)
        names = {part: name_of(question, part) for part in wrong}
        raise forms.ValidationError(
            {names[p] if names[p] in known else name_of(question): m for p, m in wrong.items()}
        )
    return None if answer is None else kind.to_json(question, answer)


def _rows(question: QuestionDefinition, typed: str) -> dict[str, list[str]]:
    """The lines of a list by column; a therapy of which no more is said has failed."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if lines == [NONE]:
        return {"": [NONE]}
    if len(lines) == 1 and lines[0].isdecimal():
        return {"count": lines}
    rows = [_row(question, line) for line in lines]
    return {part: [row[i] for row in rows] for i, part in enumerate(COLUMNS)}


def _row(question: QuestionDefinition, line: str) -> Sequence[str]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) > len(COLUMNS):
        problem = f"At most four semicolons a line: “{line}”."
        raise forms.ValidationError({name_of(question): problem})
    drug, outcome, *others = parts + [""] * (len(COLUMNS) - len(parts))
    return drug, outcome or TherapyOutcome.FAILURE.value, *others


def number(words: str) -> Decimal | int | None:
    """A number exactly as typed. Raises ValidationError."""
    try:
        found = number_of(words)
    except UnreadableError as problem:
        raise forms.ValidationError(str(problem)) from None
    if found is None:
        return None
    return int(found) if found == found.to_integral_value() else found
