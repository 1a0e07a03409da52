"""The editions a person may read, policy by policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from criteria.accounts.permissions import works_on_policies
from criteria.models import Policy, PolicyVersion, Status
from criteria.models.part import LOCKED
from criteria.policies.difference.words import in_force_text

BY_LINE = ("policy__line_of_business", "policy__name", "policy")


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """One edition in the list, with the one it followed."""

    version: PolicyVersion
    before: PolicyVersion | None = None

    @property
    def state(self) -> str:
        """Where it stands: draft, retired, replaced at once, past, in force or to come."""
        version = self.version
        if version.comparison_only:
            return "For comparison only"
        if version.status != Status.PUBLISHED:
            return str(Status(version.status).label)
        if version.effective_until == version.effective_from:
            return "Replaced the day it took effect"
        today = timezone.localdate()
        if version.effective_from > today:
            return "To come"
        is_past = version.effective_until is not None and version.effective_until <= today
        return "Past" if is_past else "In force"

    @property
    def is_in_force(self) -> bool:
        """Whether it rules today."""
        return self.state == "In force"

    @property
    def in_force(self) -> str:
        """The days it rules."""
        version = self.version
        first, until = version.effective_from, version.effective_until
        return in_force_text(first, until, comparison_only=version.comparison_only)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One policy with its editions, the latest first."""

    policy: Policy
    entries: tuple[EditionEntry, ...]


@dataclass(frozen=True, slots=True)
class LineOfBusiness:
    """The policies of one line of business."""

    name: str
    shelves: tuple[Shelf, ...]


def lines_for(user: User) -> tuple[LineOfBusiness, ...]:
    """Every policy the user may read an edition of, by line of business. One query."""
    versions = PolicyVersion.objects.select_related("policy")
    visible = _visible(user, versions.order_by(*BY_LINE))
    shelves = [
        Shelf(policy, tuple(_entries(list(each))))
        for policy, each in groupby(visible, lambda version: version.policy)
    ]
    by_line = groupby(shelves, lambda shelf: shelf.policy.line_of_business)
    return tuple(LineOfBusiness(_words(name), tuple(each)) for name, each in by_line)


def editions_for(user: User, key: str) -> list[PolicyVersion]:
    """The editions of a policy the user may read, in order. Raises Http404 when there are none."""
    versions = PolicyVersion.objects.filter(policy__key=key).select_related("policy")
    found = in_order(_visible(user, versions))
    if not found:
        raise Http404("There is no such policy.")
    return found


def elsewhere(user: User, number: str) -> PolicyVersion | None:
    """An edition of any policy the user may read with this number."""
    versions = PolicyVersion.objects.filter(number=number).select_related("policy")
    return next(iter(_visible(user, versions)), None)


def before(version: PolicyVersion, versions: list[PolicyVersion]) -> PolicyVersion | None:
    """The edition that comes before another, of those given in order; None for the first one."""
    return next((old for old, new in pairwise(versions) if new == version), None)


def in_order(versions: list[PolicyVersion]) -> list[PolicyVersion]:
    """From the first to the latest; one replaced the day it took effect before what replaced it."""
    return sorted(versions, key=lambda v: (v.effective_from, v.effective_until or date.max, v.pk))


def _visible(user: User, versions: QuerySet[PolicyVersion]) -> list[PolicyVersion]:
    """Drafts are for those who edit or publish policies."""
    if not works_on_policies(user):
        versions = versions.filter(status__in=LOCKED)
    return list(versions)


def _entries(versions: list[PolicyVersion]) -> Iterator[EditionEntry]:
    ordered = in_order(versions)
    for version in reversed(ordered):
        yield EditionEntry(version, before(version, ordered))


def _words(key: str) -> str:
    return key.replace("-", " ").replace("_", " ").capitalize()
