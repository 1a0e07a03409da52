"""Dosing limits as items, each field in words with its unit."""

from collections.abc import Iterator
from dataclasses import replace

from criteria.dosing.limits import Joined, Limit
from criteria.policies.difference.change import Side
from criteria.policies.difference.item import (
    ComparedPart,
    Field,
    cited,
    flag,
    number,
    read_out,
    text,
)
from criteria.policies.difference.trees import Setting, any_of, tree_items
from criteria.policies.edition import PathwayDefinition
from criteria.rules import Citation
from criteria.rules.explain import citation_text

ANOTHER_WAY = {Joined.OR: "or, another way", Joined.ONLY_IF: "or, only if its condition holds"}


def dose_items(pathway: PathwayDefinition, setting: Setting) -> Iterator[ComparedPart]:
    """Every dosing limit of a set of criteria, and the conditions that open them.

    ``setting``: where the limits stand; its keys begin with those of the set of criteria.
    """
    before: Limit | None = None
    for limit, how in pathway.dose.joins:
        yield _limit_item(limit, _joined(how, before), pathway, setting)
        before = limit
    for key, condition in pathway.conditions.items():
        under = (*setting.key, key)
        below = replace(setting, key=(*under, "condition"), label="Open only when", parent=under)
        yield from tree_items(condition, below)


def _limit_item(
    limit: Limit, joined: Field, pathway: PathwayDefinition, setting: Setting
) -> ComparedPart:
    fields = (*_amount(limit), *_schedule(limit), *_bounds(limit), joined)
    citation = Citation(limit.lines, limit.section)
    condition = any_of(pathway.conditions.get(limit.key))
    words = read_out(fields)
    return ComparedPart(
        section=setting.section,
        key=(*setting.key, limit.key),
        side=Side(
            place=setting.place,
            name=pathway.dose.sentences()[limit.key],
            words=f"{words}. Open only when: {condition}" if condition else words,
            citation=citation_text(citation),
        ),
        fields=(*fields, cited(citation)),
        concerns=setting.concerns,
    )


def _amount(limit: Limit) -> Iterator[Field]:
    yield number("At most", limit.max_mg_per_kg, "mg/kg")
    yield number("At least", limit.min_mg_per_kg, "mg/kg")
    yield Field(label="Counted over", value=limit.per, words=limit.per.words)


def _schedule(limit: Limit) -> Iterator[Field]:
    yield _days("Spread over at least", limit.min_days)
    yield _days("Spread over at most", limit.max_days)
    yield flag("On consecutive days", limit.consecutive_days)
    yield _days("From one run of days to the next", limit.min_days_between_runs)
    yield flag("In equal daily doses", limit.equal_doses)
    yield _days("Shortest time between", limit.shortest_interval_days)
    yield _days("Longest time between", limit.longest_interval_days)


def _bounds(limit: Limit) -> Iterator[Field]:
    event = "" if limit.until_event is None else limit.until_event.words
    counted = limit.courses_counted
    yield number("Courses at most", limit.max_courses)
    yield Field(label="Courses are counted", value=counted, words=counted.words if counted else "")
    yield number("Ends with day of therapy", limit.through_day_of_therapy)
    yield Field(label="Runs up to", value=limit.until_event, words=event)
    yield _days("Time after that", limit.until_days)
    yield flag("Only for an induction course", limit.only_induction)
    yield flag("Only for a first request", limit.only_initial)
    yield flag("Depends on a condition", limit.conditional)
    yield text("The condition in words", limit.condition_words)
    yield text("Remark", limit.remark)


def _joined(how: Joined | None, before: Limit | None) -> Field:
    """What it comes after ("then"); where it is another way, its place among them is no news."""
    label = "Goes with the other limits"
    if how is Joined.THEN and before is not None:
        words = f"then, after “{before.words}”"
        return Field(label=label, value=before.key, words=words, exact=before.key)
    return Field(label=label, value=None, words=ANOTHER_WAY.get(how, "") if how else "")


def _days(label: str, value: int | None) -> Field:
    return number(label, value, "day" if value == 1 else "days")
