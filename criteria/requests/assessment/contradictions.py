"""Points on which the policy contradicts itself, or that it leaves open: a reviewer decides.

A diagnosis may be such a point itself; otherwise a criterion tells whether the request is one.
"""

from collections.abc import Iterator

from criteria.policies.edition import ContradictionDefinition, Edition
from criteria.requests.case import Case, GateFinding, GateKind
from criteria.rules import (
    KINDS,
    SATISFIED,
    Citation,
    CriteriaGroup,
    Facts,
    Finding,
    FindingState,
    GroupKind,
    Leaf,
)
from criteria.rules.explain import citation_text
from criteria.rules.guidance import leaves, open_questions


def of_diagnosis(edition: Edition, case: Case) -> Iterator[GateFinding]:
    """The contradictions that the diagnosis chosen is itself, in this phase."""
    for point in edition.contradictions_of(case.indication, case.phase):
        yield _gate(point, ("indication",))


def of_criteria(edition: Edition, case: Case, trees: tuple[Finding, ...]) -> Iterator[GateFinding]:
    """The contradictions that the answers meet, or that a code of the request says."""
    asked = {leaf.contradiction for tree in trees for leaf in _live(tree) if leaf.contradiction}
    if not asked:
        return
    met = [leaf for tree in trees for leaf in _deciding(tree)]
    for point in (edition.contradictions[key] for key in edition.contradictions if key in asked):
        about = [leaf.question.key for leaf in met if leaf.contradiction == point.key]
        if point.codes & set(case.icd10):
            about.append("icd10")
        if about:
            yield _gate(point, tuple(dict.fromkeys(about)))


def _gate(point: ContradictionDefinition, about: tuple[str, ...]) -> GateFinding:
    lines = ", ".join(dict.fromkeys((point.one_side_lines, point.other_side_lines)))
    text = contradiction_text(point)
    return GateFinding(GateKind.CONTRADICTION, FindingState.FOR_REVIEWER, text, lines, about, True)


def contradiction_text(point: ContradictionDefinition) -> str:
    """Both sides in words, each with its lines."""
    one, other = point.one_side_lines, point.other_side_lines
    return (
        f"{point.name}: {_side(point.one_side, one)} {_side(point.other_side, other)} "
        "The policy does not settle it: a reviewer decides."
    )


def _side(words: str, lines: str) -> str:
    """What one side says, with its lines: "It is a proven use (line 538)."."""
    return f"{words.rstrip('.')} ({citation_text(Citation(lines))})."


def _live(tree: Finding) -> Iterator[Leaf]:
    """The single criteria that are not switched off."""
    for leaf in leaves(tree):
        if isinstance(leaf.node, Leaf) and leaf.state is not FindingState.NOT_APPLICABLE:
            yield leaf.node


def turning_on(tree: Finding, facts: Facts) -> Iterator[str]:
    """The questions not answered that a result may turn on: open ones, and those of a point."""
    yield from open_questions(tree, facts)
    for leaf in leaves(tree):
        if leaf.state is FindingState.NOT_ANSWERED and _is_point_by_name(leaf):
            assert isinstance(leaf.node, Leaf)  # noqa: S101
            yield leaf.node.question.key


def _is_point_by_name(finding: Finding) -> bool:
    """Whether an answer is left to a reviewer by name: then it is the contradicted fact itself."""
    node = finding.node
    if not isinstance(node, Leaf):
        return False
    return KINDS[node.test.type].has_reviewer_answers and bool(node.contradiction)


def _deciding(finding: Finding) -> Iterator[Leaf]:
    """The single criteria for a reviewer that decide: not those another answer made superfluous.

    Of alternatives that are still open none decides yet. An answer that is the contradicted fact
    itself decides whatever stands beside it.
    """
    if isinstance(finding.node, Leaf):
        if finding.state is FindingState.FOR_REVIEWER:
            yield finding.node
        return
    if finding.state in SATISFIED:
        yield from _points_by_name(finding)
        return
    is_all = isinstance(finding.node, CriteriaGroup) and finding.node.kind is GroupKind.ALL
    condition = finding.condition
    is_switched = condition is not None and condition.state is not FindingState.NOT_ANSWERED
    if is_all or is_switched or finding.state is FindingState.FOR_REVIEWER:
        for member in finding.members:
            yield from _deciding(member)
    else:
        yield from _points_by_name(finding)


def _points_by_name(finding: Finding) -> Iterator[Leaf]:
    for leaf in leaves(finding):
        is_met = leaf.state is FindingState.FOR_REVIEWER and _is_point_by_name(leaf)
        if is_met and isinstance(leaf.node, Leaf):
            yield leaf.node
