"""Stored editions and the people who work on them."""

from typing import Any

from django.contrib.auth.models import Group, User

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.policies.drafts import send_to_review
from criteria.models import PolicyVersion
from tests.factories.policy_file import policy_file


def person(name: str, role: Role | None = None) -> User:
    """One of the cast: may sign in to the admin if the role works there."""
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": role is not None})
    if role is not None:
        user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


def paula() -> User:
    """Edits policy."""
    return person("paula", Role.POLICY_EDITORS)


def peter() -> User:
    """Publishes policy."""
    return person("peter", Role.POLICY_PUBLISHERS)


def rhea() -> User:
    """Reviews, and works in no practice."""
    return person("rhea", Role.REVIEWERS)


def rob() -> User:
    """Reviews as well."""
    return person("rob", Role.REVIEWERS)


def draft(**said: Any) -> PolicyVersion:
    """The small policy as a draft."""
    return load_policy_file(file=policy_file(**said), by=paula()).version


def published(**said: Any) -> PolicyVersion:
    """The small policy, published."""
    version = draft(**said)
    publish_version(version=version, by=peter())
    return version


def reviewed(**said: Any) -> PolicyVersion:
    """The small policy, sent to review by Paula."""
    version = draft(**said)
    send_to_review(version=version, by=paula())
    return version
