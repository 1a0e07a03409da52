"""A dosing limit read back in words from its columns, with worked examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pydantic import ValidationError

from criteria.dosing import DoseFacts, DoseRule, Event, Limit, Maximum, Per, Regimen, maxima
from criteria.models import DosingLimit
from criteria.policyfile import rows, schema
from criteria.policyfile.compile import limit_of
from criteria.rules.explain import number_text

WEIGHTS_KG = (Decimal(70), Decimal(20))
EVENTS = {
    Event.TRANSPLANT: "the transplant",
    Event.DISCONTINUATION: "stopping therapy",
    Event.DELIVERY: "delivery",
}
PER = {
    Per.DAY: "a day",
    Per.DOSE: "a dose",
    Per.WEEK: "a week",
    Per.MONTH: "a month",
    Per.COURSE: "a course",
}


@dataclass(frozen=True, slots=True)
class Example:
    """What a limit comes to at one weight."""

    weight_kg: Decimal
    amounts: tuple[tuple[str, str], ...]


def limit_in(row: DosingLimit) -> Limit | None:
    """A limit as the arithmetic knows it, as far as it is typed; None while that is too little."""
    said = rows.said(row, rows.LIMIT)
    named = {"key": "limit", "words": row.words or "limit", "lines": "1"}
    try:
        return limit_of(schema.LimitPart.model_validate(said | named))
    except ValidationError:
        return None


def in_words(limit: Limit) -> str:
    """The whole limit as one sentence."""
    return ", ".join(_clauses(limit)) + "."


def _clauses(limit: Limit) -> Iterator[str]:
    most = f"{number_text(limit.max_mg_per_kg)} mg/kg {PER[limit.per]}"
    low = limit.min_mg_per_kg
    yield f"At most {most}" if low is None else f"{number_text(low)} to {most}"
    if limit.max_days is not None:
        yield _days(limit)
    if limit.shortest_interval_days or limit.longest_interval_days:
        yield f"every {_range(limit.shortest_interval_days, limit.longest_interval_days)} days"
    if limit.max_courses is not None:
        yield f"at most {limit.max_courses} times"
    if limit.through_day_of_therapy is not None:
        yield f"through day {limit.through_day_of_therapy} of therapy"
    if limit.until_event is not None:
        event = EVENTS[limit.until_event]
        yield (
            f"until {event}"
            if not limit.until_days
            else (f"until {limit.until_days} days after {event}")
        )
    if limit.only_induction:
        yield "only for induction"
    if limit.only_initial:
        yield "only for the first request"
    if limit.condition_words:
        yield f"if {limit.condition_words}"


def _days(limit: Limit) -> str:
    consecutive = "consecutive " if limit.consecutive_days else ""
    equal = " in equal doses" if limit.equal_doses else ""
    return f"over {_range(limit.min_days, limit.max_days)} {consecutive}days{equal}"


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return f"up to {high}"
    return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"


def examples(limit: Limit, authorization_months: int | None) -> list[Example]:
    """What the limit comes to, alone, at a few weights."""
    found = []
    for weight in WEIGHTS_KG:
        facts = DoseFacts(weight_kg=weight, authorization_months=authorization_months)
        found.append(Example(weight, tuple(_amounts(limit, facts))))
    return found


def _amounts(limit: Limit, facts: DoseFacts) -> Iterator[tuple[str, str]]:
    found: Maximum = maxima(DoseRule((Regimen((limit,)),)), facts)[0]
    named = {
        "a day": found.per_day,
        "a course": found.per_course,
        "in 28 days": found.per_28_days,
        "an authorization": found.per_authorization,
    }
    for words, amount in named.items():
        if amount is not None:
            yield words, amount.formula
