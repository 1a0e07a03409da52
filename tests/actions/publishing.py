"""Publishes as people do, with a reason for every warning."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.publish import Readiness, publish_reviewed, readiness, seen_mark
from criteria.models import (
    AcceptedWarning,
    Event,
    PolicyVersion,
)
from tests.factories.people import peter

Reasons = Callable[[Readiness], dict[str, str]]


def because(words: str = "Looked at.") -> Reasons:
    """The same reason for every warning."""
    return lambda found: {warned.key: words for warned in found.warnings}


def publish(
    version: PolicyVersion,
    by: User | None = None,
    reasons: Reasons | None = None,
    close_previous: bool = False,
    seen: str | None = None,
) -> None:
    publish_reviewed(
        version=version,
        reasons=reasons or because(),
        close_previous=close_previous,
        seen=seen_mark(version) if seen is None else seen,
        by=by or peter(),
    )


def refused(version: PolicyVersion, **given: Any) -> str:
    """What is said when it is not published; nothing is written."""
    before = (Event.objects.count(), AcceptedWarning.objects.count())
    with pytest.raises(EditionRefusedError) as caught:
        publish(version, **given)
    version.refresh_from_db()
    assert not version.is_locked or "already" in str(caught.value)
    assert (Event.objects.count(), AcceptedWarning.objects.count()) == before
    return str(caught.value)


def codes(version: PolicyVersion, by: User | None = None) -> list[str]:
    return [w.problem.code for w in readiness(version, by or peter()).warnings]
