"""A stated request as a person reads it, with the wording of the questions."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.dosing import DoseBasis, DosePart, DoseRequest, EarlierLabelDose, EarlierTreatment
from criteria.policies.edition import Edition
from criteria.requests.case import SiteOfCare
from criteria.requests.case_files.dose import dose_of
from criteria.requests.case_files.earlier import earlier_of
from criteria.requests.case_files.names import GENERAL_ALONE, product_of
from criteria.rules import KINDS
from criteria.rules.explain import answer_text, date_text, number_text
from criteria.rules.formats import counted
from criteria.rules.json_values import CaseProblemError
from criteria.rules.terms import TherapyPhase

Lines = list[tuple[str, str]]
PHASES = {
    TherapyPhase.INITIAL.value: "First request",
    TherapyPhase.CONTINUATION.value: "Continued treatment",
}
_BASIS = {
    DoseBasis.TOTAL: "in all, each course",
    DoseBasis.PER_DAY: "a day",
    DoseBasis.PER_DOSE: "each infusion",
}


def request_lines(edition: Edition, stated: Mapping[str, Any]) -> Lines:
    """What is asked for and for whom: for each line its name and its words."""
    pairs = [
        ("Request", _request(edition, stated)),
        ("Patient", ", ".join(_patient(stated.get("patient") or {}))),
        ("Prescriber", ", ".join(_prescriber(stated.get("prescriber") or {}))),
        ("Place", _place(stated.get("place"))),
        ("Codes", _codes(stated.get("icd10"))),
        ("Product", _product(edition, stated.get("product"))),
        ("Dose", _dose(stated.get("dose"))),
    ]
    return [(name, words) for name, words in pairs if words]


def answer_lines(edition: Edition, stated: Mapping[str, Any]) -> Lines:
    """Each answer with the wording of its question; one of a question that is gone by its key."""
    return [
        (*_answer(edition, key, value, str(stated.get("on"))),)
        for key, value in (stated.get("answers") or {}).items()
        if value is not None
    ]


def _answer(edition: Edition, key: str, value: object, on: str) -> tuple[str, str]:
    question = edition.questions.get(key)
    if question is None:
        return f"{key} (no question of this edition)", str(value)
    try:
        answer = KINDS[question.type].from_json(question, value, date.fromisoformat(on), key)
    except (CaseProblemError, ValueError):
        return question.wording, f"{value} (does not fit the question)"
    return question.wording, answer_text(question, answer)


def _request(edition: Edition, stated: Mapping[str, Any]) -> str:
    phase = PHASES.get(str(stated.get("phase")), str(stated.get("phase")))
    key = str(stated.get("indication"))
    indication = edition.indications.get(key)
    name = "the general requirements alone" if key == GENERAL_ALONE else key
    pathway = ""
    if indication is not None:
        name = indication.name
        known = {p.key: p.name for p in indication.pathways}
        pathway = known.get(str(stated.get("pathway")), "") if len(known) > 1 else ""
    criteria = f", {pathway}" if pathway else ""
    return f"{phase} for {name}{criteria}, dated {_day(stated.get('on'))}."


def _day(value: object) -> str:
    try:
        return date_text(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _patient(patient: Mapping[str, Any]) -> Iterator[str]:
    if patient.get("age_years") is not None:
        yield counted(patient["age_years"], "year") + " old"
    if patient.get("date_of_birth") is not None:
        yield f"born {_day(patient['date_of_birth'])}"
    for key, unit in (("weight_kg", "kg"), ("weight_lb", "lb")):
        if patient.get(key) is not None:
            yield f"{patient[key]} {unit}"


def _prescriber(prescriber: Mapping[str, Any]) -> Iterator[str]:
    if prescriber.get("specialty"):
        yield str(prescriber["specialty"])
    if prescriber.get("consultant_specialty"):
        yield f"consulted {prescriber['consultant_specialty']}"
    elif prescriber.get("consulted") is not None:
        yield "a specialist was consulted" if prescriber["consulted"] else "nobody was consulted"


def _place(value: object) -> str:
    known = {place.value: place.words for place in SiteOfCare}
    return known.get(str(value), str(value or ""))


def _codes(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _product(edition: Edition, value: object) -> str:
    try:
        key, other = product_of(edition, value)
    except CaseProblemError:
        return str(value)
    return other if key is None else edition.products[key].name


def _dose(value: object) -> str:
    """2,000 mg/kg in all, each course, over 5 days, every 28 days, 6 courses."""
    try:
        dose, earlier = dose_of(value), earlier_of(value)
    except CaseProblemError:
        return str(value)
    stated = value if isinstance(value, dict) else {}
    months = stated.get("authorization_months")
    route = stated.get("route")
    before = stated.get("courses_before")
    beside = [
        f"by {route}" if route else "",
        f"for {counted(months, 'month')}" if months else "",
        "" if before is None else f"{counted(before, 'course')} given before",
    ]
    beside += [] if earlier is None else [_before(earlier)]
    return ", ".join(filter(None, [*(() if dose is None else _asked(dose)), *beside]))


def _before(earlier: EarlierTreatment) -> str:
    """Before: 40 g into a vein every 28 days; levels where they are stated."""
    if earlier.kind is EarlierLabelDose.NEW:
        return "no immune globulin before"
    how = "into a vein" if earlier.kind is EarlierLabelDose.IV else "under the skin"
    days = counted(earlier.interval_days or 0, "day")
    text = f"before: {number_text(earlier.grams or Decimal(0))} g {how} every {days}"
    trough, target = earlier.igg_trough_mg_per_dl, earlier.igg_target_mg_per_dl
    if trough is None or target is None:
        return text
    return f"{text}, IgG trough {number_text(trough)} of {number_text(target)} mg/dL"


def _part(part: DosePart) -> Iterator[str]:
    yield f"{number_text(part.amount)} {part.unit} {_BASIS[part.basis]}"
    if part.days:
        yield f"over {counted(part.days, 'day')}" + ("" if part.consecutive else ", with breaks")
    if part.interval_days:
        yield "every month" if part.monthly else f"every {counted(part.interval_days, 'day')}"
    if part.courses:
        yield counted(part.courses, "course")


def _asked(dose: DoseRequest) -> Iterator[str]:
    yield from _part(dose)
    if dose.then is not None:
        first, *others = _part(dose.then)
        yield f"then {first}"
        yield from others
        if dose.then.begins_after_days:
            after = counted(dose.then.begins_after_days, "day")
            yield f"beginning {after} after the last course before"
    if dose.induction is not None:
        yield "induction" if dose.induction else "no induction"
    if dose.planned_day_of_therapy:
        yield f"until day {dose.planned_day_of_therapy} of therapy"
    if dose.planned_day_after_transplant is not None:
        yield f"until day {dose.planned_day_after_transplant} after the transplant"
    if dose.planned_day_after_discontinuation is not None:
        yield f"until day {dose.planned_day_after_discontinuation} after therapy was stopped"
