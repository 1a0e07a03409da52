"""What is found of a dose in words: the same on the result, the first page and the desk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from criteria.dosing import (
    Amount,
    AskedPart,
    EarlierCourses,
    Joined,
    Limit,
    Maximum,
    counts_requests,
    courses_left,
)
from criteria.dosing.course_count import course_count
from criteria.dosing.figures import grams_text, kg_text, mg_per_kg_text
from criteria.dosing.infusion_words import by_day_text, sizes_text, units_text
from criteria.dosing.label_words import in_short, is_label_row, label_rows
from criteria.dosing.sentences import of_part
from criteria.requests.assessment.assess import Assessment
from criteria.requests.case import courses_before
from criteria.rules import Citation
from criteria.rules.explain import citation_text
from criteria.rules.formats import counted, date_text, joined

NONE_LEFT = "nothing: no course is left for this request"
# Where the policy makes the label of a product the measure of its dose.
MEASURED_BY = "The label is the measure by"


def billing_code(assessment: Assessment) -> str:
    """The product's code on the day of the request; empty when none is known."""
    product = assessment.product
    return "" if product is None else product.code_on(assessment.case.request_date)


def weight_text(kg: Decimal | None, weighed_on: date | None) -> str:
    """69.853 kg on 3 Nov 2026; empty while it is not known."""
    if kg is None:
        return ""
    return kg_text(kg) if weighed_on is None else f"{kg_text(kg)} on {date_text(weighed_on)}"


def course_text(assessment: Assessment) -> str:
    """140 g (2,004.2 mg/kg); mg/kg alone without a weight, empty while the dose is open."""
    return _of_each_part(assessment, part_text)


def part_text(part: AskedPart) -> str:
    """One course of one part: 140 g (2,004.2 mg/kg)."""
    if part.mg_per_kg is None:
        return ""
    per_kg = mg_per_kg_text(part.mg_per_kg)
    return per_kg if part.grams is None else f"{grams_text(part.grams)} ({per_kg})"


def following_text(part: AskedPart) -> str:
    """What follows: 35 g (500 mg/kg) a course, every 28 days, 9 courses."""
    text = part_text(part)
    return ", ".join(
        filter(
            None,
            (
                f"{text} a course" if text else "",
                "" if part.interval_days is None else f"every {counted(part.interval_days, 'day')}",
                "" if part.courses is None else counted(part.courses, "course"),
            ),
        )
    )


def days_and_vials(assessment: Assessment) -> str:
    """28 g on each of 5 days (vials: 20 g, 5 g, 3 × 1 g); empty without weight or days."""
    return _of_each_part(
        assessment, lambda part: "" if part.course is None else by_day_text(part.course)
    )


def units_of_dose(assessment: Assessment) -> str:
    """280 units of J1561 a course, 1,680 for 6 courses; empty without a billing unit."""
    code = billing_code(assessment)
    return _of_each_part(assessment, lambda part: _units(part, code))


def _units(part: AskedPart, code: str) -> str:
    units = None if part.course is None else part.course.billing_units
    if units is None:
        return ""
    text = f"{units_text(units, code)} a course"
    if part.courses is None or part.courses < 2:
        return text
    return f"{text}, {units * part.courses:,} for {counted(part.courses, 'course')}"


def discarded_text(assessment: Assessment) -> str:
    """1 g a course: opened and not given; empty where nothing is left in a vial."""
    return _of_each_part(assessment, _discarded)


def _discarded(part: AskedPart) -> str:
    left = None if part.course is None else part.course.discarded_g
    return f"{grams_text(left)} a course" if left else ""


def _of_each_part(assessment: Assessment, words: Callable[[AskedPart], str]) -> str:
    """The same of every part, each by its name where there are two."""
    said = [(part.label, words(part)) for part in assessment.dose.parts]
    text = "; ".join(of_part(label, text) for label, text in said if text)
    return text.replace("; The ", "; the ")


def most_text(assessment: Assessment) -> str:
    """139.7 g a course over 5 days, 139.5 g in whole vials; the regimens that may be used.

    A limit of which the courses before this request left none allows nothing.
    """
    if _is_none_left(assessment):
        return NONE_LEFT
    text = ""
    for how, most in _mosts(assessment):
        text += f"; {how} {most}" if text else most
    return text


