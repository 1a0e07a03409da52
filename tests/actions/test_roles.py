"""Who may do what, role by role."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import ROLES, Permission, Role, may, require
from criteria.actions.events import record_event
from criteria.actions.roles import command_line_user, ensure_roles
from criteria.models import Event, Policy
from tests.factories.people import person

pytestmark = pytest.mark.django_db

MAY = {
    (Role.PRESCRIBERS, Permission.VIEW_POLICY),
    (Role.POLICY_EDITORS, Permission.VIEW_POLICY),
    (Role.POLICY_EDITORS, Permission.EDIT_POLICY),
    (Role.POLICY_PUBLISHERS, Permission.VIEW_POLICY),
    (Role.POLICY_PUBLISHERS, Permission.PUBLISH_POLICY),
    (Role.REVIEWERS, Permission.VIEW_POLICY),
    (Role.REVIEWERS, Permission.REVIEW_REQUESTS),
}


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("permission", Permission)
def test_role_may_or_may_not(role: Role | None, permission: Permission) -> None:
    someone = person("someone", role)
    assert may(someone, permission) is ((role, permission) in MAY)
    if (role, permission) in MAY:
        require(someone, permission)
    else:
        with pytest.raises(PermissionDenied, match="may not do that"):
            require(someone, permission)


@pytest.mark.parametrize("role", Role)
def test_inactive_person_may_nothing(role: Role) -> None:
    someone = person("someone", role)
    User.objects.filter(pk=someone.pk).update(is_active=False)
    someone = User.objects.get(pk=someone.pk)
    assert not any(may(someone, permission) for permission in Permission)


def test_superuser_may_everything() -> None:
    someone = User.objects.create(username="root", is_superuser=True)
    assert all(may(someone, permission) for permission in Permission)


def test_every_permission_says_what_it_allows() -> None:
    assert all(permission.words.startswith("Can ") for permission in Permission)
    assert set(ROLES) == set(Role)


def test_roles_are_made_once() -> None:
    assert ensure_roles() == ensure_roles()
    assert set(Group.objects.values_list("name", flat=True)) == set(Role)


def test_a_new_installation_has_the_roles() -> None:
    """Before anybody loads a policy or the demonstration."""
    assert set(Group.objects.values_list("name", flat=True)) == set(Role)


def test_role_loses_what_it_no_longer_has() -> None:
    """An installation from before publishers: its editors published."""
    roles = ensure_roles()
    old = roles[Role.POLICY_PUBLISHERS].permissions.get(codename="publish_policy")
    roles[Role.POLICY_EDITORS].permissions.add(old)
    assert may(person("old", Role.POLICY_EDITORS), Permission.PUBLISH_POLICY)
    ensure_roles()
    assert may(person("old"), Permission.EDIT_POLICY)
    assert not may(person("old"), Permission.PUBLISH_POLICY)


def test_nobody_signs_in_as_the_command_line() -> None:
    user = command_line_user()
    assert command_line_user() == user
    assert not user.has_usable_password()
    assert may(user, Permission.EDIT_POLICY) and may(user, Permission.PUBLISH_POLICY)
    assert not user.is_staff


def event() -> Event:
    policy = Policy.objects.create(
        key="new", name="New", payer="Payer", line_of_business="commercial"
    )
    return record_event(verb="try", obj=policy, summary="Tried.", by=person("paula"))


def test_event_is_written_once() -> None:
    with pytest.raises(TypeError, match="never changes"):
        event().save()


def test_event_outlives_its_actor_and_its_object() -> None:
    done = event()
    Policy.objects.all().delete()
    User.objects.all().delete()
    done.refresh_from_db()
    assert (done.actor, done.actor_name, done.object_type) == (None, "paula", "policy")
    assert str(done) == f"try policy {done.object_id}"
