"""When an approval may be continued, and how long it still lasts, in words."""

from datetime import date, timedelta

from criteria.rules.formats import counted, date_text

# An approval that ended this many days ago is still continued; later it is a new treatment.
RENEWABLE_DAYS = 90


def why_not_renewable(first: date, last: date, today: date) -> str:
    """Why an approval of these days (both included) is not continued today; empty if it is."""
    if today < first:
        return f"This approval starts on {date_text(first)}. It can be renewed from that day on."
    if today > last + timedelta(days=RENEWABLE_DAYS):
        return (
            f"This approval ended on {date_text(last)}. Up to {RENEWABLE_DAYS} days after its end "
            "it can be renewed; after that, start a new request."
        )
    return ""


def left_text(last: date, today: date) -> str:
    """How long an approval lasts whose last day is ``last``: ends in 12 days, ended yesterday."""
    days = (last - today).days
    if days in (-1, 0, 1):
        return {-1: "ended yesterday", 0: "ends today", 1: "ends tomorrow"}[days]
    return f"ends in {counted(days, 'day')}" if days > 0 else f"ended {counted(-days, 'day')} ago"
