"""What follows the first part of a dose, as typed: a line of its own that may be left out."""

from collections.abc import Iterator

from criteria.dosing import DoseBasis
from criteria.requests.answers.typed import Typed, one
from criteria.requests.dose.figures import number, whole

# The field that keeps the line open, and what the names of its fields begin with.
OPEN, BEFORE = "then", "then_"
FIELDS = tuple(
    f"{BEFORE}{name}"
    for name in (
        "dose",
        "dose_unit",
        "basis",
        "days",
        "consecutive",
        "interval",
        "interval_unit",
        "courses",
        "begins",
    )
)
# Button that opens and closes the line.
BUTTON, ADD, REMOVE = "second-part", "add", "remove"

AMOUNT_UNSAID = "Say how much is given after the first part, and in which unit."
BASIS_UNSAID = "Say what the amount that follows counts: the whole course, each day or infusion."
DAYS_UNSAID = "Say on how many days of a course what follows is given."
OFTEN_UNSAID = "Say how often what follows is given, or that it is one course only."
BEGINS_UNSAID = "Say when what follows begins: how many days after the last course before it."
FIRST_UNSAID = "Say how many courses the first part has, and how often: what follows comes after."


def is_open(typed: Typed) -> bool:
    """Whether the line is shown."""
    return one(typed, OPEN) == "yes"


def has_second_part(typed: Typed) -> bool:
    """Whether something is said on the line; a blank one, or one taken away, is no second part."""
    return is_open(typed) and any(one(typed, name) for name in FIELDS)


def opened(button: str) -> dict[str, list[str]]:
    """What the button stands for. What was typed on the line is kept when it is taken away."""
    return {OPEN: ["yes" if button == ADD else ""]}


def second_unsaid(typed: Typed) -> str:
    """What is still to be said of a line that was begun; empty where there is none."""
    return " ".join(_unsaid(typed)) if has_second_part(typed) else ""


def _unsaid(typed: Typed) -> Iterator[str]:
    if number(typed, f"{BEFORE}dose") is None or not one(typed, f"{BEFORE}dose_unit"):
        yield AMOUNT_UNSAID
    if one(typed, f"{BEFORE}basis") not in set(DoseBasis):
        yield BASIS_UNSAID
    if whole(typed, f"{BEFORE}days") is None:
        yield DAYS_UNSAID
    if not _is_often_said(typed, BEFORE):
        yield OFTEN_UNSAID
    if whole(typed, f"{BEFORE}begins") is None:
        yield BEGINS_UNSAID
    is_once = one(typed, "interval_unit") == "once"
    is_counted = whole(typed, "courses") is not None
    if not is_once and not (is_counted and _is_often_said(typed, "")):
        yield FIRST_UNSAID


def _is_often_said(typed: Typed, before: str) -> bool:
    unit = one(typed, f"{before}interval_unit")
    if unit == "once":
        return True
    is_unit = unit in ("days", "weeks", "months")
    return is_unit and whole(typed, f"{before}interval") is not None
