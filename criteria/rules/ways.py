"""The shortest ways to meet what is unmet or open.

A way counts criteria, one each: an answer to give, records that would have to show something else,
a dose to fit, or a judgement that is a reviewer's (never the prescriber's to give). A condition is
a fact: what was answered of it is taken as it stands, and only what is open in it may be answered.
What nobody can change, such as an age or a disease, is no way either.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import combinations, islice, product

from criteria.rules.coded import is_of_other_codes
from criteria.rules.evaluate import Finding
from criteria.rules.facts import SATISFIED, FindingState
from criteria.rules.tree import CriteriaGroup, DoseLeaf, Leaf, When


class StepKind(StrEnum):
    """Who has to do what for one criterion."""

    ANSWER = "answer"
    CHANGE = "change"
    DOSE = "dose"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class MeetingStep:
    """One criterion that must come out met, or not met where ``passes`` is False.

    ``decides``: it is a condition, or a part of one: it decides which others apply.
    """

    finding: Finding
    passes: bool = True
    decides: bool = False

    @property
    def cost(self) -> int:
        """One criterion."""
        return 1

    @property
    def kind(self) -> StepKind:
        """Who has to do what."""
        if self.finding.state is FindingState.FOR_REVIEWER:
            return StepKind.REVIEW
        if isinstance(self.finding.node, DoseLeaf):
            return StepKind.DOSE
        return (
            StepKind.ANSWER if self.finding.state is FindingState.NOT_ANSWERED else StepKind.CHANGE
        )


@dataclass(frozen=True, slots=True)
class Every:
    """All of these are needed."""

    parts: tuple["Way", ...]
    cost: int = field(init=False)

    def __post_init__(self) -> None:
        """Add up the parts."""
        object.__setattr__(self, "cost", sum(part.cost for part in self.parts))


@dataclass(frozen=True, slots=True)
class Choose:
    """Any ``k`` of these, none longer than another. ``already``: members satisfied without them.

    ``longer``: the members that would do as well, with more criteria to meet.
    """

    k: int
    options: tuple["Way", ...]
    already: int = 0
    longer: tuple[Finding, ...] = ()
    cost: int = field(init=False)

    def __post_init__(self) -> None:
        """Add up the ``k`` shortest."""
        cheapest = sorted(option.cost for option in self.options)[: self.k]
        object.__setattr__(self, "cost", sum(cheapest))


Way = MeetingStep | Every | Choose
NOTHING = Every(())


def ways_to_meet(finding: Finding) -> Way | None:
    """The shortest ways to satisfy ``finding``; None if it is satisfied or nothing could."""
    return _satisfy(finding, _change) if finding.state not in SATISFIED else None


def shortest(way: Way, limit: int = 10) -> tuple[frozenset[str], ...]:
    """The shortest sets of criteria that meet it, by key, at most ``limit`` of them."""
    return tuple(dict.fromkeys(islice(_sets(way, limit), limit)))


def _sets(way: Way, limit: int) -> Iterator[frozenset[str]]:
    if isinstance(way, MeetingStep):
        yield frozenset({way.finding.node.key})
    elif isinstance(way, Every):
        for chosen in product(*(tuple(islice(_sets(part, limit), limit)) for part in way.parts)):
            yield frozenset().union(*chosen)
    else:
        for options in combinations(way.options, way.k):
            if sum(option.cost for option in options) == way.cost:
                yield from _sets(Every(options), limit)


def blocking(finding: Finding) -> tuple[Finding, ...]:
    """What nobody can change and yet would have to be otherwise; none where there is a way."""
    if finding.state in SATISFIED or _satisfy(finding, _change) is not None:
        return ()
    if is_unchangeable(finding):
        return (finding,)
    parts = _branches(finding)[1:] if isinstance(finding.node, When) else finding.members
    found = [each for part in parts if part is not None for each in blocking(part)]
    return tuple({each.node.key: each for each in found}.values())


def is_unchangeable(finding: Finding) -> bool:
    """Whether it failed on a fact that nobody can change."""
    node = finding.node
    is_fact = isinstance(node, Leaf) and node.question.is_unchangeable
    return is_fact and finding.state is FindingState.NOT_MET


def _satisfy(finding: Finding, step: Callable[[Finding], Way | None]) -> Way | None:
    """The shortest way to satisfy a finding; None if there is none. ``step``: that of a leaf."""
    if finding.state in SATISFIED:
        return NOTHING
    if isinstance(finding.node, CriteriaGroup):
        already = sum(member.state in SATISFIED for member in finding.members)
        way_of = partial(_satisfy, step=step)
        return _some(finding.node.required - already, finding.members, way_of, already)
    return _satisfy_when(finding, step) if isinstance(finding.node, When) else step(finding)


def _change(finding: Finding) -> Way | None:
    """A criterion to be met; None for a fact that nobody can change."""
    return None if is_unchangeable(finding) else MeetingStep(finding)


def _hold(finding: Finding) -> Way | None:
    """A part of a condition that may still come out so that it holds."""
    return _decided(finding, passes=True)


def _fail(finding: Finding) -> Way | None:
    """The shortest way for a condition not to hold by what is still open of it."""
    if finding.state is FindingState.NOT_MET:
        return NOTHING
    if isinstance(finding.node, CriteriaGroup):
        needed = len(finding.members) - finding.node.required + 1
        already = sum(member.state is FindingState.NOT_MET for member in finding.members)
        return _some(needed - already, finding.members, _fail, already)
    if isinstance(finding.node, When):
        return _fail_when(finding)
    return _decided(finding, passes=False)


def _decided(finding: Finding, *, passes: bool) -> Way | None:
    """A part of a condition that is open; None for one that was answered."""
    is_open = finding.state in (FindingState.NOT_ANSWERED, FindingState.FOR_REVIEWER)
    return MeetingStep(finding, passes=passes, decides=True) if is_open else None


def _satisfy_when(finding: Finding, step: Callable[[Finding], Way | None]) -> Way | None:
    condition, then, otherwise = _branches(finding)
    if condition.state is FindingState.NOT_ANSWERED and is_of_other_codes(finding):
        return MeetingStep(condition, passes=False, decides=True)
    if condition.state in SATISFIED:
        return _satisfy(then, step)
    other = _satisfy(otherwise, step) if otherwise else NOTHING
    if condition.state is FindingState.NOT_MET:
        return other
    first, holds = _satisfy(then, step), _satisfy(condition, _hold)
    return _cheapest(1, [_both(first, other), _both(holds, first), _both(_fail(condition), other)])


def _fail_when(finding: Finding) -> Way | None:
    condition, then, otherwise = _branches(finding)
    other = _fail(otherwise) if otherwise else None
    if condition.state is FindingState.NOT_MET:
        return other
    if condition.state in SATISFIED:
        return _fail(then)
    return _cheapest(
        1,
        [
            _both(_fail(then), other),
            _both(_satisfy(condition, _hold), _fail(then)),
            _both(_fail(condition), other),
        ],
    )


def _branches(finding: Finding) -> tuple[Finding, Finding, Finding | None]:
    assert finding.condition is not None  # noqa: S101
    otherwise = finding.members[1] if len(finding.members) > 1 else None
    return finding.condition, finding.members[0], otherwise


def _some(
    k: int, members: Sequence[Finding], way_of: Callable[[Finding], Way | None], already: int
) -> Way | None:
    """``k`` more members, beside the ``already`` ones that need nothing."""
    found = [(member, way_of(member)) for member in members]
    found = [(member, way) for member, way in found if way != NOTHING]
    named = [] if way_of is _fail else [member for member, _ in found]
    return _cheapest(k, [way for _, way in found], already, named)


def _both(first: Way | None, second: Way | None) -> Way | None:
    return None if first is None or second is None else _every([first, second])


def _cheapest(
    k: int, ways: Sequence[Way | None], already: int = 0, named: Sequence[Finding] = ()
) -> Way | None:
    """The ``k`` shortest: those that are in every shortest choice, and a choice of the rest.

    ``named``: the members the ways belong to, so that longer ones can be told of.
    """
    possible = [way for way in ways if way is not None]
    if k <= 0 or len(possible) < k:
        return NOTHING if k <= 0 else None
    longest = sorted(way.cost for way in possible)[k - 1]
    sure = [way for way in possible if way.cost < longest]
    tied = sorted((way for way in possible if way.cost == longest), key=_changes)
    others = zip(named, ways, strict=False)
    longer = tuple(member for member, way in others if way and way.cost > longest)
    if len(sure) + len(tied) == k and not longer:
        return _every([way for way in possible if way.cost <= longest])
    return _every([*sure, Choose(k - len(sure), tuple(tied), already + len(sure), longer)])


def _every(ways: Sequence[Way]) -> Way:
    parts: list[Way] = []
    for way in ways:
        parts += way.parts if isinstance(way, Every) else [way]
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _changes(way: Way) -> bool:
    """Whether a way needs a fact to be another than it is: offered after those that do not."""
    if isinstance(way, MeetingStep):
        return way.kind is StepKind.CHANGE
    return any(_changes(part) for part in (way.parts if isinstance(way, Every) else way.options))
