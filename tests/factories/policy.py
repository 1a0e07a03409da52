"""Stored editions of the small policy, as far as its people took them."""

from typing import Any

from factory import Trait
from factory.django import DjangoModelFactory

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.policies.drafts import send_to_review
from criteria.models import PolicyVersion, Status
from tests.factories.people import paula, peter
from tests.factories.policy_file import policy_file


class EditionFactory(DjangoModelFactory[PolicyVersion]):
    """A draft that Paula loads; other arguments are sections of its file."""

    class Meta:
        model = PolicyVersion

    class Params:
        in_review = Trait(status=Status.IN_REVIEW)
        published = Trait(status=Status.PUBLISHED)

    status = Status.DRAFT

    @classmethod
    def _create(
        cls, model_class: type[PolicyVersion], *args: Any, status: Status, **said: Any
    ) -> PolicyVersion:
        version = load_policy_file(file=policy_file(**said), by=paula()).version
        if status == Status.IN_REVIEW:
            send_to_review(version=version, by=paula())
        if status == Status.PUBLISHED:
            publish_version(version=version, by=peter())
        return version


def draft(**said: Any) -> PolicyVersion:
    """The small policy as a draft."""
    return EditionFactory(**said)


def published(**said: Any) -> PolicyVersion:
    """The small policy, published by Peter."""
    return EditionFactory(published=True, **said)


def reviewed(**said: Any) -> PolicyVersion:
    """The small policy, sent to review by Paula."""
    return EditionFactory(in_review=True, **said)
