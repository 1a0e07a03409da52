"""The numbers that the parts of an edition state in their fields, to hold their words against."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.ceilings import PERIOD_DAYS
from criteria.dosing.limits import Limit, Per
from criteria.rules import (
    KINDS,
    Compares,
    CriteriaGroup,
    GroupKind,
    Leaf,
    Node,
    NumberComparison,
    QuestionDefinition,
    TimeSpan,
)
from criteria.rules.quantities import Counts, Quantity, Stance
from criteria.rules.walk import node_parts, walk

TIME = frozenset({Counts.DAYS, Counts.MONTHS})
MEMBERSHIP = frozenset({Counts.NEEDED, Counts.SIZE, Counts.MEMBER})
AMOUNTS = frozenset({Counts.MG_PER_KG, Counts.TOTAL})
EITHER = {
    Counts.MEMBER: (Counts.NEEDED, Counts.SIZE),
    Counts.TOTAL: (Counts.MG_PER_KG, Counts.TOTAL),
}
# What is said of both phases, or of either regimen, holds of each.
OF_EACH = re.compile(r"\b(?:both|each|either|every|all)\s+(?:phase|regimen|limit)s?\b", re.I)
# Units of a question that are lengths of time, in days or months.
TIME_UNITS = {
    "days": (Counts.DAYS, 1),
    "weeks": (Counts.DAYS, 7),
    "months": (Counts.MONTHS, 1),
    "years": (Counts.MONTHS, 12),
}
# By comparison: what is added to the threshold to tell the last that passes, the first that fails,
# and the number that may follow "under" and "over", where only whole numbers are asked.
STEPS = {
    NumberComparison.LT: (-1, 0, 0, -1),
    NumberComparison.LE: (0, 1, 1, 0),
    NumberComparison.EQ: (0, 0, 0, 0),
    NumberComparison.GE: (0, -1, 0, -1),
    NumberComparison.GT: (1, 0, 1, 0),
}
STANCES = (Stance.PASSES, Stance.FAILS, Stance.BELOW, Stance.ABOVE)
Values = dict[tuple[Counts, Stance], set[Decimal]]


@dataclass
class Figures:
    """The numbers of a part, by what they count and what may be said of them.

    ``also``: numbers of other parts that its words may name. ``units``: those of its questions.
    ``asks``: what its words must not count where it states no such number at all. ``each``: the
    numbers of its parts, where words may say something of both or all of them. ``is_of_many``:
    those of many groups at once, so that "of the two" need not mean the members of one.
    """

    own: Values = field(default_factory=dict)
    also: Values = field(default_factory=dict)
    units: dict[str, Decimal] = field(default_factory=dict)
    asks: frozenset[Counts] = frozenset()
    each: list["Figures"] = field(default_factory=list)
    is_of_many: bool = False

    def state(self, counts: Counts, value: Decimal | int, stance: Stance = Stance.STATED) -> None:
        """Take a number as its own."""
        self.own.setdefault((counts, stance), set()).add(Decimal(value))

    def take(self, other: "Figures") -> None:
        """Take the numbers of another part as its own."""
        _add(self.own, other.own.items())
        _add(self.also, other.also.items())
        self.units |= other.units

    def may_name(self, other: "Figures", counts: Iterable[Counts]) -> None:
        """Let its words name the numbers of another part that count this."""
        _add(self.also, (entry for entry in other.own.items() if entry[0][0] in counts))

    def contradicts(self, said: Quantity) -> bool:
        """Whether it states numbers that count the same, and none of them is the one said."""
        if self.each and OF_EACH.search(said.sentence):
            return any(part.contradicts(said) for part in self.each)
        if self.is_of_many and said.counts in (Counts.SIZE, Counts.MEMBER):
            return False
        groups = (TIME, MEMBERSHIP, AMOUNTS)
        group = next((one for one in groups if said.counts in one), {said.counts})
        is_stated = any(counts in group for counts, _ in self.own)
        return (is_stated or said.counts in self.asks) and said.value not in self._allowed(said)

    def _allowed(self, said: Quantity) -> set[Decimal]:
        kinds = EITHER.get(said.counts, (said.counts,))
        found: set[Decimal] = set()
        for values in (self.own, self.also):
            for kind in kinds:
                found |= values.get((kind, said.stance)) or values.get((kind, Stance.STATED), set())
        return found


def _add(values: Values, entries: Iterable[tuple[tuple[Counts, Stance], set[Decimal]]]) -> None:
    for key, found in entries:
        values[key] = values.get(key, set()) | found


# Criteria


def tree_figures(tree: Node) -> Figures:
    """The numbers of every criterion of a tree."""
    found = Figures()
    for place in walk(tree, node_parts):
        found.take(node_figures(place.item))
    return found


def node_figures(node: Node) -> Figures:
    """The numbers of one criterion; of a group also those of what stands in it."""
    if isinstance(node, Leaf):
        return leaf_figures(node)
    found = Figures()
    below = [child for _, child in node_parts(node)]
    for child in below:
        other = node_figures(child)
        if isinstance(node, CriteriaGroup) and node.kind is not GroupKind.ALL:
            other.own = {key: got for key, got in other.own.items() if key[0] not in MEMBERSHIP}
        found.take(other)
    if isinstance(node, CriteriaGroup):
        found.state(Counts.NEEDED, node.required)
        found.state(Counts.SIZE, len(node.members))
    return found


def leaf_figures(leaf: Leaf) -> Figures:
    """The numbers of a passing condition."""
    found = Figures()
    test, kind = leaf.test, KINDS[leaf.test.type]
    if isinstance(test, Compares):
        _compared(found, test, leaf.question)
    for span in kind.spans(test):
        _span(found, span)
    for counts, number in zip((Counts.NEEDED, Counts.SIZE), kind.counted(test), strict=True):
        if number is not None:
            found.state(counts, number)
    return found


def units_of(question: QuestionDefinition) -> dict[str, Decimal]:
    """The units an answer may be given in, with the factor to its own."""
    own = {question.unit: Decimal(1)} if question.unit else {}
    return {
        unit: factor
        for unit, factor in {**own, **dict(question.other_units)}.items()
        if unit not in TIME_UNITS
    }


def _compared(found: Figures, test: Compares, question: QuestionDefinition) -> None:
    counts, size = TIME_UNITS.get(question.unit, (Counts.UNIT, 1))
    found.units |= units_of(question)
    is_whole = question.whole or question.unit == "years"
    steps = dict(zip(STANCES, STEPS[test.comparison], strict=True))
    if not is_whole:
        steps |= {Stance.BELOW: 0, Stance.ABOVE: 0}
    for stance, step in {Stance.STATED: 0, **steps}.items():
        found.state(counts, (test.threshold + step) * size, stance)
        found.state(Counts.BARE, test.threshold + step, stance)
    if question.unit == "years":
        is_after = test.comparison in (NumberComparison.LE, NumberComparison.GT)
        found.state(Counts.BIRTHDAY, test.threshold + is_after)


def _span(found: Figures, span: TimeSpan) -> None:
    for counts, number in ((Counts.DAYS, span.days), (Counts.MONTHS, span.months)):
        if number:
            _ending(found, counts, number)
            found.state(Counts.BARE, number, Stance.PASSES)
            found.state(Counts.BARE, number + 1, Stance.FAILS)


def _ending(found: Figures, counts: Counts, last: int) -> None:
    """The last that passes; one more fails."""
    found.state(counts, last)
    found.state(counts, last + 1, Stance.FAILS)


# Dosing limits


def dose_figures(limits: Iterable[Limit]) -> Figures:
    """The numbers of the dosing limits of a pathway."""
    found = Figures()
    for limit in limits:
        each = limit_figures(limit)
        found.take(each)
        found.each.append(each)
    return found


def limit_figures(limit: Limit) -> Figures:
    """The numbers of one dosing limit, and what they come to in a day and in a course."""
    found = Figures()
    most = Fraction(limit.max_mg_per_kg)
    days = {limit.min_days, limit.max_days} - {None}
    found.state(Counts.MG_PER_KG, limit.max_mg_per_kg)
    for amount in (*(most / (day or 1) for day in days), *_total(limit)):
        found.state(Counts.TOTAL, Decimal(amount.numerator) / Decimal(amount.denominator))
    if limit.equal_doses and limit.max_days is not None:
        found.state(Counts.EQUAL, limit.max_days)
    if limit.min_mg_per_kg is not None:
        found.state(Counts.MG_PER_KG, limit.min_mg_per_kg)
    intervals = (limit.shortest_interval_days, limit.longest_interval_days)
    for number in (limit.min_days, limit.min_days_between_runs, *intervals):
        if number is not None:
            found.state(Counts.DAYS, number)
    for number in (limit.max_days, limit.through_day_of_therapy, limit.until_days):
        if number is not None:
            _ending(found, Counts.DAYS, number)
    if limit.max_courses is not None:
        _ending(found, Counts.COURSES, limit.max_courses)
    _named_periods(found, limit)
    return found


def _total(limit: Limit) -> list[Fraction]:
    """What a daily limit comes to in a course."""
    if limit.per is not Per.DAY or limit.max_days is None:
        return []
    return [Fraction(limit.max_mg_per_kg) * limit.max_days]


def _named_periods(found: Figures, limit: Limit) -> None:
    """A week and a month may be said in days, and 28 days as a month."""
    period = PERIOD_DAYS.get(limit.per)
    also = Figures()
    if period is not None:
        also.state(Counts.DAYS, period)
    if PERIOD_DAYS[Per.MONTH] in (period, limit.shortest_interval_days):
        also.state(Counts.MONTHS, 1)
    _add(found.also, also.own.items())


def ends_of(limits: Iterable[Limit]) -> Figures:
    """The days that limits run to, which other words may name as well."""
    found = Figures()
    for limit in limits:
        for number in (limit.through_day_of_therapy, limit.until_days):
            if number is not None:
                found.state(Counts.DAYS, number)
    return found
