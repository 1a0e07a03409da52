"""Policies, and the record of what was done."""

from typing import Protocol

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from criteria.accounts.permissions import Permission, may, works_on_policies
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.life import standing
from criteria.actions.policies.parts import save_policy
from criteria.models import LOCKED, Event, Policy, PolicyVersion
from criteria.screens.admin.base import PolicyModelAdmin
from criteria.screens.admin.files.views import PolicyFiles
from criteria.screens.admin.links import add_url, list_url
from criteria.screens.admin.panels import AdminPanel, listed


class CountedEditions(Protocol):
    """A policy as its list reads it."""

    editions_found: int


@admin.register(Policy)
class PolicyAdmin(PolicyFiles, PolicyModelAdmin[Policy]):
    """A payer's policy."""

    list_display = ("name", "payer", "line_of_business", "edition_count")
    search_fields = ("name", "payer", "key")
    fields = ("name", "payer", "line_of_business", "key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        """With the number of editions."""
        return super().get_queryset(request).annotate(editions_found=Count("versions"))

    @admin.display(description="editions", ordering="editions_found")
    def edition_count(self, row: CountedEditions) -> str:
        """How many editions it has."""
        return str(row.editions_found)

    def panels(self, request: HttpRequest, obj: Policy | None) -> list[AdminPanel]:
        """Its editions."""
        if obj is None:
            return []
        can_add = may(request.user, Permission.EDIT_POLICY)
        add = add_url(PolicyVersion, policy=obj.pk) if can_add else ""
        rows, today = obj.versions.select_related("policy"), timezone.localdate()
        editions = listed("Editions", rows, add, "edition", lambda row: standing(row, today))
        upload = AdminPanel("criteria/admin/files.html", {"policy": obj})
        return [editions, upload] if can_add else [editions]

    def has_change_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        """Editors, until an edition is published."""
        return super().has_change_permission(request, obj) and not _is_in_use(obj)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody: an edition is discarded, a policy without editions does no harm."""
        return False

    def save_model(self, request: HttpRequest, obj: Policy, form: object, change: bool) -> None:
        """By an action."""
        save_policy(policy=obj, by=signed_in_user(request))

    def home_of(self, obj: object) -> str:
        """The list."""
        return list_url(Policy)


def _is_in_use(policy: Policy | None) -> bool:
    return policy is not None and policy.versions.filter(status__in=LOCKED).exists()


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """What was done, by whom and when: to read."""

    list_display = ("at", "actor_name", "verb", "object_type", "summary")
    list_filter = ("verb", "object_type", "at")
    search_fields = ("summary", "actor_name", "object_id")
    date_hierarchy = "at"

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who edits or publishes policies."""
        return works_on_policies(request.user)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who edits or publishes policies."""
        return works_on_policies(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False
