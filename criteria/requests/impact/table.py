"""What a run found: counted, and as a table to download. No patient is named in either."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, F, QuerySet, When

from criteria.models import ImpactRow, ImpactRun

COLUMNS = ("Request", "Practice", "State", "Judged by", "Result before", "Result after", "Why")
CANNOT = "cannot be judged"
SAME_RESULT = "the same result, for other criteria"


@dataclass(frozen=True, slots=True)
class Shift:
    """How many requests go from one result to another."""

    before: str
    after: str
    count: int

    @property
    def result(self) -> str:
        """The result after, in words."""
        return self.after or CANNOT


class ImpactSummary:
    """The counts of a run."""

    def __init__(self, run: ImpactRun) -> None:
        """Nothing is counted before it is asked for."""
        self.run = run

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """From which result to which, the most frequent first."""
        rows = self.run.rows.exclude(before=F("after")).order_by()
        counted = rows.values_list("before", "after").annotate(n=Count("id"))
        return tuple(Shift(*row) for row in sorted(counted, key=lambda row: (-row[2], row)))

    @cached_property
    def changed(self) -> int:
        """How many requests change their result."""
        return sum(shift.count for shift in self.shifts)

    @cached_property
    def same_result(self) -> int:
        """How many keep their result, for other criteria."""
        return self.run.rows.filter(before=F("after")).count()

    @cached_property
    def too_early(self) -> int:
        """How many of those that change are dated before the edition begins: they keep theirs."""
        first = self.run.version.effective_from
        return self.run.rows.filter(request__request_date__lt=first).count()

    @property
    def lines(self) -> list[str]:
        """The counts in sentences."""
        told = [f"{self.changed:,} of {self.run.done:,} requests change their result."]
        told += [f"{s.count:,}: {s.before} → {s.result}" for s in self.shifts]
        if self.same_result:
            told.append(f"{self.same_result:,}: {SAME_RESULT}")
        if self.too_early:
            first = f"{self.run.version.effective_from:%-d %b %Y}"
            told.append(f"{self.too_early:,} of these are dated before {first} and keep their own.")
        return told


def rows_of(run: ImpactRun) -> QuerySet[ImpactRow]:
    """What a run found with the requests it is of, the changed results first."""
    rows = run.rows.select_related("request__practice", "request__version")
    same = Case(When(before=F("after"), then=1), default=0)
    return rows.order_by(same, "id")


def state_of(row: ImpactRow) -> str:
    """Where the request is."""
    request = row.request
    return "Quick check" if request.is_quick_check else str(request.get_status_display())


def table(run: ImpactRun) -> Iterator[tuple[str, ...]]:
    """The heading, then a line for each request that changes."""
    yield COLUMNS
    for row in rows_of(run).iterator(chunk_size=2000):
        request = row.request
        edition = "" if request.version is None else request.version.number
        cells = (request.number, str(request.practice), state_of(row), edition)
        yield (*cells, row.before, row.after or CANNOT, row.words)
