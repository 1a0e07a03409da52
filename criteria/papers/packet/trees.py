"""The criteria trees of an assessment as a packet names and numbers them."""

from collections.abc import Iterator
from typing import NamedTuple

from criteria.papers.packet.content import PacketEnclosure
from criteria.requests.assessment.assess import Assessment
from criteria.requests.content import RequestContent
from criteria.rules import Finding, Leaf
from criteria.rules.explain import numbered

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


def named_trees(assessment: Assessment) -> Iterator[NamedTree]:
    """The general requirements, then the pathway's own criteria."""
    if assessment.general is not None:
        yield NamedTree("general", GENERAL, "General ", assessment.general)
    if assessment.specific is not None:
        yield NamedTree("criteria", _specific_title(assessment), "", assessment.specific)


def adds(pathway: str, indication: str) -> bool:
    """Whether the name of a pathway says more than that of its indication."""
    return pathway.casefold() not in indication.casefold()


def _specific_title(assessment: Assessment) -> str:
    names = [named.name for named in (assessment.indication, assessment.pathway) if named]
    return ", ".join(names if len(names) < 2 or adds(names[1], names[0]) else names[:1])


def enclosures(data: RequestContent, assessment: Assessment) -> Iterator[PacketEnclosure]:
    """Every document, with the criteria that point to it."""
    for document in data.enclosures:
        yield PacketEnclosure(
            letter=document.letter,
            name=document.title,
            file=document.file_name,
            dated_on=document.dated,
            pages=document.pages,
            criteria=tuple(_pointing(document.letter, data, assessment)),
            fingerprint=document.sha256,
        )


def _pointing(letter: str, data: RequestContent, assessment: Assessment) -> Iterator[str]:
    asked = {key for key, found in data.evidence.items() if found.enclosure == letter}
    for tree in named_trees(assessment):
        for place in numbered(tree.finding):
            node = place.finding.node
            if isinstance(node, Leaf) and node.question.key in asked:
                yield tree.cited(place.number)
