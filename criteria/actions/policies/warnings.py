"""Warnings that stand for a reason: who gave it, and what the edition before said of them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import works_on_policies
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError, held
from criteria.actions.policies.life import published_already
from criteria.models import AcceptedWarning, PolicyVersion
from criteria.policies.checks.base import published_base
from criteria.policies.checks.problem import EditionProblem
from criteria.rules.formats import counted


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning with the reason it stands for; ``before``: the one of the edition it came from."""

    problem: EditionProblem
    accepted: AcceptedWarning | None = None
    before: AcceptedWarning | None = None

    @property
    def key(self) -> str:
        """Short and stable: the name of its field in a form."""
        return hashlib.sha256("\n".join(self.problem.name).encode()).hexdigest()[:16]

    @property
    def is_open(self) -> bool:
        """Whether a reason is still asked for."""
        return self.accepted is None


def warned(version: PolicyVersion, problems: Iterable[EditionProblem]) -> list[Warned]:
    """The warnings among the problems, with the reasons that were given."""
    base = published_base(version)
    now, before = _accepted(version), {} if base is None else _accepted(base)
    return [
        Warned(problem, now.get(problem.name), before.get(problem.name))
        for problem in problems
        if not problem.is_error
    ]


def _accepted(version: PolicyVersion) -> dict[tuple[str, str, str], AcceptedWarning]:
    rows = AcceptedWarning.objects.filter(version=version).select_related("accepted_by", "version")
    return {(row.code, row.where, row.message): row for row in rows}


@transaction.atomic
def accept_warnings(
    *, version: PolicyVersion, reasons: Mapping[EditionProblem, str], by: User
) -> None:
    """Keep why each of these warnings may stand; a later reason replaces an earlier one.

    Raises EditionRefusedError for a reason of blanks and for an edition that is published, and
    PermissionDenied for whoever neither edits nor publishes.
    """
    if not works_on_policies(by):
        raise PermissionDenied("This account may not accept warnings of an edition.")
    version = held(version)
    if version.is_locked:
        raise EditionRefusedError(published_already(version))
    for problem, reason in reasons.items():
        _keep(version, problem, reason.strip(), by)
    if reasons:
        told = [f"{p.where}: {p.message}. Reason: {r.strip()}" for p, r in reasons.items()]
        summary = f"Accepted {counted(len(reasons), 'warning')} of {version}."
        summary = "\n".join((summary, *told))
        record_event(verb="accept", obj=version, summary=summary, by=by)


def _keep(version: PolicyVersion, problem: EditionProblem, reason: str, by: User) -> None:
    if not reason:
        raise EditionRefusedError(f"Say why this may stand: {problem.message}.")
    given = {"reason": reason, "accepted_at": timezone.now(), "accepted_by": by}
    AcceptedWarning.objects.update_or_create(
        version=version,
        code=problem.code,
        where=problem.where,
        message=problem.message,
        defaults=given,
    )
