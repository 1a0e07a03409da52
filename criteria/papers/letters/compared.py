"""What is given beside what was asked for and what the policy allows, in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from criteria.dosing import DoseOutcome, DosePart, DoseRequest
from criteria.dosing.figures import grams_text
from criteria.papers.letters.given import Given, asked_grams, interval_text
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.dose.words import following_text
from criteria.rules import FindingState
from criteria.rules.formats import counted, number_text

# Outcomes of the dose that a person confirms before they are approved.
OUTSIDE = {DoseOutcome.EXCEEDS, DoseOutcome.OUTSIDE, DoseOutcome.NOT_ENOUGH_INFORMATION}


def months_allowed(asking: Assessment, course: DoseRequest | None) -> int:
    """The most months the policy allows with this course."""
    case = replace(asking.case, dose=course, authorization_months=None)
    return assess(asking.edition, case).authorization_months


def differences(asking: Assessment, given: Given, course: DoseRequest | None) -> Iterator[str]:
    """What is given otherwise than it was asked for."""
    asked, months = asking.case.dose, asking.case.authorization_months
    if not given.as_asked:
        was, now = asked_grams(asking), given.grams
        if now is not None and was != now:
            instead = "" if was is None else f" instead of {grams_text(was)}"
            yield f"Dose: {number_text(now)} g in each course{instead}"
        for label, say in _PARTS:
            old, new = say(asked), say(course)
            if old != new:
                yield f"{label}: {new} instead of {old}"
        if len(asking.dose.parts) > 1:
            yield f"After that: nothing instead of {following_text(asking.dose.parts[1])}"
    if months is not None and months != given.months:
        yield f"Time: {counted(given.months, 'month')} instead of {months:,}"


def gives_less(asking: Assessment, given: Given, course: DoseRequest | None) -> bool:
    """Whether less than was asked for is given: grams, courses, how often, or months.

    The longest authorization of the policy is no less than can be had.
    """
    asked, months = asking.case.dose, asking.case.authorization_months
    if months is not None and given.months < min(months, months_allowed(asking, course)):
        return True
    if given.as_asked or asked is None or course is None:
        return False
    if asked.then is not None:
        return True
    was, now = asked_grams(asking), given.grams
    pairs = (
        (was and was.quantize(Decimal("0.01"), ROUND_DOWN), now),
        (asked.courses, course.courses),
        (course.interval_days, asked.interval_days),
    )
    return any(one is not None and other is not None and other < one for one, other in pairs)


def closed_gates(asking: Assessment) -> Iterator[str]:
    """What the policy does not cover, though it is approved."""
    yield from (gate.text for gate in asking.gates if gate.state is FindingState.NOT_MET)


NONE_STATED = "none stated"


def _days(course: DoseRequest | None) -> str:
    days = None if course is None else course.days
    return NONE_STATED if days is None else counted(days, "day")


def _interval(course: DoseRequest | None) -> str:
    """A month where its days stand for one."""
    if course is None or course.interval_days is None:
        return NONE_STATED
    return "a month" if course.monthly else interval_text(course.interval_days)


def _courses(course: DoseRequest | None) -> str:
    courses = None if course is None else course.courses
    return NONE_STATED if courses is None else counted(courses, "course")


_PARTS: tuple[tuple[str, Callable[[DoseRequest | None], str]], ...] = (
    ("Infusion days of a course", _days),
    ("From one course to the next", _interval),
    ("Courses", _courses),
)


def above_asked(asking: Assessment, given: Given) -> Iterator[tuple[str, str]]:
    """More than was asked for, by field: nobody is given that."""
    asked, months = asking.case.dose, asking.case.authorization_months
    if months is not None and given.months > months:
        yield (
            "months",
            f"More than the {counted(months, 'month')} asked for. Enter {months:,} or fewer.",
        )
    if given.as_asked or asked is None:
        return
    # One part is given instead of two: it is no more than one of them.
    found = [tuple(_above(part, grams, given)) for part, grams in _asked_parts(asking)]
    if all(found):
        yield from found[0]


def _asked_parts(asking: Assessment) -> Iterator[tuple[DosePart, Decimal | None]]:
    """Each part asked for, with the grams of one course of it."""
    asked = asking.case.dose
    if asked is None:
        return
    yield asked, asked_grams(asking)
    if asked.then is not None:
        yield asked.then, asking.dose.parts[1].grams


def _above(asked: DosePart, grams: Decimal | None, given: Given) -> Iterator[tuple[str, str]]:
    if grams is not None and given.grams is not None and given.grams > grams:
        most = grams_text(grams)
        yield "grams", f"This is more than the {most} asked for. Enter {most} or less."
    if asked.courses is not None and given.courses is not None and given.courses > asked.courses:
        most = counted(asked.courses, "course")
        yield "courses", f"More than the {most} asked for. Enter {asked.courses} or fewer."
    every, now = asked.interval_days, given.interval_days
    if every is not None and now is not None and now < every:
        text = (
            f"This is more often than every {every} days, which was asked. Enter {every} or more."
        )
        yield "interval_days", text


def above_policy(
    asking: Assessment, found: Assessment, course: DoseRequest | None, given: Given
) -> Iterator[str]:
    """What is more than the policy allows, or cannot be held against it."""
    dose = found.dose
    if dose.outcome is DoseOutcome.NOT_ENOUGH_INFORMATION:
        yield f"Whether the dose is within the policy's limit cannot be told: {dose.text}"
    elif dose.outcome in OUTSIDE:
        yield f"The dose is not within the policy's limit: {dose.text}"
    most = months_allowed(asking, course)
    if given.months > most:
        yield (
            f"The policy allows at most {counted(most, 'month')}; "
            f"this gives {counted(given.months, 'month')}."
        )
