"""The life of an edition as its page tells it."""

from typing import Any

from django.utils import timezone

from criteria.actions.policies.life import follower_of, standing, timeline
from criteria.models import AcceptedWarning, PolicyVersion
from criteria.policies.checks.base import overtaken
from criteria.screens.admin.links import change_url
from criteria.screens.admin.versions.publish import difference_url


def life_of(version: PolicyVersion) -> dict[str, Any]:
    """Where it stands, the steps it took, who edited it last, and the warnings that stand."""
    follower = follower_of(version) if version.is_locked else None
    stale = overtaken(version)
    accepted = AcceptedWarning.objects.filter(version=version).select_related("accepted_by")
    return {
        "version": version,
        "standing": standing(version, timezone.localdate(), follower),
        "timeline": timeline(version),
        "follower_url": "" if follower is None else change_url(follower),
        "base_url": "" if version.base is None else change_url(version.base),
        "overtaken": stale,
        "since_url": "" if stale is None else difference_url(stale.base, stale.newest),
        "accepted": accepted if version.is_locked else [],
    }
