"""How long decisions took: elapsed, and without the time the practice was waited for.

A round of waiting begins with a letter that asks for information and ends with the next
submission, or with the decision where none came. The database counts how many requests took how
many tenths of an hour; from these counts come the median and the 90th percentile.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from criteria.models import Letter, LetterKind, Submission
from criteria.screens.figures.counted import decided
from criteria.screens.figures.scope import GROUP, FigureScope

TENTH = 360
NEVER = -1


class Seconds(Func):
    """A moment as whole seconds, in the database's own arithmetic."""

    output_field = IntegerField()
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **given: object
    ) -> tuple[str, tuple[str | int, ...]]:
        """As SQLite says it: moments are kept as text, in UTC."""
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, None, template, None, **given)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **given: object
    ) -> tuple[str, tuple[str | int, ...]]:
        """As PostgreSQL says it."""
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)"
        return self.as_sql(compiler, connection, None, template, None, **given)


@dataclass(slots=True)
class Times:
    """How long the decisions of one line of business and urgency took.

    Tenths of hours, each with how many requests: ``elapsed`` from receipt to decision, ``waited``
    for the practice (only requests that were asked), ``own`` what is left of elapsed.
    """

    line_of_business: str
    urgency: str
    within_clock: int = 0
    elapsed: Counter[int] = field(default_factory=Counter)
    waited: Counter[int] = field(default_factory=Counter)
    own: Counter[int] = field(default_factory=Counter)

    def add(self, elapsed: int, waited: int, count: int, within_clock: int) -> None:
        """So many requests took so long; ``waited`` is NEVER where nothing was asked."""
        self.elapsed[elapsed] += count
        self.own[elapsed - max(waited, 0)] += count
        if waited != NEVER:
            self.waited[waited] += count
        self.within_clock += within_clock

    @property
    def count(self) -> int:
        """How many decisions."""
        return self.elapsed.total()

    @property
    def asked(self) -> int:
        """Of how many of them information was asked for."""
        return self.waited.total()


def hours_within(counted: Counter[int], percent: int) -> Decimal | None:
    """The hours in which that many of a hundred were done; None where there is nothing to count.

    The shortest time that at least so many took or took less, to a tenth of an hour.
    """
    needed = -(-counted.total() * percent // 100)
    done = 0
    for tenths, count in sorted(counted.items()):
        done += count
        if done >= needed:
            return Decimal(tenths) / 10
    return None


def decision_times(scope: FigureScope) -> list[Times]:
    """The times of decisions made on the days, by line of business and urgency. One query."""
    found: dict[tuple[str, str], Times] = {}
    for line, urgency, elapsed, waited, count, within in _rows(scope):
        times = found.setdefault((line or "", urgency), Times(line or "", urgency))
        times.add(elapsed, waited, count, within)
    return [found[key] for key in sorted(found)]


def together(times: Iterable[Times]) -> Times:
    """All of them as one."""
    whole = Times("", "")
    for one in times:
        whole.elapsed += one.elapsed
        whole.waited += one.waited
        whole.own += one.own
        whole.within_clock += one.within_clock
    return whole


def _rows(scope: FigureScope) -> QuerySet[Any, Any]:
    took = (Seconds("decided_at") - Seconds("submitted_at")) / TENTH
    waited = Coalesce(Subquery(_waited()) / TENTH, NEVER, output_field=IntegerField())
    in_time = Case(When(decided_at__lte=F("due_at"), then=1), default=0)
    rows = decided(scope).annotate(elapsed=took, waited=waited, in_time=in_time)
    kinds = (f"{GROUP}__line_of_business", "urgency", "elapsed", "waited")
    return rows.values_list(*kinds).annotate(n=Count("id"), within=Sum("in_time"))


def _waited() -> QuerySet[Any, Any]:
    """Seconds the practice of a request was waited for; of two letters in a round the first."""
    asked = Letter.objects.filter(kind=LetterKind.INFORMATION).order_by()
    earlier = asked.filter(
        request=OuterRef("request"), submission=OuterRef("submission"), id__lt=OuterRef("id")
    )
    # What a reviewer has judged anew is no answer of the practice.
    answered = Submission.objects.filter(
        request=OuterRef("request"),
        number__gt=OuterRef("submission__number"),
        rejudged_at__isnull=True,
    )
    ended = Coalesce(
        Subquery(answered.order_by("number").values("attested_at")[:1]), F("request__decided_at")
    )
    rounds = asked.filter(~Exists(earlier), request=OuterRef("pk"))
    seconds = rounds.annotate(seconds=Seconds(ended) - Seconds("issued_at"))
    return seconds.annotate(one=Value(1)).values("one").annotate(s=Sum("seconds")).values("s")
