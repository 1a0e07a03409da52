"""How many: requests by state and finding, decisions, and both week by week."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from criteria.models import AuthorizationRequest, Determination
from criteria.screens.figures.scope import GROUP, FigureScope, midnight

MOST_WEEKS = 53
WEEK = timedelta(days=7)


def received(scope: FigureScope) -> QuerySet[AuthorizationRequest]:
    """Requests that came in on the days, whatever became of them."""
    return _requests(scope).filter(scope.within("submitted_at"))


def decided(scope: FigureScope) -> QuerySet[AuthorizationRequest]:
    """Requests that were decided on the days."""
    return _requests(scope).filter(scope.within("decided_at"), decided_at__isnull=False)


def _requests(scope: FigureScope) -> QuerySet[AuthorizationRequest]:
    return AuthorizationRequest.objects.sent().filter(scope.of_request()).order_by()


def by_state(scope: FigureScope) -> Counter[tuple[str, str]]:
    """Requests received, by status and by what the software found in the last submission."""
    rows = received(scope).values_list("status", GROUP).annotate(n=Count("id"))
    counted: Counter[tuple[str, str]] = Counter()
    for status, group, count in rows:
        overall = scope.groups[group].overall if group in scope.groups else ""
        counted[status, overall] += count
    return counted


def by_outcome(scope: FigureScope) -> Counter[tuple[str, bool]]:
    """Decisions made on the days, by outcome and by whether it was as asked."""
    found = Determination.objects.filter(
        scope.within("decided_at"), scope.of_request("request__")
    ).order_by()
    rows = found.values_list("outcome", "is_as_asked").annotate(n=Count("id"))
    return Counter({(outcome, as_asked): count for outcome, as_asked, count in rows})


def weeks_of(scope: FigureScope, today: date) -> list[date]:
    """The Mondays of the weeks of the scope, at most a year of them: the last ones."""
    end = min(scope.last or today, today)
    last = end - timedelta(days=end.weekday())
    first = last - (MOST_WEEKS - 1) * WEEK
    if scope.first is not None:
        first = max(first, scope.first - timedelta(days=scope.first.weekday()))
    return [first + n * WEEK for n in range((last - first).days // 7 + 1)]


def by_week(scope: FigureScope, weeks: list[date]) -> list[tuple[date, int, int]]:
    """Each week with how many requests came in and how many were decided in it.

    Without a first day the weeks before the first request are left out.
    """
    if not weeks:
        return []
    came = _per_week(received(scope), "submitted_at", weeks)
    done = _per_week(decided(scope), "decided_at", weeks)
    rows = [(week, came[n], done[n]) for n, week in enumerate(weeks)]
    if scope.first is None:
        while rows and not (rows[0][1] or rows[0][2]):
            rows.pop(0)
    return rows


def _per_week(
    found: QuerySet[AuthorizationRequest], moment: str, weeks: list[date]
) -> Counter[int]:
    """How many by the place of their week in the list.

    The weeks' ends are worked out here: they begin at midnight of the site's zone, also where
    daylight saving makes one of them an hour longer.
    """
    ends = [midnight(week + WEEK) for week in weeks]
    inside = found.filter(_between(moment, midnight(weeks[0]), ends[-1]))
    place = Case(
        *(When(Q(**{f"{moment}__lt": end}), then=Value(n)) for n, end in enumerate(ends)),
        output_field=IntegerField(),
    )
    rows = inside.annotate(place=place).values_list("place").annotate(n=Count("id"))
    return Counter(dict(rows))


def _between(moment: str, first: datetime, end: datetime) -> Q:
    return Q(**{f"{moment}__gte": first, f"{moment}__lt": end})
