"""Immune globulin before a case in JSON: what the label of a subcutaneous product starts from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from criteria.dosing import EarlierLabelDose, EarlierTreatment
from criteria.requests.case_files.dose import interval_of
from criteria.requests.case_files.parts import read_all
from criteria.rules.json_values import (
    CaseProblemError,
    known_keys,
    object_at,
    one_of_at,
    positive_at,
)

LEVELS = ("igg_trough_mg_per_dl", "igg_target_mg_per_dl")
KEYS = ("kind", "g", "interval", "interval_days", *LEVELS)


def earlier_of(dose: object, at: str = "dose") -> EarlierTreatment | None:
    """What a dose object says of the treatment before; None when it says nothing.

    Raises CaseProblemError, with every mistake, for a dose without its interval, one level without
    the other, and what does not go with the kind.
    """
    stated = None if dose is None else object_at(dose, at).get("earlier")
    if stated is None:
        return None
    return _earlier(object_at(stated, f"{at}.earlier"), f"{at}.earlier")


def _earlier(stated: Mapping[str, Any], at: str) -> EarlierTreatment:
    known_keys(stated, KEYS, at)
    kind = EarlierLabelDose(
        one_of_at(stated.get("kind"), [kind.value for kind in EarlierLabelDose], f"{at}.kind")
    )
    for key in _unfit(kind):
        if stated.get(key) is not None:
            raise CaseProblemError(
                f"{at}.{key}", f"expected nothing where the kind is {kind.value}"
            )
    found = read_all(
        grams=lambda: _positive(stated, "g", at),
        interval_days=lambda: interval_of(stated, at)[0],
        **{key: (lambda key=key: _positive(stated, key, at)) for key in LEVELS},
    )
    if kind is not EarlierLabelDose.NEW and found["grams"] is None:
        raise CaseProblemError(f"{at}.g", "missing: the grams of one dose")
    if kind is not EarlierLabelDose.NEW and found["interval_days"] is None:
        raise CaseProblemError(f"{at}.interval", "missing: how often it was given")
    if sum(found[key] is None for key in LEVELS) == 1:
        raise CaseProblemError(at, f"expected {LEVELS[0]} and {LEVELS[1]} together")
    return EarlierTreatment(kind=kind, **found)


def _unfit(kind: EarlierLabelDose) -> tuple[str, ...]:
    """What does not go with a kind: the levels are those under subcutaneous treatment."""
    if kind is EarlierLabelDose.NEW:
        return KEYS[1:]
    return LEVELS if kind is EarlierLabelDose.IV else ()


def _positive(stated: Mapping[str, Any], key: str, at: str) -> Decimal | None:
    value = stated.get(key)
    return None if value is None else positive_at(value, f"{at}.{key}")
