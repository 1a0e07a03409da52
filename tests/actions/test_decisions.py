"""Letters as they are sent, with the decision they tell."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import HeldByOtherError
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.reviews.decisions import RefusedLetterError, UngroundedError
from criteria.actions.reviews.dispositions import SubmittedAgainError
from criteria.actions.reviews.hold import ClosedRequestError
from criteria.actions.reviews.letters import AwaitingAnswerError, StaleLetterError
from criteria.models import (
    AuthorizationRequest,
    Determination,
    Event,
    Letter,
    LetterDraft,
    LetterKind,
    RequestStatus,
)
from tests.actions.letters import (
    APPROVAL,
    DENIAL,
    GIVEN,
    INFORMATION,
    ITEM,
    finished,
    held,
    send,
    view_all,
    write,
)
from tests.factories.people import rhea, rob
from tests.papers.packet.stored import ann

pytestmark = pytest.mark.django_db


def written(kind: LetterKind) -> AuthorizationRequest:
    """A held request with a letter that waits to be sent."""
    request = held()
    write(request, kind)
    return request


def now() -> AuthorizationRequest:
    return AuthorizationRequest.objects.get()


def test_approval_gives_dose_and_days() -> None:
    letter = send(written(APPROVAL), APPROVAL)
    request, decision = now(), Determination.objects.get()
    assert request.status == RequestStatus.APPROVED
    assert (request.approved_from, request.approved_until) == (GIVEN.starts_on, GIVEN.ends_on)
    assert (request.decided_by, request.decided_at) == (rhea(), letter.issued_at)
    assert (decision.outcome, decision.reason) == ("approved", "All is met.")
    assert (decision.grams_per_course, decision.courses, decision.months) == (120, 6, 6)
    assert (decision.letter, decision.submission.number, decision.rests_on) == (letter, 1, [])
    assert not LetterDraft.objects.exists()


def test_denial_rests_on_criteria() -> None:
    send(written(DENIAL), DENIAL)
    request, decision = now(), Determination.objects.get()
    assert request.status == RequestStatus.DENIED
    assert (request.approved_from, request.approved_until) == (None, None)
    assert (decision.outcome, decision.rests_on) == ("denied", [ITEM])
    assert (decision.starts_on, decision.grams_per_course) == (None, None)


def test_asking_decides_nothing() -> None:
    letter = send(written(INFORMATION), INFORMATION)
    request = now()
    assert request.status == RequestStatus.INFORMATION_REQUESTED
    assert request.asked_at == letter.issued_at
    assert (request.decided_at, request.decided_by) == (None, None)
    assert not Determination.objects.exists()
    assert letter.items == [ITEM]
    assert not LetterDraft.objects.exists()


def test_the_letter_is_kept_as_it_was_sent() -> None:
    letter = send(written(DENIAL), DENIAL)
    assert letter.sha256 == sha256(b"%PDF-1.7").hexdigest()
    assert (letter.sequence, letter.kind, letter.issued_by) == (1, "denial", rhea())
    assert letter.file_name == f"{now().number}-letter-1.pdf"
    letter.text = "Other words."
    for change in (letter.save, letter.delete, Letter.objects.all().delete):
        with pytest.raises(TypeError):
            change()


def test_events_name_nothing_of_the_patient() -> None:
    send(written(APPROVAL), APPROVAL)
    found = {e.verb: e.summary for e in Event.objects.filter(actor=rhea())}
    assert found["send_letter"] == "Letter 1: Approval, 7F3K-94QX"
    assert found["approve"] == "20 Nov 2026 to 19 May 2027"


def test_a_question_leaves_other_letters_as_they_are() -> None:
    request = written(APPROVAL)
    write(request, INFORMATION)
    send(request, INFORMATION)
    assert [draft.kind for draft in LetterDraft.objects.all()] == [APPROVAL]


@pytest.mark.parametrize("again", [APPROVAL, DENIAL, INFORMATION])
def test_nothing_is_decided_twice(again: LetterKind) -> None:
    request = written(DENIAL)
    send(request, DENIAL)
    with pytest.raises(ClosedRequestError, match="decided"):
        send(request, again)
    assert Letter.objects.count() == 1


def test_a_withdrawn_request_is_not_decided() -> None:
    request = written(APPROVAL)
    withdraw_request(request=request, by=ann())
    with pytest.raises(ClosedRequestError, match="withdrawn"):
        send(request, APPROVAL)
    assert now().status == RequestStatus.WITHDRAWN
    assert LetterDraft.objects.exists()


def test_a_decided_request_is_not_withdrawn() -> None:
    request = written(APPROVAL)
    stale = now()
    send(request, APPROVAL)
    with pytest.raises(PermissionDenied, match="decided"):
        withdraw_request(request=stale, by=ann())
    assert now().status == RequestStatus.APPROVED


def test_withdrawing_while_information_is_asked() -> None:
    request = written(INFORMATION)
    send(request, INFORMATION)
    withdraw_request(request=request, by=ann())
    assert now().status == RequestStatus.WITHDRAWN


def test_nothing_is_sent_while_the_practice_is_asked() -> None:
    request = written(INFORMATION)
    write(request, APPROVAL)
    send(request, INFORMATION)
    with pytest.raises(AwaitingAnswerError):
        send(request, APPROVAL)


def test_another_reviewer_does_not_decide() -> None:
    with pytest.raises(HeldByOtherError, match="rhea"):
        send(written(APPROVAL), APPROVAL, by=rob())
    assert now().status == RequestStatus.SUBMITTED


def test_the_practice_does_not_decide() -> None:
    with pytest.raises(PermissionDenied):
        send(written(APPROVAL), APPROVAL, by=ann())


@pytest.mark.parametrize("number", [0, 2])
def test_an_earlier_submission_is_not_decided(number: int) -> None:
    with pytest.raises(SubmittedAgainError):
        send(written(APPROVAL), APPROVAL, submission_number=number)


@pytest.mark.parametrize("revision", [0, 2])
def test_a_letter_changed_since_it_was_shown_is_not_sent(revision: int) -> None:
    with pytest.raises(StaleLetterError):
        send(written(APPROVAL), APPROVAL, revision=revision)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "kind,changes,words",
    [
        (APPROVAL, {"reason": " \n"}, "reason"),
        (DENIAL, {"reason": ""}, "reason"),
        (DENIAL, {"letter": finished(DENIAL, items=())}, "at least one criterion"),
        (INFORMATION, {"letter": finished(INFORMATION, items=())}, "Nothing is asked"),
        (INFORMATION, {"letter": finished(INFORMATION, text=" ")}, "empty"),
        (APPROVAL, {"approved": None}, "a dose and days"),
        (DENIAL, {"approved": GIVEN}, "a dose and days"),
        (APPROVAL, {"approved": replace(GIVEN, ends_on=date(2026, 11, 19))}, "before the first"),
    ],
)
def test_a_letter_that_says_too_little_is_refused(
    kind: LetterKind, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(RefusedLetterError, match=words):
        send(written(kind), kind, **changes)
    assert now().status == RequestStatus.SUBMITTED
    assert LetterDraft.objects.exists()


@pytest.mark.parametrize(
    "kind,verdict,note",
    [
        (APPROVAL, "", "Half a view."),
        (APPROVAL, "ask", "Which?"),
        (APPROVAL, "not_accepted", "It is not so."),
        (DENIAL, "", "Half a view."),
        (DENIAL, "accepted", ""),
        (DENIAL, "not_accepted", " "),
        (INFORMATION, "ask", ""),
    ],
)
def test_a_decision_without_the_views_it_rests_on_is_refused(
    kind: LetterKind, verdict: str, note: str
) -> None:
    request = written(kind)
    view_all(request, verdict, note=note)
    with pytest.raises(UngroundedError) as refused:
        send(request, kind)
    gates = [("gate", "pathway")] if kind == APPROVAL else []
    assert [gap.place for gap in refused.value.gaps] == [*gates, ("general", "stated")]
    assert now().status == RequestStatus.SUBMITTED
    assert not Letter.objects.exists()


def test_a_denial_on_what_is_no_reason_is_refused() -> None:
    request = written(DENIAL)
    view_all(request, "accepted")
    with pytest.raises(UngroundedError, match="nothing a decision against the request can rest on"):
        send(request, DENIAL)
