"""From a draft to everything it says of itself, in words (criteria.requestdata)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from criteria.dosing import DosePart
from criteria.dosing.figures import kg_text
from criteria.models import Enclosure
from criteria.renewal import BaselineTable, compared
from criteria.requestdata import (
    Attestation,
    EnclosedDocument,
    Evidence,
    Line,
    RequestContent,
    Section,
)
from criteria.rules import Question
from criteria.rules.formats import counted, date_text, number_text
from criteria.rules.terms import Phase
from criteria.rules.wording import answer_text
from criteria.wizard.approvals import APPROVED_BEFORE, approved_text
from criteria.wizard.dose_figures import COURSES_BEFORE, number
from criteria.wizard.dose_values import OTHER
from criteria.wizard.draft import Draft
from criteria.wizard.fields import Pick, Tick
from criteria.wizard.forms import OPTIONAL, PageForm, Problem
from criteria.wizard.pages import Page
from criteria.wizard.readings import evidence_of, name_of
from criteria.wizard.renewal_snapshot import snapshot_of
from criteria.wizard.second_part import BEFORE, OPEN
from criteria.wizard.typed import one

PHASES = {Phase.INITIAL: "First request", Phase.CONTINUATION: "Continuation"}


def content_of(
    draft: Draft,
    enclosures: list[Enclosure] | None = None,
    attestation: Attestation | None = None,
) -> RequestContent:
    """Everything the request shows of itself; ``enclosures`` as they are enclosed now."""
    request, indication, pathway = draft.request, draft.indication, draft.pathway
    documents = (
        list(request.enclosures.filter(removed_at=None)) if enclosures is None else enclosures
    )
    return RequestContent(
        number=request.number,
        status=request.get_status_display(),
        practice=request.practice.name,
        is_quick_check=request.is_quick_check,
        line_of_business=request.line_of_business.replace("-", " ").capitalize(),
        phase=PHASES[draft.phase],
        urgency=str(_field_text(draft, "coverage", "urgency")),
        request_date=draft.request_date,
        edition_number="" if draft.edition is None else draft.edition.number,
        indication=_indication_text(draft),
        pathway="" if pathway is None or indication is None else pathway.name,
        patient_name=patient_name(draft),
        date_of_birth=draft.born,
        member_id=one(draft.typed, "member_id"),
        prescriber_name=draft.prescriber_name,
        weighed_on=draft.day("weight_on"),
        product=product_text(draft),
        dose=dose_text(draft),
        sections=tuple(sections_of(draft)),
        enclosures=tuple(_enclosed(e) for e in documents),
        evidence=_evidence(draft),
        confirmations=tuple(_confirmations(draft)),
        notes=one(draft.typed, "notes_text"),
        attestation=attestation,
        baseline=baseline_table(draft),
    )


def baseline_table(draft: Draft) -> BaselineTable | None:
    """A renewal beside the approvals it continues; None for any other request."""
    if draft.baseline is None:
        return None
    product, schedule = product_text(draft), dose_text(draft)
    today = snapshot_of(draft, day=draft.request_date, product=product, schedule=schedule)
    return compared(draft.baseline, today)


def sections_of(draft: Draft, *, with_criteria: bool = False) -> Iterator[Section]:
    """A section for each page, in order; the answers to criteria only when asked for."""
    for page in draft.pages:
        if page.form is None or (page.criteria and not with_criteria):
            continue
        lines = tuple(lines_of(draft, page))
        if lines:
            yield Section(page.slug, page.title, lines)


def lines_of(draft: Draft, page: Page) -> Iterator[Line]:
    """What one page says, field by field."""
    if page.slug == "enclosures":
        return
    form = draft.form(page)
    missing = set(form.missing_names())
    wrong = {problem.name for problem in form.problems}
    shown = (name for name in form.fields if name not in form.units.values())
    for name in shown:
        field = form.fields[name]
        if name == COURSES_BEFORE:
            yield Line(APPROVED_BEFORE, approved_text(draft), page=page.slug, name=name)
        question: Question | None = getattr(field, "question", None)
        if question is not None:
            yield _question_line(draft, page, question)
            continue
        value = _value_text(draft, form, name)
        if name in wrong and not value:
            value = f"{one(draft.typed, name)[:80]} (check this)"
        if not value and not form.is_asked(name):
            continue
        if name == OPEN:
            continue
        yield Line(
            label=str(field.label).removesuffix(OPTIONAL),
            value=value,
            required=name in missing or form.is_needed(name),
            page=page.slug,
            name=name,
        )


def _question_line(draft: Draft, page: Page, question: Question) -> Line:
    held = {} if draft.assessment is None else draft.assessment.facts.answers
    answer = held.get(question.key, draft.answers.get(question.key))
    text = "" if answer is None else answer_text(question, answer)
    return Line(question.wording, text, page=page.slug, name=name_of(question))


def _value_text(draft: Draft, form: PageForm, name: str) -> str:
    """A value with its unit, as a person reads it."""
    if name == "indication":
        return _indication_text(draft)
    text = _plain(form, name, form.values.get(name))
    unit = form.units.get(name)
    unit_text = "" if unit is None else _plain(form, unit, form.values.get(unit))
    if name == "weight" and text and draft.dose.weight_kg is not None and unit_text == "lb":
        return f"{text} lb ({kg_text(draft.dose.weight_kg)})"
    if name.endswith("interval") and not text:
        return unit_text if form.values.get(unit or "") in ("once", "as-needed") else ""
    if name.endswith("interval") and text == "1":
        unit_text = unit_text.removesuffix("s")
    return f"{text} {unit_text}".strip() if text else ""


def _plain(form: PageForm, name: str, value: Any) -> str:
    field = form.fields.get(name)
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "Yes" if value else ("" if isinstance(field, Tick) else "No")
    if isinstance(field, Pick):
        return field.labels.get(value, "").removeprefix("✕ ")
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value) if isinstance(value, str) else number_text(value)


def _field_text(draft: Draft, slug: str, name: str) -> str:
    page = draft.page(slug)
    if page is None:
        return ""
    form = draft.form(page)
    return _plain(form, name, form.values.get(name))


def _indication_text(draft: Draft) -> str:
    if draft.indication is not None:
        return draft.indication.name
    named = one(draft.typed, "other_diagnosis")
    return f"Not in the policy: {named}" if draft.is_not_listed and named else ""


def patient_name(draft: Draft) -> str:
    """Doe, Jane."""
    return ", ".join(filter(None, (one(draft.typed, "last_name"), one(draft.typed, "first_name"))))


def product_text(draft: Draft) -> str:
    """The product with its strength."""
    if draft.dose.product is not None and draft.edition is not None:
        return draft.edition.products[draft.dose.product].name
    return draft.dose.other_product if one(draft.typed, "product") == OTHER else ""


def dose_text(draft: Draft) -> str:
    """140 g in all, each course, over 5 days, every 4 weeks, 6 times.

    With what follows: ...; then 500 mg/kg ..., beginning 28 days after the last course before.
    """
    request = draft.dose.request
    if draft.page("dose") is None or request is None:
        return ""
    first = _part_text(draft, request, "")
    if request.then is None or not first:
        return first
    after = request.then.begins_after_days
    begins = f", beginning {counted(after, 'day')} after the last course before" if after else ""
    return f"{first}; then {_part_text(draft, request.then, BEFORE)}{begins}"


def _part_text(draft: Draft, part: DosePart, before: str) -> str:
    """One part of the dose. ``before``: what the names of its fields begin with."""
    amount, unit = number(draft.typed, f"{before}dose"), one(draft.typed, f"{before}dose_unit")
    if amount is None:
        return ""
    basis = _field_text(draft, "dose", f"{before}basis")
    days, count = part.days, one(draft.typed, f"{before}interval")
    often = _field_text(draft, "dose", f"{before}interval_unit")
    courses = part.courses
    parts = [
        f"{number_text(amount)} {unit} {basis}".strip(),
        f"over {days} {'day' if days == 1 else 'days'}" if days else "",
        f"every {often.removesuffix('s') if count == '1' else f'{count} {often}'}"
        if count
        else often,
        f"{courses} times" if courses and courses > 1 else "",
    ]
    return ", ".join(filter(None, parts))


def _enclosed(row: Enclosure) -> EnclosedDocument:
    return EnclosedDocument(
        letter=row.letter,
        title=row.title,
        dated=row.dated,
        id=row.pk,
        file_name=row.file_name,
        media_type=row.media_type,
        pages=row.pages,
        sha256=row.sha256,
    )


def _evidence(draft: Draft) -> dict[str, Evidence]:
    questions = {} if draft.edition is None else draft.edition.questions
    found = {
        key: evidence_of(question, draft.typed)
        for key, question in questions.items()
        if f"q-{key}-source" in draft.typed or f"q-{key}-page" in draft.typed
    }
    return {key: evidence for key, evidence in found.items() if evidence.text}


def _confirmations(draft: Draft) -> Iterator[str]:
    """What was asked and confirmed, page by page."""
    for page in draft.pages:
        if page.form is None or page.criteria is not None:
            continue
        for note in draft.form(page).notes.values():
            yield from (_confirmed(p) for p in note.problems if p.is_confirmed)


def _confirmed(problem: Problem) -> str:
    return f"Confirmed by the prescriber: {problem.text}"
