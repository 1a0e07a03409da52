"""What must hold inside the rules of a product's labels beyond their types."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from criteria.dosing.limits import Route
from criteria.policies.file import schema
from criteria.policies.file.problem import FileProblem, Path

ORDERED = (
    ("first_day", "last_day"),
    ("min_mg_per_kg", "max_mg_per_kg"),
    ("shortest_interval_days", "longest_interval_days"),
)
NEEDED = (
    ("min_mg_per_kg", "max_mg_per_kg"),
    ("trough_least_mg_per_dl", "trough_ml_per_kg"),
)


def label_problems(part: schema.ProductPart, path: Path) -> Iterator[FileProblem]:
    """Everything wrong with the labels of a product."""
    for i, label in enumerate(part.labels):
        yield from _label(label, (*path, "labels", i))
    if part.labels and Route.SC not in part.routes:
        yield FileProblem((*path, "labels"), "expected only for a product with the route SC")
    for (i, one), (j, other) in combinations(enumerate(part.labels), 2):
        if max(_first(one), _first(other)) <= min(_last(one), _last(other)):
            message = f"its days run into those of label {i + 1}: on each day there is one"
            yield FileProblem((*path, "labels", j), message)


def _label(part: schema.LabelPart, path: Path) -> Iterator[FileProblem]:
    for low_name, high_name in ORDERED:
        low, high = getattr(part, low_name), getattr(part, high_name)
        if low is not None and high is not None and low > high:
            yield FileProblem((*path, low_name), f"expected at most {high_name} {high}, got {low}")
    for name, needed in NEEDED:
        if getattr(part, name) is not None and getattr(part, needed) is None:
            yield FileProblem((*path, name), f"{name} needs {needed}")
    if part.ramp_weeks != sorted(set(part.ramp_weeks)):
        yield FileProblem((*path, "ramp_weeks"), "expected each week later than the one before")


def _first(label: schema.LabelPart) -> date:
    return label.first_day or date.min


def _last(label: schema.LabelPart) -> date:
    return label.last_day or date.max
