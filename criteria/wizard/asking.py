"""The letter that asks a practice for information, and how the replies to it are called."""

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


def document_name(reply: str) -> str:
    """The field that says which enclosure a document is."""
    return f"{reply}-encl"
