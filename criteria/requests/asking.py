"""The letter that asks a practice for information, and how the replies to it are called."""

from collections.abc import Mapping
from typing import Any

from criteria.models import AuthorizationRequest, Letter, LetterKind, RequestStatus

# What a letter asks for that is no criterion.
DOCUMENT = "document"
# The page on which what is asked is answered in words.
REPLY = "reply"


def asking_of(request: AuthorizationRequest) -> Letter | None:
    """The letter a request is asked by; one query while something is asked, none otherwise."""
    if request.status != RequestStatus.INFORMATION_REQUESTED:
        return None
    asked = Letter.objects.filter(request=request, kind=LetterKind.INFORMATION)
    heavy = ("pdf", "text", "submission__assessment", "submission__content")
    found: Letter | None = asked.select_related("submission").defer(*heavy).last()
    return found


def reply_name(letter: Letter, place: int) -> str:
    """The field of the reply to the thing a letter asks for at this place."""
    return f"reply-{letter.sequence}-{place}"


def came_by_title(
    item: Mapping[str, Any], letters: tuple[str, ...], titles: Mapping[str, str]
) -> tuple[str, ...]:
    """The enclosures added since a document was asked for that have its title.

    ``letters`` of all enclosures there are, ``titles`` by letter.
    """
    before, wanted = item.get("evidence", "").split(), _plain(item["title"])
    new = (letter for letter in letters if letter not in before)
    return tuple(letter for letter in new if _plain(titles.get(letter, "")) == wanted)


def _plain(title: str) -> str:
    """The title of a document as it is compared: without case, signs and spaces."""
    return "".join(sign for sign in title.casefold() if sign.isalnum())


def document_name(reply: str) -> str:
    """The field that says which enclosure a document is."""
    return f"{reply}-encl"
