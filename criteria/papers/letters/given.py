"""What a reviewer gives, as read from the form, and the course that makes. Plain arithmetic."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from criteria.dosing import DoseBasis, DoseRequest, DoseUnit
from criteria.requests.assessment.assess import Assessment
from criteria.rules.formats import counted, number_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a reviewer gives, as read from the form. The dose counts where it is not as asked.

    ``interval_days``: from the start of one course to the start of the next; None for a single one.
    ``monthly``: those 28 days stand for a month; None where nothing is said of that, and a month
    that was asked for stays one.
    """

    as_asked: bool
    months: int
    starts_on: date
    grams: Decimal | None = None
    days: int | None = None
    interval_days: int | None = None
    courses: int | None = None
    monthly: bool | None = None


def asked_grams(asking: Assessment) -> Decimal | None:
    """Grams of one course as asked for; None where no weight makes grams of mg/kg."""
    return grams_of(asking, asking.case.dose)


def course_of(given: Given, asked: DoseRequest | None) -> DoseRequest | None:
    """The course given, in grams; what the form does not ask is as the prescriber stated it.

    Another dose than the one asked for has one part.
    """
    if given.grams is None:
        return None
    base = asked or DoseRequest(amount=given.grams, unit=DoseUnit.G, basis=DoseBasis.TOTAL)
    return replace(
        base,
        amount=given.grams,
        unit=DoseUnit.G,
        basis=DoseBasis.TOTAL,
        days=given.days,
        interval_days=given.interval_days,
        monthly=_is_monthly(given, base),
        courses=given.courses,
        then=None,
    )


def _is_monthly(given: Given, base: DoseRequest) -> bool:
    if given.monthly is not None:
        return given.monthly
    return base.monthly and base.interval_days == given.interval_days


def grams_of(found: Assessment, course: DoseRequest | None) -> Decimal | None:
    """Grams of one course; None where they are asked in mg/kg without a weight."""
    grams = found.dose.first.grams
    if grams is not None or course is None or course.unit is not DoseUnit.G:
        return grams
    if course.basis is DoseBasis.TOTAL:
        return course.amount
    return None if course.days is None else course.amount * course.days


def dose_text(given: Given, *, monthly: bool = False) -> str:
    """135 g in each course, over 5 days, every 28 days (4 weeks), 6 courses.

    ``monthly``: its days stand for a month, as the prescriber stated it.
    """
    interval = "month" if monthly else interval_text(given.interval_days or 0)
    parts = [
        "" if given.grams is None else f"{number_text(given.grams)} g in each course",
        "" if given.days is None else f"over {counted(given.days, 'day')}",
        "" if given.interval_days is None else f"every {interval}",
        "" if given.courses is None else counted(given.courses, "course"),
    ]
    return ", ".join(filter(None, parts))


def interval_text(days: int) -> str:
    """28 days (4 weeks)."""
    weeks = f" ({counted(days // 7, 'week')})" if days % 7 == 0 else ""
    return f"{counted(days, 'day')}{weeks}"
