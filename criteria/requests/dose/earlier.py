"""Immune globulin before this request, as it was typed: what a product's label starts from."""

from decimal import Decimal

from criteria.dosing import EarlierLabelDose, EarlierTreatment
from criteria.requests.answers.typed import Typed, one
from criteria.requests.dose.figures import number, whole
from criteria.requests.dose.request import INTERVAL_DAYS

DOSE = ("earlier_grams", "earlier_interval", "earlier_interval_unit")
LEVELS = ("igg_trough", "igg_target")
FIELDS = ("earlier", *DOSE, *LEVELS)
MOST_GRAMS = 1000
MOST_MG_PER_DL = 10_000


def earlier_typed(typed: Typed) -> EarlierTreatment | None:
    """What was given before; None until it is said how. What cannot be read is not stated."""
    kind = one(typed, "earlier")
    if kind not in set(EarlierLabelDose):
        return None
    count, unit = whole(typed, "earlier_interval"), one(typed, "earlier_interval_unit")
    days = INTERVAL_DAYS.get(unit)
    is_under_skin = kind == EarlierLabelDose.SC
    return EarlierTreatment(
        kind=EarlierLabelDose(kind),
        grams=_within(typed, "earlier_grams", MOST_GRAMS) if kind != EarlierLabelDose.NEW else None,
        interval_days=None if count is None or days is None else count * days,
        igg_trough_mg_per_dl=_level(typed, "igg_trough") if is_under_skin else None,
        igg_target_mg_per_dl=_level(typed, "igg_target") if is_under_skin else None,
    )


def is_asked(name: str, typed: Typed) -> bool:
    """Whether one of the fields counts, given how it was given before."""
    kind = one(typed, "earlier")
    if name in DOSE:
        return kind in (EarlierLabelDose.IV, EarlierLabelDose.SC)
    return name not in LEVELS or kind == EarlierLabelDose.SC


def is_needed(name: str, typed: Typed) -> bool:
    """Whether the label cannot be applied without it; a level needs the other one."""
    if name in LEVELS:
        other = LEVELS[1 - LEVELS.index(name)]
        return bool(one(typed, other)) and is_asked(name, typed)
    return is_asked(name, typed)


def _level(typed: Typed, name: str) -> Decimal | None:
    return _within(typed, name, MOST_MG_PER_DL)


def _within(typed: Typed, name: str, most: int) -> Decimal | None:
    found = number(typed, name)
    return found if found is not None and 0 < found <= most else None
