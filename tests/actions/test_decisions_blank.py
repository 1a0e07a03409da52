"""What looks written and says nothing is no letter and no reason."""

import pytest

from criteria.actions.reviews.decisions import RefusedLetterError
from criteria.models import Letter, LetterKind, RequestStatus
from criteria.rules.formats import says_something
from tests.actions.letters import APPROVAL, DENIAL, INFORMATION, finished, held, send, write

pytestmark = pytest.mark.django_db

BLANK = ("", " ", " \n\t ", "\u200b", "\u00a0\u2060\ufeff", "...", "–")


@pytest.mark.parametrize("text", BLANK)
def test_signs_that_say_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["ok", "1", "\u200bé", "Ω", "不"])
def test_signs_that_say_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize("reason", BLANK)
@pytest.mark.parametrize("kind", [APPROVAL, DENIAL])
def test_a_decision_needs_a_reason(kind: LetterKind, reason: str) -> None:
    request = held()
    write(request, kind)
    with pytest.raises(RefusedLetterError, match="needs a reason"):
        send(request, kind, reason=reason)
    request.refresh_from_db()
    assert request.status == RequestStatus.SUBMITTED
    assert not Letter.objects.exists()


@pytest.mark.parametrize("text", BLANK)
def test_a_letter_needs_a_text(text: str) -> None:
    request = held()
    write(request, INFORMATION)
    with pytest.raises(RefusedLetterError, match="is empty"):
        send(request, INFORMATION, letter=finished(INFORMATION, text=text))
