"""Entry checks of a dose: units mistaken for one another, figures that disagree, vials."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from criteria.dosing.figures import grams_text, kg_text, mg_per_kg_text, rounded, usable
from criteria.dosing.guards import Guard, GuardCode, GuardSeverity
from criteria.dosing.infusion_days import DayBounds, whole_totals_beside
from criteria.dosing.limits import Route
from criteria.dosing.request import DoseBasis, Vials
from criteria.rules.formats import counted

USUAL_COURSE_MG_PER_KG = (100, 2_400)
AGREEMENT = Fraction(5, 100)
DAYS = (1, 10)
ANY_DAYS = DayBounds()


class EntryUnit(StrEnum):
    """Units a dose may be typed in."""

    MG = "mg"
    G = "g"
    MG_PER_KG = "mg/kg"
    G_PER_KG = "g/kg"
    ML = "mL"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseEntry:
    """A dose as typed. ``stated_mg_per_kg`` is a second figure typed beside grams.

    ``has_interval`` False: none was given, or "as needed". None: not asked (a single course).
    """

    amount: Decimal
    unit: EntryUnit | None
    basis: DoseBasis = DoseBasis.TOTAL
    days: int | None = None
    weight_kg: Decimal | None = None
    route: Route = Route.IV
    concentration_percent: Decimal | None = None
    stated_mg_per_kg: Decimal | None = None
    has_interval: bool | None = None

    @property
    def doses(self) -> int:
        """Daily amounts in one course."""
        return 1 if self.basis == DoseBasis.TOTAL else max(self.days or 1, 1)


def dose_guards(
    entry: DoseEntry, vials: Vials | None = None, bounds: DayBounds = ANY_DAYS
) -> tuple[Guard, ...]:
    """Every check of one dose entry. ``bounds``: what the limits say of the days of a course."""
    schedule = (*_days(entry), *_interval(entry))
    if entry.unit is None:
        missing = "Choose g, mg/kg or another unit: the dose has none."
        return (*schedule, _guard(GuardSeverity.INCOMPLETE, GuardCode.DOSE_UNIT_MISSING, missing))
    if not usable(entry.amount):
        text = "The dose must be more than 0."
        return (*schedule, _guard(GuardSeverity.STOP, GuardCode.DOSE_IMPOSSIBLE, text))
    return (*schedule, *_amount(entry), *_agreement(entry), *_vials(entry, vials, bounds))


def typed_grams(entry: DoseEntry) -> Fraction | None:
    """Grams of the typed amount; None when a weight or a concentration is needed and missing."""
    return None if entry.unit is None else _grams(entry, entry.unit)


def _grams(entry: DoseEntry, unit: EntryUnit) -> Fraction | None:
    """The typed figure read in ``unit``, in grams."""
    amount = Fraction(entry.amount)
    if unit is EntryUnit.ML:
        strength = entry.concentration_percent
        return amount * Fraction(strength) / 100 if strength and usable(strength) else None
    if unit in (EntryUnit.MG_PER_KG, EntryUnit.G_PER_KG):
        weight = entry.weight_kg
        amount = amount * Fraction(weight) if weight and usable(weight) else Fraction(0)
    grams = amount if unit in (EntryUnit.G, EntryUnit.G_PER_KG) else amount / 1000
    return grams or None


def _course_mg_per_kg(entry: DoseEntry, unit: EntryUnit) -> Fraction | None:
    """mg/kg of a course with the typed figure read in ``unit``."""
    if unit is EntryUnit.MG_PER_KG:
        return Fraction(entry.amount) * entry.doses
    if unit is EntryUnit.G_PER_KG:
        return Fraction(entry.amount) * 1000 * entry.doses
    grams, weight = _grams(entry, unit), entry.weight_kg
    if grams is None or weight is None or not usable(weight):
        return None
    return grams * 1000 * entry.doses / Fraction(weight)


def _is_usual(course: Fraction | None) -> bool:
    low, high = USUAL_COURSE_MG_PER_KG
    return course is not None and low <= course <= high


def _amount(entry: DoseEntry) -> Iterator[Guard]:
    """An intravenous course outside 100 to 2,400 mg/kg: probably another unit."""
    course = None if entry.unit is None else _course_mg_per_kg(entry, entry.unit)
    if entry.route != Route.IV or course is None or _is_usual(course):
        return
    low, high = USUAL_COURSE_MG_PER_KG
    likely = [
        f"{rounded(entry.amount)} {unit} ({mg_per_kg_text(other or 0)})"
        for unit in EntryUnit
        for other in [_course_mg_per_kg(entry, unit)]
        if unit is not entry.unit and _is_usual(other)
    ]
    yield _guard(
        GuardSeverity.CONFIRM,
        GuardCode.DOSE_UNLIKELY,
        f"{rounded(entry.amount)} {entry.unit} is {mg_per_kg_text(course)} a course, outside "
        f"{low:,} to {high:,} mg/kg.",
        f"Was it {' or '.join(likely)}?" if likely else "",
    )


def _agreement(entry: DoseEntry) -> Iterator[Guard]:
    """mg/kg typed beside grams agree with grams / weight within 5 %."""
    grams, weight = typed_grams(entry), entry.weight_kg
    if entry.stated_mg_per_kg is None or grams is None or weight is None or not usable(weight):
        return
    computed = grams * 1000 / Fraction(weight)
    if abs(Fraction(entry.stated_mg_per_kg) - computed) <= AGREEMENT * computed:
        return
    yield _guard(
        GuardSeverity.CONFIRM,
        GuardCode.DOSES_DISAGREE,
        f"{grams_text(grams)} at {kg_text(weight)} is {mg_per_kg_text(computed)}, "
        f"but {rounded(entry.stated_mg_per_kg)} mg/kg is stated too.",
    )


def _vials(entry: DoseEntry, vials: Vials | None, bounds: DayBounds) -> Iterator[Guard]:
    """Grams the vials cannot make on each infusion day: the next lower and the next higher.

    Nothing is said of a total before the days are known that it is given on.
    """
    grams, is_total = typed_grams(entry), entry.basis is DoseBasis.TOTAL
    days = entry.days if is_total else 1
    if grams is None or vials is None or days is None or not DAYS[0] <= days <= DAYS[1]:
        return
    beside = whole_totals_beside(
        grams,
        days,
        vials,
        most_a_day_g=_most_a_day_g(entry, bounds) if is_total else None,
        equal=bounds.equal,
    )
    if not beside:
        return
    over = f" on {days} equal days" if bounds.equal else f" over {days} days"
    over = "" if days == 1 else over
    a_day = "" if is_total else " a day"
    yield _guard(
        GuardSeverity.CONFIRM,
        GuardCode.VIALS_CANNOT_MAKE,
        f"Whole vials of this product cannot make {grams_text(grams)}{over}{a_day}.",
        f"{' or '.join(map(grams_text, beside))}{a_day}.",
    )


def _most_a_day_g(entry: DoseEntry, bounds: DayBounds) -> Fraction | None:
    """Grams on one day by the lowest limit; None where none says, or without a weight."""
    cap, weight = bounds.most_mg_per_kg, entry.weight_kg
    if cap is None or weight is None or not usable(weight):
        return None
    return cap * Fraction(weight) / 1000


def courses_guard(courses: int, begun: int, months: int) -> Guard | None:
    """More courses than begin in the months asked for; ``begun``: how many do."""
    if courses <= begun:
        return None
    begin = "none begins" if not begun else "only 1 begins" if begun == 1 else f"only {begun} begin"
    return _guard(
        GuardSeverity.CONFIRM,
        GuardCode.COURSES_BEYOND_MONTHS,
        f"Of {counted(courses, 'course')} {begin} in the {counted(months, 'month')} asked for.",
    )


def _days(entry: DoseEntry) -> Iterator[Guard]:
    low, high = DAYS
    if entry.days is not None and not low <= entry.days <= high:
        text = f"{entry.days} days a course: {low} to {high} is accepted."
        yield _guard(GuardSeverity.STOP, GuardCode.DAYS_IMPOSSIBLE, text)


def _interval(entry: DoseEntry) -> Iterator[Guard]:
    if entry.has_interval is False:
        text = "Say how often, in days, weeks or months; “as needed” is not a frequency."
        yield _guard(GuardSeverity.INCOMPLETE, GuardCode.INTERVAL_MISSING, text)


def _guard(severity: GuardSeverity, code: GuardCode, message: str, suggestion: str = "") -> Guard:
    return Guard(severity=severity, code=code, message=message, suggestion=suggestion)
