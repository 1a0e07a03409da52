"""Courses over requests at the desk: every approval held here counts, of any practice."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from criteria.actions.reviews.dispositions import accept_met, lines_of
from criteria.models import AuthorizationRequest, PolicyVersion, Submission
from criteria.papers.letters.basis import read_submission
from criteria.rules import FindingState
from criteria.screens.review.desk.desk import ReviewDesk
from criteria.screens.wizard.packets import content_now
from tests.factories.commercial import publish_commercial_policy
from tests.factories.courses import asked, gave
from tests.factories.people import ben, rhea
from tests.factories.review import approved, held, submitted
from tests.screens.wizard.conftest import soup_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stored(commercial_policy: object, django_db_blocker: Any) -> Iterator[PolicyVersion]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield publish_commercial_policy()
        transaction.set_rollback(True)


@pytest.fixture
def version(stored: PolicyVersion, db: None) -> PolicyVersion:
    return stored


def sent(version: PolicyVersion, courses: int = 3, elsewhere: str = "0") -> AuthorizationRequest:
    return submitted(asked(version, dose={"courses": str(courses), "courses_before": elsewhere}))


def desk_of(request: AuthorizationRequest) -> ReviewDesk:
    found = AuthorizationRequest.objects.get(pk=request.pk)
    return ReviewDesk(found, rhea(), now=timezone.now())


def page_of(request: AuthorizationRequest) -> str:
    client = Client()
    client.force_login(rhea())
    response: Any = client.get(f"/review/{request.number}/")
    assert response.status_code == 200
    return soup_of(response).get_text(" ", strip=True)


def test_own_approvals_count_as_they_did(version: PolicyVersion) -> None:
    approval, request = gave(version, 3), sent(version)
    desk = desk_of(request)
    assert desk.assessment.dose.outcome == "within"
    assert desk.courses is not None and not desk.courses.is_counted_anew
    page = page_of(request)
    assert "Courses before this request" in page and approval.number in page
    assert "Counting the approvals held here" not in page


def test_approvals_of_another_practice_count_at_the_desk_alone(version: PolicyVersion) -> None:
    theirs = gave(version, 4, by=ben())
    request = sent(version)
    submission = request.submissions.latest("number")
    assert submission.overall == "meets"
    page = page_of(request)
    assert theirs.number in page and "Bedford Clinic" in page
    assert "Counting the approvals held here: 4 given elsewhere + 3 asked for = 7 courses" in page
    assert "As submitted: 135 g" in page
    # The papers stay as they were submitted, and name nobody else's request.
    content = content_now(request, at=timezone.now(), by=request.owner)
    assert content.dose.state is FindingState.MET and theirs.number not in repr(content)


@pytest.mark.parametrize(
    ("theirs", "stated", "state"),
    [
        (3, "0", FindingState.MET),
        (3, "3", FindingState.MET),
        (4, "0", FindingState.NOT_MET),
        (2, "4", FindingState.NOT_MET),
    ],
)
def test_what_was_stated_and_what_is_held_are_not_added_up(
    version: PolicyVersion, theirs: int, stated: str, state: FindingState
) -> None:
    gave(version, theirs, by=ben())
    assert desk_of(sent(version, elsewhere=stated)).content.dose.state is state


def test_a_letter_rests_on_what_counts_here_and_names_no_other_practice(
    version: PolicyVersion,
) -> None:
    theirs = gave(version, 4, by=ben())
    read = read_submission(sent(version).submissions.latest("number"))
    (item,) = read.grounds
    assert "4 given elsewhere + 3 asked for = 7 courses" in repr(item)
    assert theirs.number not in repr(read.basis) and "Bedford" not in repr(read.basis)


def test_the_dose_is_not_accepted_with_what_is_met(version: PolicyVersion) -> None:
    """As submitted the dose was met; here it is not: no press accepts it along."""
    gave(version, 4, by=ben())
    request = held(sent(version), rhea())
    lines = [line for part in desk_of(request).parts for line in part.lines]
    (dose,) = [line for line in lines if "Dose" in line.criterion.title]
    assert not dose.can_be_accepted_with_others
    submission = request.submissions.latest("number")
    assert lines_of(submission)[dose.place]["state"] == FindingState.MET
    places = [line.place for line in lines if line.can_be_accepted_with_others]
    assert dose.place not in places
    assert accept_met(request=request, submission_number=1, places=places, by=rhea()) == len(places)


def test_what_is_contradicted_is_not_accepted_with_what_is_met(version: PolicyVersion) -> None:
    request = held(sent(version), rhea())
    lines = [line for part in desk_of(request).parts for line in part.lines]
    met = next(line for line in lines if line.can_be_accepted_with_others)
    doubted = replace(met, criterion=replace(met.criterion, is_contradicted=True))
    assert not doubted.can_be_accepted_with_others


def test_an_approval_given_since_counts_until_this_one_is_decided(version: PolicyVersion) -> None:
    request = sent(version)
    gave(version, 4)
    assert desk_of(request).assessment.dose.outcome == "exceeds"
    decided = approved(sent(version, courses=2), courses=2)
    gave(version, 6)
    assert desk_of(decided).assessment.dose.outcome == "within"


def test_changes_between_submissions_are_those_of_the_practice(version: PolicyVersion) -> None:
    """What counts here changed nothing that the practice said."""
    request = sent(version)
    gave(version, 4, by=ben())
    desk = desk_of(request)
    assert desk.content.dose.state is FindingState.NOT_MET
    assert desk.submitted_content.dose.state is FindingState.MET


def test_a_limit_without_courses_over_requests_shows_none(version: PolicyVersion) -> None:
    request = sent(version)
    desk = desk_of(request)
    assert desk.courses is not None and "No approval for this treatment is held here." in page_of(
        request
    )
    assert Submission.objects.get(request=request).case["approved"] == []
