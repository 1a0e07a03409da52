"""The judge and the oracle agree on drawn requests over every kind of limit of the fixtures.

``python -m tests.dosing.oracle`` draws 20,000 of each kind.
"""

from dataclasses import replace

import pytest

from criteria.dosing import DoseFacts, DoseOutcome
from tests.dosing.asking import FIRST, MONTHLY, per_day, per_dose, total
from tests.dosing.oracle.compare import compare
from tests.dosing.oracle.decide import expected
from tests.dosing.oracle.draw import FIRST_DOSE
from tests.dosing.oracle.kinds import rules_by_kind
from tests.dosing.policy import RULES

DRAWN = 200


@pytest.mark.parametrize("kind", rules_by_kind())
def test_judge_and_oracle_agree(kind: str) -> None:
    assert compare(kind, DRAWN).drawn >= DRAWN


@pytest.mark.parametrize("kind", rules_by_kind())
def test_judge_and_oracle_agree_on_doses_of_two_parts(kind: str) -> None:
    assert compare(kind, DRAWN, in_parts=True).drawn >= DRAWN


def test_the_oracle_reads_the_policy_on_its_own() -> None:
    """A few of its answers, worked out by hand."""
    facts = DoseFacts(before=replace(FIRST, first_dose_on=FIRST_DOSE))
    assert expected(RULES[174], total(2000, 5, **MONTHLY), facts) is DoseOutcome.WITHIN
    assert expected(RULES[174], total("2000.1", 5, **MONTHLY), facts) is DoseOutcome.EXCEEDS
    assert expected(RULES[174], per_dose(400, 7), facts) is DoseOutcome.OUTSIDE
    assert expected(RULES[174], per_dose(1000, 21), facts) is DoseOutcome.WITHIN
    assert expected(RULES[286], per_day(1000, 2, courses=1), facts) is DoseOutcome.OUTSIDE
    assert expected(RULES[286], per_day(401, 5, courses=1), facts) is DoseOutcome.EXCEEDS
    assert expected(RULES[523], per_dose(199, 28), facts) is DoseOutcome.OUTSIDE
    repeated = per_day(400, 5, **MONTHLY)
    assert expected(RULES[384], repeated, facts) is DoseOutcome.NOT_ENOUGH_INFORMATION
