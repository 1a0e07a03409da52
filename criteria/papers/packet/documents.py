"""The documents of a request, with the criteria that point to them."""

from collections.abc import Iterator

from criteria.papers.packet.content import PacketEnclosure
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import named_trees
from criteria.requests.content import RequestContent
from criteria.rules import Leaf
from criteria.rules.explain import numbered


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
