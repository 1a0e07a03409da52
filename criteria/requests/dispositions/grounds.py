"""What a decision rests on, and what is still to be said before it is made.

A denial, and an approval of less than was asked, rests on a gate, a contradiction or a criterion
that is required and applies, and that is not met or was not accepted by the reviewer. An approval
rests on every criterion that is required and applies, and on every gate that is not plainly open.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from criteria.models import Verdict
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import trees_of
from criteria.requests.dispositions.asked import can_be_viewed, open_below, open_questions
from criteria.requests.dispositions.criterion_views import (
    CriterionView,
    Place,
    Viewed,
    not_enough,
    viewed,
)
from criteria.requests.dispositions.gaps import (
    ASKED,
    NEEDS_WORDS,
    NO_GROUND,
    NO_GROUND_FOR_LESS,
    NO_VIEW,
    NOT_ASKED,
    NOT_REFUSED,
    NOTE_ON,
    NOTE_ON_ACCEPTED,
    REFUSED,
    ViewGap,
)
from criteria.requests.dispositions.gates import (
    GATE,
    ViewedGate,
    gate_approval_gaps,
    gate_denial_gaps,
    gate_needs_words,
    gates_viewed,
)
from criteria.rules import SATISFIED, CriteriaGroup, FindingState, Leaf, When
from criteria.rules.explain import LinePart, NumberedFinding, numbered
from criteria.rules.formats import says_something
from criteria.rules.tree import DoseLeaf, is_advised


def trees_viewed(found: Assessment, views: Mapping[Place, CriterionView]) -> tuple[Viewed, ...]:
    """Both trees as the reviewer sees them."""
    return tuple(viewed(block, tree, views) for block, tree in trees_of(found))


def grounds_of(found: Assessment, views: Mapping[Place, CriterionView]) -> tuple[Place, ...]:
    """What a decision against the request may rest on: gates, then criteria in order."""
    gates = (gate.place for gate in gates_viewed(found, views) if gate.is_ground)
    trees = trees_viewed(found, views)
    return (*gates, *(ground.place for tree in trees for ground in _grounds(tree, is_root=True)))


def denial_gaps(
    found: Assessment, views: Mapping[Place, CriterionView], chosen: Collection[Place]
) -> tuple[ViewGap, ...]:
    """What keeps a denial from resting on ``chosen``: what is no reason, views still missing."""
    trees = trees_viewed(found, views)
    grounds = {g.place: g for tree in trees for g in _grounds(tree, is_root=True)}
    gates = {gate.place: gate for gate in gates_viewed(found, views)}
    titles = {each.place: each.finding.node.title for tree in trees for each in every(tree)}
    titles |= {place: gate.gate.title for place, gate in gates.items()}
    gaps = tuple(_denial_gaps(chosen, grounds, gates, titles))
    return _each_once((*gaps, *open_below(found, views, chosen)))


def approval_gaps(
    found: Assessment, views: Mapping[Place, CriterionView], *, gives_less: bool
) -> tuple[ViewGap, ...]:
    """What keeps an approval from being made.

    ``gives_less``: less than was asked for is given, and not because the policy authorizes no more
    at a time; that rests on a criterion that is not accepted.
    """
    trees, gates = trees_viewed(found, views), gates_viewed(found, views)
    before = [gap for gate in gates for gap in gate_approval_gaps(gate, gives_less=gives_less)]
    missing = [gap for tree in trees for gap in _missing(tree)]
    gaps = [*before, *_each_once((*open_questions(found, views), *missing))]
    grounds = [ground for tree in trees for ground in _grounds(tree, is_root=True)]
    if gives_less:
        if not any((*map(_is_refused, grounds), *(gate.is_refused for gate in gates))):
            gaps.append(ViewGap(None, "", NO_GROUND_FOR_LESS))
        return tuple(gaps)
    known = {gap.place for gap in gaps}
    refused = (*grounds, *(each for tree in trees for each in _leaves_open(tree)))
    return (*gaps, *(_gap(g, REFUSED) for g in refused if _is_whole(g, known)))


def _each_once(gaps: Iterable[ViewGap]) -> tuple[ViewGap, ...]:
    """One gap of each criterion, the first that tells of it."""
    return tuple({gap.place: gap for gap in reversed(tuple(gaps))}.values())[::-1]


def _leaves_open(tree: Viewed) -> Iterator[Viewed]:
    """What is not accepted below a condition of which is not known if it holds.

    It speaks for no denial while that is open, and against an approval all the same.
    """
    if tree.state in {*SATISFIED, FindingState.NOT_MET}:
        return
    fallen = (each for each in every(tree) if each.falls)
    yield from (each for each in fallen if not any(part.falls for part in each.members))


def question_gaps(
    found: Assessment, views: Mapping[Place, CriterionView], asked: Iterable[Place]
) -> tuple[ViewGap, ...]:
    """What is asked about and does not apply, or without words where its finding needs them."""
    lines = {
        (block, each.finding.node.key): each
        for block, tree in trees_of(found)
        for each in numbered(tree)
    }
    titles = {place: each.finding.node.title for place, each in lines.items() if needs_words(each)}
    titles |= {(GATE, g.key): g.title for g in found.gates if gate_needs_words(g)}
    return tuple(_question_gaps(views, asked, lines, titles))


def _question_gaps(
    views: Mapping[Place, CriterionView],
    asked: Iterable[Place],
    lines: Mapping[Place, NumberedFinding],
    titles: Mapping[Place, str],
) -> Iterator[ViewGap]:
    for place in asked:
        line = lines.get(place)
        if line is not None and not can_be_viewed(line):
            yield ViewGap(place, line.finding.node.title, NOT_ASKED)
        elif place in titles and not says_something(views.get(place, CriterionView()).note):
            yield ViewGap(place, titles[place], NEEDS_WORDS)


def needs_words(place: NumberedFinding) -> bool:
    """Whether asking about a criterion says nothing without a note.

    It says enough of a criterion that has to be met and is not, or was not answered; not of a
    group, nor of one that is met, does not apply, or decides only whether others do.
    """
    finding = place.finding
    is_one = isinstance(finding.node, Leaf | DoseLeaf)
    is_idle = place.is_advised or place.part is LinePart.CONDITION
    return (
        is_idle
        or not is_one
        or finding.state not in (FindingState.NOT_MET, FindingState.NOT_ANSWERED)
    )


def _grounds(each: Viewed, *, is_root: bool = False, is_branch: bool = False) -> Iterator[Viewed]:
    """The criteria at and below one that a failure rests on.

    A group of alternatives fails as a whole, and so does one with a condition that is still open:
    none of their members has to be met by itself.
    """
    if each.state is not FindingState.NOT_MET:
        return
    node, is_own = each.finding.node, each.view.verdict == Verdict.NOT_ACCEPTED
    if isinstance(node, When):
        if is_own or each.is_open:
            yield each
        if not each.is_open and each.found is FindingState.NOT_MET:
            for part in each.in_force:
                yield from _grounds(part, is_branch=True)
        return
    needs_all = isinstance(node, CriteriaGroup) and node.required == len(node.members)
    if is_own or not (needs_all and (is_root or is_branch)):
        yield each
    if needs_all and each.found is FindingState.NOT_MET:
        for member in each.members:
            yield from _grounds(member)


def _denial_gaps(
    chosen: Collection[Place],
    grounds: Mapping[Place, Viewed],
    gates: Mapping[Place, ViewedGate],
    titles: Mapping[Place, str],
) -> Iterator[ViewGap]:
    for place in chosen:
        gate, ground = gates.get(place), grounds.get(place)
        if gate is not None and gate.is_ground:
            yield from gate_denial_gaps(gate)
        elif ground is None:
            yield ViewGap(place, titles.get(place, place[1]), NO_GROUND)
        elif not _is_refused(ground):
            yield from _refusal_gaps(ground)


def _refusal_gaps(ground: Viewed) -> Iterator[ViewGap]:
    """What is to be said of a ground: that it is not accepted, and why where it is not unmet."""
    if ground.view.verdict == Verdict.NOT_ACCEPTED:
        yield _gap(ground, NOTE_ON[ground.finding.state])
        return
    silent = [m for m in every(ground) if m.view.verdict == Verdict.NOT_ACCEPTED]
    silent = [m for m in silent if not _is_refused(m)]
    yield from (_gap(m, NOTE_ON[m.finding.state]) for m in silent)
    if not silent:
        yield _gap(ground, ASKED if ground.view.verdict == Verdict.ASK else NOT_REFUSED)


def _is_refused(each: Viewed) -> bool:
    """Whether it falls by what the reviewer said, words included where the finding has none."""
    if each.view.verdict == Verdict.NOT_ACCEPTED:
        return each.finding.state is FindingState.NOT_MET or says_something(each.view.note)
    return not_enough(each.finding, [_is_refused(part) for part in each.members])


def _missing(each: Viewed) -> Iterator[ViewGap]:
    """The views, and the words of views, without which an approval cannot rest on it."""
    node, verdict = each.finding.node, each.view.verdict
    if each.finding.state is FindingState.NOT_APPLICABLE or is_advised(node):
        return
    if verdict in (Verdict.ACCEPTED, Verdict.NOT_ACCEPTED):
        texts = NOTE_ON_ACCEPTED if verdict == Verdict.ACCEPTED else NOTE_ON
        text = texts.get(each.finding.state, "")
        if text and not says_something(each.view.note):
            yield _gap(each, text)
        return
    if verdict == Verdict.ASK:
        yield _gap(each, ASKED)
    elif isinstance(node, CriteriaGroup) and node.required < len(node.members):
        yield from _missing_of_some(each, node)
    elif each.members:
        for part in each.in_force:
            yield from _missing(part)
    else:
        yield _gap(each, NO_VIEW)


def _missing_of_some(each: Viewed, node: CriteriaGroup) -> Iterator[ViewGap]:
    """Of alternatives as many as the policy asks for are accepted, or the group as a whole."""
    accepted = [m for m in each.members if m.state in SATISFIED and not tuple(_missing(m))]
    if len(accepted) >= node.required or each.state is FindingState.NOT_MET:
        said = [m for m in each.members if m.view.verdict]
        silent = each.state is FindingState.NOT_MET and not said
        yield from [_gap(each, NO_VIEW)] if silent else []
        return
    spoken = [gap for m in each.members if m.view.verdict for gap in _missing(m)]
    yield from spoken or [_gap(each, _more(node.required - len(accepted)))]


def _more(count: int) -> str:
    of_these = "one of its criteria" if count == 1 else f"{count} of its criteria"
    return f"has no view yet. Accept {of_these}, or say whether you accept it as a whole."


def _is_whole(ground: Viewed, known: Collection[Place | None]) -> bool:
    """Whether a ground stands in the way of a full approval and was not told of already."""
    return not any(part.place in known for part in every(ground))


def every(each: Viewed) -> Iterator[Viewed]:
    """A criterion and all below it."""
    yield each
    for member in each.members:
        yield from every(member)


def _gap(each: Viewed, text: str) -> ViewGap:
    return ViewGap(each.place, each.finding.node.title, text)
