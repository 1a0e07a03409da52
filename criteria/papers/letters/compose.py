"""The three letters in plain words, from what the reviewer said of each criterion.

A letter is paragraphs with an empty line between them. A line of its own that ends with a colon is
a heading, lines that begin with a hyphen are a list (criteria.papers.letters.text).
"""

from collections.abc import Iterable, Iterator, Sequence

from criteria.papers.letters.content import DOCUMENT, LetterBasis, LetterItem
from criteria.papers.letters.items import NOTHING_ADDED
from criteria.papers.letters.terms import Terms
from criteria.rules.formats import counted, date_text

NOT_STATED = "nothing"
# What a yes or no has to be, as a letter says it.
SAID = {"yes": "that it is so", "no": "that it is not so"}


def information_text(basis: LetterBasis, asked: Sequence[LetterItem]) -> str:
    """A request for information. ``asked``: criteria with the verdict ask, and documents wanted."""
    criteria = [item for item in asked if item.block != DOCUMENT]
    documents = [item for item in asked if item.block == DOCUMENT]
    return _paragraphs(
        f"We have read {_request(basis)} and need what is named below before it can be decided. "
        "Nothing is decided yet.",
        "What we ask for:" if criteria else "",
        *(_listed(item.heading, _asked_lines(item)) for item in criteria),
        "Documents we ask for:" if documents else "",
        "\n".join(f"- {item.title}" for item in documents),
        "How to answer:",
        f"Open request {basis.number} in ivigportal. Its task list names each of these with a link "
        "to the place where it is answered and has room for an answer in words. Change or add "
        "what is asked, enclose what is wanted and say which document it is, then attest and "
        "submit the request again. Everything stated before is still there.",
    )


def approval_text(
    basis: LetterBasis, terms: Terms | None, reason: str, rests_on: Sequence[LetterItem] = ()
) -> str:
    """An approval. ``terms`` None while they cannot be read; ``rests_on``: why less is given."""
    lines = () if terms is None else tuple(_approved_lines(terms))
    days = "" if terms is None else f" from {date_text(terms.starts_on)} to {terms.until}"
    differs = () if terms is None else terms.differences
    return _paragraphs(
        f"{_request(basis, first_capital=True)} is approved{days}.",
        _listed("What is approved:", lines) if lines else "",
        _listed("What was asked for, and what differs:", _differing(basis, differs)),
        _reason(reason),
        "What speaks against the whole:" if rests_on else "",
        *(_listed(item.heading, _against_lines(item)) for item in rests_on),
        _listed("What the dose was held against:", basis.dose_limits) if basis.dose_limits else "",
        "" if terms is None else "After the last day:",
        ""
        if terms is None
        else f"If treatment goes on after {terms.until}, send a request for continuation before "
        "that day, with the findings and the weight of that time.",
    )


def denial_text(basis: LetterBasis, rests_on: Sequence[LetterItem], reason: str) -> str:
    """A denial with the criteria it rests on, what would change it, and how to ask again."""
    return _paragraphs(
        f"{_request(basis, first_capital=True)} is not approved.",
        _reason(reason),
        "What the decision rests on:" if rests_on else "",
        *(_listed(item.heading, (*_missed_lines(item), *_change_lines(item))) for item in rests_on),
        "How to ask again:",
        "A new request can be sent at any time."
        + (" Send with it what is named above." if any(map(_can_change, rests_on)) else ""),
        "You and the patient may ask for this decision to be reviewed (an appeal). The plan's "
        "member documents say how, to whom and until when. Name the number of this request, and "
        "send what supports the appeal with it. The prescriber may also ask to speak with a "
        "reviewer.",
    )


def _request(basis: LetterBasis, *, first_capital: bool = False) -> str:
    again = f" (submission {basis.submission})" if basis.submission > 1 else ""
    article = "The" if first_capital else "the"
    return f"{article} request {basis.number}{again}, received {date_text(basis.received_on)},"


def _asked_lines(item: LetterItem) -> Iterator[str]:
    yield from _question(item)
    yield _stated(item)
    if item.required:
        yield f"Needed: {SAID.get(item.required, item.required)}"
    if item.way and not item.question and item.way != NOTHING_ADDED:
        yield f"What would meet it: {item.way}"
    if item.evidence:
        yield f"Named in the records: {item.evidence}"
    yield from _said(item)
    if item.question and not item.evidence:
        yield "Please name the document and the page that show it, and enclose them"


def _missed_lines(item: LetterItem) -> Iterator[str]:
    yield from _question(item)
    if item.required:
        yield f"Required: {SAID.get(item.required, item.required)}"
    yield _stated(item)
    if item.evidence:
        yield f"Named in the records: {item.evidence}"
    yield from _said(item, note="Why it is not accepted")


def _change_lines(item: LetterItem) -> Iterator[str]:
    if item.way or item.note:
        yield f"What would change it: {item.way or 'records that answer this note'}"


def _question(item: LetterItem) -> Iterator[str]:
    """The question itself, where its answer is a yes or no."""
    if item.wording:
        yield f"Question: {item.wording}"


def _stated(item: LetterItem) -> str:
    """What was answered; of a gate and of a group what was found, which nobody stated."""
    if not item.answered:
        return f"Stated: {NOT_STATED}"
    if item.is_dose:
        return f"Asked for: {item.answered}"
    return f"{'Stated' if item.question else 'Found'}: {item.answered}"


def _against_lines(item: LetterItem) -> Iterator[str]:
    """What speaks against the whole. The dose is given as it is: nothing is to change of it."""
    yield from _missed_lines(item)
    if not item.is_dose:
        yield from _change_lines(item)


def _can_change(item: LetterItem) -> bool:
    return not item.way.startswith(NOTHING_ADDED)


def _said(item: LetterItem, note: str = "The reviewer's note") -> Iterator[str]:
    if item.note:
        yield f"{note}: {_one_line(item.note)}"
    yield from (_one_line(f"{note}: {part}") for part in item.parts)
    if item.citation:
        yield f"Policy: {item.citation}"


def _approved_lines(terms: Terms) -> Iterator[str]:
    if terms.product:
        yield f"Product: {terms.product}"
    yield f"Dose: {terms.dose_text}"
    if terms.per_kg:
        yield f"That is {terms.per_kg}"
    yield f"First day: {date_text(terms.starts_on)}"
    yield f"Last day: {terms.until} ({counted(terms.months, 'month')})"


def _differing(basis: LetterBasis, differences: Iterable[str]) -> tuple[str, ...]:
    asked = f"Asked for: {basis.asked or 'no dose that can be read'}"
    found = tuple(differences)
    return (asked, *found) if found else (asked, "Nothing differs: it is approved as asked for")


def _reason(reason: str) -> str:
    return f"Reason:\n\n{reason.strip()}" if reason.strip() else ""


def _listed(heading: str, lines: Iterable[str]) -> str:
    return "\n".join((heading, *(f"- {line}" for line in lines)))


def _one_line(text: str) -> str:
    """A note of several lines as one, so that it stays in its list."""
    return " ".join(text.split())


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
