"""One mistake found in a criteria tree."""

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str, ...]


class LintSeverity(StrEnum):
    """An error keeps an edition from being published; a warning asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class TreeProblem:
    """What is wrong, and where: ``path`` holds the keys from the root down to the criterion."""

    code: str
    severity: LintSeverity
    path: Path
    message: str


def error(code: str, path: Path, message: str) -> TreeProblem:
    """A problem that must be mended."""
    return TreeProblem(code, LintSeverity.ERROR, path, message)


def warning(code: str, path: Path, message: str) -> TreeProblem:
    """A problem that deserves a second look."""
    return TreeProblem(code, LintSeverity.WARNING, path, message)
