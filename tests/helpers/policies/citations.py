"""The lines that cases cite."""

from tests.policies.shipped.cases import Judged


def cited(found: Judged) -> set[int]:
    """The lines of everything that fails."""
    return {line for failed in found.report["failed"] for line in lines_of(failed["lines"])}


def lines_of(text: str) -> set[int]:
    """The line numbers of a citation: "138-140, 144"."""
    found: set[int] = set()
    for part in filter(None, text.replace(" ", "").split(",")):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found
