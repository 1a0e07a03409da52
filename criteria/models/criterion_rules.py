"""Which columns of a criterion go with which kind, as rules of the database."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from criteria.models.check import check, filled, one_of
from criteria.rules import KINDS, Anchor, NumberComparison
from criteria.rules.kinds.stated import TestColumn


class Kind(models.TextChoices):
    """What a node of the tree is."""

    ALL = "all", "All of these"
    ANY = "any", "Any of these"
    AT_LEAST = "at_least", "At least so many of these"
    WHEN = "when", "When, then, otherwise"
    QUESTION = "question", "A question"
    DOSE = "dose", "The dose"


class Slot(models.TextChoices):
    """Where a node stands in its parent."""

    MEMBER = "member", "Member of the group"
    WHEN = "when", "When this holds"
    THEN = "then", "then this counts"
    OTHERWISE = "otherwise", "otherwise this"


GROUPS = (Kind.ALL, Kind.ANY, Kind.AT_LEAST)
SPAN_UNITS = [("days", "days"), ("weeks", "weeks"), ("months", "months")]
DAY_ANCHORS = [
    (Anchor.REQUEST.value, "the day of the request"),
    (Anchor.THERAPY_START.value, "the first day of therapy"),
]
COMPARISONS = [
    (NumberComparison.LT.value, "below (<)"),
    (NumberComparison.LE.value, "at most (≤)"),
    (NumberComparison.EQ.value, "exactly (=)"),
    (NumberComparison.GE.value, "at least (≥)"),
    (NumberComparison.GT.value, "above (>)"),
]

NO_AGE = Q(max_age_count=None, max_age_unit="")
NO_WINDOW = Q(
    window_count=None, window_unit="", window_after=False, anchor="", anchor_question=None
)


def empty(columns: Iterable[TestColumn]) -> Q:
    """Columns that say nothing."""
    return Q(*sorted((column.name, column.empty) for column in columns if not column.is_link))


def of_one_kind() -> Q:
    """Only the columns of one kind of answer say anything."""
    every = {column for kind in KINDS.values() for row in kind.columns for column in row}
    own = [{column for row in kind.columns for column in row} for kind in KINDS.values()]
    return reduce(or_, (empty(every - columns) for columns in own))


NO_CONDITION = empty({column for kind in KINDS.values() for row in kind.columns for column in row})


def together(count: str, unit: str) -> Q:
    """A number and its unit: both or neither."""
    return Q(**{f"{count}__isnull": True, unit: ""}) | (
        Q(**{f"{count}__isnull": False}) & ~Q(**{unit: ""})
    )


CONSTRAINTS = [
    one_of("criterion", "kind", Kind.values, "Kind"),
    one_of("criterion", "slot", Slot.values, "Place in the parent"),
    one_of("criterion", "comparison", ["", *NumberComparison], "The comparison"),
    one_of("criterion", "max_age_unit", ["", *dict(SPAN_UNITS)], "The unit"),
    one_of("criterion", "window_unit", ["", *dict(SPAN_UNITS)], "The unit"),
    one_of("criterion", "anchor", ["", *Anchor], "Counted from"),
    check("criterion_titled", filled(["title", "lines"]), "Title and lines must be filled."),
    check(
        "criterion_n",
        Q(kind=Kind.AT_LEAST, n__isnull=False, n__gte=0) | (~Q(kind=Kind.AT_LEAST) & Q(n=None)),
        'A number goes with "at least so many of these", and with nothing else.',
    ),
    check(
        "criterion_question",
        Q(kind=Kind.QUESTION, question__isnull=False) | (~Q(kind=Kind.QUESTION) & Q(question=None)),
        "A question must be chosen for a criterion that asks one, and for no other.",
    ),
    check(
        "criterion_group_key",
        Q(kind__in=(Kind.QUESTION, Kind.DOSE)) | ~Q(key=""),
        "A group needs a key.",
    ),
    check(
        "criterion_condition",
        Q(kind=Kind.QUESTION) | NO_CONDITION,
        "Only a question has a passing condition.",
    ),
    check(
        "criterion_one_condition",
        of_one_kind(),
        "A passing condition is of one kind: yes or no, a number, a date, an outcome, or codes.",
    ),
    check(
        "criterion_compares",
        (Q(threshold=None) & Q(comparison=""))
        | (~Q(comparison="") & Q(threshold__isnull=False, threshold__gte=0)),
        "A comparison and the number it compares with belong together; the number is 0 or more.",
    ),
    check(
        "criterion_age",
        NO_AGE | (Q(threshold__isnull=False) & together("max_age_count", "max_age_unit")),
        "How long ago a value may be measured needs a number, a unit and a comparison.",
    ),
    check(
        "criterion_window",
        NO_WINDOW | (Q(window_count__isnull=False) & together("window_count", "window_unit")),
        "A period needs a number and a unit.",
    ),
    check(
        "criterion_anchor",
        Q(anchor="") | Q(anchor_question=None),
        "A period is counted from one day: choose a day or a question, not both.",
    ),
    check(
        "criterion_contradiction",
        Q(contradiction=None) | Q(kind=Kind.QUESTION),
        "Only the answer to a question meets a contradiction.",
    ),
    check(
        "criterion_root_slot",
        Q(parent__isnull=False) | Q(slot=Slot.MEMBER),
        "The topmost criterion has no place in a parent.",
    ),
]
