"""From what was typed on the dose page to weight, product and dose.

A figure that is refused is not used, and neither is one that looks like another unit until the
person has said that it is right: a maximum computed from pounds would be a wrong maximum.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from criteria.case import vials_of
from criteria.dosing import (
    Basis,
    DoseEntry,
    DoseRequest,
    DoseUnit,
    EntryUnit,
    Guard,
    GuardCode,
    HeightUnit,
    Route,
    Severity,
    Sex,
    WeightEntry,
    WeightFigures,
    WeightUnit,
    centimetres,
    dose_guards,
    kilograms,
    weight_figures,
    weight_guards,
)
from criteria.edition import Product
from criteria.rules import Role
from criteria.wizard.parse import Unreadable, number_of
from criteria.wizard.typed import Typed, many, one

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

OTHER = "other"
FEET = re.compile(r"(\d)\s*(?:'|′|ft|feet)\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|''|in|inches)?)?")
INTERVAL_DAYS = {"days": 1, "weeks": 7, "months": 28}
# Guards that doubt the unit of a weight: it is not computed with until it is confirmed.
DOUBTS = {GuardCode.WEIGHT_UNLIKELY, GuardCode.BMI_UNLIKELY, GuardCode.WEIGHT_SWAPPED}
FIELD_OF = {
    GuardCode.HEIGHT_IMPOSSIBLE: "height",
    GuardCode.WEIGHT_UNIT_MISSING: "weight_unit",
    GuardCode.WEIGHT_STALE: "weight_on",
    GuardCode.DOSE_UNIT_MISSING: "dose_unit",
    GuardCode.DAYS_IMPOSSIBLE: "days",
    GuardCode.INTERVAL_MISSING: "interval",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseTyped:
    """What the dose page says. ``guards``: by field, with whether each was confirmed."""

    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    figures: WeightFigures | None = None
    product: str | None = None
    other_product: str = ""
    route: Route | None = None
    request: DoseRequest | None = None
    months: int | None = None
    guards: tuple[tuple[str, Guard, bool], ...] = ()


def token_of(guard: Guard) -> str:
    """Value of the box that confirms a guard. Another figure makes another one, asked again."""
    return f"{guard.code}:{zlib.crc32(guard.message.encode()):08x}"


def dose_typed(draft: "Draft") -> DoseTyped:
    """Weight, product and dose of a draft."""
    typed, confirmed = draft.typed, set(many(draft.typed, "confirm"))
    weight = number(typed, "weight")
    height = height_cm(typed)
    product = _product(draft)
    guards = [(_field(g, "weight"), g) for g in _weight_guards(draft, weight, height)]
    weight_kg = _usable_weight(typed, weight, [g for _, g in guards], confirmed)
    route = _route(typed, product)
    entry = _entry(typed, weight_kg, route or Route.IV, product)
    if entry is not None:
        found = dose_guards(entry, vials_of(product))
        guards += [(_field(g, "dose"), g) for g in found]
    stopped = any(g.severity is Severity.STOP for _, g in guards if g.code not in _WEIGHT)
    return DoseTyped(
        weight_kg=weight_kg,
        height_cm=height,
        figures=_figures(draft, weight_kg, height),
        product=None if product is None else product.key,
        other_product=one(typed, "other_product") if one(typed, "product") == OTHER else "",
        route=route,
        request=None if entry is None or stopped else _request(draft, entry),
        months=whole(typed, "months"),
        guards=tuple((name, g, token_of(g) in confirmed) for name, g in guards),
    )


_WEIGHT = {
    GuardCode.WEIGHT_UNIT_MISSING,
    GuardCode.WEIGHT_IMPOSSIBLE,
    GuardCode.HEIGHT_IMPOSSIBLE,
    *DOUBTS,
}


def _field(guard: Guard, name: str) -> str:
    return FIELD_OF.get(guard.code, name)


def number(typed: Typed, name: str) -> Decimal | None:
    """A number, if it can be read."""
    try:
        return number_of(one(typed, name))
    except Unreadable:
        return None


def whole(typed: Typed, name: str) -> int | None:
    """A whole number above 0, if it can be read."""
    found = number(typed, name)
    if found is None or found != found.to_integral_value() or not 0 < found <= 1000:
        return None
    return int(found)


def height_cm(typed: Typed) -> Decimal | None:
    """Height in centimetres: 175 cm, 69 in, or 5'9" whatever unit is chosen."""
    text, unit = one(typed, "height"), one(typed, "height_unit")
    feet = FEET.fullmatch(text)
    if feet is not None:
        inches = int(feet[1]) * 12 + Decimal(feet[2] or 0)
        return centimetres(inches, HeightUnit.INCH)
    value = number(typed, "height")
    if value is None or unit not in set(HeightUnit):
        return None
    return centimetres(value, HeightUnit(unit))


def _weight_guards(
    draft: "Draft", weight: Decimal | None, height: Decimal | None
) -> tuple[Guard, ...]:
    unit = one(draft.typed, "weight_unit")
    if weight is None:
        return ()
    entry = WeightEntry(
        value=weight,
        unit=WeightUnit(unit) if unit in set(WeightUnit) else None,
        height_cm=height,
        age_years=draft.age_years,
        last_weight_kg=None if draft.baseline is None else draft.baseline.last.weight_kg,
        measured_on=draft.day("weight_on"),
        requested_on=draft.request_date,
    )
    return weight_guards(entry)


