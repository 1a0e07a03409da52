"""Publishes an edition as people do: after a review, by a second person, with reasons.

Commands that the operator runs from the shell publish by ``policies.publish_version`` instead.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import Permission, may, require
from criteria.actions.example_outcomes import Standing, refresh, standing_of, unconfirmed
from criteria.actions.policies.base import EditionRefusedError, held, put_into_force
from criteria.actions.policies.life import overlap_words, overlapping, published_already
from criteria.actions.policies.touched import impact_unseen, requests_before
from criteria.actions.policies.warnings import Warned, accept_warnings, warned
from criteria.models import PolicyVersion, Status
from criteria.policies.checks.base import Overtaken, overtaken
from criteria.policies.checks.check import problems_of
from criteria.policies.checks.problem import EditionProblem
from criteria.policies.file.problem import PolicyFileError
from criteria.rules.formats import counted

# As long as a page may take to judge example patients; the rest is judged at publishing.
SECONDS = 2.0
CHANGED = "The edition was changed after you opened this page. Look at it again, then publish."


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between an edition and its publication.

    ``stops``: what is done elsewhere first, in sentences. ``ending``: the edition in force that
    must end on the first day of this one. ``overtaken``: set when its base was superseded.
    """

    version: PolicyVersion
    errors: tuple[EditionProblem, ...]
    warnings: tuple[Warned, ...]
    stops: tuple[str, ...]
    ending: PolicyVersion | None
    overtaken: Overtaken | None

    @property
    def unanswered(self) -> tuple[Warned, ...]:
        """The warnings without a reason."""
        return tuple(each for each in self.warnings if each.is_open)

    def given(self, reasons: Mapping[str, str]) -> dict[EditionProblem, str]:
        """The reasons that are new, by the warning they are for; ``reasons`` are by its key."""
        said = {w: reasons.get(w.key, "").strip() for w in self.warnings}
        return {
            w.problem: reason
            for w, reason in said.items()
            if reason and (w.accepted is None or w.accepted.reason != reason)
        }


def needs_second_person() -> bool:
    """Whether another person than the last editor publishes, after a review."""
    return bool(settings.POLICY_SECOND_PERSON)


def seen_mark(version: PolicyVersion) -> str:
    """What an edition looked like: another one after every edit."""
    return "" if version.edited_at is None else version.edited_at.isoformat()


def readiness(version: PolicyVersion, by: User, *, anew: bool = False) -> Readiness:
    """Everything that is in the way of publishing, if this person pressed the button now.

    ``anew``: judge every example patient again, as at publishing.
    """
    problems, base = problems_of(version), overtaken(version)
    found = [*problems, *requests_before(version), *impact_unseen(version)]
    if base is not None:
        found.insert(0, base.problem)
    ending, overlap = _overlap(version)
    return Readiness(
        version=version,
        errors=tuple(p for p in problems if p.is_error),
        warnings=tuple(warned(version, found)),
        stops=(*_not_by(version, by), *overlap, *_patients(version, anew)),
        ending=ending,
        overtaken=base,
    )


def _not_by(version: PolicyVersion, by: User) -> list[str]:
    """Why this person does not publish it now."""
    found = []
    if needs_second_person() and version.status == Status.DRAFT:
        found.append("It is a draft. Send it to review first.")
    if needs_second_person() and version.edited_by_id == by.pk:
        found.append(_own_work(version))
    if not may(by, Permission.PUBLISH_POLICY):
        found.append(
            "Your account does not publish policies: somebody whose account does takes this step."
        )
    return found


def _own_work(version: PolicyVersion) -> str:
    at = version.edited_at
    when = "" if at is None else f" on {timezone.localtime(at):%-d %b %Y, %H:%M}"
    return f"You edited it last{when}: another person publishes it."


def _overlap(version: PolicyVersion) -> tuple[PolicyVersion | None, list[str]]:
    """The edition that can end as this one begins, and what overlaps beyond that."""
    others = overlapping(version)
    can_end = bool(others) and others[0].effective_from <= version.effective_from
    ending = others[0] if can_end else None
    words = overlap_words(version, others[1:] if can_end else others)
    return ending, [words] if words else []


def _patients(version: PolicyVersion, anew: bool) -> list[str]:
    """Example patients whose result is another one than expected, and not confirmed."""
    number = len(unconfirmed(version)) if anew else _standing(version).changed
    if not number:
        return []
    patients = counted(number, "example patient")
    each = "mend it, or confirm it" if number == 1 else "mend each, or confirm it"
    return [f"{patients} with another result than expected: {each} with why."]


def _standing(version: PolicyVersion) -> Standing:
    """How the patients stand, with those judged that can be while a page is waited for."""
    with suppress(PolicyFileError):
        refresh(version=version, seconds=SECONDS)
    return standing_of(version)


@transaction.atomic
def publish_reviewed(
    *,
    version: PolicyVersion,
    reasons: Callable[[Readiness], Mapping[str, str]],
    close_previous: bool,
    seen: str,
    by: User,
) -> None:
    """Put a reviewed edition into force on its day.

    ``reasons`` is asked, once it is known what is in the way, why each warning may stand, by its
    key. ``close_previous``: the edition in force ends on that day. ``seen``: the mark of what the
    person looked at. Raises EditionRefusedError with everything that is in the way, and
    PermissionDenied for whoever may not publish.
    """
    require(by, Permission.PUBLISH_POLICY)
    version = held(version)
    if version.is_locked:
        raise EditionRefusedError(published_already(version))
    if seen != seen_mark(version):
        raise EditionRefusedError(CHANGED)
    found = readiness(version, by, anew=True)
    given = found.given(reasons(found))
    missing = [w for w in found.unanswered if w.problem not in given]
    refuse_all(found, len(missing))
    accept_warnings(version=version, reasons=given, by=by)
    put_into_force(version=version, by=by, close_previous=close_previous)


def refuse_all(found: Readiness, missing: int) -> None:
    """Say everything that is in the way at once."""
    said = list(found.stops)
    if found.errors:
        said.append(f"{counted(len(found.errors), 'mistake')} to mend first, listed below.")
    if missing:
        said.append(f"{counted(missing, 'warning')} without a reason: say why each may stand.")
    if said:
        raise EditionRefusedError("\n".join(said))
