"""Who sees and changes what in the admin: one rule for every part of an edition."""

from typing import Generic, TypeVar

from django.db import models
from django.http import HttpRequest

from criteria.accounts.permissions import Permission, may
from criteria.models import Part, PolicyVersion, Status

M = TypeVar("M", bound=models.Model)


def is_draft(obj: models.Model | None) -> bool:
    """Whether an object stands in a draft; nothing in particular may be edited."""
    version = obj.version if isinstance(obj, Part) else obj
    return not isinstance(version, PolicyVersion) or version.status == Status.DRAFT


class PolicyAccess(Generic[M]):
    """Readers see, editors change what is in a draft. Mixed into admins and inlines."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may read policies."""
        return may(request.user, Permission.VIEW_POLICY)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whoever may read policies."""
        return may(request.user, Permission.VIEW_POLICY)

    def has_add_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Editors; inside an object, while it is in a draft."""
        return may(request.user, Permission.EDIT_POLICY) and is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Editors, in a draft."""
        return may(request.user, Permission.EDIT_POLICY) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Editors, in a draft."""
        return may(request.user, Permission.EDIT_POLICY) and is_draft(obj)
