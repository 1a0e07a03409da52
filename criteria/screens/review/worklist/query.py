"""The first requests of a list that fit, found by indexes alone, however many requests there are.

Requests lie in lanes: one for each status, or, where groups or holders are asked for, for each
status of each group. In a lane an index has them in the order of the list. PostgreSQL looks at the
head of every lane, takes the first few rows of the lanes with the first heads, and puts them
together: no other lane can have one of them. Where more is asked in one status than in another,
each kind of lane is read so for itself. SQLite, for fewer requests, is simply asked.
"""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from criteria.models import AuthorizationRequest
from criteria.models.request import HOLDER
from criteria.screens.review.worklist.filters import WorklistFilter
from criteria.screens.review.worklist.keyset import KeysetMark
from criteria.screens.review.worklist.lanes import Lanes

Requests = QuerySet[AuthorizationRequest]
Key = tuple[int, datetime]
# A group that stands for all of them: the lanes of a list that is not narrowed to groups.
EVERY = 0
LANES = "SELECT * FROM unnest(%s::text[]) s(status) CROSS JOIN unnest(%s::bigint[]) g(group_id)"
# Nothing in these is typed by anybody: values stand in parameters.
FIRST = (
    "WITH lane AS MATERIALIZED ({lanes}), ahead AS MATERIALIZED (SELECT lane.* FROM lane "
    "CROSS JOIN LATERAL ({head}) head ORDER BY head.{column}{down}, head.id{down} LIMIT %s) "
    "SELECT found.id, found.{column} FROM ahead lane CROSS JOIN LATERAL ({rows}) found "
    "ORDER BY found.{column}{down}, found.id{down} LIMIT %s"
)
TOGETHER = "SELECT {what} FROM ({each}) every ORDER BY {column}{down}, id{down} LIMIT %s"
ANY = "SELECT found.id FROM ({lanes}) lane CROSS JOIN LATERAL ({rows}) found LIMIT %s"


def wanted(asked: WorklistFilter, *, mark: KeysetMark | None = None, most: int) -> Requests:
    """The first ``most`` that fit beyond a place, in the order they are read."""
    if connection.vendor != "postgresql":
        return _plainly(asked, mark, most)
    sql, values = _first(asked, mark, most)
    found = AuthorizationRequest.objects.filter(pk__in=RawSQL(sql, values))  # noqa: S611
    return found.order_by(*asked.order.columns(mark))


def wanted_keys(asked: WorklistFilter, *, mark: KeysetMark | None = None, most: int) -> list[Key]:
    """Number and moment of the same, without the rows."""
    column = asked.order.column
    if connection.vendor != "postgresql":
        return list(_plainly(asked, mark, most).values_list("pk", column))
    sql, values = _first(asked, mark, most, what=f"id, {column}")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(pk, at) for pk, at in cursor.fetchall()]


def some_keys(asked: WorklistFilter, most: int) -> list[int]:
    """Numbers of any ``most`` that fit: to learn whether there are few."""
    if connection.vendor != "postgresql":
        return list(in_lanes(asked).order_by().values_list("pk", flat=True)[:most])
    found: set[int] = set()
    with connection.cursor() as cursor:
        for lanes in asked.lanes:
            rows, values = _in_lane(asked, lanes, None, most)
            sql = ANY.format(lanes=LANES, rows=rows)
            cursor.execute(sql, (*_lanes(asked, lanes), *values, most))
            found.update(pk for (pk,) in cursor.fetchall())
    return list(found)[:most]


def in_lanes(asked: WorklistFilter) -> Requests:
    """All that fit, in no order; for a few requests that are known already."""
    found = _fitting(asked).filter(
        reduce(or_, (Q(status__in=one.statuses) & one.when for one in asked.lanes))
    )
    return found if asked.groups is None else found.filter(worklist_group__in=asked.groups)


def _fitting(asked: WorklistFilter) -> Requests:
    """What is asked of each request, in whichever lane it lies."""
    found = AuthorizationRequest.objects.filter(**{f"{asked.order.column}__isnull": False})
    if asked.not_of:
        found = found.exclude(practice__in=asked.not_of)
    if asked.holder is not None:
        found = found.alias(holder=HOLDER).filter(holder=asked.holder)
    return found


def _plainly(asked: WorklistFilter, mark: KeysetMark | None, most: int) -> Requests:
    found = in_lanes(asked).filter(asked.order.beyond(mark))
    return found.order_by(*asked.order.columns(mark))[:most]


def _first(
    asked: WorklistFilter, mark: KeysetMark | None, most: int, what: str = "id"
) -> tuple[str, tuple[Any, ...]]:
    """SQL for the numbers of the first rows of all lanes, with its values."""
    down = " DESC" if asked.order.columns(mark)[0].startswith("-") else ""
    names = {"column": asked.order.column, "down": down}
    pieces, values = [], []
    for lanes in asked.lanes:
        head, head_values = _in_lane(asked, lanes, mark, 1)
        rows, row_values = _in_lane(asked, lanes, mark, most)
        pieces.append(f"({FIRST.format(lanes=LANES, head=head, rows=rows, **names)})")
        values += [*_lanes(asked, lanes), *head_values, most, *row_values, most]
    sql = TOGETHER.format(what=what, each=" UNION ALL ".join(pieces), **names)
    return sql, (*values, most)


def _in_lane(
    asked: WorklistFilter, lanes: Lanes, mark: KeysetMark | None, most: int
) -> tuple[str, tuple[Any, ...]]:
    """SQL for the first rows of the lane beside it."""
    found = _fitting(asked).filter(
        lanes.when, asked.order.beyond(mark), status=RawSQL("lane.status", ())
    )
    if asked.groups is not None:
        found = found.filter(worklist_group=RawSQL("lane.group_id", ()))
    rows = found.order_by(*asked.order.columns(mark)).values("id", asked.order.column)[:most]
    sql, values = rows.query.sql_with_params()
    return sql, tuple(values)


def _lanes(asked: WorklistFilter, lanes: Lanes) -> tuple[list[str], list[int]]:
    return list(lanes.statuses), [EVERY] if asked.groups is None else list(asked.groups)
