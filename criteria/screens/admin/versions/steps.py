"""The steps of an edition's life, as staff take them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.auth.models import User
from django.urls import reverse

from criteria.accounts.permissions import Permission, may
from criteria.actions.policies import base as policies
from criteria.actions.policies import drafts as policies_drafts
from criteria.models import PolicyVersion, Status

DAY = {"type": "date"}


class NoQuestion(forms.Form):
    """Nothing to fill in."""


class NoteForm(forms.Form):
    """What is to be changed."""

    note = forms.CharField(
        required=False,
        label="What to change",
        help_text="Kept in the life of the edition, for the editor to read.",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
    )


class CopyForm(forms.Form):
    """What the copy is called, and when it is meant to start."""

    number = forms.CharField(max_length=100, label="Number of the new edition")
    effective_from = forms.DateField(label="First day in force", widget=forms.DateInput(attrs=DAY))


class CloseForm(forms.Form):
    """When an edition ends."""

    effective_until = forms.DateField(
        label="First day no longer in force", widget=forms.DateInput(attrs=DAY)
    )


@dataclass(frozen=True, slots=True)
class VersionStep:
    """One step: when it is offered, to whom, what is asked, and the action that takes it.

    ``permissions``: any one of them. ``take`` returns the edition to show next; None: the edition
    is gone. ``page``: the name of the page where the step is taken, if it has one of its own.
    ``is_checked``: the problems of the edition are shown before it.
    """

    key: str
    title: str
    words: str
    done: str
    permissions: Collection[Permission]
    statuses: Collection[str]
    take: Callable[..., PolicyVersion | None] | None = None
    form: type[forms.Form] = NoQuestion
    page: str = ""
    is_checked: bool = False

    def url(self, version: PolicyVersion) -> str:
        """Where the step is taken."""
        if self.page:
            return reverse(f"admin:{self.page}", args=[version.pk])
        return reverse("admin:criteria_step", args=[version.pk, self.key])


def _same(action: Callable[..., None]) -> Callable[..., PolicyVersion]:
    def take(version: PolicyVersion, by: User, **given: object) -> PolicyVersion:
        action(version=version, by=by, **given)
        return version

    return take


def _copy(version: PolicyVersion, by: User, number: str, effective_from: date) -> PolicyVersion:
    return policies_drafts.copy_to_draft(
        version=version, number=number, effective_from=effective_from, by=by
    )


def _discard(version: PolicyVersion, by: User) -> None:
    policies_drafts.discard_draft(version=version, by=by)


STEPS = (
    VersionStep(
        "review",
        "Send to review",
        "The draft is shown to a second person. It is not edited meanwhile.",
        "The edition is in review.",
        (Permission.EDIT_POLICY,),
        (Status.DRAFT,),
        _same(policies_drafts.send_to_review),
        is_checked=True,
    ),
    VersionStep(
        "draft",
        "Return to draft",
        "The edition can be edited again.",
        "The edition is a draft again.",
        (Permission.EDIT_POLICY, Permission.PUBLISH_POLICY),
        (Status.IN_REVIEW,),
        _same(policies_drafts.return_to_draft),
        NoteForm,
    ),
    VersionStep(
        "publish",
        "Publish",
        "The edition takes effect on its first day. From now on it never changes.",
        "The edition is published.",
        (Permission.PUBLISH_POLICY,),
        (Status.DRAFT, Status.IN_REVIEW),
        page="criteria_publish",
    ),
    VersionStep(
        "copy",
        "Copy to a new draft",
        "A new draft with everything this edition holds. An old edition is restored this way.",
        "This is the new draft.",
        (Permission.EDIT_POLICY,),
        Status.values,
        _copy,
        CopyForm,
    ),
    VersionStep(
        "close",
        "Set the last day",
        "Requests of that day and later are judged by another edition.",
        "The last day is set.",
        (Permission.PUBLISH_POLICY,),
        (Status.PUBLISHED,),
        _same(policies.close_version),
        CloseForm,
    ),
    VersionStep(
        "retire",
        "Retire",
        "No new request is judged by this edition. Requests that are pinned to it keep it.",
        "The edition is retired.",
        (Permission.PUBLISH_POLICY,),
        (Status.PUBLISHED,),
        _same(policies.retire_version),
    ),
    VersionStep(
        "discard",
        "Discard",
        "The draft is deleted with everything in it. This cannot be undone.",
        "The draft is gone.",
        (Permission.EDIT_POLICY,),
        (Status.DRAFT,),
        _discard,
    ),
)


def offered(version: PolicyVersion, user: User) -> list[VersionStep]:
    """The steps this person may take with this edition now."""
    return [step for step in STEPS if version.status in step.statuses and may_take(step, user)]


def may_take(step: VersionStep, user: User) -> bool:
    """Whether this person's role allows the step."""
    return any(may(user, permission) for permission in step.permissions)
