"""A mistake in a policy file: where it stands, and what was expected there."""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class FileProblem:
    """The path of the part and what was expected there; file and line once they are known.

    ``refers_to``: the key of another part that was looked for and is not there.
    """

    path: Path
    message: str
    refers_to: str = ""
    file: str = ""
    line: int = 0

    @property
    def where(self) -> str:
        """The path as it is read: ``indications.asthma.pathways.asthma.criteria.all[0]``."""
        keys = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.path)
        return keys.lstrip(".") or "the file"

    def __str__(self) -> str:
        """``file:line: where: message``, as editors and people read it."""
        place = f"{self.file}:{self.line}: " if self.file else ""
        return f"{place}{self.where}: {self.message}"


class PolicyFileError(Exception):
    """A policy file that cannot be used; ``problems`` says where and what was expected."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        """Keep the problems, in file order."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(value: object) -> str:
    """A value as the message about it names it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "a mapping with " + (", ".join(str(key) for key in value) or "no keys")
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
    return repr(text) if isinstance(value, str) else text
