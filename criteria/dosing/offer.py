"""A whole regimen that can be offered instead of the one asked for."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from criteria.dosing.infusion import InfusionCourse
from criteria.dosing.limits import Limit
from criteria.dosing.request import DoseBasis, DoseRequest, DoseUnit, FollowingDose


class ShortfallSpan(StrEnum):
    """What the shortfall of an offer is counted over."""

    COURSE = "in each course"
    MONTH = "in 28 days"
    ALL = "in all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A whole regimen that is within, near to what was asked for and never more than that.

    ``limit`` names it: the limit its doses fall under, of alternative ``regimen`` (from 1).
    ``course``: grams on each infusion day, in whole vials where the product's vials make any;
    None without a weight. ``interval_days`` None: given once. ``less_by_*``: how much less
    treatment it is, counted over ``less_over``; 0 = none. ``fewer_courses``: also given less often
    than the number asked for. Of a dose of two parts: ``is_what_follows`` takes the place of the
    second part, ``begins_after_days`` after the last course before it; ``then`` beside an offer
    for the first. The part that it does not name stays as asked.
    """

    limit: Limit
    regimen: int
    days: int
    consecutive: bool | None
    interval_days: int | None
    monthly: bool
    courses: int | None
    mg_per_kg_per_day: Decimal
    mg_per_kg_per_course: Decimal
    course: InfusionCourse | None
    less_by_mg_per_kg: Decimal
    less_by_g: Decimal | None
    less_over: ShortfallSpan
    fewer_courses: bool
    is_what_follows: bool = False
    begins_after_days: int | None = None
    then: "Offer | None" = None

    @property
    def grams_per_course(self) -> Decimal | None:
        """Grams of one course; None without a weight."""
        return None if self.course is None else self.course.total_g

    @property
    def is_less(self) -> bool:
        """Whether it is less treatment than was asked for: a button has to say so."""
        return self.less_by_mg_per_kg > 0 or self.fewer_courses

    @property
    def each(self) -> tuple["Offer", ...]:
        """This offer, and the one for what follows it."""
        return (self,) if self.then is None else (self, self.then)

    def as_request(self, asked: DoseRequest) -> DoseRequest:
        """The request that takes this offer; what an offer does not name stays as asked."""
        if self.is_what_follows:
            return replace(asked, then=self._following(asked))
        then = asked.then if self.then is None else self.then._following(asked)
        return replace(asked, **self._part, then=then)

    def _following(self, asked: DoseRequest) -> FollowingDose:
        begins = self.begins_after_days
        if begins is None and asked.then is not None:
            begins = asked.then.begins_after_days
        return FollowingDose(**self._part, begins_after_days=begins)

    @property
    def _part(self) -> dict[str, Any]:
        """The courses of this offer as a part of a request."""
        grams = self.grams_per_course
        return {
            "amount": self.mg_per_kg_per_course if grams is None else grams,
            "unit": DoseUnit.MG_PER_KG if grams is None else DoseUnit.G,
            "basis": DoseBasis.TOTAL,
            "days": self.days,
            "consecutive": self.consecutive,
            "interval_days": self.interval_days,
            "monthly": self.monthly,
            "courses": self.courses,
        }