def _usable_weight(
    typed: Typed, weight: Decimal | None, guards: list[Guard], confirmed: set[str]
) -> Decimal | None:
    unit = one(typed, "weight_unit")
    if weight is None or unit not in set(WeightUnit):
        return None
    for guard in guards:
        refused = guard.code is GuardCode.WEIGHT_IMPOSSIBLE
        if refused or (guard.code in DOUBTS and token_of(guard) not in confirmed):
            return None
    return kilograms(weight, WeightUnit(unit))


def _figures(
    draft: "Draft", weight_kg: Decimal | None, height: Decimal | None
) -> WeightFigures | None:
    if weight_kg is None or height is None:
        return None
    sex = one(draft.typed, "sex")
    return weight_figures(
        weight_kg=weight_kg,
        height_cm=height,
        sex=Sex(sex) if sex in set(Sex) else None,
        age_years=draft.age_years,
    )


def _product(draft: "Draft") -> Product | None:
    products = {} if draft.edition is None else draft.edition.products
    return products.get(one(draft.typed, "product"))


def _route(typed: Typed, product: Product | None) -> Route | None:
    """The route typed, whatever the product is listed with; else the first of the product."""
    text = one(typed, "route")
    if text in set(Route):
        return Route(text)
    return None if product is None else product.routes[0]


def _entry(
    typed: Typed, weight_kg: Decimal | None, route: Route, product: Product | None
) -> DoseEntry | None:
    amount = number(typed, "dose")
    if amount is None:
        return None
    unit, basis = one(typed, "dose_unit"), one(typed, "basis")
    how_often = one(typed, "interval_unit")
    return DoseEntry(
        amount=amount,
        unit=EntryUnit(unit) if unit in set(EntryUnit) else None,
        basis=Basis(basis) if basis in set(Basis) else Basis.TOTAL,
        days=days_typed(typed),
        weight_kg=weight_kg,
        route=route,
        concentration_percent=None if product is None else product.concentration_percent,
        has_interval=False if how_often == "as-needed" else None,
    )


def days_typed(typed: Typed) -> int | None:
    """Days of a course as typed; 0 and more than allowed reach the guard."""
    found = number(typed, "days")
    if found is None or found != found.to_integral_value() or abs(found) > 10_000:
        return None
    return int(found)


def _request(draft: "Draft", entry: DoseEntry) -> DoseRequest | None:
    found = _in_policy_units(entry)
    if found is None or found[0] <= 0:
        return None
    typed, (amount, unit) = draft.typed, found
    how_often = one(typed, "interval_unit")
    count = whole(typed, "interval")
    return DoseRequest(
        amount=amount,
        unit=unit,
        basis=entry.basis,
        days=entry.days,
        consecutive=one(typed, "consecutive") != "no",
        interval_days=count * INTERVAL_DAYS[how_often]
        if count is not None and how_often in INTERVAL_DAYS
        else None,
        monthly=how_often == "months" and count == 1,
        courses=1 if how_often == "once" else whole(typed, "courses"),
        induction={"yes": True, "no": False}.get(one(typed, "induction")),
        **_planned(draft),
    )


def _in_policy_units(entry: DoseEntry) -> tuple[Decimal, DoseUnit] | None:
    """The amount in g or mg/kg; None without a unit, or without a strength for mL."""
    if entry.unit is EntryUnit.G:
        return entry.amount, DoseUnit.G
    if entry.unit is EntryUnit.MG:
        return entry.amount / 1000, DoseUnit.G
    if entry.unit is EntryUnit.MG_PER_KG:
        return entry.amount, DoseUnit.MG_PER_KG
    if entry.unit is EntryUnit.G_PER_KG:
        return entry.amount * 1000, DoseUnit.MG_PER_KG
    if entry.unit is EntryUnit.ML and entry.concentration_percent is not None:
        return entry.amount * entry.concentration_percent / 100, DoseUnit.G
    return None


def _planned(draft: "Draft") -> dict[str, Any]:
    """Where the last planned dose lies on the clocks of the limits."""
    last = draft.day("last_dose_on")
    if last is None:
        return {}
    return dict(_on_clocks(draft, last))


def _on_clocks(draft: "Draft", last: date) -> Iterator[tuple[str, int]]:
    start = _day_of(draft, Role.THERAPY_START)
    first = draft.request_date if draft.phase == "initial" else start
    if first is not None and last >= first:
        yield "planned_day_of_therapy", (last - first).days + 1
    for role, name in (
        (Role.TRANSPLANT_DATE, "planned_day_after_transplant"),
        (Role.DISCONTINUATION_DATE, "planned_day_after_discontinuation"),
    ):
        day = _day_of(draft, role)
        if day is not None and last >= day:
            yield name, (last - day).days


def _day_of(draft: "Draft", role: Role) -> date | None:
    question = draft.question(role)
    answer = None if question is None else draft.answers.get(question.key)
    return answer if isinstance(answer, date) else None
