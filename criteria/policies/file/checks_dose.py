"""What must hold between the dosing limits of a pathway and its criteria."""

from collections.abc import Iterator

from criteria.dosing.limits import CoursesCounted, Joined
from criteria.policies.file import schema
from criteria.policies.file.problem import FileProblem, Path
from criteria.rules import DoseLeaf, Node
from criteria.rules.walk import node_parts, walk

# What must not stand above what in a limit.
ORDERED = (
    ("min_mg_per_kg", "max_mg_per_kg"),
    ("min_days", "max_days"),
    ("shortest_interval_days", "longest_interval_days"),
)

ROUTE_UNSAID = (
    "say whether its dosing limits are for intravenous use only: expected dose_iv_only yes or no, "
    "got nothing"
)
# Said beside the field it is said of, in the words of the editor's screens.
UNCONDITIONED = (
    "is joined “only if …” and has no condition: add the condition it is open under, or join it "
    "another way"
)
UNJOINED = "has a condition: choose “only if …” for how it goes with the limit before it"
UNSAID_CONDITION = "has a condition: say it in words as well"
WORDS_ALONE = (
    "says a condition in words and has none to be judged: add the condition, or empty the words"
)
DAYS_ALONE = "needs the most days as well"
LABEL_UNROUTED = (
    "where the label measures a subcutaneous dose its dosing limits are for intravenous use only: "
    "expected dose_iv_only yes"
)
JOINS = ", ".join(Joined)
COUNTS = ", ".join(CoursesCounted)


def dose_problems(part: schema.PathwayPart, criteria: Node, path: Path) -> Iterator[FileProblem]:
    """Everything wrong with the dose of one pathway."""
    seen: set[str] = set()
    for i, limit in enumerate(part.dose):
        at = (*path, "dose", i)
        if limit.key in seen:
            yield FileProblem((*at, "key"), f"dosing limit key {limit.key!r} is used twice")
        seen.add(limit.key)
        yield from _limit(limit, at)
        yield from _joined(limit, at, is_first=not i)
    if part.dose and part.dose_iv_only is None:
        yield FileProblem((*path, "dose_iv_only"), ROUTE_UNSAID)
    if part.dose_label_lines and not (part.dose and part.dose_iv_only):
        yield FileProblem((*path, "dose_label_lines"), LABEL_UNROUTED)
    yield from _place_of_dose(bool(part.dose), criteria, (*path, "criteria"))


def no_dose(criteria: Node, path: Path) -> Iterator[FileProblem]:
    """A tree that is no pathway's has no place for a dose."""
    if _dose_leaves(criteria):
        yield FileProblem(path, "expected no dose criterion outside the criteria of a pathway")


def _place_of_dose(has_dose: bool, criteria: Node, path: Path) -> Iterator[FileProblem]:
    count = _dose_leaves(criteria)
    if has_dose and count != 1:
        yield FileProblem(
            path, f"a pathway with a dose needs exactly one dose criterion, got {count}"
        )
    if not has_dose and count:
        yield FileProblem(path, "a dose criterion needs the dose of its pathway, got none")


def _dose_leaves(criteria: Node) -> int:
    return sum(isinstance(place.item, DoseLeaf) for place in walk(criteria, node_parts))


def _limit(part: schema.LimitPart, path: Path) -> Iterator[FileProblem]:
    for low_name, high_name in ORDERED:
        low, high = getattr(part, low_name), getattr(part, high_name)
        if low is not None and high is not None and low > high:
            yield FileProblem((*path, low_name), f"expected at most {high_name} {high}, got {low}")
    if part.min_days is not None and part.max_days is None:
        yield FileProblem((*path, "min_days"), DAYS_ALONE)
    if part.equal_doses and part.max_days is None:
        yield FileProblem((*path, "equal_doses"), DAYS_ALONE)
    if part.until_days is not None and part.until_event is None:
        yield FileProblem((*path, "until_days"), "needs the event the days count from")
    yield from _courses(part, (*path, "courses_counted"))
    is_conditional = part.condition is not None
    if is_conditional != (part.joined_by is Joined.ONLY_IF):
        yield FileProblem((*path, "joined_by"), UNJOINED if is_conditional else UNCONDITIONED)
    if part.condition is not None and not part.condition_words:
        yield FileProblem((*path, "condition"), UNSAID_CONDITION)
    if part.condition is None and part.condition_words:
        yield FileProblem((*path, "condition_words"), WORDS_ALONE)


def _courses(part: schema.LimitPart, path: Path) -> Iterator[FileProblem]:
    if part.max_courses is not None and part.courses_counted is None:
        yield FileProblem(path, f"say what the most courses count: expected one of {COUNTS}")
    if part.max_courses is None and part.courses_counted is not None:
        yield FileProblem(path, "says what courses are counted: say also how many are the most")


def _joined(part: schema.LimitPart, path: Path, *, is_first: bool) -> Iterator[FileProblem]:
    at = (*path, "joined_by")
    if is_first and part.joined_by in (Joined.OR, Joined.THEN):
        message = f"the first limit of a pathway follows none: expected no {part.joined_by.value!r}"
        yield FileProblem(at, message)
    if not is_first and part.joined_by is None:
        yield FileProblem(at, f"say how it goes with the limit before it: expected one of {JOINS}")
