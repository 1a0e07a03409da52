"""Practices and their members, for administrators."""

from django.contrib import admin
from django.db import models
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.practices import add_member, remove_member, save_practice
from criteria.models import Membership, Practice


class Administrators:
    """Nobody else sees or changes these."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return self._is_allowed(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Administrators."""
        return self._is_allowed(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Administrators."""
        return self._is_allowed(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Administrators."""
        return self._is_allowed(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A member may be removed; a practice stays, for its requests."""
        return self._is_allowed(request) and not isinstance(obj, Practice)

    def _is_allowed(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


class MembershipInline(Administrators, admin.TabularInline):
    """Who works there."""

    model = Membership
    extra = 1
    autocomplete_fields = ("user",)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A member may be removed."""
        return self._is_allowed(request)


@admin.register(Practice)
class PracticeAdmin(Administrators, admin.ModelAdmin):
    """A practice with its members."""

    inlines = (MembershipInline,)
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Practice, form: object, change: bool) -> None:
        """Through the action."""
        user = signed_in_user(request)
        save_practice(practice=obj, by=user)

    def save_formset(
        self, request: HttpRequest, form: object, formset: BaseModelFormSet, change: bool
    ) -> None:
        """Through the actions."""
        user = signed_in_user(request)
        changed = formset.save(commit=False)
        for membership in formset.deleted_objects:
            remove_member(membership=membership, by=user)
        for membership in changed:
            add_member(membership=membership, by=user)
