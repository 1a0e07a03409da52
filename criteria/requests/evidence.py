"""Where an answer stands in the documents: whether there is such a page, and how to open it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from criteria.models import AuthorizationRequest, Enclosure
from criteria.requests.answers.readings import name_of
from criteria.requests.answers.typed import Typed, one
from criteria.rules import QuestionDefinition
from criteria.rules.formats import counted

# A page, or the first and the last of several: 2, 2-4, 2 to 4.
_PAGES = re.compile(r"\d{1,6}(\s*(-|–|to)\s*\d{1,6})?", re.IGNORECASE)
_LEADING = re.compile(r"^(pages?|pp?\.?)\s*(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePlace:
    """A document and the page a question points to."""

    letter: str
    page: int


def documents_of(request: AuthorizationRequest) -> dict[str, Enclosure]:
    """The documents there are now, by letter. Without a query while there are none."""
    if not request.enclosure_letters:
        return {}
    return {document.letter: document for document in request.enclosures.current()}


def points_to_documents(questions: tuple[QuestionDefinition, ...], typed: Typed) -> bool:
    """Whether any of the answers names an enclosure."""
    return any(one(typed, name_of(question, "encl")) for question in questions)


def wrong_place(
    question: QuestionDefinition, typed: Typed, documents: Mapping[str, Enclosure]
) -> tuple[str, str]:
    """What is wrong with where an answer points to: the part of the question, and a sentence.

    Two empty texts when nothing is. A page without an enclosure may be any text: it is a page of
    records that are not here.
    """
    letter, page = one(typed, name_of(question, "encl")), one(typed, name_of(question, "page"))
    if not letter:
        return "", ""
    if letter not in documents:
        return "encl", f"Enclosure {letter[:2]} is no longer here. Choose another one, or none."
    document = documents[letter]
    if not page or document.pages is None:
        return "", ""
    numbers = numbers_of(page)
    if not numbers:
        return "page", "Enter the page as a number, such as 2, 2-4 or 2, 5."
    if min(numbers) < 1 or max(numbers) > document.pages:
        has = counted(document.pages, "page")
        return "page", f"Enclosure {letter} has {has}. Check the page."
    return "", ""


def numbers_of(typed_pages: str) -> tuple[int, ...]:
    """The pages named in "2", "p. 2-4" or "2, 5"; none when it cannot be read."""
    parts = [part.strip() for part in re.split(r"[,;&]|\band\b", typed_pages)]
    plain = [_LEADING.sub("", part) for part in parts if part]
    if not all(_PAGES.fullmatch(part) for part in plain):
        return ()
    return tuple(int(number) for part in plain for number in re.findall(r"\d+", part))


def place_of(
    question: QuestionDefinition, typed: Typed, documents: Mapping[str, Enclosure]
) -> EvidencePlace | None:
    """The page to open for an answer; None where there is no such page, or no file."""
    letter = one(typed, name_of(question, "encl"))
    document = documents.get(letter)
    if document is None or not document.sha256 or wrong_place(question, typed, documents)[0]:
        return None
    numbers = numbers_of(one(typed, name_of(question, "page")))
    return EvidencePlace(letter=letter, page=min(numbers, default=1))
