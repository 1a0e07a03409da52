"""What a dosing limit comes to: worked examples of it alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from criteria.dosing import DoseFacts, DoseRule, EarlierCourses, Limit, Maximum, Regimen, maxima

WEIGHTS_KG = (Decimal(70), Decimal(20))


@dataclass(frozen=True, slots=True)
class LimitExample:
    """What a limit comes to at one weight."""

    weight_kg: Decimal
    amounts: tuple[tuple[str, str], ...]


def examples(limit: Limit, authorization_months: int | None) -> list[LimitExample]:
    """What the limit comes to, alone, at a few weights."""
    found = []
    for weight in WEIGHTS_KG:
        facts = DoseFacts(
            weight_kg=weight,
            authorization_months=authorization_months,
            before=EarlierCourses(elsewhere=0),
        )
        found.append(LimitExample(weight, tuple(_amounts(limit, facts))))
    return found


def _amounts(limit: Limit, facts: DoseFacts) -> Iterator[tuple[str, str]]:
    found: Maximum = maxima(DoseRule((Regimen((limit,)),), iv_only=False), facts)[0]
    named = {
        "a day": found.per_day,
        "a course": found.per_course,
        "in 28 days": found.per_28_days,
        "an authorization": found.per_authorization,
    }
    for words, amount in named.items():
        if amount is not None:
            yield words, amount.formula
