"""Whether the courses typed begin in the months asked for: said beside the number of courses."""

from collections.abc import Iterator

from criteria.dosing import DosePart, DoseRequest, Guard, Limit, courses_guard
from criteria.dosing.candidates import Room
from criteria.dosing.clocks import authorization_days
from criteria.dosing.schedule import days_to_second_part, stated_interval
from criteria.requests.answers.answered import StatedAnswers
from criteria.requests.answers.typed import Typed, one
from criteria.requests.dose.figures import whole
from criteria.requests.dose.second_part import BEFORE


def courses_guards(
    stated: StatedAnswers, request: DoseRequest | None
) -> Iterator[tuple[str, Guard]]:
    """Of each part of a dose, by the field it stands beside."""
    months = whole(stated.typed, "months")
    if months is None or request is None:
        return
    limits = () if stated.pathway is None else stated.pathway.dose.limits
    begins = (0, *(() if request.then is None else (_days_in(request),)))
    for before, part, days_in in zip(("", BEFORE), request.parts, begins, strict=False):
        if days_in is None or part.courses is None:
            continue
        begun = _begun(stated.typed, before, part, limits, months, days_in)
        guard = None if begun is None else courses_guard(part.courses, begun, months)
        if guard is not None:
            yield f"{before}courses", guard


def _days_in(request: DoseRequest) -> int | None:
    days = days_to_second_part(request)
    return None if days is None else days[1]


def _begun(
    typed: Typed,
    before: str,
    part: DosePart,
    limits: tuple[Limit, ...],
    months: int,
    days_in: int,
) -> int | None:
    """How many courses begin in the months; None where how often is not stated."""
    days = (authorization_days(months) or 0) - days_in
    interval, apart = stated_interval(part), whole(typed, f"{before}interval")
    if days <= 0:
        return 0
    if interval is None:
        return None
    if one(typed, f"{before}interval_unit") == "months" and apart is not None and not days_in:
        return -(-months // apart)
    room = Room(days=days, months=None if days_in else months, monthly=part.monthly)
    return room.courses(limits, interval)
