"""From a letter as it was written to the one that is printed, sent and kept."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.accounts.people import name_of
from criteria.actions.reviews.decisions import Approved, FinishedLetter, send_letter
from criteria.dosing import AskedPart
from criteria.models import AuthorizationRequest, Letter, LetterKind
from criteria.papers.letters.basis import ReadSubmission
from criteria.papers.letters.code import letter_code
from criteria.papers.letters.content import LetterBasis, LetterContent, LetterItem
from criteria.papers.letters.pdf import printed_letter
from criteria.papers.letters.terms import Terms
from criteria.papers.packet.worksheet import LabelledFact
from criteria.papers.sign.sign import signed
from criteria.rules.formats import counted, date_text

TITLES = {
    LetterKind.INFORMATION: "Request for information",
    LetterKind.APPROVAL: "Approval",
    LetterKind.DENIAL: "Not approved",
}


def letter_content(
    read: ReadSubmission,
    kind: LetterKind,
    *,
    text: str,
    terms: Terms | None,
    is_sent: bool,
    at: datetime,
    by: User,
) -> LetterContent:
    """A letter as it is printed. ``terms``: what an approval gives, None for the others."""
    return LetterContent(
        kind=kind,
        title=TITLES[kind],
        is_sent=is_sent,
        basis=read.basis,
        facts=tuple(_facts(read.basis, terms)),
        text=text,
        issued_at=timezone.localtime(at),
        issued_by=name_of(by),
    )


def send(
    request: AuthorizationRequest,
    read: ReadSubmission,
    kind: LetterKind,
    *,
    text: str,
    items: Sequence[LetterItem],
    reason: str,
    terms: Terms | None,
    revision: int,
    by: User,
) -> Letter:
    """Print a letter and send it. Raises as criteria.actions.reviews.decisions.send_letter does."""
    now = timezone.now()
    content = letter_content(read, kind, text=text, terms=terms, is_sent=True, at=now, by=by)
    pdf = printed_letter(content)
    finished = FinishedLetter(
        kind=kind,
        text=text,
        items=tuple(item.as_row() for item in items),
        code=letter_code(content),
        pdf=signed(pdf.pdf),
        page_count=pdf.page_count,
        issued_at=now,
    )
    return send_letter(
        request=request,
        found=read.assessment,
        submission_number=read.submission.number,
        revision=revision,
        letter=finished,
        reason=reason,
        approved=None if terms is None else _approved(terms),
        by=by,
    )


def _facts(basis: LetterBasis, terms: Terms | None) -> Iterator[LabelledFact]:
    yield LabelledFact("To", basis.practice)
    yield LabelledFact("Prescriber", basis.prescriber)
    yield LabelledFact("Request", f"{basis.number}, received {date_text(basis.received_on)}")
    yield LabelledFact("Diagnosis", basis.indication)
    yield LabelledFact("Policy", basis.policy_name)
    if terms is not None:
        yield LabelledFact("Approved product", terms.product)
        yield LabelledFact("Approved dose", terms.dose_text)
        days = f"{date_text(terms.starts_on)} to {terms.until}"
        yield LabelledFact("Approved time", f"{days} ({counted(terms.months, 'month')})")


def _grams(part: AskedPart | None) -> Decimal | None:
    """Of a course, as they are kept: cut off, never above what is given."""
    if part is None or part.grams is None:
        return None
    return part.grams.quantize(Decimal("0.001"), ROUND_DOWN)


def _approved(terms: Terms) -> Approved:
    return Approved(
        is_as_asked=terms.is_as_asked,
        gives_less=terms.gives_less,
        product=terms.product[:200],
        dose_text=terms.dose_text[:300],
        grams_per_course=terms.grams,
        days=terms.days,
        interval_days=terms.interval_days,
        courses=terms.courses,
        then_grams_per_course=_grams(terms.then),
        then_interval_days=None if terms.then is None else terms.then.interval_days,
        then_courses=None if terms.then is None else terms.then.courses,
        months=terms.months,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
    )
