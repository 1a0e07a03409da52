"""Finding the edition that judges a case: by policy key and request date, never by a guess."""

from datetime import date

from criteria.models import PolicyVersion
from criteria.policies.edition import Edition
from criteria.policies.stored.load import edition_of
from criteria.rules.json_values import CaseProblemError


class EditionFinder:
    """Finds published editions; each is read from the database once."""

    def __init__(self) -> None:
        """Read which editions there are."""
        versions = PolicyVersion.objects.published().select_related("policy")
        self._versions = list(versions.order_by("effective_from", "pk"))
        self._editions: dict[int, Edition] = {}

    def __call__(self, policy: str, on: date) -> Edition:
        """The edition of ``policy`` (its key) in force on a day.

        Raises CaseProblemError for an unknown policy and for a day no edition is in force on.
        """
        versions = self._of(policy)
        for version in versions:
            until = version.effective_until
            if version.effective_from <= on and (until is None or on < until):
                return self._edition(version)
        first, last = versions[0].effective_from, versions[-1].effective_until
        text = f"no edition of {policy} is in force on {on}; the first begins on {first}"
        text += f", the last ends before {last}" if last is not None else ""
        raise CaseProblemError("on", text)

    def named(self, policy: str, number: str) -> Edition:
        """The edition of ``policy`` of that number, whenever it is in force, if ever.

        Raises CaseProblemError for an unknown policy or number.
        """
        versions = self._of(policy)
        for version in versions:
            if version.number.casefold() == number.strip().casefold():
                return self._edition(version)
        known = ", ".join(version.number for version in versions)
        raise CaseProblemError("edition", f"unknown edition {number!r}: expected one of {known}")

    def _of(self, policy: str) -> list[PolicyVersion]:
        versions = [v for v in self._versions if v.policy.key == policy]
        if not versions:
            known = ", ".join(sorted({v.policy.key for v in self._versions}))
            expected = f"expected {known}" if known else "none is loaded: run load_policy, or demo"
            raise CaseProblemError("policy", f"unknown policy {policy!r}: {expected}")
        return versions

    def _edition(self, version: PolicyVersion) -> Edition:
        if version.pk not in self._editions:
            self._editions[version.pk] = edition_of(version)
        return self._editions[version.pk]
