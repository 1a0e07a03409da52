"""The edition a draft was copied from, and what was published since then."""

from dataclasses import dataclass

from criteria.models import PolicyVersion
from criteria.models.version import IN_FORCE_SOMETIME
from criteria.policies.checks.problem import EditionProblem, warning
from criteria.policies.difference import EditionChange, difference
from criteria.policies.stored.load import edition_of


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A draft that goes back to ``base`` while ``newest`` is the newest published edition."""

    base: PolicyVersion
    newest: PolicyVersion

    @property
    def problem(self) -> EditionProblem:
        """Told before publishing: it needs a reason."""
        message = (
            f"It was copied from edition {self.base.number}, but the newest published edition is "
            f"{self.newest.number}: publishing it may undo what that one changed."
        )
        return warning("base-superseded", "base", message)


def published_base(version: PolicyVersion) -> PolicyVersion | None:
    """The published edition a draft goes back to, through drafts that were never published."""
    found = version.base
    while found is not None and not found.is_locked:
        found = found.base
    return found


def newest_published(version: PolicyVersion) -> PolicyVersion | None:
    """The published edition of the same policy that begins last, whenever that is."""
    others = PolicyVersion.objects.published().filter(IN_FORCE_SOMETIME, policy=version.policy)
    found = others.exclude(pk=version.pk).select_related("policy")
    return found.order_by("-effective_from", "-id").first()


def overtaken(version: PolicyVersion) -> Overtaken | None:
    """Whether another edition was published since; None for one that was not copied."""
    base, newest = published_base(version), newest_published(version)
    if version.is_locked or base is None or newest is None or base == newest:
        return None
    return Overtaken(base, newest)


def undone_by(version: PolicyVersion, found: Overtaken) -> list[EditionChange]:
    """What the newest edition changed and the draft would change again, as the draft has it.

    Raises PolicyFileError while the draft is unfinished.
    """
    newest = edition_of(found.newest)
    since = difference(edition_of(found.base), newest).substantial
    changed = {(change.section, change.key) for change in since}
    again = difference(newest, edition_of(version)).substantial
    return [change for change in again if (change.section, change.key) in changed]
