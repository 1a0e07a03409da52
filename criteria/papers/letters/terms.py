"""What an approval gives, held against what was asked for and against what the policy allows.

Plain arithmetic on an assessment: no rows, no clock. Grams are exact decimals, days whole.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from dateutil.relativedelta import relativedelta

from criteria.dosing import AskedPart, DoseRequest
from criteria.dosing.figures import kg_text, mg_per_kg_text
from criteria.papers.letters.compared import (
    above_asked,
    above_policy,
    closed_gates,
    differences,
    gives_less,
)
from criteria.papers.letters.given import Given, course_of, dose_text, grams_of
from criteria.papers.packet.dose import fit_text
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case import vials_of
from criteria.requests.dose.words import days_and_vials
from criteria.rules.formats import date_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is approved. ``refusals`` by field: more than was asked. ``warning``: to be confirmed.

    ``grams`` of a course, None where they are not known, and ``then`` a course of the second part;
    ``fit`` is the largest dose that fits.
    ``gives_less``: something differs that the policy's longest authorization does not explain.
    """

    is_as_asked: bool
    gives_less: bool
    product: str
    dose_text: str
    per_kg: str
    grams: Decimal | None
    days: int | None
    interval_days: int | None
    courses: int | None
    months: int
    starts_on: date
    ends_on: date
    fit: str
    vials: str
    then: AskedPart | None = None
    differences: tuple[str, ...] = ()
    refusals: tuple[tuple[str, str], ...] = ()
    warning: str = ""

    @property
    def until(self) -> str:
        """The last day in words."""
        return date_text(self.ends_on)


def last_day(starts_on: date, months: int) -> date:
    """The day before the same day that many months later."""
    return starts_on + relativedelta(months=months) - timedelta(days=1)


def terms_of(asking: Assessment, given: Given, *, product: str, dose: str) -> Terms:
    """The terms of an approval. ``product`` and ``dose`` as the prescriber worded them."""
    asked = asking.case.dose
    course = asked if given.as_asked else course_of(given, asked)
    found = _judged(asking, course, given.months)
    grams = grams_of(found, course)
    differs = tuple(differences(asking, given, course))
    return Terms(
        is_as_asked=not differs,
        gives_less=gives_less(asking, given, course),
        product=product,
        dose_text=dose if given.as_asked else dose_text(given, monthly=_is_monthly(course)),
        per_kg=_per_kg(found),
        then=found.dose.parts[1] if len(found.dose.parts) > 1 else None,
        grams=None if grams is None else grams.quantize(Decimal("0.001"), ROUND_DOWN),
        days=None if course is None else course.days,
        interval_days=None if course is None else course.interval_days,
        courses=None if course is None else course.courses,
        months=given.months,
        starts_on=given.starts_on,
        ends_on=last_day(given.starts_on, given.months),
        fit=fit_text(found) or fit_text(asking),
        vials="" if vials_of(asking.product) is None else days_and_vials(found),
        differences=differs,
        refusals=tuple(above_asked(asking, given)),
        warning=" ".join((*closed_gates(asking), *above_policy(asking, found, course, given))),
    )


def _judged(asking: Assessment, course: DoseRequest | None, months: int) -> Assessment:
    case = replace(asking.case, dose=course, authorization_months=months)
    return assess(asking.edition, case)


def _is_monthly(course: DoseRequest | None) -> bool:
    return course is not None and course.monthly


def _per_kg(found: Assessment) -> str:
    """2,004.2 mg/kg in each course at 69.853 kg, of each part; empty while the dose is open."""
    per_kg, weight = [part.mg_per_kg for part in found.dose.parts], found.case.weight_kg
    known = [mg_per_kg_text(one) for one in per_kg if one is not None]
    if not known or len(known) < len(per_kg):
        return ""
    at = "" if weight is None else f" at {kg_text(weight)}"
    return f"{', then '.join(known)} in each course{at}"
