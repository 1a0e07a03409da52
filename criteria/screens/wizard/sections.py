"""What the pages of a request say, field by field, and the whole content it is printed from."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from criteria.dosing.figures import kg_text
from criteria.models import Enclosure
from criteria.requests.answers.readings import name_of
from criteria.requests.answers.typed import one
from criteria.requests.approvals import APPROVED_BEFORE, approved_text
from criteria.requests.asking import REPLY
from criteria.requests.content import (
    REPLIES,
    RequestContent,
    StatedAttestation,
    StatedLine,
    StatedSection,
)
from criteria.requests.dose.figures import COURSES_BEFORE
from criteria.requests.dose.second_part import OPEN
from criteria.requests.marks import EXCLUDED
from criteria.requests.stated_content import content_of, indication_text
from criteria.requests.stated_request import StatedRequest
from criteria.rules import QuestionDefinition
from criteria.rules.formats import date_text, number_text
from criteria.rules.wording import answer_text
from criteria.screens.field_problem import FieldProblem
from criteria.screens.fields import Pick, Tick
from criteria.screens.wizard.forms.form import OPTIONAL, PageForm
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.information_items import wanted_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough

# Units that a label may end with.
UNITS = {"g", "mg/dL"}


def stated_content(
    walk: Walkthrough,
    enclosures: list[Enclosure] | None = None,
    attestation: StatedAttestation | None = None,
) -> RequestContent:
    """Everything a request shows of itself; ``enclosures`` as they are enclosed now."""
    return content_of(
        walk.draft,
        sections=sections_of(walk),
        confirmations=_confirmations(walk),
        enclosures=enclosures,
        attestation=attestation,
    )


def sections_of(walk: Walkthrough, *, with_criteria: bool = False) -> Iterator[StatedSection]:
    """A section for each page, in order; the answers to criteria only when asked for."""
    for page in walk.pages:
        if not page.is_form or (page.criteria and not with_criteria):
            continue
        if page.slug == REPLY:
            yield _replies(walk)
        elif lines := tuple(lines_of(walk, page)):
            yield StatedSection(page.slug, page.title, lines)


def _replies(walk: Walkthrough) -> StatedSection:
    """What came in answer to each thing a letter asks for, answered or not."""
    asking = walk.draft.asking
    assert asking is not None  # noqa: S101  (the page is part of no other request)
    lines = (StatedLine(w.heading, w.said, page=REPLY, name=w.reply_name) for w in wanted_of(walk))
    return StatedSection(REPLY, f"{REPLIES}, letter {asking.sequence}", tuple(lines))


def lines_of(walk: Walkthrough, page: WizardPage) -> Iterator[StatedLine]:
    """What one page says, field by field."""
    if page.slug == "enclosures":
        return
    draft, form = walk.draft, form_of(walk, page)
    missing = set(form.missing_names())
    wrong = {problem.name for problem in form.problems}
    shown = (name for name in form.fields if name not in form.units.values())
    for name in shown:
        field = form.fields[name]
        if name == COURSES_BEFORE:
            yield StatedLine(
                APPROVED_BEFORE, approved_text(draft, draft.approved), page=page.slug, name=name
            )
        question: QuestionDefinition | None = getattr(field, "question", None)
        if question is not None:
            yield _question_line(draft, page, question)
            continue
        value = _value_text(draft, form, name)
        label, unit = _label_and_unit(str(field.label))
        if name in wrong and not value:
            value = f"{one(draft.typed, name)[:80]} (check this)"
        if not value and not form.is_asked(name):
            continue
        if name == OPEN:
            continue
        yield StatedLine(
            label=label,
            value=f"{value} {unit}".strip() if value else "",
            required=name in missing or form.is_needed(name),
            page=page.slug,
            name=name,
        )


def _label_and_unit(label: str) -> tuple[str, str]:
    """Dose before, g: the unit a label ends with stands with the value where it is printed."""
    name, _, unit = label.removesuffix(OPTIONAL).rpartition(", ")
    return (name, unit) if name and unit in UNITS else (label.removesuffix(OPTIONAL), "")


def _question_line(
    draft: StatedRequest, page: WizardPage, question: QuestionDefinition
) -> StatedLine:
    held = {} if draft.assessment is None else draft.assessment.facts.answers
    answer = held.get(question.key, draft.answers.get(question.key))
    text = "" if answer is None else answer_text(question, answer)
    return StatedLine(question.wording, text, page=page.slug, name=name_of(question))


def _value_text(draft: StatedRequest, form: PageForm, name: str) -> str:
    """A value with its unit, as a person reads it."""
    if name == "indication":
        return indication_text(draft)
    text = _plain(form, name, form.values.get(name)) or _plain(form, name, _known(draft, name))
    unit = form.units.get(name)
    unit_text = "" if unit is None else _plain(form, unit, form.values.get(unit))
    if name == "weight" and text and draft.dose.weight_kg is not None and unit_text == "lb":
        return f"{text} lb ({kg_text(draft.dose.weight_kg)})"
    if name.endswith("interval") and not text:
        return unit_text if form.values.get(unit or "") in ("once", "as-needed") else ""
    if name.endswith("interval") and text == "1":
        unit_text = unit_text.removesuffix("s")
    return f"{text} {unit_text}".strip() if text else ""


def _known(draft: StatedRequest, name: str) -> str:
    """The route of a product that has only one, where none was chosen."""
    route = draft.dose.route if name == "route" else None
    return "" if route is None else route.value


def _plain(form: PageForm, name: str, value: Any) -> str:
    field = form.fields.get(name)
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "Yes" if value else ("" if isinstance(field, Tick) else "No")
    if isinstance(field, Pick):
        return field.labels.get(value, "").removeprefix(f"{EXCLUDED.sign} ")
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value) if isinstance(value, str) else number_text(value)


def _confirmations(walk: Walkthrough) -> Iterator[str]:
    """What was asked and confirmed, page by page."""
    for page in walk.pages:
        if not page.is_form or page.criteria is not None:
            continue
        for note in form_of(walk, page).notes.values():
            yield from (_confirmed(p) for p in note.problems if p.is_confirmed)


def _confirmed(problem: FieldProblem) -> str:
    return f"Confirmed by the prescriber: {problem.text}"
