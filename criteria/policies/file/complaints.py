"""What a validation error says, in plain words and at the path it stands on in the file."""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from criteria.policies.file import schema, schema_criterion
from criteria.policies.file.problem import FileProblem, Path, shown

LISTED = 'a line or lines such as "156" or "154-162, 170"'
PATTERNS = {
    schema_criterion.CODE: "an ICD-10-CM code such as G61.81",
    schema_criterion.KEY: "a key of small letters and digits joined by - or _",
    schema_criterion.LINES: LISTED,
    schema_criterion.COMPARISON: 'a comparison such as ">= 2"',
    schema_criterion.SPAN: 'a span such as "30 days" or "1 month"',
}
MOST_LISTED = 5
PASSES = 'yes, no, a comparison such as ">= 2", or a list of keys or codes (G61.81)'
# The beginning of an error's type -> what was expected there.
EXPECTED = {
    "greater_than_equal": "a number of at least {ge}",
    "greater_than": "a number above {gt}",
    "less_than_equal": "a number of at most {le}",
    "decimal": "a number",
    "int": "a whole number",
    "string_too_short": "some text",
    "string_too_long": "at most {max_length} characters",
    "string": "text",
    "bool": "yes or no",
    "date": "a day such as 2021-01-31",
    "list": "a list",
    "too_short": "at least {min_length} entry",
    "dict": "a mapping",
    "model": "a mapping",
    "enum": "one of {expected}",
    "literal_error": "yes",
}
FORMS: dict[str, type[schema.FilePart]] = {
    "form question": schema.QuestionCriterion,
    "form all": schema.AllCriterion,
    "form any": schema.AnyCriterion,
    "form at_least": schema.AtLeastCriterion,
    "form when": schema.WhenCriterion,
    "form dose": schema.DoseCriterion,
}


def complaints(error: ValidationError, data: object) -> Iterator[FileProblem]:
    """The problems of a validation error, one a place, with paths as they stand in ``data``."""
    seen: set[tuple[Path, str]] = set()
    for detail in error.errors(include_url=False):
        path = _path(detail, data)
        absent = str(detail["loc"][-1]) if detail["type"] == "missing" else ""
        if (path, absent) not in seen:
            seen.add((path, absent))
            yield FileProblem(path, _message(detail, path))


def _path(detail: ErrorDetails, data: object) -> Path:
    """The keys of an error's place, without the names of forms and union members in it."""
    path: list[str | int] = []
    for part in detail["loc"]:
        if isinstance(data, list):
            data = dict(enumerate(data))
        if isinstance(data, dict) and part in data:
            path.append(part)
            data = data[part]
    if "passes" in path:
        return tuple(path[: path.index("passes") + 1])
    return tuple(path)


def _message(detail: ErrorDetails, path: Path) -> str:
    kind, value = detail["type"], detail["input"]
    if kind == "missing":
        return f"expected the key {str(detail['loc'][-1])!r}, got none"
    if kind == "extra_forbidden":
        return _unknown(str(detail["loc"][-1]), _fields_at(detail["loc"][:-1]))
    if kind == "criterion_form":
        return _formless(value)
    if "passes" in path:
        listed = f"[{', '.join(map(str, value[:MOST_LISTED]))}]" if isinstance(value, list) else ""
        return f"expected {PASSES}, got {listed or shown(value)}"
    return f"expected {_expected(detail)}, got {shown(value)}"


def _expected(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        return PATTERNS.get(pattern, pattern)
    known = (words for kind, words in EXPECTED.items() if detail["type"].startswith(kind))
    words: str = next(known, detail["msg"])
    return words.format(**context)


def _formless(value: object) -> str:
    forms = [form.removeprefix("form ") for form in FORMS]
    near = _nearest(value, forms) if isinstance(value, dict) else ""
    return f"expected one of the keys {', '.join(forms)}{near}; got {shown(value)}"


def _nearest(keys: Iterable[Any], known: list[str]) -> str:
    found = [near for key in keys for near in difflib.get_close_matches(str(key), known, 1, 0.75)]
    return f" (did you mean {found[0]!r}?)" if found else ""


def _unknown(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    expected = repr(near[0]) if near else f"one of the keys {', '.join(known)}"
    return f"expected {expected}, got the unknown key {key!r}"


def _fields_at(loc: Iterable[int | str]) -> list[str]:
    """The keys a mapping may have at an error's place."""
    kind: object = schema.PolicyFile
    for part in loc:
        kind = FORMS[part] if part in FORMS else _below(kind, part)
    return list(kind.model_fields) if _is_part(kind) else []


def _below(kind: object, part: int | str) -> object:
    """The type of what stands at ``part`` of a type; the first mapping among alternatives."""
    if _is_part(kind):
        return kind.model_fields[str(part)].annotation
    return get_args(kind)[-1] if get_origin(kind) in (dict, list) else kind


def _is_part(kind: object) -> TypeGuard[type[schema.FilePart]]:
    return isinstance(kind, type) and issubclass(kind, schema.FilePart)
