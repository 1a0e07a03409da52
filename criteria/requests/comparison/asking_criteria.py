"""What the criteria of one policy ask of each question, with what each is joined with."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from criteria.requests.assessment.assess import Assessment
from criteria.requests.comparison.need import Need, Relevance
from criteria.rules import (
    KINDS,
    SATISFIED,
    CriteriaGroup,
    DoseLeaf,
    Finding,
    FindingState,
    Leaf,
    When,
)
from criteria.rules.coded import is_of_other_codes, names_codes
from criteria.rules.explain import (
    LinePart,
    NumberedFinding,
    citation_text,
    conjunction,
    numbered,
    reason_text,
    required_text,
)

_BEARING = {
    FindingState.MET: Relevance.PASSES,
    FindingState.NOT_ANSWERED: Relevance.OPEN,
    FindingState.FOR_REVIEWER: Relevance.REVIEW,
    FindingState.NOT_APPLICABLE: Relevance.IDLE,
}


@dataclass(frozen=True, slots=True)
class AskingCriterion:
    """One criterion that asks a question, and everything above it, the root first."""

    line: NumberedFinding
    above: tuple[NumberedFinding, ...]

    @property
    def is_condition(self) -> bool:
        """Whether it only says if something else applies."""
        return any(one.part is LinePart.CONDITION for one in (*self.above, self.line))

    @property
    def is_advised(self) -> bool:
        """Whether it stands in a group of which none is required."""
        groups = (one.finding.node for one in self.above)
        return any(isinstance(node, CriteriaGroup) and not node.required for node in groups)

    @property
    def is_spared(self) -> bool:
        """Whether something above it is satisfied already, or waits for a code to be stated."""
        return any(_is_spared(one.finding) for one in self.above)

    @property
    def bearing(self) -> Relevance:
        """How much it counts."""
        state = self.line.finding.state
        if self.is_condition:
            is_open = state is FindingState.NOT_ANSWERED and not self.is_spared
            return Relevance.OPEN if is_open else Relevance.DECIDES
        if state in SATISFIED:
            return _BEARING[state]
        if self.is_advised:
            return Relevance.ADVISED
        if self.is_spared:
            return Relevance.IDLE
        if state is FindingState.NOT_MET:
            fails = all(one.finding.state is FindingState.NOT_MET for one in self.above)
            return Relevance.FAILS if fails else Relevance.UNDECIDED
        return _BEARING[state]


def asked_of(found: Assessment) -> dict[str, tuple[Need, ...]]:
    """For each question a policy asks of a request what it needs, in the order asked.

    A rule that other codes call for is not asked of this request, unless its answer is there and
    nothing else asks it.
    """
    needs: dict[str, list[Need]] = {}
    every = [asked for tree in found.trees for asked in _every(tree)]
    live = {_question(asked) for asked in every if asked.line.switched_off_by is None}
    for asked in every:
        node, by = asked.line.finding.node, asked.line.switched_off_by
        is_spare = by is not None and names_codes(by.node) and _question(asked) in live
        if isinstance(node, Leaf) and not is_spare and not _is_of_other_codes(asked):
            needs.setdefault(node.question.key, []).append(_need(node, asked, found))
    return {key: tuple(dict.fromkeys(each)) for key, each in needs.items()}


def _question(asked: AskingCriterion) -> str:
    node = asked.line.finding.node
    return node.question.key if isinstance(node, Leaf) else ""


def dose_asked(found: Assessment) -> tuple[AskingCriterion, ...]:
    """The places of the dose in the criteria."""
    every = (asked for tree in found.trees for asked in _every(tree))
    return tuple(asked for asked in every if isinstance(asked.line.finding.node, DoseLeaf))


def context_of(asked: AskingCriterion, found: Assessment) -> tuple[str, ...]:
    """What a criterion is joined with, from the outside in."""
    return tuple(_context(asked, found))


def _every(tree: Finding) -> Iterator[AskingCriterion]:
    above: list[NumberedFinding] = []
    for line in numbered(tree):
        del above[line.depth :]
        if isinstance(line.finding.node, Leaf | DoseLeaf):
            yield AskingCriterion(line, tuple(above))
        above.append(line)


def _need(leaf: Leaf, asked: AskingCriterion, found: Assessment) -> Need:
    return Need(
        title=leaf.title,
        required=required_text(leaf, found.edition.questions),
        state=asked.line.finding.state,
        bearing=asked.bearing,
        place=citation_text(leaf.citation),
        why=_why(leaf, asked.line.finding, found),
        context=context_of(asked, found),
        is_advised=asked.is_advised,
    )


def _why(leaf: Leaf, finding: Finding, found: Assessment) -> str:
    """How old a dated answer is, and what is left to a reviewer; the rest is plain from the row."""
    test = leaf.test
    dated = bool(KINDS[test.type].spans(test))
    if finding.answer is None or finding.state is FindingState.NOT_APPLICABLE:
        return ""
    if not dated and finding.state is not FindingState.FOR_REVIEWER:
        return ""
    return reason_text(finding, found.facts, None, found.edition.questions)


def _context(asked: AskingCriterion, found: Assessment) -> Iterator[str]:
    by = asked.line.switched_off_by
    if by is not None:
        yield reason_text(asked.line.finding, found.facts, by, found.edition.questions)
        return
    is_choice = False
    for above, below in pairwise((*asked.above, asked.line)):
        node = above.finding.node
        if below.part is LinePart.CONDITION:
            yield f"only says whether this applies: {node.title}"
            return
        if isinstance(node, When):
            yield from _condition(above.finding, below.part)
        elif isinstance(node, CriteriaGroup):
            is_choice = is_choice or node.required < len(node.members)
            if is_choice:
                yield f"{node.title}: {conjunction(node, above.finding).lower()}"


def _condition(finding: Finding, part: LinePart) -> Iterator[str]:
    """The condition under which a branch counts."""
    condition = finding.condition
    if condition is None:
        return
    title = condition.node.title
    if condition.state in SATISFIED:
        yield f"applies here: {title}"
    elif condition.state is FindingState.NOT_MET:
        yield f"applies where this is not so: {title}"
    else:
        yield f"only {'unless' if part is LinePart.OTHERWISE else 'if'}: {title}"


def _is_spared(finding: Finding) -> bool:
    return finding.state in SATISFIED or is_of_other_codes(finding)


def _is_of_other_codes(asked: AskingCriterion) -> bool:
    """Whether only another code would ask for it, and nobody answered it."""
    if names_codes(asked.line.finding.node):
        return True
    closed = any(is_of_other_codes(one.finding) for one in asked.above)
    return closed and asked.line.finding.answer is None
