"""Submitted requests as a reviewer finds them, and what is decided of them."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.accounts.permissions import Role
from criteria.actions.requests.enclosures import add_enclosure
from criteria.actions.requests.submit import submit_request
from criteria.models import (
    AuthorizationRequest,
    Determination,
    Letter,
    LetterKind,
    Outcome,
    RequestStatus,
    Submission,
)
from criteria.requests.content import StatedAttestation
from criteria.requests.loading import draft_of
from criteria.requests.record import record_of
from criteria.screens.wizard.forms.send import STATEMENT, SubmitForm
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories.commercial import publish_commercial_policy
from tests.factories.policy import person
from tests.factories.request import CIDP, PEOPLE, saved, started

PDF = b"%PDF-1.7 a letter"


def reviewer(name: str = "rhea") -> User:
    """Someone who decides requests and works in no practice: Rhea, or another one."""
    return person(name, Role.REVIEWERS)


def submitted(request: AuthorizationRequest, *, by: User | None = None) -> AuthorizationRequest:
    """A request with every page typed, attested by its prescriber and submitted by its owner."""
    request, by = AuthorizationRequest.objects.get(pk=request.pk), by or request.owner
    before = draft_of(request)
    walk = Walkthrough(before).with_typed({"attest": ["yes"], "signer": [before.prescriber_name]})
    form = SubmitForm(walk, walk.pages[-1])
    missing = [*(p.text for p in form.unmet), *(gap.text for gap in TaskList(walk).gaps)]
    assert not missing, missing
    attestation = StatedAttestation(
        name=before.prescriber_name,
        statement=STATEMENT,
        attested_at=timezone.now(),
        attested_by=by.get_full_name() or by.get_username(),
    )
    record = record_of(walk.draft, stated_content(walk, attestation=attestation))
    submit_request(request=request, revision=request.revision, record=record, by=by)
    return AuthorizationRequest.objects.get(pk=request.pk)


def submitted_cidp(
    *, by: User | None = None, pages: dict[str, dict[str, str]] | None = None
) -> AuthorizationRequest:
    """A first CIDP request under the commercial policy, submitted by Ann; enclosure A is announced.

    ``pages``: fields typed over those of ``tests.factories.request``.
    """
    more = pages or {}
    typed = {slug: fields | more.get(slug, {}) for slug, fields in (CIDP | PEOPLE).items()}
    start: Any = more.get("start", {})
    first = started(publish_commercial_policy(), by=by, **start)
    return submitted(announced(saved(first, typed)))


def announced(request: AuthorizationRequest) -> AuthorizationRequest:
    """The same request with an enclosure that has no file yet."""
    title = "EMG report"
    add_enclosure(request=request, title=title, dated=None, document=None, by=request.owner)
    return request


def held(request: AuthorizationRequest, by: User) -> AuthorizationRequest:
    """The same request, taken by a reviewer."""
    request.assigned_to, request.assigned_at = by, timezone.now()
    request.save(update_fields=["assigned_to", "assigned_at"])
    return request


def approved(
    request: AuthorizationRequest,
    *,
    by: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    **terms: Any,
) -> AuthorizationRequest:
    """A submitted request approved as asked, with its letter: from today for 180 days.

    ``terms``: other columns of the Determination.
    """
    first = starts_on or timezone.localdate()
    last = ends_on or first + timedelta(days=179)
    said = {
        "is_as_asked": True,
        "product": last_submission(request).content["product"],
        "grams_per_course": Decimal(135),
        "days": 5,
        "interval_days": 28,
        "courses": 6,
        "months": 6,
        "dose_text": last_submission(request).content["dose"],
        "starts_on": first,
        "ends_on": last,
    }
    decided = _decided(request, RequestStatus.APPROVED, by)
    decided.approved_from, decided.approved_until = first, last
    return _with_letter(decided, Outcome.APPROVED, said | terms)


def denied(request: AuthorizationRequest, *, by: User | None = None) -> AuthorizationRequest:
    """A submitted request that was not approved, with its letter."""
    return _with_letter(_decided(request, RequestStatus.DENIED, by), Outcome.DENIED, {})


def _decided(
    request: AuthorizationRequest, status: RequestStatus, by: User | None
) -> AuthorizationRequest:
    request.status = status
    request.decided_at, request.decided_by = timezone.now(), by or reviewer()
    return request


def _with_letter(
    request: AuthorizationRequest, outcome: Outcome, said: dict[str, Any]
) -> AuthorizationRequest:
    """Write the decision down as the action does: request, letter, determination."""
    request.save()
    assert request.decided_at is not None
    assert request.decided_by is not None
    submission = last_submission(request)
    letter = Letter.objects.create(
        request=request,
        submission=submission,
        sequence=request.letters.count() + 1,
        kind=LetterKind.APPROVAL if outcome is Outcome.APPROVED else LetterKind.DENIAL,
        text="The letter.",
        code="7F3K-92QX",
        pdf=PDF,
        sha256=sha256(PDF).hexdigest(),
        page_count=1,
        issued_at=request.decided_at,
        issued_by=request.decided_by,
    )
    Determination.objects.create(
        request=request,
        submission=submission,
        letter=letter,
        outcome=outcome,
        reason="The criteria are accepted." if said else "The criteria are not met.",
        decided_at=request.decided_at,
        decided_by=request.decided_by,
        **said,
    )
    return AuthorizationRequest.objects.get(pk=request.pk)


def last_submission(request: AuthorizationRequest) -> Submission:
    """What a reviewer reads of it."""
    found = request.submissions.order_by("number").last()
    assert found is not None
    return found
