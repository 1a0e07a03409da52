"""A stored request, for whoever is not a page of the wizard: reviewer, packet, commands."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from criteria.assessment import Assessment
from criteria.case import Case
from criteria.models import AuthorizationRequest
from criteria.policyfile.load import edition_of
from criteria.requestdata import Attestation, RequestContent
from criteria.rules import Answer
from criteria.wizard.content import content_of
from criteria.wizard.draft import Draft

MOST_DRAFTS = 64
# What was worked out lately, by everything it was worked out from. A save makes a new revision.
_recent: OrderedDict[tuple[Any, ...], Draft] = OrderedDict()


def draft_of(request: AuthorizationRequest, *, today: date | None = None) -> Draft:
    """The request with everything typed: two queries, or none for a revision seen lately."""
    day = today or timezone.localdate()
    stored = (request.pk, request.revision, request.updated_at, request.version_id)
    key = (*stored, request.status, request.is_quick_check, day)
    found = _recent.get(key)
    if found is None:
        edition = None if request.version is None else edition_of(request.version)
        found = _recent[key] = Draft(request, edition, request.pages.all(), today=day)
        while len(_recent) > MOST_DRAFTS:
            _recent.popitem(last=False)
    return found.as_found()


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
