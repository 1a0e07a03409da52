"""One spelling for what a policy file may say in several ways.

Rows hold values, not spellings: ">=2", ">= 2" and ">= 2.0" are one threshold. The usual spelling of
a file is what its rows are exported as; a file in its usual spelling comes back exactly.
"""

import json
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from criteria.policies.file import schema
from criteria.rules import TherapyOutcome
from criteria.rules.kinds.comparison import compared, comparison_words
from criteria.rules.kinds.stated import span_columns, span_words

OUTCOMES = [outcome.value for outcome in TherapyOutcome]
T = TypeVar("T", bound=schema.FilePart)


def plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    return Decimal(f"{number.normalize():f}")


def usual(file: schema.PolicyFile) -> schema.PolicyFile:
    """The same policy file in its usual spelling."""
    return _usual(file)


def content_hash(file: schema.PolicyFile) -> str:
    """A short name for what an edition says. Its last day does not count: that may still be set."""
    edition = file.edition.model_copy(update={"effective_until": None})
    said = usual(file.model_copy(update={"edition": edition}))
    return sha256(json.dumps(said, default=_told).encode()).hexdigest()


def _told(value: object) -> object:
    """A part as a mapping, anything else that JSON does not know as text."""
    return dict(value) if isinstance(value, schema.FilePart) else str(value)


def _usual(part: T) -> T:
    update: dict[str, Any] = {name: _value(value) for name, value in part}
    if isinstance(part, schema.QuestionCriterion):
        update |= _condition(part)
    elif isinstance(part, schema.ProductPart):
        update["routes"] = _once(part.routes)
    elif isinstance(part, schema.PathwayPart):
        update["serves"] = _once(part.serves)
    elif isinstance(part, schema.ContradictionPart):
        update |= {"phases": _once(part.phases), "codes": _once(part.codes)}
    elif isinstance(part, schema.DoseCriterion):
        update["dose"] = True
    return part.model_copy(update=update)


def _value(value: object) -> object:
    if isinstance(value, schema.FilePart):
        return _usual(value)
    if isinstance(value, list):
        return [_value(v) for v in value]
    if isinstance(value, dict):
        return {k: _value(v) for k, v in value.items()}
    return plain(value) if isinstance(value, Decimal) else value


def _condition(part: schema.QuestionCriterion) -> dict[str, Any]:
    spans = {
        name: span_words(*span_columns(words))
        for name in ("not_older_than", "within")
        if (words := getattr(part, name)) is not None
    }
    return spans | {"passes": _passes(part.passes), "reviewer": _once(part.reviewer)}


def _passes(passes: bool | str | list[str] | None) -> bool | str | list[str] | None:
    if isinstance(passes, str):
        return comparison_words(*compared(passes))
    if isinstance(passes, list):
        keys = _once(passes)
        return sorted(keys, key=OUTCOMES.index) if set(keys) <= set(OUTCOMES) else keys
    return passes


def _once(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))
