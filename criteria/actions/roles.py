"""The groups people work in, and the account that commands act as."""

from django.contrib.auth.models import Group, User
from django.contrib.auth.models import Permission as StoredPermission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from criteria.accounts.permissions import ROLES, Permission, Role
from criteria.models import AuthorizationRequest, PolicyVersion

MODELS = {Permission.REVIEW_REQUESTS: AuthorizationRequest}
COMMAND_LINE = "command-line"


@transaction.atomic
def ensure_roles() -> dict[Role, Group]:
    """The groups with their permissions, made if they are missing."""
    return {role: _group(role) for role in Role}


def _group(role: Role) -> Group:
    group, _ = Group.objects.get_or_create(name=role.value)
    group.permissions.add(*(_stored(permission) for permission in ROLES[role]))
    # A role that lost one of ours loses it here too; what an administrator added stays.
    lost = set(Permission) - ROLES[role]
    group.permissions.remove(*(_stored(permission) for permission in lost))
    return group


def _stored(permission: Permission) -> StoredPermission:
    found, _ = StoredPermission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(MODELS.get(permission, PolicyVersion)),
        codename=permission.removeprefix("criteria."),
        defaults={"name": permission.words},
    )
    return found


@transaction.atomic
def command_line_user() -> User:
    """Who a management command acts as, the operator: nobody can sign in as it."""
    user, is_new = User.objects.get_or_create(username=COMMAND_LINE)
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    roles = ensure_roles()
    user.groups.add(roles[Role.POLICY_EDITORS], roles[Role.POLICY_PUBLISHERS])
    return user
