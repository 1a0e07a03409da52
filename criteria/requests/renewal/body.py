"""Weight, product and dose beside those of the approvals."""

from collections.abc import Iterator
from decimal import Decimal

from criteria.dosing.figures import cut_off, grams_text, kg_text, mg_per_kg_text
from criteria.requests.renewal.differences import DIFFERENT, SAME, figure_text, is_large
from criteria.requests.renewal.snapshot import Snapshot
from criteria.requests.renewal.table import BaselineRow, Was
from criteria.rules.formats import date_text

LARGE = "The weight changed by 10 % or more: is the dose still right?"
NOT_STATED = "not stated"


def body_rows(approvals: tuple[Snapshot, ...], today: Snapshot) -> Iterator[BaselineRow]:
    """A row for each that is stated at an approval or today."""
    every = (*approvals, today)
    if any(one.weight_kg is not None for one in every):
        yield _weight(approvals, today)
    yield from _words("Product", approvals, [one.product for one in every])
    if any(one.course_g is not None or one.course_mg_per_kg is not None for one in every):
        was = tuple(
            Was(then.number, _dose_then(then), _dose_difference(then, today)) for then in approvals
        )
        yield BaselineRow(label="Dose of one course", then=was, now=_dose(today.course_g, today))
    if any(one.then_g is not None or one.then_mg_per_kg is not None for one in every):
        yield _following(approvals, today)
    yield from _words("Dose as asked for", approvals, [one.schedule for one in every])


def body_text(one: Snapshot) -> str:
    """69.853 kg, measured 3 Nov 2026 · Gamunex-C 10 % · 135 g (1,932.6 mg/kg) a course."""
    dose = "" if one.course_g is None and one.course_mg_per_kg is None else _dose_then(one)
    weight = "" if one.weight_kg is None else _weight_text(one)
    return " · ".join(filter(None, (weight, one.product, dose and f"{dose} a course")))


def _words(label: str, approvals: tuple[Snapshot, ...], texts: list[str]) -> Iterator[BaselineRow]:
    """A row of texts, that of today last; none where nothing was stated."""
    *thens, now = texts
    if any(texts):
        was = tuple(
            Was(approval.number, then or NOT_STATED, _alike(then, now))
            for approval, then in zip(approvals, thens, strict=True)
        )
        yield BaselineRow(label=label, then=was, now=now or NOT_STATED)


def _alike(then: str, now: str) -> str:
    if not then or not now:
        return ""
    return SAME if then == now else DIFFERENT


def _weight(approvals: tuple[Snapshot, ...], today: Snapshot) -> BaselineRow:
    now = today.weight_kg
    was = tuple(
        Was(then.number, _weight_text(then), _weight_difference(then, today)) for then in approvals
    )
    large = now is not None and any(
        then.weight_kg is not None and is_large(then.weight_kg, now) for then in approvals
    )
    return BaselineRow(
        label="Weight", then=was, now=_weight_text(today), warning=LARGE if large else ""
    )


def _weight_text(one: Snapshot) -> str:
    if one.weight_kg is None:
        return NOT_STATED
    on = f", measured {date_text(one.weighed_on)}" if one.weighed_on else ""
    return f"{kg_text(one.weight_kg)}{on}"


def _weight_difference(then: Snapshot, today: Snapshot) -> str:
    if then.weight_kg is None or today.weight_kg is None:
        return ""
    kg = _shown(then.weight_kg, 3), _shown(today.weight_kg, 3)
    return figure_text(*kg, "kg")


def _shown(figure: Decimal, places: int) -> Decimal:
    """A figure as it is read, so that a difference is that of the figures beside it."""
    return Decimal(cut_off(figure, places).replace(",", ""))


def _dose(grams: Decimal | None, one: Snapshot) -> str:
    """135 g (1,932.6 mg/kg)."""
    return _grams_and_per_kg(grams, _per_kg(grams, one))


def _grams_and_per_kg(grams: Decimal | None, per_kg: Decimal | None) -> str:
    weight = "" if per_kg is None else mg_per_kg_text(per_kg)
    if grams is None:
        return weight or NOT_STATED
    return f"{grams_text(grams)} ({weight})" if weight else grams_text(grams)


def _per_kg(grams: Decimal | None, one: Snapshot) -> Decimal | None:
    """mg/kg of a course: as it was worked out for the dose asked for, else by the weight."""
    if grams == one.course_g:
        return one.course_mg_per_kg
    return None if grams is None or not one.weight_kg else grams * 1000 / one.weight_kg


def _following(approvals: tuple[Snapshot, ...], today: Snapshot) -> BaselineRow:
    """The part that follows the first one, held against that of the approvals."""
    was = tuple(
        Was(
            then.number,
            _grams_and_per_kg(then.then_g, then.then_mg_per_kg),
            _changes((then.then_g, today.then_g), (then.then_mg_per_kg, today.then_mg_per_kg)),
        )
        for then in approvals
    )
    now = _grams_and_per_kg(today.then_g, today.then_mg_per_kg)
    return BaselineRow(label="Dose of one course of what follows", then=was, now=now)


def _counted(then: Snapshot) -> Decimal | None:
    """Grams of a course that were approved; those asked for where that is not known."""
    return then.course_g if then.approved_g is None else then.approved_g


def _dose_then(then: Snapshot) -> str:
    """What was approved; what had been asked for too, where that was another dose."""
    text = _dose(_counted(then), then)
    if then.approved_g is None or then.course_g is None or then.approved_g == then.course_g:
        return text
    return f"{text} approved; {_dose(then.course_g, then)} asked for"


def _dose_difference(then: Snapshot, today: Snapshot) -> str:
    """In grams and in mg/kg."""
    grams = (_counted(then), today.course_g)
    per_kg = (_per_kg(_counted(then), then), _per_kg(today.course_g, today))
    return _changes(grams, per_kg)


def _changes(
    grams: tuple[Decimal | None, Decimal | None], per_kg: tuple[Decimal | None, Decimal | None]
) -> str:
    parts = (_change(*grams, "g", 2), _change(*per_kg, "mg/kg", 1))
    return "; ".join(dict.fromkeys(filter(None, parts)))


def _change(then: Decimal | None, now: Decimal | None, unit: str, places: int) -> str:
    if then is None or now is None:
        return ""
    return figure_text(_shown(then, places), _shown(now, places), unit)
