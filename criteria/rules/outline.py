"""The tree as numbered lines: the same order, words and numbers wherever a tree is drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from criteria.rules.coded import is_of_other_codes
from criteria.rules.evaluate import Finding
from criteria.rules.facts import SATISFIED, FindingState
from criteria.rules.formats import citation_text
from criteria.rules.phrases import conjunction
from criteria.rules.tree import DoseLeaf, Leaf, Node, is_advised
from criteria.rules.walk import LinePart, finding_parts, node_parts, questions_of, walk
from criteria.rules.wording import Questions, required_text


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineLine:
    """One criterion in words. ``required``: what its answer must be, or how members are joined."""

    number: str
    depth: int
    part: LinePart
    node: Node
    title: str
    required: str
    citation: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedFinding:
    """One finding at its place. ``switched_off_by``: the condition that made it not applicable.

    ``is_advised``: nobody has to meet it.
    """

    number: str
    depth: int
    part: LinePart
    finding: Finding
    switched_off_by: Finding | None = None
    is_advised: bool = False


def outline(node: Node) -> tuple[OutlineLine, ...]:
    """Every criterion of a tree in words, in tree order."""
    questions = questions_of(node)
    return tuple(
        OutlineLine(
            number=place.number,
            depth=place.depth,
            part=place.part,
            node=place.item,
            title=place.item.title,
            required=_required(place.item, questions),
            citation=citation_text(place.item.citation),
            note=place.item.note,
        )
        for place in walk(node, node_parts)
    )


def numbered(finding: Finding) -> tuple[NumberedFinding, ...]:
    """Every finding in tree order, numbered like the outline; branches not taken too."""
    off, advised = _switched_off(finding), frozenset(_advised(finding.node))
    return tuple(
        NumberedFinding(
            number=place.number,
            depth=place.depth,
            part=place.part,
            finding=place.item,
            switched_off_by=off.get(place.item.node.key),
            is_advised=place.item.node.key in advised,
        )
        for place in walk(finding, finding_parts)
    )


def folded(lines: Iterable[NumberedFinding]) -> Iterator[tuple[NumberedFinding, bool]]:
    """The lines, and whether one is a rule of other codes: then those inside it are left out."""
    closed: int | None = None
    for line in lines:
        if closed is not None and line.depth > closed:
            continue
        is_closed = is_of_other_codes(line.finding)
        closed = line.depth if is_closed else None
        yield line, is_closed


def repeated(finding: Finding) -> frozenset[str]:
    """Keys of the leaves that say again what the other branch of an open condition says already."""
    return frozenset(_repeated(finding))


def _repeated(finding: Finding) -> Iterator[str]:
    condition, members = finding.condition, finding.members
    is_open = condition is not None and condition.state not in {*SATISFIED, FindingState.NOT_MET}
    if is_open and len(members) > 1:
        first, other = (
            {
                place.item.node.key: (place.item.node.question.key, place.item.node.test)
                for place in walk(branch, finding_parts)
                if isinstance(place.item.node, Leaf)
            }
            for branch in members
        )
        yield from (key for key, asked in other.items() if asked in first.values())
    for member in members:
        yield from _repeated(member)


def _advised(node: Node, inside: bool = False) -> Iterator[str]:
    """Keys of the criteria that are only advised."""
    inside = inside or is_advised(node)
    if inside:
        yield node.key
    for _, part in node_parts(node):
        yield from _advised(part, inside)


def _required(node: Node, questions: Questions) -> str:
    if isinstance(node, Leaf | DoseLeaf):
        return required_text(node, questions)
    return conjunction(node)


def _switched_off(finding: Finding, by: Finding | None = None) -> dict[str, Finding]:
    """The condition that switched a criterion off, by the key of the criterion."""
    found = {} if by is None else {finding.node.key: by}
    condition = finding.condition
    if condition is not None:
        found |= _switched_off(condition, by)
    for i, member in enumerate(finding.members):
        found |= _switched_off(member, by or (condition if _is_off(condition, i) else None))
    return found


def _is_off(condition: Finding | None, branch: int) -> bool:
    if condition is None:
        return False
    return condition.state in SATISFIED if branch else condition.state is FindingState.NOT_MET