def _is_none_left(assessment: Assessment) -> bool:
    """Whether every limit that may be used counts courses, and none of them is left."""
    usable = [most for most in assessment.dose.maxima if most.available is not False]
    return bool(usable) and all(most.courses == 0 for most in usable)


def _mosts(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """How each goes with the one before it ("or", "then"), and the most it allows."""
    dose = assessment.dose
    others = {finding.limit.key for finding in dose.findings if finding.not_used}
    joins = () if assessment.pathway is None else assessment.pathway.dose.joins
    later = {limit.key for limit, how in joins if how is Joined.THEN}
    for maximum in dose.maxima:
        is_open = maximum.available is not False and maximum.courses != 0
        if is_open and maximum.limit.key not in others:
            text = _most(maximum)
            if text:
                yield "then" if maximum.limit.key in later else "or", text


def _most(maximum: Maximum) -> str:
    course = maximum.per_course
    if course is None or course.exact_g is None:
        return ""
    days = counted(maximum.days or 1, "day")
    text = f"{grams_text(course.exact_g)} a course over {days}"
    if course.vials is None or not course.vials.counts:
        return text
    return f"{text}, {grams_text(course.vials.total_g)} in whole vials"


def label_lines(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """What the product's label makes of the dose, where the policy makes that the measure."""
    found = assessment.dose.label
    if found is None:
        return
    yield from label_rows(found)
    yield MEASURED_BY, citation_text(Citation(found.lines))


def label_text(assessment: Assessment) -> str:
    """1.37 × 40 g / 4 weeks = 13.7 g a week = ...; empty where the label is not the measure."""
    found = assessment.dose.label
    return "" if found is None else in_short(found)


def is_of_label(name: str) -> bool:
    """Whether a figure of this name is worked out by the label."""
    return name == MEASURED_BY or is_label_row(name)


def courses_left_text(assessment: Assessment) -> tuple[str, ...]:
    """3 of 6 monthly courses in all are left: of each limit that counts courses over requests."""
    earlier = courses_before(assessment.case)
    limits = (one.limit for one in assessment.dose.maxima if counts_requests(one.limit))
    return tuple(dict.fromkeys(_left(limit, earlier) for limit in limits))


def _left(limit: Limit, earlier: EarlierCourses) -> str:
    left, most, over = courses_left(limit, earlier), limit.max_courses, limit.courses_counted
    assert most is not None and over is not None  # noqa: S101
    many = f"{counted(most, limit.per.repeated)} {over.words}"
    count = course_count(limit, replace(earlier, first_dose_on=None), 0, ())
    approved = sum(number for _, number in count.approved)
    if earlier.elsewhere is None:
        here = f"beside {approved} approved here, " if approved else ""
        return f"Of {many}, {here}how many were given before is not stated."
    before = ((approved, "approved here"), (count.elsewhere, "given elsewhere"))
    given = joined([f"{number} {where}" for number, where in before if number], "and")
    are = {0: "none is", 1: "1 is"}.get(left or 0, f"{left} are")
    return f"Of {many}, {given or 'none given before'}: {are} left for this request."


def periods_of(maximum: Maximum) -> Iterator[tuple[str, Amount]]:
    """What a limit allows in each period it speaks of."""
    courses = maximum.courses
    many = {None: "", 0: ", no course left", 1: ""}.get(courses, f", {courses} courses")
    named = (
        ("A day", maximum.per_day),
        (f"A course, {counted(maximum.days or 1, 'day')}", maximum.per_course),
        ("In 28 days", maximum.per_28_days),
        (f"This authorization{many}", maximum.per_authorization),
    )
    yield from ((label, amount) for label, amount in named if amount is not None)


def vials_text(amount: Amount) -> str:
    """What whole vials make of a maximum: 139.5 g: 28 g on each of 4 days (...); 27.5 g on 1 day.

    Empty without a product; a period that is no course has its vials together.
    """
    plan = amount.vials
    if plan is None:
        return ""
    if not plan.counts:
        return "no vials fit"
    total = grams_text(plan.total_g)
    if amount.course is None or len(amount.course.days) == 1:
        return f"{total} ({sizes_text(plan.counts)})"
    return f"{total}: {by_day_text(amount.course)}"
