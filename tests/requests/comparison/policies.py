"""The real policies, and requests of both as the rules see them."""

from datetime import date
from decimal import Decimal
from typing import Any

from criteria.dosing import DoseBasis, DoseRequest, DoseUnit
from criteria.policies.codes.codebook import NO_CODEBOOK
from criteria.policies.edition import Edition
from criteria.requests.case import Case
from criteria.requests.comparison import (
    ComparedFact,
    FactKind,
    Need,
    PolicyComparison,
    carry,
    compared,
    judged,
)
from criteria.rules import NumberAnswer
from criteria.rules.terms import TherapyPhase
from tests.policies.shipped.cases import edition

DAY = date(2024, 6, 1)
COMMERCIAL = edition("uhc", DAY)
MEDICARE = edition("cms", DAY)


def request(**said: Any) -> Case:
    """A first request of that day."""
    return Case(**({"request_date": DAY, "phase": TherapyPhase.INITIAL} | said))


def years(age: int) -> NumberAnswer:
    return NumberAnswer(Decimal(age))


def hiv(age: int, **said: Any) -> Case:
    """A child with HIV and a low IgG, asked for under the commercial policy."""
    answers = {
        "history_physical": True,
        "lab_evidence": True,
        "hiv_diagnosis": True,
        "igg_mg_dl": NumberAnswer(Decimal(300)),
        "age_years": years(age),
    }
    dose = DoseRequest(
        amount=Decimal(400),
        unit=DoseUnit.MG_PER_KG,
        basis=DoseBasis.PER_DOSE,
        days=1,
        interval_days=28,
        courses=6,
    )
    about: dict[str, Any] = {"indication": "pediatric-hiv", "pathway": "standard"}
    about |= {"icd10": ("B20",), "dose": dose}
    return request(**(about | {"age_years": age, "answers": answers} | said))


def side_by_side(
    case: Case, source: Edition = COMMERCIAL, other: Edition = MEDICARE, *more: Edition
) -> PolicyComparison:
    """The case under its own policy and the others."""
    targets = (source, other, *more)
    columns = [judged(carry(case, source, target), NO_CODEBOOK) for target in targets]
    return compared(columns, {FactKind.DIAGNOSIS: "the diagnosis"})


def row(found: PolicyComparison, fact: str) -> ComparedFact:
    return next(one for one in found.rows if one.fact == fact)


def only(cell: tuple[Need, ...]) -> Need:
    (need,) = cell
    return need
