"""What is said of criteria: kept, changed, cleared, refused; and accepted where it is met."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from criteria.accounts.permissions import HeldByOtherError
from criteria.actions.reviews.dispositions import (
    LONGEST_NOTE,
    DispositionEntry,
    RefusedDispositionError,
    Stale,
    SubmittedAgainError,
    accept_met,
    lines_of,
    save_dispositions,
)
from criteria.actions.reviews.hold import ClosedRequestError, release_request
from criteria.models import AuthorizationRequest, Disposition, Event
from tests.factories.people import prescriber, rhea, rob
from tests.helpers.actions.closing import close
from tests.screens.review.desk import held, module_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def number(commercial_policy: object, django_db_blocker: Any) -> Iterator[str]:
    with module_world(django_db_blocker) as number:
        yield number


@pytest.fixture
def request_(number: str, db: None) -> AuthorizationRequest:
    """A submitted request that Rhea holds."""
    return held(number)


def a_line(request: AuthorizationRequest, at: int = 0) -> tuple[str, str]:
    submission = request.submissions.get()
    found = [place for place, line in lines_of(submission).items() if line["number"]]
    return found[at]


def say(
    request: AuthorizationRequest, *said: DispositionEntry, number: int = 1, by: Any = None
) -> Any:
    return save_dispositions(request=request, submission_number=number, said=said, by=by or rhea())


def said(
    request: AuthorizationRequest, verdict: str = "", note: str = "", at: int = 0
) -> DispositionEntry:
    block, key = a_line(request, at)
    return DispositionEntry(block=block, key=key, verdict=verdict, note=note)


def test_a_view_is_kept_with_number_and_title(request_: AuthorizationRequest) -> None:
    assert say(request_, said(request_, "ask", "Which day?")) == ()
    kept = Disposition.objects.get()
    line = lines_of(request_.submissions.get())[kept.block, kept.key]
    assert (kept.verdict, kept.note, kept.by) == ("ask", "Which day?", rhea())
    assert (kept.number, kept.title) == (line["number"], line["title"])


def test_the_event_holds_no_word_of_the_note(request_: AuthorizationRequest) -> None:
    say(request_, said(request_, "ask", "Mrs Doe walks with a stick"))
    event = Event.objects.get(verb="disposition")
    assert event.summary.endswith(": ask")
    assert "Doe" not in event.summary


def test_a_note_needs_no_verdict_and_a_verdict_no_note(request_: AuthorizationRequest) -> None:
    say(request_, said(request_, note="look again"), said(request_, "accepted", at=1))
    assert set(Disposition.objects.values_list("verdict", "note")) == {
        ("", "look again"),
        ("accepted", ""),
    }


def test_nothing_said_any_more_leaves_no_row(request_: AuthorizationRequest) -> None:
    say(request_, said(request_, "ask"))
    at = Disposition.objects.get().at
    assert say(request_, replace(said(request_), seen=at)) == ()
    assert not Disposition.objects.exists()
    assert Event.objects.filter(verb="disposition").first().summary.endswith("cleared")  # type: ignore[union-attr]
    assert say(request_, said(request_)) == ()


def test_what_another_window_saved_is_not_written_over(request_: AuthorizationRequest) -> None:
    say(request_, said(request_, "ask", "first"))
    first = Disposition.objects.get()
    own = said(request_, "accepted", "second")
    other = said(request_, "accepted", at=1)
    assert say(request_, own, other) == (Stale(own, first),)
    assert set(Disposition.objects.values_list("note", flat=True)) == {"first", ""}
    assert say(request_, replace(own, seen=first.at)) == ()
    assert Disposition.objects.get(key=own.key).note == "second"


def test_what_another_window_cleared_is_not_brought_back(request_: AuthorizationRequest) -> None:
    own = replace(said(request_, "ask"), seen=timezone.now() - timedelta(hours=1))
    assert say(request_, own) == (Stale(own, None),)
    assert not Disposition.objects.exists()


def test_the_same_words_are_no_conflict(request_: AuthorizationRequest) -> None:
    say(request_, said(request_, "ask", "same"))
    at = Disposition.objects.get().at
    assert say(request_, said(request_, "ask", "same")) == ()
    assert Disposition.objects.get().at == at


@pytest.mark.parametrize("place", [("general", "no-such"), ("elsewhere", "x"), ("", "")])
def test_a_criterion_of_no_tree_is_refused(
    request_: AuthorizationRequest, place: tuple[str, str]
) -> None:
    wrong = DispositionEntry(block=place[0], key=place[1], verdict="ask")
    with pytest.raises(RefusedDispositionError, match="no such criterion"):
        say(request_, said(request_, "accepted"), wrong)
    assert not Disposition.objects.exists()


def test_a_criterion_of_the_other_tree_is_refused(request_: AuthorizationRequest) -> None:
    block, key = a_line(request_)
    other = "general" if block == "criteria" else "criteria"
    with pytest.raises(RefusedDispositionError):
        say(request_, DispositionEntry(block=other, key=key, verdict="ask"))


def test_a_verdict_that_is_none_is_refused(request_: AuthorizationRequest) -> None:
    with pytest.raises(RefusedDispositionError, match="Choose"):
        say(request_, said(request_, "denied"))


def test_a_note_has_an_end(request_: AuthorizationRequest) -> None:
    assert say(request_, said(request_, note="x" * LONGEST_NOTE)) == ()
    with pytest.raises(RefusedDispositionError, match="4,001 letters, 4,000 fit"):
        say(request_, said(request_, note="x" * (LONGEST_NOTE + 1), at=1))
    with pytest.raises(RefusedDispositionError, match="sign"):
        say(request_, said(request_, note="a\0b", at=1))


@pytest.mark.parametrize("other", [0, 2])
def test_another_submission_than_the_last_is_refused(
    request_: AuthorizationRequest, other: int
) -> None:
    with pytest.raises(SubmittedAgainError):
        say(request_, said(request_, "ask"), number=other)
    assert not Disposition.objects.exists()


def test_only_the_holder_says_something(request_: AuthorizationRequest) -> None:
    with pytest.raises(HeldByOtherError, match="rhea reviews"):
        say(request_, said(request_, "ask"), by=rob())
    with pytest.raises(PermissionDenied):
        say(request_, said(request_, "ask"), by=prescriber())
    release_request(request=request_, by=rhea())
    with pytest.raises(HeldByOtherError, match="Take the request first"):
        say(request_, said(request_, "ask"))
    assert not Disposition.objects.exists()


@pytest.mark.parametrize("status", ["approved", "denied", "withdrawn"])
def test_a_closed_request_is_said_nothing_of(request_: AuthorizationRequest, status: str) -> None:
    one = said(request_, "ask")
    close(request_, status)
    with pytest.raises(ClosedRequestError):
        say(request_, one)
    with pytest.raises(ClosedRequestError):
        accept_met(request=request_, submission_number=1, places=[one.place], by=rhea())


def test_accepting_touches_only_what_is_met_and_has_no_verdict(
    request_: AuthorizationRequest,
) -> None:
    lines = lines_of(request_.submissions.get())
    met = [place for place, line in lines.items() if line["state"] == "met"]
    assert len(met) >= 2
    assert len(met) < len(lines)
    noted, asked, *others = met
    kept = (DispositionEntry(block=noted[0], key=noted[1], note="seen"),)
    kept += (DispositionEntry(block=asked[0], key=asked[1], verdict="ask"),)
    say(request_, *kept)
    count = accept_met(request=request_, submission_number=1, places=list(lines), by=rhea())
    assert count == len(others) + 1
    found = {(d.block, d.key): (d.verdict, d.note) for d in Disposition.objects.all()}
    assert found[noted] == ("accepted", "seen")
    assert found[asked] == ("ask", "")
    assert set(found) == set(met)
    assert Event.objects.get(verb="accept_met").summary == f"Submission 1: {count} that are met"
    assert accept_met(request=request_, submission_number=1, places=list(lines), by=rhea()) == 0
    assert Event.objects.filter(verb="accept_met").count() == 1


def test_accepting_what_is_no_criterion_is_refused(request_: AuthorizationRequest) -> None:
    with pytest.raises(RefusedDispositionError):
        accept_met(request=request_, submission_number=1, places=[("general", "x")], by=rhea())
