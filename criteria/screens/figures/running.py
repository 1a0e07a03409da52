"""The figure of the clocks of now: what is overdue of the open requests, and what nearly is.

A figure of decisions alone hides a request that nobody decides. Open ones are counted whatever day
they came in, those that wait for the practice as well.
"""

from collections import Counter
from datetime import datetime

from django.db.models import Case, Count, F, Q, Value, When

from criteria.models import AuthorizationRequest, RequestStatus, Urgency
from criteria.models.request import WAITING_RUNS
from criteria.requests.turnaround import NEARLY_OVERDUE
from criteria.rules.formats import counted
from criteria.screens.charts import Measure, bar_chart
from criteria.screens.figures.figure import Figure, Row, line_words
from criteria.screens.figures.scope import GROUP, FigureScope

OVERDUE, NEAR, LATER, STILL = "overdue", "near", "later", "still"
OPEN = (RequestStatus.SUBMITTED, RequestStatus.INFORMATION_REQUESTED)
HOURS = f"{NEARLY_OVERDUE.total_seconds() / 3600:g}"
COLUMNS = (
    "Line of business and urgency",
    "Overdue, to decide",
    "Overdue, waiting for the practice",
    f"Under {HOURS} hours left, to decide",
    f"Under {HOURS} hours left, waiting",
    "More time left, to decide",
    "More time left, waiting",
    "Clock stands still, waiting",
    "Open in all",
)
CELLS = (
    (OVERDUE, False),
    (OVERDUE, True),
    (NEAR, False),
    (NEAR, True),
    (LATER, False),
    (LATER, True),
    (STILL, True),
)
# By where the clock stands and whether the practice is waited for.
Counted = Counter[tuple[str, bool]]


def open_by_clock(scope: FigureScope, now: datetime) -> dict[tuple[str, str], Counted]:
    """Open requests by line of business and urgency. One query; the days of the scope count not."""
    found: dict[tuple[str, str], Counted] = {}
    rows = (
        AuthorizationRequest.objects.filter(scope.of_request(), status__in=OPEN)
        .order_by()
        .annotate(clock=_clock(now))
        .values_list(f"{GROUP}__line_of_business", "urgency", "clock", "status")
        .annotate(n=Count("id"))
    )
    for line, urgency, clock, status, count in rows:
        is_waiting = status == RequestStatus.INFORMATION_REQUESTED
        found.setdefault((line or "", urgency), Counter())[clock, is_waiting] += count
    return {key: found[key] for key in sorted(found)}


def _clock(now: datetime) -> Case:
    """Where a clock stands. One that stands still is overdue only if it was so when it stopped."""
    runs = Q(status=RequestStatus.SUBMITTED) | WAITING_RUNS
    return Case(
        When((runs | Q(due_at__lt=F("asked_at"))) & Q(due_at__lt=now), then=Value(OVERDUE)),
        When(~runs, then=Value(STILL)),
        When(due_at__lt=now + NEARLY_OVERDUE, then=Value(NEAR)),
        default=Value(LATER),
    )


def overdue_count(found: dict[tuple[str, str], Counted]) -> int:
    """How many are overdue, whoever is waited for."""
    return sum(one[OVERDUE, False] + one[OVERDUE, True] for one in found.values())


def running_figure(found: dict[tuple[str, str], Counted]) -> Figure:
    """Each line of business and urgency, and all together."""
    whole = sum(found.values(), Counter())
    groups = [(_label(*key), one) for key, one in found.items()]
    if len(groups) > 1:
        groups.append(("All together", whole))
    return Figure(
        name="overdue",
        title="Overdue now",
        counted="Every open request as its clock stands now, whatever the days chosen above. A "
        "clock that stands still while the practice answers does not run out.",
        said=_said(whole),
        columns=COLUMNS,
        rows=tuple(_row(label, one) for label, one in groups),
        bars=bar_chart([_measure(label, one) for label, one in groups]),
        legend=("overdue, to decide", "overdue, waiting for the practice"),
    )


def _label(line: str, urgency: str) -> str:
    return f"{line_words(line) or 'No line of business'}, {Urgency(urgency).label.lower()}"


def _said(whole: Counted) -> str:
    if not whole:
        return "No request is open."
    late, waiting = whole[OVERDUE, False] + whole[OVERDUE, True], whole[OVERDUE, True]
    near = whole[NEAR, False] + whole[NEAR, True]
    if late:
        told = f"{counted(late, 'open request is', 'open requests are')} overdue"
        of_them = "" if late == 1 else f"{waiting:,} of them "
        told += f", {of_them}waiting for the practice" if waiting else ""
    else:
        told = "No open request is overdue"
    return f"{told}. {near:,} {'more ' if late else ''}with under {HOURS} hours left."


def _measure(label: str, one: Counted) -> Measure:
    parts = (float(one[OVERDUE, False]), float(one[OVERDUE, True]))
    near = one[NEAR, False] + one[NEAR, True]
    return Measure(label, parts, f"{sum(parts):,.0f}", f"of {one.total():,} open, {near:,} nearly")


def _row(label: str, one: Counted) -> Row:
    return (label, *(one[cell] for cell in CELLS), one.total())
