"""A stored request, for whoever is not a page of the wizard: reviewer, packet, commands."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from criteria.assessment import Assessment
from criteria.case import Case
from criteria.models import AuthorizationRequest
from criteria.policyfile.load import edition_of
from criteria.requestdata import Attestation, RequestContent
from criteria.rules import Answer
from criteria.wizard.content import content_of
from criteria.wizard.draft import Draft


def draft_of(request: AuthorizationRequest, *, today: date | None = None) -> Draft:
    """The request with everything typed: one query, and none for an edition known already."""
    edition = None if request.version is None else edition_of(request.version)
    return Draft(request, edition, request.pages.all(), today=today or timezone.localdate())


def case_of(request: AuthorizationRequest) -> Case:
    """The request as the rules see it."""
    return draft_of(request).case


def answers_of(request: AuthorizationRequest) -> Mapping[str, Answer]:
    """The answers that could be read, by key of the question."""
    return draft_of(request).answers


def assessment_of(request: AuthorizationRequest) -> Assessment | None:
    """What the rules find now; None while there is no policy or no diagnosis."""
    return draft_of(request).assessment


def request_content(
    request: AuthorizationRequest, attestation: Attestation | None = None
) -> RequestContent:
    """Everything the request shows of itself."""
    return content_of(draft_of(request), attestation=attestation)
