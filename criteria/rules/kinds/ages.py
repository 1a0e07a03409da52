"""How long ago a day is, held against a span, in words."""

from datetime import date, timedelta

from criteria.rules.formats import counted, date_text, span_text
from criteria.rules.question import TimeSpan


def valid_until(span: TimeSpan, day: date) -> date:
    """The last day of request on which something of ``day`` is still within ``span``."""
    last = span.after(day)
    while span.before(last) > day:
        last -= timedelta(days=1)
    while span.before(last + timedelta(days=1)) <= day:
        last += timedelta(days=1)
    return last


def recent_text(span: TimeSpan, day: date, request: date, old: str) -> str:
    """day 23 of 30, valid until 14 May 2026; or 31 days old: the policy accepts 30."""
    if day > request:
        return f"dated {date_text(day)}, after the request"
    last, age = valid_until(span, day), (request - day).days
    if request <= last:
        return f"day {age} of {(last - day).days}, valid until {date_text(last)}"
    return f"{counted(age, 'day')} {old}: the policy accepts {accepted_text(span)}"


def accepted_text(span: TimeSpan) -> str:
    """The span as it follows a number of days: 30, 12 months."""
    return span_text(span) if span.months else f"{span.days:,}"


def is_recent(span: TimeSpan, day: date, request: date) -> bool:
    """Whether a day lies within the span before the request."""
    return span.before(request) <= day <= request


def age_text(span: TimeSpan, day: date | None, request: date) -> str:
    """How old a measured figure is; that its day is missing."""
    missing = "the date it was measured is missing"
    return missing if day is None else recent_text(span, day, request, "old")


def age_edges(age: TimeSpan, request: date) -> tuple[date, date]:
    """The oldest day that is still recent enough, and the day before it."""
    return age.before(request), age.before(request) - timedelta(days=1)
