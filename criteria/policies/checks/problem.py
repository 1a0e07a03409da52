"""One mistake in an edition, as every check tells it."""

from collections.abc import Mapping
from dataclasses import dataclass

from criteria.policies.codes.codebook import CodeFacts
from criteria.policies.edition import Edition
from criteria.rules.problem import LintSeverity

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class EditionProblem:
    """One mistake and where it stands. An error keeps the edition from being published.

    ``path``: the keys of the parts it stands in, from the edition down, as in a policy file.
    ``line``: of that file; 0 where there is none, or where it is not known.
    """

    severity: LintSeverity
    code: str
    where: str
    message: str
    path: Path = ()
    line: int = 0

    @property
    def is_error(self) -> bool:
        """Whether it must be mended; anything else may stand for a reason."""
        return self.severity is LintSeverity.ERROR

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells it from every other problem of its edition."""
        return self.code, self.where, self.message


def error(code: str, where: str, message: str, path: Path) -> EditionProblem:
    """A problem that must be mended."""
    return EditionProblem(LintSeverity.ERROR, code, where, message, path)


def warning(code: str, where: str, message: str, path: Path = ()) -> EditionProblem:
    """A problem that deserves a second look, and a reason if it stays."""
    return EditionProblem(LintSeverity.WARNING, code, where, message, path)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at.

    ``base``: the published edition it was copied from. ``icd10``: what the table of ICD-10-CM
    says of its diagnosis codes on its first day; None where the table tells nothing of that day.
    """

    edition: Edition
    base: Edition | None = None
    icd10: Mapping[str, CodeFacts] | None = None
    release: str = ""
