"""From what was typed on the dose page to weight, product and dose.

A figure that is refused is not used, and neither is one that looks like another unit until the
person has said that it is right: a maximum computed from pounds would be a wrong maximum.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from criteria.dosing import (
    DoseBasis,
    DoseEntry,
    DoseFacts,
    DoseRequest,
    EarlierTreatment,
    EntryUnit,
    Guard,
    GuardCode,
    GuardSeverity,
    Limit,
    Route,
    Sex,
    WeightEntry,
    WeightFigures,
    WeightUnit,
    dose_guards,
    kilograms,
    weight_figures,
    weight_guards,
)
from criteria.dosing.asked import bindings, bound_limits
from criteria.dosing.dose_guards import ANY_DAYS
from criteria.dosing.infusion_days import DayBounds, day_bounds
from criteria.policies.edition import ProductDefinition
from criteria.policies.product_names import read_product
from criteria.requests.answers.answered import StatedAnswers
from criteria.requests.answers.typed import Typed, many, one
from criteria.requests.case import vials_of
from criteria.requests.dose.courses import courses_guards
from criteria.requests.dose.earlier import earlier_typed
from criteria.requests.dose.figures import courses_before, days_typed, height_cm, number, whole
from criteria.requests.dose.request import request_of
from criteria.requests.dose.second_part import BEFORE, has_second_part, second_unsaid
from criteria.rules.terms import TherapyPhase

OTHER = "other"
BASIS_UNSAID = "Say what the amount counts: the whole course, each day or each infusion."
DAYS_UNSAID = "Say on how many days of a course it is given."
OFTEN_UNSAID = "Say how often a course is given, or that there is one course only."
NUMBER_UNSAID = "Say how many courses: this policy ends with a number or a day."
ROUTE_UNSAID = "Say whether it is given into a vein or under the skin."
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
    """What the dose page says. ``guards``: by field, with whether each was confirmed.

    ``unsaid``: what else has to be said before an amount that was typed is a dose.
    """

    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    figures: WeightFigures | None = None
    product: str | None = None
    other_product: str = ""
    route: Route | None = None
    request: DoseRequest | None = None
    unsaid: str = ""
    earlier: EarlierTreatment | None = None
    months: int | None = None
    courses_before: int | None = None
    guards: tuple[tuple[str, Guard, bool], ...] = ()


def token_of(guard: Guard) -> str:
    """Value of the box that confirms a guard. Another figure makes another one, asked again."""
    return f"{guard.code}:{zlib.crc32(guard.message.encode()):08x}"


def dose_typed(stated: StatedAnswers) -> DoseTyped:
    """Weight, product and dose of a stated."""
    typed, confirmed = stated.typed, set(many(stated.typed, "confirm"))
    weight = number(typed, "weight")
    height = height_cm(typed)
    product = _product(stated)
    guards = [(_field(g, "weight"), g) for g in _weight_guards(stated, weight, height)]
    weight_kg = _usable_weight(typed, weight, [g for _, g in guards], confirmed)
    route = _route(typed, product)
    entry = _entry(typed, weight_kg, route or Route.IV, product)
    is_followed = has_second_part(typed)
    then = _entry(typed, weight_kg, route or Route.IV, product, BEFORE) if is_followed else None
    unsaid = "" if entry is None else _unsaid(typed, route)
    request = None if entry is None or unsaid else request_of(stated, entry, then)
    vials = None if request is None else vials_of(product)
    bounds = _bounds(stated, request, route)
    for place, (before, part) in enumerate((("", entry), (BEFORE, then))):
        if part is not None:
            found = dose_guards(part, vials, bounds[place] if place < len(bounds) else ANY_DAYS)
            guards += [(f"{before}{_field(g, 'dose')}", g) for g in found]
    guards += courses_guards(stated, request)
    stopped = any(g.severity is GuardSeverity.STOP for _, g in guards if g.code not in _WEIGHT)
    return DoseTyped(
        weight_kg=weight_kg,
        height_cm=height,
        figures=_figures(stated, weight_kg, height),
        product=None if product is None else product.key,
        other_product=_other_product(typed) if product is None else "",
        route=route,
        request=None if stopped else request,
        unsaid=unsaid,
        earlier=earlier_typed(typed),
        months=whole(typed, "months"),
        courses_before=courses_before(typed),
        guards=tuple((name, g, token_of(g) in confirmed) for name, g in guards),
    )


_WEIGHT = {
    GuardCode.WEIGHT_UNIT_MISSING,
    GuardCode.WEIGHT_IMPOSSIBLE,
    GuardCode.HEIGHT_IMPOSSIBLE,
    *DOUBTS,
}


def _bounds(
    stated: StatedAnswers, request: DoseRequest | None, route: Route | None
) -> tuple[DayBounds, ...]:
    """What the limits say of the days of a course, for each part of the dose."""
    if request is None or stated.pathway is None:
        return ()
    facts = DoseFacts(route=route or Route.IV, initial=stated.phase is TherapyPhase.INITIAL)
    bound = bindings(stated.pathway.dose, request, facts)
    return tuple(day_bounds(bound_limits(one)) for one in bound)


def _field(guard: Guard, name: str) -> str:
    return FIELD_OF.get(guard.code, name)


def _weight_guards(
    stated: StatedAnswers, weight: Decimal | None, height: Decimal | None
) -> tuple[Guard, ...]:
    unit = one(stated.typed, "weight_unit")
    if weight is None:
        return ()
    entry = WeightEntry(
        value=weight,
        unit=WeightUnit(unit) if unit in set(WeightUnit) else None,
        height_cm=height,
        age_years=stated.age_years,
        last_weight_kg=None if stated.baseline is None else stated.baseline.last.weight_kg,
        measured_on=stated.day("weight_on"),
        requested_on=stated.request_date,
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
    stated: StatedAnswers, weight_kg: Decimal | None, height: Decimal | None
) -> WeightFigures | None:
    if weight_kg is None or height is None:
        return None
    sex = one(stated.typed, "sex")
    return weight_figures(
        weight_kg=weight_kg,
        height_cm=height,
        sex=Sex(sex) if sex in set(Sex) else None,
        age_years=stated.age_years,
    )


def _product(stated: StatedAnswers) -> ProductDefinition | None:
    """The product chosen, or the one that the name of another product turns out to mean."""
    if stated.edition is None:
        return None
    chosen = one(stated.typed, "product")
    if chosen == OTHER:
        return read_product(stated.edition, one(stated.typed, "other_product")).product
    return stated.edition.products.get(chosen)


def _other_product(typed: Typed) -> str:
    return one(typed, "other_product") if one(typed, "product") == OTHER else ""


def _route(typed: Typed, product: ProductDefinition | None) -> Route | None:
    """The route typed, whatever the product is listed with; else the only one of the product."""
    text = one(typed, "route")
    if text in set(Route):
        return Route(text)
    return product.routes[0] if product is not None and len(product.routes) == 1 else None


def _unsaid(typed: Typed, route: Route | None) -> str:
    """Which of several meanings the amount has is not guessed."""
    basis, asks = one(typed, "basis"), []
    if basis not in set(DoseBasis):
        asks.append(BASIS_UNSAID)
    elif basis == DoseBasis.PER_DOSE and days_typed(typed) is None:
        asks.append(DAYS_UNSAID)
    if route is None:
        asks.append(ROUTE_UNSAID)
    if text := second_unsaid(typed):
        asks.append(text)
    return " ".join(asks)


def repetition_unsaid(request: DoseRequest | None, limits: Sequence[Limit]) -> str:
    """How often a dose is given, and how many times where a limit has a number or an end."""
    if request is None or (request.courses == 1 and request.then is None):
        return ""
    if request.courses != 1 and request.interval_days is None:
        return OFTEN_UNSAID
    last = request.then or request
    if last.courses != 1 and last.interval_days is None:
        return OFTEN_UNSAID
    is_ended = last.courses is not None or is_last_day_said(request)
    return "" if is_ended or not any(map(number_counts, limits)) else NUMBER_UNSAID


def number_counts(limit: Limit) -> bool:
    """Whether a limit says how many courses there may be, or up to which day."""
    ends = (limit.max_courses, limit.through_day_of_therapy, limit.until_days)
    return any(end is not None for end in ends)


def is_last_day_said(request: DoseRequest) -> bool:
    """Whether the day of the last dose is stated, which says how long courses go on."""
    days = (
        request.planned_day_of_therapy,
        request.planned_day_after_transplant,
        request.planned_day_after_discontinuation,
    )
    return any(day is not None for day in days)


def _entry(
    typed: Typed,
    weight_kg: Decimal | None,
    route: Route,
    product: ProductDefinition | None,
    before: str = "",
) -> DoseEntry | None:
    """An amount as typed. ``before``: what the names of its fields begin with."""
    amount = number(typed, f"{before}dose")
    if amount is None:
        return None
    unit, basis = one(typed, f"{before}dose_unit"), one(typed, f"{before}basis")
    how_often = one(typed, f"{before}interval_unit")
    return DoseEntry(
        amount=amount,
        unit=EntryUnit(unit) if unit in set(EntryUnit) else None,
        basis=DoseBasis(basis) if basis in set(DoseBasis) else DoseBasis.TOTAL,
        days=days_typed(typed, f"{before}days"),
        weight_kg=weight_kg,
        route=route,
        concentration_percent=None if product is None else product.concentration_percent,
        has_interval=False if how_often == "as-needed" else None,
    )
