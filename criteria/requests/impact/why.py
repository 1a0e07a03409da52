"""Why an edition finds something else of a request: the criteria that change, by title alone.

No answer is named: what leaves here says nothing of a patient.
"""

from collections.abc import Iterator

from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import trees_of
from criteria.requests.marks import MARKS
from criteria.rules import SATISFIED, Finding, FindingState
from criteria.rules.guidance import leaves

FEW = 4
NO_LONGER = "no longer asked"
# A place in a request: the tree or gate, and the key of the criterion there.
Places = dict[tuple[str, str], tuple[FindingState, str]]


def changes(before: Assessment | None, after: Assessment | None) -> list[str]:
    """The criteria in another state, the new ones to answer, and those no longer asked."""
    found = _compared(_criteria(before), _criteria(after))
    if found or after is None:
        return found
    known = _groups(before)
    return [words for block, tree in trees_of(after) for words in _inmost(tree, block, known)]


def shortened(words: list[str]) -> str:
    """The first few, and how many more there are."""
    more = len(words) - FEW
    return "; ".join(words[:FEW] + ([f"and {more} more"] if more > 0 else []))


def _compared(old: Places, new: Places) -> list[str]:
    words = []
    for place, (state, title) in new.items():
        was = old.get(place)
        if was is None:
            if state not in SATISFIED:
                words.append(f"new: {title}: {MARKS[state].word}")
        elif was[0] is not state and not (state in SATISFIED and was[0] in SATISFIED):
            words.append(f"{title}: {MARKS[was[0]].word} → {MARKS[state].word}")
    for place, (state, title) in old.items():
        if place not in new and state not in SATISFIED:
            words.append(f"{title}: {MARKS[state].word} → {NO_LONGER}")
    return words


def _criteria(found: Assessment | None) -> Places:
    """Gates and single criteria. A question asked twice in one tree counts where it comes first."""
    places: Places = {}
    if found is None:
        return places
    for gate in found.gates:
        places["gate", gate.gate.value] = (gate.state, f"The {gate.gate.value}")
    for block, tree in trees_of(found):
        for leaf in leaves(tree):
            places.setdefault((block, leaf.node.key), (leaf.state, leaf.node.title))
    return places


def _groups(found: Assessment | None) -> Places:
    """Every group with its state."""
    places: Places = {}
    if found is not None:
        for block, tree in trees_of(found):
            for group in _all(tree):
                places.setdefault((block, group.node.key), (group.state, group.node.title))
    return places


def _all(finding: Finding) -> Iterator[Finding]:
    yield finding
    for member in finding.members:
        yield from _all(member)


def _inmost(finding: Finding, block: str, known: Places) -> list[str]:
    """The groups in another state, without those around them: they only follow.

    Another number needed changes a group and none of its members.
    """
    inside = [words for member in finding.members for words in _inmost(member, block, known)]
    was = known.get((block, finding.node.key))
    if inside or was is None or was[0] is finding.state or not finding.node.title:
        return inside
    return [f"{finding.node.title}: {MARKS[was[0]].word} → {MARKS[finding.state].word}"]
