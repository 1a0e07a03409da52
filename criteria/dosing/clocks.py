"""Where the first and the last planned dose lie: day of therapy, days after an event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from criteria.dosing import sentences as say
from criteria.dosing.issue import Issue, missing
from criteria.dosing.limit_words import event_words
from criteria.dosing.limits import Limit, RegimenEvent
from criteria.dosing.outcome import DoseOutcome, OutcomeReason
from criteria.dosing.request import DoseFacts, DoseRequest
from criteria.dosing.schedule import Schedule, positive


@dataclass(frozen=True, slots=True)
class Placement:
    """Days on each clock; None = cannot be placed. First infusion = day 1, event = day 0.

    ``certain_*``: how far the doses go at the least, where the day of the last one is not known.
    """

    first_day_of_therapy: int | None
    last_day_of_therapy: int | None
    last_day_after: Mapping[RegimenEvent, int | None]
    certain_day_of_therapy: int | None = None
    certain_day_after: Mapping[RegimenEvent, int | None] = field(default_factory=dict)


def authorization_days(months: int | None) -> int | None:
    """Days of an authorization: 12 months are 365."""
    return positive(months) and (months or 0) * 365 // 12


def courses_begun_in(days: int, interval: int) -> int:
    """How many courses begin on days 0, interval, 2 x interval ... before ``days``."""
    return max(-(-days // interval), 0)


def place(
    request: DoseRequest, schedule: Schedule, facts: DoseFacts, *, days_left: int | None = None
) -> Placement:
    """Where the doses lie, as stated by the prescriber or from the schedule.

    Where both the courses and a planned day are stated, the later of the two counts.
    ``days_left``: repeat until the end of an authorization when neither is stated.
    """
    span = _days_by_courses(schedule)
    until_end = _days_until_end(schedule, days_left)
    first = first_day(facts)
    last = _last(request.planned_day_of_therapy, first, span, until_end)
    clocks = {
        RegimenEvent.TRANSPLANT: (
            request.planned_day_after_transplant,
            facts.days_since_transplant,
        ),
        RegimenEvent.DISCONTINUATION: (
            request.planned_day_after_discontinuation,
            facts.days_since_discontinuation,
        ),
    }
    least = _least_days(schedule)
    return Placement(
        first_day_of_therapy=first,
        last_day_of_therapy=None if last is None else max(last, first or 1),
        last_day_after={
            event: _last(planned, since, span, until_end)
            for event, (planned, since) in clocks.items()
        },
        certain_day_of_therapy=None if first is None else first + least,
        certain_day_after={
            event: None if since is None else since + least for event, (_, since) in clocks.items()
        },
    )


def _last(
    planned: int | None, first: int | None, span: int | None, until_end: int | None
) -> int | None:
    """The last dose on one clock, given the day of the first."""
    if planned is None and span is None:
        span = until_end
    computed = None if span is None or first is None else first + span
    planned = planned if planned is None or first is None else max(planned, first)
    if planned is None or computed is None:
        return computed if planned is None else planned
    return max(planned, computed)


def _days_by_courses(schedule: Schedule) -> int | None:
    """Days from the first to the last dose when the number of courses is stated."""
    if schedule.courses is None or schedule.interval_unknown:
        return None
    return (schedule.courses - 1) * (schedule.interval or 0) + (schedule.days or 1) - 1


def _least_days(schedule: Schedule) -> int:
    """Days from the first to the last dose that are certain; an interval asks for two courses."""
    courses = schedule.least_courses if schedule.interval else 1
    return (courses - 1) * (schedule.interval or 0) + (schedule.days or 1) - 1


def _days_until_end(schedule: Schedule, days_left: int | None) -> int | None:
    """The same when the doses go on until the authorization ends."""
    if days_left is None or schedule.interval is None:
        return None
    courses = courses_begun_in(days_left, schedule.interval)
    return (courses - 1) * schedule.interval + (schedule.days or 1) - 1


def first_day(facts: DoseFacts) -> int | None:
    """Day of therapy of the first dose of this request; None = not known."""
    if facts.day_of_therapy is None:
        return 1 if facts.initial else None
    return max(facts.day_of_therapy, 1)


def later(facts: DoseFacts, days: int) -> DoseFacts:
    """The clocks as they stand so many days after the first dose."""

    def on(day: int | None) -> int | None:
        return None if day is None else day + days

    return replace(
        facts,
        day_of_therapy=on(first_day(facts)),
        days_since_transplant=on(facts.days_since_transplant),
        days_since_discontinuation=on(facts.days_since_discontinuation),
    )


def after_last_day(limit: Limit, placement: Placement) -> Iterator[Issue]:
    """A dose after the last day of a limit exceeds. Lines 144 and 509; delivery has no clock."""
    event = limit.until_event
    if event is None or event not in placement.last_day_after:
        return
    last, most = placement.last_day_after[event], limit.until_days or 0
    certain = placement.certain_day_after.get(event)
    words = say.until_words(limit)
    if last is None and certain is not None and certain > most:
        last = certain
    if last is None:
        yield missing(
            OutcomeReason.DATE_MISSING,
            f"This policy allows doses up to {words}; the day of the last dose is not known.",
        )
    elif last > most:
        yield Issue(
            outcome=DoseOutcome.EXCEEDS,
            reason=OutcomeReason.AFTER_LAST_DAY,
            text=f"The last dose is on {event_words(event, last)}; this policy allows doses up to "
            f"{words}.",
            in_total=True,
        )
