"""From a draft to everything it says of itself, in words (criteria.requests.content)."""

from collections.abc import Iterable

from criteria.dosing import DosePart
from criteria.models import Enclosure
from criteria.requests.answers.choices import BASES, INTERVALS, URGENCIES, chosen_text
from criteria.requests.answers.readings import evidence_of
from criteria.requests.answers.typed import one
from criteria.requests.content import (
    EnclosedDocument,
    RequestContent,
    StatedAttestation,
    StatedEvidence,
    StatedSection,
)
from criteria.requests.dose.figures import number
from criteria.requests.dose.second_part import BEFORE
from criteria.requests.dose.values import OTHER
from criteria.requests.renewal import BaselineTable, compared
from criteria.requests.stated_request import StatedRequest
from criteria.requests.stated_snapshot import snapshot_of
from criteria.rules.formats import counted, number_text
from criteria.rules.terms import TherapyPhase

PHASES = {TherapyPhase.INITIAL: "First request", TherapyPhase.CONTINUATION: "Continuation"}


def content_of(
    draft: StatedRequest,
    *,
    sections: Iterable[StatedSection],
    confirmations: Iterable[str],
    enclosures: list[Enclosure] | None = None,
    attestation: StatedAttestation | None = None,
) -> RequestContent:
    """Everything the request shows of itself; ``enclosures`` as they are enclosed now.

    ``sections`` and ``confirmations``: what its pages say, field by field.
    """
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
        urgency=_urgency_text(draft),
        request_date=draft.request_date,
        edition_number="" if draft.edition is None else draft.edition.number,
        indication=indication_text(draft),
        pathway="" if pathway is None or indication is None else pathway.name,
        patient_name=patient_name(draft),
        date_of_birth=draft.born,
        member_id=one(draft.typed, "member_id"),
        prescriber_name=draft.prescriber_name,
        weighed_on=draft.day("weight_on"),
        product=product_text(draft),
        dose=dose_text(draft),
        sections=tuple(sections),
        enclosures=tuple(_enclosed(e) for e in documents),
        evidence=_evidence(draft),
        confirmations=tuple(confirmations),
        notes=one(draft.typed, "notes_text"),
        attestation=attestation,
        baseline=baseline_table(draft),
    )


def baseline_table(draft: StatedRequest) -> BaselineTable | None:
    """A renewal beside the approvals it continues; None for any other request."""
    if draft.baseline is None:
        return None
    product, schedule = product_text(draft), dose_text(draft)
    today = snapshot_of(draft, day=draft.request_date, product=product, schedule=schedule)
    return compared(draft.baseline, today)


def _urgency_text(draft: StatedRequest) -> str:
    """A quick check has none."""
    return (
        "" if draft.request.is_quick_check else chosen_text(URGENCIES, one(draft.typed, "urgency"))
    )


def indication_text(draft: StatedRequest) -> str:
    """The diagnosis by its name; one that the policy does not name as it was typed."""
    if draft.indication is not None:
        return draft.indication.name
    named = one(draft.typed, "other_diagnosis")
    return f"Not in the policy: {named}" if draft.is_not_listed and named else ""


def patient_name(draft: StatedRequest) -> str:
    """Doe, Jane."""
    return ", ".join(filter(None, (one(draft.typed, "last_name"), one(draft.typed, "first_name"))))


def product_text(draft: StatedRequest) -> str:
    """The product with its strength."""
    if draft.dose.product is not None and draft.edition is not None:
        return draft.edition.products[draft.dose.product].name
    return draft.dose.other_product if one(draft.typed, "product") == OTHER else ""


def dose_text(draft: StatedRequest) -> str:
    """140 g in all, each course, over 5 days, every 4 weeks, 6 times.

    With what follows: ...; then 500 mg/kg ..., beginning 28 days after the last course before.
    """
    request = draft.dose.request
    if request is None:
        return ""
    first = _part_text(draft, request, "")
    if request.then is None or not first:
        return first
    after = request.then.begins_after_days
    begins = f", beginning {counted(after, 'day')} after the last course before" if after else ""
    return f"{first}; then {_part_text(draft, request.then, BEFORE)}{begins}"


def _part_text(draft: StatedRequest, part: DosePart, before: str) -> str:
    """One part of the dose. ``before``: what the names of its fields begin with."""
    amount, unit = number(draft.typed, f"{before}dose"), one(draft.typed, f"{before}dose_unit")
    if amount is None:
        return ""
    basis = chosen_text(BASES, one(draft.typed, f"{before}basis"))
    days, count = part.days, one(draft.typed, f"{before}interval")
    often = chosen_text(INTERVALS, one(draft.typed, f"{before}interval_unit"))
    courses = part.courses
    parts = [
        f"{number_text(amount)} {unit} {basis}".strip(),
        f"over {counted(days, 'day')}" if days else "",
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


def _evidence(draft: StatedRequest) -> dict[str, StatedEvidence]:
    questions = {} if draft.edition is None else draft.edition.questions
    found = {
        key: evidence_of(question, draft.typed)
        for key, question in questions.items()
        if f"q-{key}-source" in draft.typed or f"q-{key}-page" in draft.typed
    }
    return {key: evidence for key, evidence in found.items() if evidence.text}
