"""The judge beside the oracle on drawn requests of one kind of limit."""

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings

from criteria.dosing import DoseFacts, DoseOutcome, DoseRequest, DoseRule
from criteria.dosing.judge import judged_alone
from tests.dosing.oracle.decide import expected
from tests.dosing.oracle.draw import asked
from tests.dosing.oracle.kinds import rules_by_kind


class DisagreementError(AssertionError):
    """The judge and the oracle say two things of one request."""


@dataclass
class Tally:
    """How many requests were drawn, by what both say of them."""

    outcomes: Counter[DoseOutcome] = field(default_factory=Counter)

    @property
    def drawn(self) -> int:
        return self.outcomes.total()


def compare(kind: str, examples: int, *, in_parts: bool = False) -> Tally:
    """Draw requests over the rules of a kind; DisagreementError on the first that differs, shrunk.

    ``in_parts``: of two parts each, one after the other.
    """
    tally, rules = Tally(), rules_by_kind()[kind]

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(asked(rules, in_parts=in_parts))
    def run(case: tuple[DoseRule, DoseRequest, DoseFacts]) -> None:
        rule, request, facts = case
        found, right = judged_alone(rule, request, facts), expected(rule, request, facts)
        if found.outcome is not right:
            raise DisagreementError(
                f"judge {found.outcome}, oracle {right}\n  {found.text}\n  {request}\n  {facts}\n"
                f"  {[limit.key for limit in rule.limits]}"
            )
        tally.outcomes[right] += 1

    run()
    return tally
