"""What still matters in a tree of findings, and how far each part of it is."""

from collections.abc import Iterator
from typing import NamedTuple

from criteria.rules.coded import is_of_other_codes
from criteria.rules.evaluate import Finding
from criteria.rules.facts import SATISFIED, Facts, FindingState
from criteria.rules.kinds import KINDS
from criteria.rules.question import Anchor
from criteria.rules.tree import CriteriaGroup, DoseLeaf, GroupKind, Leaf, is_advised
from criteria.rules.ways import (
    Choose,
    Every,
    MeetingStep,
    StepKind,
    Way,
    blocking,
    is_unchangeable,
    shortest,
    ways_to_meet,
)

__all__ = [
    "Choose",
    "Every",
    "Progress",
    "MeetingStep",
    "StepKind",
    "Way",
    "blocking",
    "irrelevant_questions",
    "is_unchangeable",
    "leaves",
    "open_criteria",
    "open_questions",
    "progress",
    "relevant_keys",
    "shortest",
    "ways_to_meet",
]


class Progress(NamedTuple):
    """How many members are satisfied (``inapplicable`` of them do not apply), and how many must."""

    satisfied: int
    required: int
    members: int
    inapplicable: int = 0


def leaves(finding: Finding) -> Iterator[Finding]:
    """Every leaf finding in tree order: condition, then, otherwise."""
    if isinstance(finding.node, Leaf | DoseLeaf):
        yield finding
    if finding.condition is not None:
        yield from leaves(finding.condition)
    for member in finding.members:
        yield from leaves(member)


def open_criteria(finding: Finding) -> tuple[Finding, ...]:
    """The leaves (the dose too) that are not answered and can still change the result.

    A part that is settled, or waits for nothing but a reviewer, has none; a rule of certain codes
    waits for the codes alone.
    """
    return tuple(_open(finding))


def open_questions(finding: Finding, facts: Facts | None = None) -> tuple[str, ...]:
    """Keys of the questions still to be answered that can change the result, in tree order.

    A number that lacks the day it was measured is still to be answered, and so is the question a
    window is counted from. ``facts`` tell which of these were answered outside this tree.
    """
    known = _answered(finding, facts)
    keys = [key for leaf in open_criteria(finding) for key in _missing(leaf, known, facts)]
    return tuple(dict.fromkeys(keys))


def relevant_keys(finding: Finding) -> frozenset[str]:
    """Keys of the criteria (not questions) that are open and can still change the result."""
    return frozenset(leaf.node.key for leaf in open_criteria(finding))


def irrelevant_questions(finding: Finding, facts: Facts | None = None) -> tuple[str, ...]:
    """Keys of the questions not answered that can no longer change the result, in tree order."""
    settled = _answered(finding, facts) | set(open_questions(finding, facts))
    keys = [leaf.node.question.key for leaf in leaves(finding) if isinstance(leaf.node, Leaf)]
    return tuple(key for key in dict.fromkeys(keys) if key not in settled)


def progress(finding: Finding) -> Progress:
    """How far a criterion is: the members of a group; anything else counts as one.

    What is only advised is not counted among things that are all needed.
    """
    parts = finding.members if isinstance(finding.node, CriteriaGroup) else (finding,)
    required = finding.node.required if isinstance(finding.node, CriteriaGroup) else 1
    if isinstance(finding.node, CriteriaGroup) and finding.node.kind is GroupKind.ALL:
        parts = tuple(part for part in parts if not is_advised(part.node))
        required = len(parts)
    return Progress(
        satisfied=sum(part.state in SATISFIED for part in parts),
        required=required,
        members=len(parts),
        inapplicable=sum(part.state is FindingState.NOT_APPLICABLE for part in parts),
    )


def _open(finding: Finding) -> Iterator[Finding]:
    if finding.state is not FindingState.NOT_ANSWERED:
        return
    if isinstance(finding.node, Leaf | DoseLeaf):
        yield finding
    if finding.condition is not None:
        yield from _open(finding.condition)
    if is_of_other_codes(finding):
        return
    for member in finding.members:
        yield from _open(member)


def _answered(finding: Finding, facts: Facts | None) -> set[str]:
    """Keys of the questions known to have an answer."""
    known = set() if facts is None else set(facts.answers)
    for leaf in leaves(finding):
        if isinstance(leaf.node, Leaf) and leaf.answer is not None:
            known.add(leaf.node.question.key)
    return known


def _missing(leaf: Finding, known: set[str], facts: Facts | None) -> Iterator[str]:
    """The questions an open leaf waits for: its own, or the one its window is counted from."""
    if not isinstance(leaf.node, Leaf):
        return
    test, key = leaf.node.test, leaf.node.question.key
    asked = _anchor_question(KINDS[test.type].anchor(test), facts)
    if leaf.answer is None or asked is None:
        yield key
    if asked is not None and asked not in known:
        yield asked


def _anchor_question(anchor: str | None, facts: Facts | None) -> str | None:
    """The question a window is counted from; None when no answer is needed for it."""
    if anchor is None or anchor == Anchor.REQUEST:
        return None
    if anchor != Anchor.THERAPY_START:
        return anchor
    return None if facts is None or facts.therapy_start else facts.therapy_start_question
