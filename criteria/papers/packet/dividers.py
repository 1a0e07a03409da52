"""What stands before each enclosure in a packet: which document, what for, and its pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import named_trees
from criteria.requests.content import EnclosedDocument, RequestContent
from criteria.rules import Leaf
from criteria.rules.explain import numbered
from criteria.rules.formats import counted, date_text

# The ids of the pages that an enclosure is laid into begin with it.
PAGE_MARK = "enclosed-"


@dataclass(frozen=True, slots=True)
class Supported:
    """A criterion that points to a document, and the page of it that was named."""

    number: str
    title: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Divider:
    """One document. ``pages``: how many follow. ``trouble``: why they do not."""

    letter: str
    name: str
    file: str
    dated: str
    pages: int
    supports: tuple[Supported, ...]
    fingerprint: str = ""
    trouble: str = ""

    @property
    def pages_text(self) -> str:
        """3 pages."""
        return counted(self.pages, "page")

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """The id and the number of each of its pages."""
        return tuple((place_of(self.letter, n), n) for n in range(1, self.pages + 1))


def place_of(letter: str, page: int) -> str:
    """The id of the page that a page of a document is laid into."""
    return f"{PAGE_MARK}{letter}-{page}"


def divider(
    document: EnclosedDocument,
    data: RequestContent,
    assessment: Assessment,
    *,
    pages: int,
    trouble: str = "",
) -> Divider:
    """The divider of a document of which so many pages follow."""
    return Divider(
        letter=document.letter,
        name=document.title,
        file=document.file_name,
        dated=date_text(document.dated) if document.dated else "",
        pages=pages,
        supports=tuple(_supported(document.letter, data, assessment)),
        fingerprint=document.sha256,
        trouble=trouble,
    )


def _supported(letter: str, data: RequestContent, assessment: Assessment) -> Iterator[Supported]:
    """The criteria that point to a document, in the order of the packet."""
    for tree in named_trees(assessment):
        for place in numbered(tree.finding):
            node = place.finding.node
            found = data.evidence.get(node.question.key) if isinstance(node, Leaf) else None
            if found is not None and found.enclosure == letter:
                yield Supported(tree.cited(place.number), node.title, found.page)
