"""Every way to change one field somewhere in an edition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_type_hints

from criteria.rules import Leaf, QuestionDefinition, TimeSpan

FIRST_DAY = date(2021, 1, 1)
# What stands for a value that is missing.
SAMPLES: dict[Any, Any] = {
    int: 7,
    Decimal: Decimal(7),
    date: FIRST_DAY,
    TimeSpan: TimeSpan(days=3),
    str: "seven",
}


@dataclass(frozen=True)
class Mutation:
    """A copy with one field changed, and the fields it is reached through."""

    path: str
    through: frozenset[tuple[type, str]]
    value: Any


def mutations(value: Any, path: str = "edition") -> Iterator[Mutation]:
    """Every copy of a dataclass with one field changed, at any depth."""
    hints = get_type_hints(type(value))
    for field in fields(value):
        if not field.init:
            continue
        own, at = getattr(value, field.name), f"{path}.{field.name}"
        here = frozenset({(type(value), field.name)})
        for changed in _changed(own, hints[field.name], value):
            try:
                copy = replace(value, **{field.name: changed})
            except ValueError:
                continue  # never alone: a number of courses and what it counts
            yield Mutation(at, here, copy)
        if isinstance(own, QuestionDefinition):
            continue  # shown where the question itself stands
        for inner, put in _inside(own):
            for found in mutations(inner, at):
                copy = replace(value, **{field.name: put(found.value)})
                yield Mutation(found.path, here | found.through, copy)


def _inside(value: Any) -> Iterator[tuple[Any, Any]]:
    """The dataclasses directly below a value, and how to put a changed one back."""
    if is_dataclass(value):
        yield value, lambda changed: changed
    elif isinstance(value, Mapping):
        for key, each in value.items():
            for inner, put in _inside(each):
                yield inner, lambda changed, key=key, put=put: {**value, key: put(changed)}
    elif isinstance(value, tuple):
        for i, each in enumerate(value):
            if is_dataclass(each):
                yield each, lambda changed, i=i: (*value[:i], changed, *value[i + 1 :])


def _changed(value: Any, hint: Any, owner: Any) -> Iterator[Any]:
    """Other values for a field; none for one whose own fields are changed instead."""
    match value:
        case bool():
            yield not value
        case Enum():
            yield next(each for each in type(value) if each is not value)
        case int() | Decimal():
            yield value + 1
        case str():
            yield f"{value} (other)"
        case date():
            yield value + timedelta(days=1)
        case None:
            yield from _sample(hint)
        case QuestionDefinition() if isinstance(owner, Leaf):
            yield replace(value, key=f"{value.key}_other")
        case _ if is_dataclass(value) and type(None) in get_args(hint):
            yield None
        case Mapping() if value:
            yield dict(list(value.items())[1:])
        case tuple() | frozenset() if value:
            yield type(value)(list(value)[1:])
            if len(value) > 1 and isinstance(value, tuple):
                yield value[::-1]


def _sample(hint: Any) -> Iterator[Any]:
    """A value where there is none, of the kinds that are not made of others."""
    kind = next(each for each in get_args(hint) if each is not type(None))
    if isinstance(kind, type) and issubclass(kind, Enum):
        yield next(iter(kind))
    elif kind in SAMPLES:
        yield SAMPLES[kind]


def fields_below(hint: Any) -> set[tuple[type, str]]:
    """Every field of every dataclass that stands somewhere in a type."""
    found: dict[type, list[str]] = {}
    waiting = [hint]
    while waiting:
        one = waiting.pop()
        waiting += get_args(one)
        if isinstance(one, type) and is_dataclass(one) and one not in found:
            found[one] = [field.name for field in fields(one) if field.init]
            hints = get_type_hints(one)
            waiting += [hints[name] for name in found[one]]
    return {(one, name) for one, names in found.items() for name in names}
