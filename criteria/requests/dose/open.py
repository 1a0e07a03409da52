"""What is still to be said of a dose that was typed and cannot be judged yet, in one sentence each.

The finding knows only what could be read. Of what was typed and could not be used, it would say
that it is not stated.
"""

from collections.abc import Iterator

from criteria.dosing import DoseAssessment, EntryUnit, GuardSeverity, OutcomeReason
from criteria.requests.answers.typed import Typed, one
from criteria.requests.dose.figures import number
from criteria.requests.dose.second_part import BEFORE, has_second_part
from criteria.requests.dose.values import DoseTyped

NOTHING_TYPED = "Enter the weight and the dose"
AMOUNT_UNREADABLE = "The amount that was entered cannot be read: check it."
WEIGHT_UNREADABLE = "The weight that was entered cannot be read: check it."
WEIGHT_NEEDED = "Enter the weight."
STRENGTH_UNKNOWN = "The amount is in mL: say which product it is, or give the amount in grams."
_PER_KG = {EntryUnit.MG_PER_KG.value, EntryUnit.G_PER_KG.value}
_WEIGHT_FIELDS = ("weight", "weight_unit", "height")


def dose_open(found: DoseAssessment, typed: Typed, dose: DoseTyped, unsaid: str) -> str:
    """What was typed and is not complete; empty where the finding's own sentence says it.

    ``unsaid``: what has to be said before an amount that could be read is a dose.
    """
    if found.reason is OutcomeReason.WEIGHT_MISSING:
        return " ".join(_of_weight(typed, dose))
    if found.reason is not OutcomeReason.DOSE_MISSING or not one(typed, "dose"):
        return ""
    asks = [*_of_amounts(typed, dose), unsaid]
    is_needed = dose.weight_kg is None and one(typed, "dose_unit") not in {"", *_PER_KG}
    weight = list(_of_weight(typed, dose)) or [WEIGHT_NEEDED]
    return " ".join(filter(None, (*asks, *(weight if is_needed else ()))))


def is_nothing_typed(typed: Typed) -> bool:
    """Whether neither a weight nor a dose was entered."""
    return not one(typed, "weight") and not one(typed, "dose")


def _of_weight(typed: Typed, dose: DoseTyped) -> Iterator[str]:
    """Why a weight that was typed is not used."""
    if not one(typed, "weight"):
        return
    if number(typed, "weight") is None:
        yield WEIGHT_UNREADABLE
    for name, guard, is_confirmed in dose.guards:
        if name in _WEIGHT_FIELDS and not is_confirmed:
            yield " ".join(filter(None, (guard.message, guard.suggestion)))


def _of_amounts(typed: Typed, dose: DoseTyped) -> Iterator[str]:
    """Why an amount that was typed is not used."""
    for before in ("", BEFORE) if has_second_part(typed) else ("",):
        if not one(typed, f"{before}dose"):
            continue
        if number(typed, f"{before}dose") is None:
            yield AMOUNT_UNREADABLE
        is_volume = one(typed, f"{before}dose_unit") == EntryUnit.ML
        if is_volume and dose.request is None and not (dose.product or dose.unsaid):
            yield STRENGTH_UNKNOWN
    for name, guard, _ in dose.guards:
        is_of_dose = name not in (*_WEIGHT_FIELDS, "weight_on")
        # What a second part lacks is said of the line as a whole.
        is_said = guard.severity is GuardSeverity.CONFIRM or (
            name.startswith(BEFORE) and guard.severity is GuardSeverity.INCOMPLETE
        )
        if is_of_dose and not is_said:
            yield guard.message
