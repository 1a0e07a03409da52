"""Dosing limits as items, each field in words with its unit."""

from collections.abc import Iterator
from dataclasses import replace

from criteria.difference.change import Side
from criteria.difference.item import Field, Item, cited, flag, number, read_out, text
from criteria.difference.trees import Setting, any_of, tree_items
from criteria.dosing.limits import Limit
from criteria.edition import Pathway
from criteria.rules import Citation
from criteria.rules.explain import citation_text


def dose_items(pathway: Pathway, setting: Setting) -> Iterator[Item]:
    """Every dosing limit of a set of criteria, and the conditions that open them.

    ``setting``: where the limits stand; its keys begin with those of the set of criteria.
    """
    for regimen in pathway.dose.regimens:
        before: Limit | None = None
        for limit in regimen.phases:
            yield _limit_item(limit, before, pathway, setting)
            before = limit
    for key, condition in pathway.conditions.items():
        under = (*setting.key, key)
        below = replace(setting, key=(*under, "condition"), label="Open only when", parent=under)
        yield from tree_items(condition, below)


def _limit_item(limit: Limit, before: Limit | None, pathway: Pathway, setting: Setting) -> Item:
    fields = (*_amount(limit), *_schedule(limit), *_bounds(limit), *_standing(before))
    citation = Citation(limit.lines, limit.section)
    condition = any_of(pathway.conditions.get(limit.key))
    words = read_out(fields[1:])
    return Item(
        section=setting.section,
        key=(*setting.key, limit.key),
        side=Side(
            place=setting.place,
            name=limit.words,
            words=f"{words}. Open only when: {condition}" if condition else words,
            citation=citation_text(citation),
        ),
        fields=(*fields, cited(citation)),
        concerns=setting.concerns,
    )


def _amount(limit: Limit) -> Iterator[Field]:
    yield text("In words", limit.words)
    yield number("At most", limit.max_mg_per_kg, "mg/kg")
    yield number("At least", limit.min_mg_per_kg, "mg/kg")
    yield Field(label="Counted over", value=limit.per, words=f"a {limit.per.value}")


def _schedule(limit: Limit) -> Iterator[Field]:
    yield _days("Spread over at least", limit.min_days)
    yield _days("Spread over at most", limit.max_days)
    yield flag("On consecutive days", limit.consecutive_days)
    yield flag("In equal daily doses", limit.equal_doses)
    yield _days("Shortest time between", limit.shortest_interval_days)
    yield _days("Longest time between", limit.longest_interval_days)


def _bounds(limit: Limit) -> Iterator[Field]:
    event = "" if limit.until_event is None else f"the {limit.until_event.value}"
    yield number("Courses at most", limit.max_courses)
    yield number("Ends with day of therapy", limit.through_day_of_therapy)
    yield Field(label="Runs up to", value=limit.until_event, words=event)
    yield _days("Time after that", limit.until_days)
    yield flag("Only for an induction course", limit.only_induction)
    yield flag("Only for a first request", limit.only_initial)
    yield flag("Depends on a condition", limit.conditional)
    yield text("The condition in words", limit.condition_words)


def _standing(before: Limit | None) -> Iterator[Field]:
    """What it follows in its regimen: regimens are alternatives, their phases a sequence."""
    key, words = (None, "") if before is None else (before.key, f"“{before.words}”")
    yield Field(label="Follows", value=key, words=words, exact=key or "")


def _days(label: str, value: int | None) -> Field:
    return number(label, value, "day" if value == 1 else "days")
