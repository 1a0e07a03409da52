"""The four people of the demonstration and the practice of one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.db import transaction

from criteria.accounts.permissions import Role
from criteria.actions.roles import ensure_roles
from criteria.demo.marks import mark, was_made
from criteria.models import Membership, Practice

PRACTICE = "ACME Infusion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the four. ``start``: the page to sign in at."""

    username: str
    first_name: str
    last_name: str
    role: Role
    does: str
    start: str = "/"
    practice: str = ""

    @property
    def password(self) -> str:
        """Known to everybody: never for a site that others can reach."""
        return f"infusion-{self.username}"

    @property
    def name(self) -> str:
        """How the mark names the person."""
        return f"person {self.username}"


ANN = Person(
    username="ann",
    first_name="Ann",
    last_name="Lee",
    role=Role.PRESCRIBERS,
    does=f"prescribes at {PRACTICE}: requests and quick checks",
    practice=PRACTICE,
)
PAULA = Person(
    username="paula",
    first_name="Paula",
    last_name="Park",
    role=Role.POLICY_EDITORS,
    does="edits policies",
    start="/admin/",
)
PETER = Person(
    username="peter",
    first_name="Peter",
    last_name="Pace",
    role=Role.POLICY_PUBLISHERS,
    does="checks and publishes policies",
    start="/admin/",
)
RHEA = Person(
    username="rhea",
    first_name="Rhea",
    last_name="Roy",
    role=Role.REVIEWERS,
    does="reviews what was submitted",
)
PEOPLE = (ANN, PAULA, PETER, RHEA)


def ensure_people() -> None:
    """Make those who were never made; an account of the same name is left alone."""
    for person in PEOPLE:
        _ensure(person)


@transaction.atomic
def _ensure(person: Person) -> None:
    roles = ensure_roles()
    if was_made(person.name) or User.objects.filter(username=person.username).exists():
        return
    user = User.objects.create_user(
        person.username,
        password=person.password,
        first_name=person.first_name,
        last_name=person.last_name,
        is_staff=person.start.startswith("/admin"),
    )
    user.groups.add(roles[person.role])
    if person.practice:
        practice = Practice.objects.create(name=person.practice)
        Membership.objects.create(practice=practice, user=user)
    mark(user, person.name, by=None)


def sign_ins() -> Iterator[tuple[Person, str]]:
    """Each person with the password; an empty one once it was changed or the person is gone."""
    stored = dict(User.objects.filter(is_active=True).values_list("username", "password"))
    for person in PEOPLE:
        # Not User.check_password, which may write a newer hash.
        is_known = check_password(person.password, stored.get(person.username, ""))
        yield person, person.password if is_known else ""
