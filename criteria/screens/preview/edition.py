"""The edition that is previewed: whose it is to see, and what it says now."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.contrib.auth.models import User
from django.http import Http404

from criteria.accounts.permissions import Permission, may, works_on_policies
from criteria.models import PolicyVersion
from criteria.policies.edition import Edition
from criteria.policies.stored.load import edition_of

ONE_DAY = timedelta(days=1)


def version_for(user: User, pk: int) -> PolicyVersion:
    """An edition, for whoever edits or publishes policies. Raises Http404 for everybody else."""
    if not (may(user, Permission.VIEW_POLICY) and works_on_policies(user)):
        raise Http404("There is no such preview.")
    found = PolicyVersion.objects.select_related("policy").filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such edition.")
    return found


def edition_now(version: PolicyVersion) -> Edition:
    """The edition as it stands. Raises PolicyFileError while it is unfinished.

    A draft is read again once it was edited: every edit leaves its moment.
    """
    if version.is_locked or version.edited_at is None:
        return edition_of(version)
    policy = version.policy
    named = (policy.key, policy.name, policy.payer, policy.line_of_business)
    return _edited(version.pk, version.edited_at, named)


@lru_cache(maxsize=4)
def _edited(pk: int, edited_at: datetime, named: tuple[str, ...]) -> Edition:
    return edition_of(PolicyVersion.objects.select_related("policy").get(pk=pk))


def day_of(version: PolicyVersion, today: date) -> date:
    """The day of the preview: today, or the day next to it on which the edition is in force."""
    first, until = version.effective_from, version.effective_until
    if until is not None and until <= today:
        return max(first, until - ONE_DAY)
    return max(first, today)
