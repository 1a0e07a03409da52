"""The parts of a policy file that are plain columns, in one place for both directions."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Model

from criteria.policies.file import schema
from criteria.policies.stored.spelling import plain

# Column by field, for each part; where they have one name it is given once.
EDITION = {
    name: name
    for name in (
        "number",
        "effective_from",
        "effective_until",
        "comparison_only",
        "source",
        "authorization_months",
        "rounding_allowance_percent",
        "codes_bind",
        "codes_lines",
        "codes_words",
        "products_lines",
        "products_words",
    )
}
POLICY = {name: name for name in ("key", "name", "payer", "line_of_business")}
HISTORY = {name: name for name in ("day", "summary", "lines")}
QUESTION = {
    "ask": "wording",
    "type": "type",
    "help": "help",
    "unit": "unit",
    "min": "minimum",
    "max": "maximum",
    "whole": "whole",
    "dated": "dated",
    "examples": "examples",
    "role": "role",
    "unchangeable": "unchangeable",
}
# Lists that are kept one entry on a line.
QUESTION_LISTS = ("names", "names_not_counted")
INDICATION = {
    name: name for name in ("name", "coverage", "lines", "help", "route_words", "codes_bind")
}
PATHWAY = {name: name for name in ("name", "lines", "dose_iv_only", "dose_label_lines")}
CRITERION = {name: name for name in ("key", "title", "lines", "section", "note")}
NOTE = {name: name for name in ("key", "text", "lines")}
CONTRADICTION = {
    name: name for name in ("name", "one_side", "one_side_lines", "other_side", "other_side_lines")
}
LIMIT = {name: name for name in schema.LimitPart.model_fields if name != "condition"}
DISEASE = {name: name for name in ("name", "lines", "note")}
PRODUCT = {
    name: name
    for name in (
        "brand",
        "form",
        "concentration_percent",
        "billing_unit_mg",
        "listed",
        "excluded",
        "exclusion_words",
        "exclusion_lines",
        "ml_per_g",
        "note",
    )
}
LABEL = {name: name for name in schema.LabelPart.model_fields if name != "ramp_weeks"}
PRODUCT_CODE = {name: name for name in ("code", "first_day", "last_day")}
CODE = {
    name: name
    for name in ("description", "lines", "listed", "first_day", "last_day", "clear", "note")
}


def columns(part: schema.FilePart, fields: Mapping[str, str], model: type[Model]) -> dict[str, Any]:
    """The columns of a part. An empty text is stored as "", never as null."""
    found = {column: getattr(part, field) for field, column in fields.items()}
    return {name: _stored(value, model, name) for name, value in found.items()}


def _stored(value: object, model: type[Model], name: str) -> object:
    if value is None and not model._meta.get_field(name).null:
        return ""
    return value.value if isinstance(value, Enum) else value


def said(row: Model, fields: Mapping[str, str]) -> dict[str, Any]:
    """What a policy file says of a row: nothing about what is empty."""
    found = {field: getattr(row, column) for field, column in fields.items()}
    return {
        field: plain(value) if isinstance(value, Decimal) else value
        for field, value in found.items()
        if value is not None and value != ""
    }
