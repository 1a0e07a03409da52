"""The cast: who edits, publishes, reviews and prescribes."""

import factory
from django.contrib.auth.models import Group, User
from factory.django import DjangoModelFactory

from criteria.accounts.permissions import Role
from criteria.models import Membership, Practice


class PracticeFactory(DjangoModelFactory[Practice]):
    """A practice, found again by its name."""

    class Meta:
        model = Practice
        django_get_or_create = ("name",)

    name = "Acme Infusion"


class PersonFactory(DjangoModelFactory[User]):
    """Somebody, found again by the user name. ``role``: the group they work in."""

    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = "somebody"

    @factory.post_generation
    def role(self: User, _create: bool, role: Role | None, **_: object) -> None:
        if role is not None:
            self.groups.add(Group.objects.get(name=role))


class StaffFactory(PersonFactory):
    """Somebody of the payer, who may sign in to the admin."""

    is_staff = True


class PrescriberFactory(PersonFactory):
    """Somebody who prepares requests. ``practice``: the name of the one they work in."""

    username = "ann"
    first_name = factory.LazyAttribute(lambda person: person.username.title())

    @factory.post_generation
    def practice(self: User, _create: bool, name: str | None, **_: object) -> None:
        at = PracticeFactory(name=name) if name else PracticeFactory()
        Membership.objects.get_or_create(practice=at, user=self)


def person(name: str, role: Role | None = None) -> User:
    """One of the cast, with what their groups allow read anew."""
    found = (PersonFactory if role is None else StaffFactory)(username=name, role=role)
    return User.objects.get(pk=found.pk)


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


def practice(name: str = "Acme Infusion") -> Practice:
    """A practice."""
    return PracticeFactory(name=name)


def prescriber(name: str = "ann", at: str = "Acme Infusion") -> User:
    """Someone who prepares requests: Ann, or another one of a practice."""
    return PrescriberFactory(username=name, practice=at)


def ben() -> User:
    """A prescriber of another practice."""
    return prescriber("ben", "Bedford Clinic")
