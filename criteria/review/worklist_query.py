"""The first requests of a list that fit, found by indexes alone, however many requests there are.

Requests lie in lanes: one for each status, or, where groups or holders are asked for, for each
status of each group. In a lane an index has them in the order of the list. PostgreSQL takes the
first few of every lane and puts them together; SQLite, for fewer requests, is simply asked.
"""

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from criteria.models import AuthorizationRequest, Practice, WorklistGroup
from criteria.models.request import HOLDER
from criteria.review.keyset import Mark
from criteria.review.worklist_filters import Asked

Requests = QuerySet[AuthorizationRequest]
# The lanes, and the first rows of each beside it. Nothing in it is typed by anybody.
LATERAL = (
    "SELECT found.id FROM unnest(%s::text[]) AS in_status(status) "
    "CROSS JOIN unnest(%s::bigint[]) AS in_group(id) CROSS JOIN LATERAL ({lane}) AS found "
    "{order} LIMIT %s"
)


def wanted(asked: Asked, *, mark: Mark | None = None, most: int) -> Requests:
    """The first ``most`` that fit beyond a place, in the order they were read."""
    sort = asked.order.columns(mark)
    found = fitting(asked).filter(asked.order.beyond(mark))
    if connection.vendor != "postgresql":
        return found.filter(_lanes(asked)).order_by(*sort)[:most]
    ids = _first(found, asked, sort, most)
    return AuthorizationRequest.objects.filter(pk__in=ids).order_by(*sort)


def some(asked: Asked, most: int) -> Requests:
    """Any ``most`` that fit, in no order: to learn whether there are few."""
    if connection.vendor != "postgresql":
        return fitting(asked).filter(_lanes(asked)).order_by()[:most]
    ids = _first(fitting(asked), asked, (), most)
    return AuthorizationRequest.objects.filter(pk__in=ids).order_by()


def fitting(asked: Asked) -> Requests:
    """What is asked of each request beside the lane it lies in."""
    own = Practice.objects.filter(membership__user_id=asked.reviewer)
    found = AuthorizationRequest.objects.filter(asked.due, submitted_at__isnull=False)
    found = found.exclude(practice__in=own.order_by().values("pk"))
    if asked.holder is not None:
        found = found.alias(holder=HOLDER).filter(holder=asked.holder)
    return found


def in_lanes(asked: Asked) -> Requests:
    """All that fit, in no order; for a few requests that are known already."""
    return fitting(asked).filter(_lanes(asked))


def _lanes(asked: Asked) -> Q:
    lanes = Q(status__in=asked.statuses)
    return lanes if asked.groups is None else lanes & Q(worklist_group__in=asked.groups)


def _first(found: Requests, asked: Asked, sort: tuple[str, ...], most: int) -> RawSQL:
    """SQL for the numbers of the first rows of all lanes."""
    groups = _groups_read(asked)
    found = found.filter(status=RawSQL("in_status.status", ()))
    if groups != (0,):
        found = found.filter(worklist_group=RawSQL("in_group.id", ()))
    column = asked.order.column
    lane, parameters = found.order_by(*sort).values("id", column)[:most].query.sql_with_params()
    down = " DESC" if sort and sort[0].startswith("-") else ""
    order = f"ORDER BY found.{column}{down}, found.id{down}" if sort else ""
    values = (list(asked.statuses), list(groups), *parameters, most)
    return RawSQL(LATERAL.format(lane=lane, order=order), values)


def _groups_read(asked: Asked) -> tuple[int, ...]:
    """The groups whose lanes are read; a single 0 where a lane holds every group."""
    if asked.groups is not None:
        return asked.groups
    if asked.holder is None:
        return (0,)
    return tuple(WorklistGroup.objects.order_by().values_list("pk", flat=True))
