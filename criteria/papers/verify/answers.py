"""What a reader is told of a code or a file, in words."""

from dataclasses import dataclass

from criteria.papers.sign.sign import SigningError, configured
from criteria.papers.verify.incoming import CheckedFile
from criteria.papers.verify.issued import Issued, by_code, by_fingerprint, code_from
from criteria.papers.verify.reading import Inside, Signature, inside
from criteria.requests.marks import MET, NOT_MET, StateMark

CODE_IS_NONE = (
    "A code is two groups of four letters and digits, such as 7F3K-94QX. It stands at the foot of "
    "every page."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer with the sign of its state, and what was issued, if anything.

    ``lines`` follow the heading; ``signature`` says what a digital signature in the file is worth.
    """

    mark: StateMark
    heading: str
    lines: tuple[str, ...] = ()
    issued: tuple[Issued, ...] = ()
    signature: str = ""


def answer_to_code(typed: str) -> Answer | None:
    """What carries a code; None for what is no code at all."""
    code = code_from(typed)
    if not code:
        return None
    issued = tuple(by_code(code))
    if not issued:
        return Answer(
            mark=NOT_MET,
            heading=f"Nothing we issued carries the code {code}",
            lines=("Compare it, sign by sign, with the foot of a page.",),
        )
    return Answer(
        mark=MET,
        heading=f"We issued the code {code}",
        lines=(
            "The code alone does not show that the pages are unchanged. To be sure, check the file "
            "itself below, or compare the pages with those you were sent.",
        ),
        issued=issued,
    )


def answer_to_file(file: CheckedFile) -> Answer:
    """Whether a file is one that was issued, carries the code of one, or neither."""
    found = inside(file.content)
    exactly = tuple(by_fingerprint(file.sha256))
    if exactly:
        return Answer(
            mark=MET,
            heading=f"This is {_named(exactly[0])} exactly as issued on {exactly[0].issued}",
            issued=exactly,
            signature=_signature_words(found),
        )
    alike = tuple(by_code(code_from(found.code))) if found.code else ()
    return _altered(alike, found) if alike else _foreign(found)


def _altered(alike: tuple[Issued, ...], found: Inside) -> Answer:
    return Answer(
        mark=NOT_MET,
        heading=f"It carries the code of {_named(alike[0])}, but is not the file we issued",
        lines=(
            "It was changed or saved anew. Printing to PDF, combining files or filling in a form "
            "does that too. Ask whoever sent it for the file as they received it.",
        ),
        issued=alike,
        signature=_signature_words(found),
    )


def _foreign(found: Inside) -> Answer:
    return Answer(
        mark=NOT_MET,
        heading="We did not issue this file",
        lines=(
            "A scan, a fax or a printed copy is not the file itself: check it by the code at the "
            "foot of its pages.",
        ),
        signature=_signature_words(found),
    )


def _named(issued: Issued) -> str:
    """As it stands within a sentence: packet 2 of R-2026-00042."""
    return f"{issued.name[:1].lower()}{issued.name[1:]}"


def _signature_words(found: Inside) -> str:
    """What the last signature tells; empty where there is none."""
    if not found.signatures:
        return ""
    last = found.signatures[-1]
    if not last.fits:
        return "Its digital signature does not fit: the file was changed after it was signed."
    if not last.whole:
        return "Something was added to the file after it was signed."
    if _is_ours(last):
        return "Its digital signature is ours and fits the whole file."
    return "It is digitally signed, but not with the certificate we sign with today."


def _is_ours(signature: Signature) -> bool:
    try:
        certificate = configured()
    except SigningError:
        return False
    return certificate is not None and certificate.sha256 == signature.certificate
