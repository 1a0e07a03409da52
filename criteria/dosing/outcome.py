"""What the dose arithmetic finds: an outcome with its reasons, and the maxima of each regimen."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from criteria.dosing.infusion import InfusionCourse, VialPlan
from criteria.dosing.label_finding import LabelFinding
from criteria.dosing.limits import Limit
from criteria.dosing.offer import Offer


class DoseOutcome(StrEnum):
    """The five outcomes of a dose test."""

    WITHIN = "within"
    EXCEEDS = "exceeds"
    OUTSIDE = "outside"
    NO_LIMIT = "no_limit"
    NOT_ENOUGH_INFORMATION = "not_enough_information"


class OutcomeReason(StrEnum):
    """Why an outcome is not plainly within.

    The first eight are the closed list of reasons why a dose is OUTSIDE a limit, the next two why
    it is OUTSIDE where the product's label is the measure.
    """

    DAYS = "days"
    AMOUNT_IN_ONE_DAY = "amount_in_one_day"
    NOT_CONSECUTIVE = "not_consecutive"
    FITS_NO_ALTERNATIVE = "fits_no_alternative"
    WINDOW_28_DAYS = "window_28_days"
    INTERVAL = "interval"
    BELOW_RANGE = "below_range"
    ROUNDING_ALLOWANCE = "rounding_allowance"
    ABOVE_LABEL = "above_label"
    LABEL_NOT_HELD = "label_not_held"
    OVER_CEILING = "over_ceiling"
    TOO_MANY_DAYS = "too_many_days"
    TOO_MANY_COURSES = "too_many_courses"
    TOO_OFTEN = "too_often"
    AFTER_LAST_DAY = "after_last_day"
    CONDITION_UNKNOWN = "condition_unknown"
    PATHWAY_OPEN = "pathway_open"
    DOSE_MISSING = "dose_missing"
    WEIGHT_MISSING = "weight_missing"
    DAYS_MISSING = "days_missing"
    INTERVAL_MISSING = "interval_missing"
    CONSECUTIVE_MISSING = "consecutive_missing"
    INDUCTION_MISSING = "induction_missing"
    START_MISSING = "start_missing"
    DATE_MISSING = "date_missing"
    EARLIER_MISSING = "earlier_missing"
    NONE_STATED = "none_stated"
    SUBCUTANEOUS = "subcutaneous"
    CONTINUATION = "continuation"
    NOT_INDUCTION = "not_induction"


class Obstacle(StrEnum):
    """What of a dose is in the way of a limit: the part that would have to be another one."""

    AMOUNT = "amount"
    DAYS = "days"
    INTERVAL = "interval"
    NUMBER = "number"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFinding:
    """A request held against one limit; ``text`` gives every reason with the numbers.

    ``not_used``: another regimen allows the request, so this one neither passes nor fails it.
    """

    limit: Limit
    outcome: DoseOutcome
    reason: OutcomeReason | None = None
    text: str = ""
    requested_mg_per_kg: Decimal | None = None
    over_mg_per_kg: Decimal | None = None
    not_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One maximum: exact, and what whole vials of the product make of it (None = no product).

    ``course``: its infusion days, where the amount is that of one course.
    """

    mg_per_kg: Decimal
    exact_mg: Decimal | None = None
    vials: VialPlan | None = None
    course: InfusionCourse | None = None
    formula: str = ""

    @property
    def exact_g(self) -> Decimal | None:
        """Exact grams, never rounded up."""
        return None if self.exact_mg is None else self.exact_mg / 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximum:
    """The most one limit allows. None = the limit says nothing about that period.

    ``courses``: those this request may still ask for; 0 = none is left.

    ``days``: infusion days of the course shown, those asked for where the limit allows them.
    ``needs``: what has to be known before there can be a total; empty = nothing.
    """

    limit: Limit
    available: bool | None  # the condition of a conditional limit: holds, does not, not known
    per_day: Amount | None = None
    per_course: Amount | None = None
    per_28_days: Amount | None = None
    per_authorization: Amount | None = None
    courses: int | None = None
    days: int | None = None
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPart:
    """A course of one part of a dose: mg/kg, grams, and by its infusion days.

    None where the number of days or the weight is not known. ``courses``: how many are asked for.
    ``days_in``: from the first dose of all to the first of this part; None = not known.
    ``label``: what it is called where there are two parts, such as the weekly part.
    """

    mg_per_kg: Decimal | None = None
    grams: Decimal | None = None
    course: InfusionCourse | None = None
    courses: int | None = None
    interval_days: int | None = None
    days_in: int | None = 0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAssessment:
    """The dose of one request judged by one pathway.

    ``parts``: the dose asked for, one part or two. ``offers``: whole regimens that fit, the
    best first; ``in_the_way``: what of the dose no regimen allows as it stands. Both are empty for
    a dose that is within or whose schedule is not known. ``label``: what the label of a
    subcutaneous product makes of it, where the policy makes that the measure.
    """

    outcome: DoseOutcome
    reason: OutcomeReason | None
    text: str
    findings: tuple[LimitFinding, ...] = ()
    maxima: tuple[Maximum, ...] = ()
    parts: tuple[AskedPart, ...] = ()
    over_mg_per_kg: Decimal | None = None
    over_g: Decimal | None = None
    over_percent: Decimal | None = None
    offers: tuple[Offer, ...] = ()
    in_the_way: tuple[Obstacle, ...] = ()
    label: LabelFinding | None = None
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> AskedPart:
        """The dose asked for, or its first part; nothing is known of a dose that is not stated."""
        return self.parts[0] if self.parts else AskedPart()
