"""The two trees of an assessment, as whatever shows them names and numbers them."""

from collections.abc import Iterator
from typing import NamedTuple

from criteria.requests.assessment.assess import Assessment
from criteria.rules import Finding

GENERAL = "General requirements"


class NamedTree(NamedTuple):
    """A tree, its heading, and what is put before its numbers where both trees are spoken of.

    ``block``: general or criteria, as reports and dispositions name the two trees.
    """

    block: str
    title: str
    prefix: str
    finding: Finding

    def cited(self, number: str) -> str:
        """A number as it is named elsewhere: "3.2", "General 2.1"."""
        return f"{self.prefix}{number}".strip()


def trees_of(found: Assessment) -> Iterator[tuple[str, Finding]]:
    """Both trees as they were found, by block: those that there are."""
    for block, tree in (("general", found.general), ("criteria", found.specific)):
        if tree is not None:
            yield block, tree


def named_trees(found: Assessment) -> Iterator[NamedTree]:
    """The general requirements, then the pathway's own criteria."""
    for block, tree in trees_of(found):
        if block == "general":
            yield NamedTree(block, GENERAL, "General ", tree)
        else:
            yield NamedTree(block, _specific_title(found), "", tree)


def adds(pathway: str, indication: str) -> bool:
    """Whether the name of a pathway says more than that of its indication."""
    return pathway.casefold() not in indication.casefold()


def _specific_title(found: Assessment) -> str:
    names = [named.name for named in (found.indication, found.pathway) if named]
    return ", ".join(names if len(names) < 2 or adds(names[1], names[0]) else names[:1])
