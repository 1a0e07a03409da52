"""What the prescriber asks for, and what the arithmetic needs to know beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum

from criteria.dosing.earlier import NONE_STATED, EarlierCourses
from criteria.dosing.label import EarlierTreatment, LabelRules
from criteria.dosing.limits import Route


class DoseUnit(StrEnum):
    """Unit the amount was typed in."""

    MG_PER_KG = "mg/kg"
    G = "g"


class DoseBasis(StrEnum):
    """What the amount of a request counts: each day, one infusion, or a whole course."""

    PER_DAY = "per_day"
    TOTAL = "total"
    PER_DOSE = "per_dose"


@dataclass(frozen=True, slots=True, kw_only=True)
class DosePart:
    """Courses that are alike. ``None`` always means "not stated", never a default.

    ``interval_days``: days from the start of one course to the start of the next. A monthly
    interval is 28 days (``monthly`` True keeps the word for display); a daily interval is no course
    interval and is None. ``consecutive``: the days of a course run on; one day needs no answer.
    """

    amount: Decimal
    unit: DoseUnit
    basis: DoseBasis
    days: int | None = None
    consecutive: bool | None = None
    interval_days: int | None = None
    monthly: bool = False
    courses: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingDose(DosePart):
    """What is given after the last course of the first part (line 144: weekly, then monthly).

    ``begins_after_days``: from the start of that last course to the start of the first of these;
    not stated, these begin as often as they are given.
    """

    begins_after_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRequest(DosePart):
    """A dose as asked for: one part, or a first one and ``then`` another.

    ``induction``: the first part is an induction course; what follows it never is. ``planned_*``:
    where the last planned dose of all lies on the clocks of the regimen, when stated by the
    prescriber rather than computed from dates.
    """

    induction: bool | None = None
    planned_day_of_therapy: int | None = None
    planned_day_after_transplant: int | None = None
    planned_day_after_discontinuation: int | None = None
    then: FollowingDose | None = None

    @property
    def parts(self) -> tuple[DosePart, ...]:
        """The first part, and what follows it."""
        return (self,) if self.then is None else (self, self.then)

    @property
    def first_alone(self) -> "DoseRequest":
        """The first part as a request of its own; the last dose of all is not among its doses."""
        if self.then is None:
            return self
        return replace(
            self,
            then=None,
            planned_day_of_therapy=None,
            planned_day_after_transplant=None,
            planned_day_after_discontinuation=None,
        )

    @property
    def second_alone(self) -> "DoseRequest | None":
        """What follows as a request of its own; None = nothing follows."""
        if self.then is None:
            return None
        part = {field.name: getattr(self.then, field.name) for field in fields(DosePart)}
        return replace(self, **part, induction=False, then=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseFacts:
    """Everything beside the request that the limits depend on.

    ``conditions`` maps the key of a conditional limit to what is known of its condition.
    ``days_since_transplant`` / ``days_since_discontinuation``: on the day of the first dose of this
    request. ``day_of_therapy``: day of therapy of that first dose (1 on a first request).
    ``label``, ``ml_per_g``: of the product; ``earlier``: what was given before, which its label
    starts from. ``before``: courses before this request, which a number of courses counts.
    ``only_stated``: of a file of cases: a dose that it leaves out is not asked for.
    ``rounding_allowance_percent``: of the policy version; above the ceiling but inside it is
    outside, never within.
    """

    weight_kg: Decimal | None = None
    route: Route = Route.IV
    initial: bool = True
    authorization_months: int | None = None
    day_of_therapy: int | None = None
    days_since_transplant: int | None = None
    days_since_discontinuation: int | None = None
    rounding_allowance_percent: Decimal = Decimal(0)
    only_stated: bool = False
    label: LabelRules | None = None
    ml_per_g: Decimal | None = None
    earlier: EarlierTreatment | None = None
    before: EarlierCourses = NONE_STATED
    conditions: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vials:
    """The vials of the chosen product: sizes to round with, and its billing unit."""

    sizes_g: tuple[Decimal, ...]
    billing_unit_mg: int | None = None
