"""Stored requests to issue packets of, and the people around them."""

from typing import Any

from django.contrib.auth.models import User

from criteria.actions.requests.start import RequestSummary, start_request
from criteria.actions.requests.submit import submit_request
from criteria.models import AuthorizationRequest, Membership, Practice, RequestPage
from criteria.requests.content import StatedAttestation
from tests.factories.people import person
from tests.factories.policy import published
from tests.factories.submitted import record_now
from tests.papers.packet.contents import DATA

TYPED: dict[str, dict[str, list[str]]] = {
    "diagnosis": {"indication": ["immune"], "icd10": ["D80.0"]},
    "patient": {
        "last_name": ["Doe"],
        "first_name": ["Jane"],
        "born": ["1961-03-12"],
        "member_id": ["123456789"],
    },
    "dose": {"weight": ["154"], "weight_unit": ["lb"], "product": ["alpha"]},
}


def member(name: str, practice: str) -> User:
    """Ann prescribes at ACME, Ben somewhere else."""
    user = person(name)
    Membership.objects.get_or_create(
        practice=Practice.objects.get_or_create(name=practice)[0], user=user
    )
    return user


def ann() -> User:
    return member("ann", "ACME Infusion")


def ben() -> User:
    return member("ben", "Other Practice")


def drafted(**changes: Any) -> AuthorizationRequest:
    """A draft of Ann's with a few pages typed."""
    by = ann()
    start = {
        "line_of_business": ["commercial"],
        "phase": ["initial"],
        "request_date": ["2026-11-20"],
    }
    request = start_request(
        practice=Practice.objects.get(name="ACME Infusion"),
        version=published(),
        slug="start",
        data=start,
        summary=RequestSummary(phase="initial", line_of_business="commercial"),
        by=by,
        **changes,
    )
    for slug, data in TYPED.items():
        RequestPage.objects.create(
            request=request, slug=slug, data=data, saved_at=request.created_at, saved_by=by
        )
    return request


def submitted() -> AuthorizationRequest:
    """The same request, submitted."""
    request = drafted()
    assert isinstance(DATA.attestation, StatedAttestation)
    record = record_now(request, DATA.attestation)
    submit_request(request=request, revision=request.revision, record=record, by=request.owner)
    request.refresh_from_db()
    return request
