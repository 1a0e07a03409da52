"""Which policies a request can be judged by on its day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from criteria.models import PolicyVersion
from criteria.rules.formats import date_text
from criteria.screens.wizard.compare.cells import line_words


@dataclass(frozen=True, slots=True)
class Missing:
    """A line of business whose policy is not in force on the day of the request."""

    label: str
    text: str


def in_force_on(day: date) -> dict[str, PolicyVersion]:
    """For each line of business the edition in force: one query for all of them."""
    in_force = PolicyVersion.objects.in_force_on(day).select_related("policy")
    found: dict[str, PolicyVersion] = {}
    for version in in_force.order_by("policy__line_of_business", "-effective_from", "-pk"):
        found.setdefault(version.policy.line_of_business, version)
    return found


def missing_on(day: date, known: Collection[str]) -> tuple[Missing, ...]:
    """The lines of business that have a policy and none in force, but for those ``known``."""
    return tuple(
        Missing(line_words(line), _none_in_force(line, starts, day))
        for line, starts in _starts().items()
        if line not in known
    )


def _starts() -> dict[str, list[date]]:
    """For each line of business the days its editions start, the first one first."""
    rows = PolicyVersion.objects.published().order_by("policy__line_of_business", "effective_from")
    found: dict[str, list[date]] = {}
    for line, first in rows.values_list("policy__line_of_business", "effective_from"):
        found.setdefault(line, []).append(first)
    return found


def _none_in_force(line: str, starts: list[date], day: date) -> str:
    text = f"No {line.replace('-', ' ')} policy is in force here on {date_text(day)}."
    later = next((first for first in starts if first > day), None)
    if later is None:
        return text
    which = "first" if later == starts[0] else "next"
    return f"{text} The {which} one starts on {date_text(later)}."
