"""Short ways to ask for a dose in these tests. Amounts in mg/kg unless a unit is given."""

from decimal import Decimal
from typing import Any

from criteria.dosing import (
    DoseAssessment,
    DoseBasis,
    DoseFacts,
    DoseRequest,
    DoseUnit,
    EarlierCourses,
    FollowingDose,
    judge,
)
from tests.dosing.policy import RULES

UNITS = {"mg/kg": DoseUnit.MG_PER_KG, "g": DoseUnit.G}
MONTHLY: dict[str, Any] = {"interval_days": 28, "monthly": True}


def dose(amount: str | int | Decimal, basis: DoseBasis, **more: Any) -> DoseRequest:
    unit = UNITS[more.pop("unit", "mg/kg")]
    more.setdefault("consecutive", True)
    return DoseRequest(amount=Decimal(amount), unit=unit, basis=basis, **more)


def total(amount: str | int | Decimal, days: int | None, **more: Any) -> DoseRequest:
    return dose(amount, DoseBasis.TOTAL, days=days, **more)


def per_day(amount: str | int | Decimal, days: int | None, **more: Any) -> DoseRequest:
    return dose(amount, DoseBasis.PER_DAY, days=days, **more)


def per_dose(amount: str | int | Decimal, interval_days: int | None, **more: Any) -> DoseRequest:
    return dose(amount, DoseBasis.PER_DOSE, interval_days=interval_days, **more)


# Nothing was given before: said, as it must be where a limit counts it.
FIRST = EarlierCourses(elsewhere=0)


def then(amount: str | int, basis: DoseBasis = DoseBasis.TOTAL, **more: Any) -> FollowingDose:
    more.setdefault("days", 1)
    more.setdefault("consecutive", True)
    return FollowingDose(amount=Decimal(amount), unit=DoseUnit.MG_PER_KG, basis=basis, **more)


def found(line: int, request: DoseRequest | None, **facts: Any) -> DoseAssessment:
    facts.setdefault("before", FIRST)
    return judge(RULES[line], request, DoseFacts(**facts))


def says(line: int, request: DoseRequest | None, **facts: Any) -> str:
    """Outcome and reason in one word pair: "outside/days", "within"."""
    assessment = found(line, request, **facts)
    return f"{assessment.outcome}/{assessment.reason}" if assessment.reason else assessment.outcome
