"""What a reviewer should see beside the outcome."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from criteria.dosing.binding import Binding
from criteria.dosing.ceilings import shortest_interval
from criteria.dosing.course_count import counts_requests
from criteria.dosing.earlier import ApprovedCourses
from criteria.dosing.limits import DoseRule, Limit, Regimen, RegimenEvent
from criteria.dosing.offer import Offer
from criteria.dosing.outcome import Maximum, OutcomeReason
from criteria.dosing.regimens import JudgedRegimen
from criteria.dosing.request import DoseRequest
from criteria.dosing.schedule import Schedule
from criteria.rules.formats import counted

SUBCUTANEOUS = (
    "Subcutaneous product: the limits of this policy are for intravenous use and were not applied."
)
ONE_COURSE = "One course is asked for, so its interval was not tested."
NO_VIALS = "No vials of this product make an amount that is within."


def begun_later(offer: Offer, asked: int | None, rule: DoseRule, most: Sequence[Maximum]) -> str:
    """Why fewer courses of a later phase are offered than its maximum has; else empty."""
    following = next((one for one in offer.each if one.is_what_follows), None)
    if following is None or asked is None or following.courses is None:
        return ""
    room = next((one.courses for one in most if one.limit is following.limit), None)
    phases = next(one.phases for one in rule.regimens if following.limit in one.phases)
    before = phases[: phases.index(following.limit)]
    ended = before[-1].through_day_of_therapy if before else None
    if room is None or ended is None or following.courses >= min(asked, room):
        return ""
    return (
        f"{counted(room, 'course')} fit only where the first of them is on day {ended + 1:,} "
        f"of therapy; begun later, as here, {following.courses:,} do."
    )


def binding_notes(bound: Binding) -> tuple[str, ...]:
    """About limits that were not applied."""
    if bound.no_limit is OutcomeReason.SUBCUTANEOUS:
        return (SUBCUTANEOUS,)
    return tuple(
        f"Not open, because its condition does not hold: {limit.words}."
        for regimen in bound.closed
        for limit in regimen.phases
        if limit.conditional
    )


def request_notes(
    request: DoseRequest, schedule: Schedule, regimens: Sequence[Regimen]
) -> tuple[str, ...]:
    """About what the request leaves open and the software cannot test."""
    limits = [limit for regimen in regimens for limit in regimen.phases]
    notes = [note for limit in limits for note in _untested(limit, schedule)]
    if any(map(counts_requests, limits)):
        notes += _overlaps(schedule.before.approved)
    shortest = [days for limit in limits for days in [shortest_interval(limit)] if days]
    if schedule.courses == 1 and any((request.interval_days or days) < days for days in shortest):
        notes.append(ONE_COURSE)
    return tuple(dict.fromkeys(notes))


def _overlaps(approved: Sequence[ApprovedCourses]) -> Iterator[str]:
    """Approvals of the same days: a person may know that they were one treatment."""
    for one, other in combinations(approved, 2):
        if other.first_day <= one.last_day and one.first_day <= other.last_day:
            yield (
                f"{one.number} and {other.number} were approved for some of the same days; the "
                "courses of both count."
            )


def further_reasons(judged: Sequence[JudgedRegimen], said: str) -> tuple[str, ...]:
    """Whatever else keeps the request from a regimen, beside what the text says already.

    Of several regimens each reason names its own.
    """
    found = [
        (issue.text, issue.named if len(judged) > 1 else issue.text)
        for one in judged
        for issue in one.issues
    ]
    return tuple(dict.fromkeys(told for text, told in found if text not in said))


def _untested(limit: Limit, schedule: Schedule) -> list[str]:
    notes = []
    if limit.max_courses is not None and schedule.courses is None and schedule.interval:
        most = counted(limit.max_courses, "course")
        notes.append(f"At most {most}; the number of courses asked for is not stated.")
    if limit.until_event is RegimenEvent.DELIVERY:
        notes.append("Allowed until delivery; the software does not know that day.")
    return notes
