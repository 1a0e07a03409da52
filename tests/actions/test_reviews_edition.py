"""Judging a submitted request by another edition: who may, when, and by which."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from criteria.accounts.permissions import HeldByOtherError
from criteria.actions.requests.edit import change_edition, save_page, withdraw_request
from criteria.actions.requests.start import RequestSummary
from criteria.actions.reviews.dispositions import SubmittedAgainError
from criteria.actions.reviews.edition import RefusedEditionError, judge_by_edition
from criteria.actions.reviews.hold import ClosedRequestError, release_request
from criteria.actions.reviews.letters import AwaitingAnswerError
from criteria.models import AuthorizationRequest, Membership, PolicyVersion, RequestPage, Submission
from tests.factories.medicare import publish_medicare_policies
from tests.factories.people import paula, rhea
from tests.factories.submitted import record_by
from tests.screens.review.desk import asked, held, module_world, resubmitted
from tests.screens.review.editions import publish_newer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stored(
    commercial_policy: object, django_db_blocker: Any
) -> Iterator[tuple[AuthorizationRequest, PolicyVersion]]:
    """A request that Rhea holds and the newer edition, stored once a module."""
    with module_world(django_db_blocker) as number:
        yield held(number), publish_newer()


@pytest.fixture
def request_held(
    stored: tuple[AuthorizationRequest, PolicyVersion], db: None
) -> AuthorizationRequest:
    return AuthorizationRequest.objects.get(pk=stored[0].pk)


@pytest.fixture
def newer(stored: tuple[AuthorizationRequest, PolicyVersion], db: None) -> PolicyVersion:
    return PolicyVersion.objects.get(pk=stored[1].pk)


def judge(request: AuthorizationRequest, version: PolicyVersion, **changes: Any) -> Submission:
    last = request.submissions.order_by("number").last()
    assert last is not None
    said: dict[str, Any] = {
        "submission_number": last.number,
        "record": record_by(last, version),
        "reason": "It rules on the first dose.",
        "by": rhea(),
    }
    return judge_by_edition(request=request, version=version, **(said | changes))


def test_it_becomes_a_submission_of_its_own(
    request_held: AuthorizationRequest, newer: PolicyVersion
) -> None:
    judged = judge(request_held, newer, please_check={"dose": "It changed."})
    assert (judged.number, judged.version, judged.rejudged_by) == (2, newer, rhea())
    first = request_held.submissions.get(number=1)
    assert (judged.attested_name, judged.attested_by) == (first.attested_name, first.attested_by)
    assert judged.listed["patient_name"] == first.listed["patient_name"]
    pages = RequestPage.objects.filter(request=request_held, please_check=True)
    assert [(page.slug, page.check_because) for page in pages] == [("dose", "It changed.")]


def test_only_the_reviewer_who_holds_it(
    request_held: AuthorizationRequest, newer: PolicyVersion
) -> None:
    for other in (request_held.owner, paula()):
        with pytest.raises(PermissionDenied):
            judge(request_held, newer, by=other)
    release_request(request=request_held, by=rhea())
    with pytest.raises(HeldByOtherError):
        judge(request_held, newer)
    assert request_held.submissions.count() == 1


def test_not_a_reviewer_of_its_own_practice(
    request_held: AuthorizationRequest, newer: PolicyVersion
) -> None:
    Membership.objects.create(practice=request_held.practice, user=rhea())
    with pytest.raises(PermissionDenied):
        judge(request_held, newer)


def test_not_while_the_practice_answers_nor_once_it_is_closed(
    request_held: AuthorizationRequest, newer: PolicyVersion
) -> None:
    asked(request_held)
    with pytest.raises(AwaitingAnswerError):
        judge(request_held, newer)
    withdraw_request(request=request_held, by=request_held.owner)
    with pytest.raises(ClosedRequestError):
        judge(request_held, newer)


def test_not_from_a_page_of_an_earlier_submission(
    request_held: AuthorizationRequest, newer: PolicyVersion
) -> None:
    resubmitted(request_held)
    with pytest.raises(SubmittedAgainError):
        judge(request_held, newer, submission_number=1)


@pytest.mark.parametrize("reason", ["", " . ", "x" * 4001, "because\0"])
def test_a_reason_is_needed(
    request_held: AuthorizationRequest, newer: PolicyVersion, reason: str
) -> None:
    with pytest.raises(RefusedEditionError):
        judge(request_held, newer, reason=reason)


def test_only_another_edition_in_force_of_its_line(
    request_held: AuthorizationRequest, newer: PolicyVersion
) -> None:
    publish_medicare_policies()
    other_line = PolicyVersion.objects.in_force_on(timezone.localdate()).exclude(
        policy=newer.policy
    )
    for version in (*other_line, request_held.version):
        assert version is not None
        record = record_by(request_held.submissions.get(), newer)
        with pytest.raises(RefusedEditionError):
            judge(request_held, version, record=record)
    judge(request_held, newer)
    with pytest.raises(RefusedEditionError):
        judge(request_held, PolicyVersion.objects.get(number="2021D0035AD"))


def test_practice_moves_no_request_that_was_submitted(
    request_held: AuthorizationRequest, newer: PolicyVersion
) -> None:
    asked(request_held)
    request, ann = AuthorizationRequest.objects.get(pk=request_held.pk), request_held.owner
    with pytest.raises(PermissionDenied):
        change_edition(request=request, version=newer, please_check={}, by=ann)
    page = request.pages.get(slug="start")
    with pytest.raises(PermissionDenied):
        save_page(
            request=request,
            page=page,
            slug="start",
            data={},
            tab="",
            revision=page.revision,
            summary=RequestSummary(),
            version_id=newer.pk,
            by=ann,
        )
    stored = AuthorizationRequest.objects.get(pk=request.pk)
    assert stored.version == request_held.version
    assert stored.pages.get(slug="start").data == page.data
