"""The figure of decision times: half and nine tenths of the decisions, and the waiting apart."""

from decimal import Decimal

from criteria.models import Urgency
from criteria.rules.formats import counted
from criteria.screens.charts import Measure, bar_chart
from criteria.screens.figures.figure import (
    Figure,
    Row,
    hours_words,
    line_words,
    percent_words,
    share,
)
from criteria.screens.figures.times import Times, hours_within, together

COLUMNS = (
    "Line of business and urgency",
    "Decisions",
    "Half within (hours)",
    "90% within (hours)",
    "Within the clock (%)",
    "Asked for information",
    "Waited for the practice, half within (hours)",
    "Without waiting, half within (hours)",
    "Without waiting, 90% within (hours)",
)


def times_figure(found: list[Times], overdue: int) -> Figure:
    """Each line of business and urgency, and all together.

    ``overdue``: open requests whose clock ran out; no decision tells of them.
    """
    whole = together(found)
    groups = [(_label(one), one) for one in found]
    if len(groups) > 1:
        groups.append(("All together", whole))
    return Figure(
        name="times",
        title="Time to decision",
        counted="Decisions made on these days, from the first submission to the decision, by the "
        "clock on the wall. Waiting for the practice is counted in, and shown apart in the table.",
        said=_said(whole) + _not_counted(overdue),
        columns=COLUMNS,
        rows=tuple(_row(label, one) for label, one in groups),
        bars=bar_chart([_measure(label, one) for label, one in groups]),
        legend=("half of the decisions", "nine of ten"),
    )


def _label(one: Times) -> str:
    line = line_words(one.line_of_business) or "No line of business"
    return f"{line}, {Urgency(one.urgency).label.lower()}"


def _said(whole: Times) -> str:
    if not whole.count:
        return "No decisions."
    half, most = (_at_most(hours_within(whole.elapsed, n)) for n in (50, 90))
    kept = percent_words(whole.within_clock, whole.count)
    told = f"Half of {counted(whole.count, 'decision')} took {half}, nine of ten took {most}; "
    return f"{told}{kept} came within the clock."


def _not_counted(overdue: int) -> str:
    if not overdue:
        return ""
    return f" Not counted: {counted(overdue, 'open request', 'open requests')}, overdue by now."


def _at_most(hours: Decimal | None) -> str:
    words = hours_words(hours)
    return words if words.startswith("under") else f"{words} or less"


def _measure(label: str, one: Times) -> Measure:
    """Dark as far as half of them took, pale as far as nine of ten did."""
    half, most = (hours_within(one.elapsed, n) or Decimal(0) for n in (50, 90))
    kept = percent_words(one.within_clock, one.count)
    words = f"half in {hours_words(half)}, 90% in {hours_words(most)}"
    return Measure(label, (float(half), float(most - half)), f"{kept} in time", words)


def _row(label: str, one: Times) -> Row:
    return (
        label,
        one.count,
        hours_within(one.elapsed, 50),
        hours_within(one.elapsed, 90),
        share(one.within_clock, one.count),
        one.asked,
        hours_within(one.waited, 50),
        hours_within(one.own, 50),
        hours_within(one.own, 90),
    )
