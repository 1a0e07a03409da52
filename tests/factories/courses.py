"""Approvals of earlier courses of one treatment, and the request that comes after them."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.models import AuthorizationRequest, PolicyVersion
from tests.factories.request import CIDP, PEOPLE, saved, started
from tests.factories.review import announced, approved, submitted

Pages = dict[str, dict[str, str]]


def asked(
    version: PolicyVersion, *, by: User | None = None, dose: dict[str, str], **pages: dict[str, str]
) -> AuthorizationRequest:
    """A first CIDP request with everything typed; ``dose`` and ``pages``: fields that differ."""
    typed: Pages = {slug: dict(fields) for slug, fields in (CIDP | PEOPLE).items()}
    for slug, fields in {"dose": dose, **pages}.items():
        typed[slug] |= fields
    return announced(saved(started(version, by=by), typed))


def gave(
    version: PolicyVersion,
    courses: int | None,
    *,
    by: User | None = None,
    starts_on: date | None = None,
    months: int = 3,
    pages: Pages | None = None,
    **terms: Any,
) -> AuthorizationRequest:
    """A request approved with so many courses, half a year ago; None = no number was named."""
    first = starts_on or timezone.localdate() - timedelta(days=200)
    request = submitted(asked(version, by=by, dose={"courses": "3"}, **(pages or {})))
    return approved(
        request,
        starts_on=first,
        ends_on=first + timedelta(days=30 * months - 1),
        courses=courses,
        months=months,
        **terms,
    )
