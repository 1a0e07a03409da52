"""Takes in files of cases as example patients: the command and the upload do the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from criteria.accounts.permissions import Permission, require
from criteria.actions.example_patients.edit import Imported, NewPatient, import_patients
from criteria.actions.policies.base import EditionRefusedError
from criteria.models import Policy, PolicyVersion
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.drafts import compiled
from criteria.requests.case_files.patients_file import read_patients


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the cases of some files; ``left_out``: why, with how many."""

    imported: Imported
    left_out: Mapping[str, int]

    @property
    def lines(self) -> list[str]:
        """What was done, as it is told."""
        done = self.imported
        counts = [f"{len(done.added)} added", f"{len(done.same)} the same as stored"]
        if done.differing:
            fate = "written over" if done.replaced else "left as they are stored"
            counts.append(f"{len(done.differing)} differ, {fate}")
        told = [", ".join(counts) + "."]
        told += [f"{name}: {words}" for name, words in done.differing]
        return told + [f"{count} left out: {why}." for why, count in self.left_out.items()]


def take_in(
    *,
    version: PolicyVersion,
    texts: Mapping[str, str],
    general: str = "",
    replace: bool = False,
    by: User,
) -> TakenIn:
    """Keep the cases of files as patients of the policy of ``version``, all of them or none.

    Raises CaseFileError with every mistake and its line, EditionRefusedError while the edition is
    unfinished.
    """
    require(by, Permission.EDIT_POLICY)
    try:
        edition = compiled(version).edition
    except PolicyFileError as error:
        words = f"{version} is unfinished: its check says what is missing."
        raise EditionRefusedError(words) from error
    read = read_patients(texts, edition, _its_days(_newest(version.policy)), general)
    patients = [NewPatient(p.name, p.stated, p.expected, p.words) for p in read.patients]
    imported = import_patients(policy=version.policy, patients=patients, replace=replace, by=by)
    return TakenIn(imported, read.left_out)


def reading_edition(policy: Policy) -> PolicyVersion | None:
    """The edition that says what a patient may state: the newest published one, or a draft."""
    return _newest(policy) or policy.versions.order_by("-effective_from", "-pk").first()


def _newest(policy: Policy) -> PolicyVersion | None:
    found = PolicyVersion.objects.published().filter(policy=policy)
    # Of two that begin on one day the one without a last day replaced the other at once.
    return max(
        found, key=lambda v: (v.effective_from, v.effective_until is None, v.pk), default=None
    )


def _its_days(newest: PolicyVersion | None) -> Callable[[date], bool]:
    """Whether the newest edition rules on a day; while there is no earlier one, on any."""
    if newest is None:
        return lambda day: True
    earlier = PolicyVersion.objects.published().filter(policy=newest.policy).exclude(pk=newest.pk)
    if not earlier.exists():
        return lambda day: True
    first, until = newest.effective_from, newest.effective_until
    return lambda day: first <= day and (until is None or day < until)
