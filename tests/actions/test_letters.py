"""Letters while they are written: who may, and what two windows do."""

import pytest
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import HeldByOtherError
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.reviews.dispositions import SubmittedAgainError
from criteria.actions.reviews.hold import ClosedRequestError, release_request
from criteria.actions.reviews.letters import AwaitingAnswerError, StaleLetterError, Written
from criteria.models import AuthorizationRequest, Event, LetterDraft, RequestStatus
from tests.actions.letters import APPROVAL, DENIAL, held, send, write
from tests.factories.people import paula, rhea, rob
from tests.papers.packet.stored import ann

pytestmark = pytest.mark.django_db

MINE = Written(text="Mine.", composed="Mine.", terms={"months": ["6"]})


def test_it_keeps_what_was_typed() -> None:
    row = write(held(), APPROVAL, written=MINE)
    kept = LetterDraft.objects.get()
    assert (kept.text, kept.terms, kept.revision) == ("Mine.", {"months": ["6"]}, 1)
    assert (row.updated_by, kept.submission.number) == (rhea(), 1)
    event = Event.objects.get(verb="write_letter")
    assert (event.summary, event.actor) == ("Approval", rhea())


def test_one_of_each_kind_stands_beside_the_others() -> None:
    request = held()
    write(request, APPROVAL)
    write(request, DENIAL, written=MINE)
    assert LetterDraft.objects.count() == 2


def test_saving_the_same_again_changes_nothing() -> None:
    request = held()
    first = write(request, APPROVAL)
    assert write(request, APPROVAL, revision=1).revision == first.revision
    assert Event.objects.filter(verb="write_letter").count() == 1


@pytest.mark.parametrize("revision,is_kept", [(1, True), (0, False), (2, False)])
def test_a_second_window_overwrites_nothing(revision: int, is_kept: bool) -> None:
    request = held()
    write(request, APPROVAL)
    if is_kept:
        assert write(request, APPROVAL, written=MINE, revision=revision).revision == 2
        return
    with pytest.raises(StaleLetterError):
        write(request, APPROVAL, written=MINE, revision=revision)
    assert LetterDraft.objects.get().text == "A letter."


@pytest.mark.parametrize("who", [ann, paula])
def test_who_does_not_review_writes_none(who: object) -> None:
    with pytest.raises(PermissionDenied):
        write(held(), APPROVAL, by=who())  # type: ignore[operator]
    assert not LetterDraft.objects.exists()


def test_another_reviewer_writes_none() -> None:
    with pytest.raises(HeldByOtherError, match="rhea"):
        write(held(), APPROVAL, by=rob())


def test_nobody_writes_to_a_request_that_nobody_holds() -> None:
    request = held()
    release_request(request=request, by=rhea())
    with pytest.raises(HeldByOtherError, match="Take the request first"):
        write(request, APPROVAL)


def test_a_withdrawn_request_gets_none() -> None:
    request = held()
    withdraw_request(request=request, by=ann())
    with pytest.raises(ClosedRequestError, match="withdrawn"):
        write(request, APPROVAL)


def test_a_decided_request_gets_none() -> None:
    request = held()
    write(request, DENIAL)
    send(request, DENIAL)
    with pytest.raises(ClosedRequestError, match="decided"):
        write(request, APPROVAL)


def test_none_is_written_while_the_practice_is_asked() -> None:
    request = held()
    AuthorizationRequest.objects.update(status=RequestStatus.INFORMATION_REQUESTED)
    with pytest.raises(AwaitingAnswerError):
        write(request, APPROVAL)


@pytest.mark.parametrize("number", [0, 2])
def test_only_the_last_submission_is_answered(number: int) -> None:
    with pytest.raises(SubmittedAgainError):
        write(held(), APPROVAL, submission_number=number)
