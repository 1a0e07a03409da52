"""What the reviewer asks about and has no answer to: no decision rests on it."""

from collections.abc import Collection, Iterator, Mapping

from criteria.models import Verdict
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import trees_of
from criteria.requests.dispositions.criterion_views import CriterionView, Place
from criteria.requests.dispositions.gaps import ASKED, ViewGap
from criteria.rules import Finding, FindingState, Leaf
from criteria.rules.coded import names_codes
from criteria.rules.explain import LinePart, NumberedFinding, numbered
from criteria.rules.guidance import leaves


def open_questions(found: Assessment, views: Mapping[Place, CriterionView]) -> Iterator[ViewGap]:
    """What the reviewer asks about and has no answer to: nothing is approved over it.

    The whole of both trees counts, a settled group's other ways, conditions and advice too.
    """
    for block, tree in trees_of(found):
        yield from (gap for _, gap in _asked(block, tree, views))


def open_below(
    found: Assessment, views: Mapping[Place, CriterionView], chosen: Collection[Place]
) -> Iterator[ViewGap]:
    """What is asked about of the criteria a denial rests on, and of what puts them in force."""
    for block, tree in trees_of(found):
        keys = {key for of_block, key in chosen if of_block == block}
        under = {each.finding.node.key for whole in _under(tree, keys) for each in numbered(whole)}
        yield from (gap for key, gap in _asked(block, tree, views) if key in under)


def _under(finding: Finding, keys: Collection[str]) -> Iterator[Finding]:
    """The criteria of some keys, and the conditions that put them in force."""
    if finding.node.key in keys:
        yield finding
        return
    found = [each for member in finding.members for each in _under(member, keys)]
    yield from found
    if found and finding.condition is not None:
        yield finding.condition


def _asked(
    block: str, tree: Finding, views: Mapping[Place, CriterionView]
) -> Iterator[tuple[str, ViewGap]]:
    for each in numbered(tree):
        node = each.finding.node
        place = (block, node.key)
        if views.get(place, CriterionView()).verdict == Verdict.ASK and can_be_viewed(each):
            yield node.key, ViewGap(place, node.title, ASKED)


def viewable(found: Assessment) -> frozenset[Place]:
    """Every criterion of which there is anything to say."""
    return frozenset(
        (block, each.finding.node.key)
        for block, tree in trees_of(found)
        for each in numbered(tree)
        if can_be_viewed(each)
    )


def can_be_viewed(place: NumberedFinding) -> bool:
    """Whether there is anything to say of a criterion: not where it does not apply.

    Neither of a condition that does not hold by what nobody changes, such as another disease.
    """
    finding = place.finding
    if place.part is LinePart.CONDITION and finding.state is FindingState.NOT_MET:
        return not all(map(_is_fact, leaves(finding)))
    return finding.state is not FindingState.NOT_APPLICABLE


def _is_fact(finding: Finding) -> bool:
    """Whether it asks for what nobody makes other: an age, a disease, its codes."""
    node = finding.node
    return names_codes(node) or (isinstance(node, Leaf) and node.question.is_unchangeable)
