"""Why: the criteria that letters ask about, that denials rest on and that submissions missed."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from criteria.models import Determination, Letter, LetterKind, MissedCriterion, MissedState, Outcome
from criteria.screens.figures.scope import FigureScope

# The items of a letter lie in a JSON column: each database takes them apart in its own words.
ITEMS = {
    "sqlite": (
        "SELECT policy, json_extract(item.value, '$.title'), COUNT(*) "
        "FROM ({rows}) AS found, json_each(found.named) AS item GROUP BY 1, 2"
    ),
    "postgresql": (
        "SELECT policy, item.value ->> 'title', COUNT(*) "
        "FROM ({rows}) AS found, jsonb_array_elements(found.named) AS item(value) GROUP BY 1, 2"
    ),
}
NO_CRITERION = "No single criterion"


@dataclass(frozen=True, slots=True)
class DenialReason:
    """A criterion, by the title and the policy it has, and how many times."""

    title: str
    policy: str
    count: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A criterion, and in how many requests it was not met or not answered."""

    title: str
    policy: str
    not_met: int
    not_answered: int

    @property
    def count(self) -> int:
        """Both together."""
        return self.not_met + self.not_answered


POLICY = "submission__version__policy__name"


def asked_about(scope: FigureScope) -> list[DenialReason]:
    """What letters of the days asked about, the most frequent first."""
    letters = Letter.objects.filter(
        scope.within("issued_at"), scope.of_request("request__"), kind=LetterKind.INFORMATION
    )
    return _taken_apart(letters, "items")


def denied_for(scope: FigureScope) -> list[DenialReason]:
    """What the denials of the days rest on, the most frequent first."""
    denials = Determination.objects.filter(
        scope.within("decided_at"), scope.of_request("request__"), outcome=Outcome.DENIED
    )
    return _taken_apart(denials, "rests_on")


def _taken_apart(found: QuerySet[Any], column: str) -> list[DenialReason]:
    """How many of the rows name each criterion in the JSON list of a column."""
    counted: Counter[tuple[str, str]] = Counter()
    columns = {"policy": F(POLICY), "named": F(column)}
    rows, values = found.order_by().values(**columns).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(ITEMS[connection.vendor].format(rows=rows), values)
        for policy, title, count in cursor.fetchall():
            counted[title or NO_CRITERION, policy] += count
    return [DenialReason(title, policy, n) for (title, policy), n in _in_order(counted)]


def most_missed(scope: FigureScope) -> list[Missed]:
    """What requests received on the days missed, the most frequent first.

    A criterion missed again in a later submission of a request counts once.
    """
    rows = MissedCriterion.objects.filter(
        scope.within("submission__request__submitted_at"),
        scope.of_request("submission__request__"),
    ).order_by()
    kinds = ("title", POLICY)
    not_met = Q(state=MissedState.NOT_MET)
    requests = "submission__request"
    counted = rows.values_list(*kinds).annotate(
        not_met=Count(requests, distinct=True, filter=not_met),
        not_answered=Count(requests, distinct=True, filter=~not_met),
    )
    return sorted((Missed(*row) for row in counted), key=lambda one: (-one.count, one.title))


def _in_order(counted: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
