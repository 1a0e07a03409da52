"""What a button of a letter's page does to the text before it is kept."""

from django.contrib.auth.models import User

from criteria.actions.reviews.letters import Written, save_letter
from criteria.models import AuthorizationRequest, LetterDraft
from criteria.screens.review.letters.page import LetterPage
from criteria.screens.review.letters.text import BEFORE, plain

COMPOSE, KEEP, RESTORE = "compose", "keep", "restore"


def save_page(
    request: AuthorizationRequest,
    page: LetterPage,
    *,
    button: str,
    submission_number: int,
    revision: int,
    by: User,
) -> LetterDraft:
    """Keep a letter as it was sent. Raises as criteria.actions.reviews.letters.save_letter does."""
    return save_letter(
        request=request,
        submission_number=submission_number,
        kind=page.kind,
        written=written(page, button),
        revision=revision,
        by=by,
    )


def written(page: LetterPage, button: str) -> Written:
    """What is kept. A text that nobody edited follows what it is composed from."""
    text, before = page.text, page.text_before
    if button == COMPOSE:
        return _kept(page, page.composed, text if page.is_edited else before, page.composed)
    if button == RESTORE and before:
        return _kept(page, before, text, page.composed)
    if not page.is_edited:
        return _kept(page, page.composed, before, page.composed)
    return _kept(page, text, before, page.composed if button == KEEP else page.drawn_from)


def _kept(page: LetterPage, text: str, before: str, composed: str) -> Written:
    terms = {name: value for name, value in page.typed.items() if name != "text"}
    terms[BEFORE] = [plain(before)]
    return Written(text=plain(text), composed=plain(composed), terms=terms)
