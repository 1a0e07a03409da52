"""What an action refuses, said on the form that was sent: nothing typed is lost."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest

from criteria.accounts.permissions import Permission, may
from criteria.actions.policies.base import EditionRefusedError
from criteria.models import Part, PolicyVersion, PublishedVersionError, Status
from criteria.policies.file.problem import PolicyFileError
from criteria.screens.admin.access import is_draft

REFUSED = (
    EditionRefusedError,
    PublishedVersionError,
    PolicyFileError,
    ValidationError,
    IntegrityError,
)
MEANWHILE = "Something else was changed at the same moment. Look at it and save again."


def said(error: Exception) -> list[str]:
    """The sentences of a refusal."""
    match error:
        case ValidationError():
            return list(error.messages)
        case PolicyFileError():
            return ["The edition is unfinished: its check says what is missing."]
        case IntegrityError():
            return [MEANWHILE]
    return str(error).splitlines()


def closed(version: PolicyVersion) -> str:
    """Why an edition cannot be edited; empty for a draft."""
    if version.is_locked:
        return str(PublishedVersionError(str(version)))
    if version.status == Status.IN_REVIEW:
        return f"{version} is in review. Return it to draft to edit it."
    return ""


def is_too_late(request: HttpRequest, obj: models.Model) -> bool:
    """Whether an editor sends the form of a draft that is no draft any more."""
    is_editor = may(request.user, Permission.EDIT_POLICY)
    is_of_edition = isinstance(obj, Part | PolicyVersion)
    return request.method == "POST" and is_editor and is_of_edition and not is_draft(obj)


def typed(request: HttpRequest, model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """The fields that were sent and what was typed into them, to copy from."""
    names = {f.name: str(f.verbose_name) for f in model._meta.fields}
    for name, values in request.POST.lists():
        is_own = name.startswith(("_", "csrf")) or name.endswith("_FORMS") or name == "seen"
        if any(values) and not is_own and "__prefix__" not in name:
            yield names.get(name, name), ", ".join(str(value) for value in values)
