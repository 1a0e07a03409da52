"""A request as programs state it, typed into the pages: the same facts by the other way in."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from criteria.dosing import Route
from criteria.models import AuthorizationRequest
from criteria.policies.edition import Edition
from criteria.policies.product_names import read_product
from criteria.requests.dose.request import INTERVAL_DAYS
from criteria.requests.dose.values import token_of
from criteria.requests.stated_request import StatedRequest
from criteria.rules import AnswerType, FactRole, QuestionDefinition

Json = dict[str, Any]
Fields = dict[str, list[str]]
INTERVALS = {"monthly": ("1", "months"), "weekly": ("1", "weeks"), "once": ("", "once")}
AMOUNTS = {"mg_per_kg": "mg/kg", "g_per_kg": "g/kg", "g": "g"}


class NotTypedError(Exception):
    """The pages have no field for this."""


def draft_of_stated(edition: Edition, stated: Json, **more: list[str]) -> StatedRequest:
    """A request that nobody saved, with everything typed that ``stated`` states.

    What looks like a slip of the keyboard is confirmed. Raises NotTypedError.
    """
    day = date.fromisoformat(stated["on"])
    request = AuthorizationRequest(phase=stated["phase"], request_date=day)
    blank = StatedRequest(request, edition, (), today=day)
    draft = blank.with_typed(dict(fields_of_stated(edition, stated)) | more)
    tokens = [token_of(guard) for _, guard, _ in draft.dose.guards]
    return draft.with_typed({"confirm": tokens}) if tokens else draft


def fields_of_stated(edition: Edition, stated: Json) -> Iterator[tuple[str, list[str]]]:
    """Every field with what is typed into it."""
    plain = {"phase": stated["phase"], "request_date": stated["on"]}
    plain |= {"indication": stated["indication"], "pathway": stated.get("pathway") or ""}
    plain |= {"place": stated.get("place") or ""}
    codes = stated.get("icd10") or []
    codes = [codes] if isinstance(codes, str) else codes
    plain |= {"icd10": codes[0] if codes else "", "icd10_others": ", ".join(codes[1:])}
    plain |= dict(_people(edition, stated)) | dict(_product(edition, stated.get("product")))
    plain |= dict(_dose(edition, stated))
    yield from ((name, [value]) for name, value in plain.items())
    for key, answer in (stated.get("answers") or {}).items():
        if answer is not None:
            yield from _answer(edition.questions[key], answer)


def _people(edition: Edition, stated: Json) -> Iterator[tuple[str, str]]:
    patient, prescriber = stated.get("patient") or {}, stated.get("prescriber") or {}
    for unit in ("kg", "lb"):
        if patient.get(f"weight_{unit}") is not None:
            yield "weight", str(patient[f"weight_{unit}"])
            yield "weight_unit", unit
    if patient.get("age_years") is not None:
        yield _age_field(edition), str(patient["age_years"])
    yield "born", patient.get("date_of_birth") or ""
    yield "specialty", prescriber.get("specialty") or ""
    yield "consultant_specialty", prescriber.get("consultant_specialty") or ""
    yield "consulted", {True: "yes", False: "no", None: ""}[prescriber.get("consulted")]


def _age_field(edition: Edition) -> str:
    """The age is asked once: by the policy's own question, if it has one."""
    asked = (q.key for q in edition.questions.values() if q.role is FactRole.AGE_YEARS)
    return next((f"q-{key}" for key in asked), "age")


def _product(edition: Edition, product: str | None) -> Iterator[tuple[str, str]]:
    """Chosen from the list by its key, written out otherwise."""
    if product in edition.products:
        yield "product", product
    elif product:
        yield "product", "other"
        yield "other_product", product


def _dose(edition: Edition, stated: Json) -> Iterator[tuple[str, str]]:
    dose = stated.get("dose") or {}
    yield "route", dose.get("route") or _route(edition, stated.get("product"))
    if dose.get("authorization_months") is not None:
        yield "months", str(dose["authorization_months"])
    if not any(dose.get(key) is not None for key in AMOUNTS):
        return
    yield from _part(dose)
    yield "induction", {True: "yes", False: "no", None: ""}[dose.get("induction")]
    yield "courses_before", str(dose.get("courses_before", 0))
    if dose.get("then"):
        yield "then", "yes"
        for name, value in _part(dose["then"]):
            yield f"then_{name}", value
        yield "then_begins", _begins(dose["then"])
    if dose.get("planned"):
        yield "last_dose_on", _last_day(edition, stated).isoformat()


def _part(dose: Json) -> Iterator[tuple[str, str]]:
    amount = next(key for key in AMOUNTS if dose.get(key) is not None)
    yield "dose", str(dose[amount])
    yield "dose_unit", AMOUNTS[amount]
    yield "basis", dose["basis"]
    yield "days", str(dose.get("days") or "")
    yield "consecutive", {True: "yes", False: "no"}[dose.get("consecutive", True)]
    yield "courses", str(dose.get("courses") or "")
    yield from _often(dose)


def _begins(dose: Json) -> str:
    """Left out of a file, it begins one of its own intervals after the last course."""
    if dose.get("begins_after_days") is not None:
        return str(dose["begins_after_days"])
    often = dict(_often(dose))
    if not often["interval"]:
        return ""
    return str(int(often["interval"]) * INTERVAL_DAYS[often["interval_unit"]])


def _route(edition: Edition, product: str | None) -> str:
    """What the format takes for stated: the first route of the product, or into a vein."""
    found = None if not product else read_product(edition, product).product
    return Route.IV if found is None else found.routes[0]


def _often(dose: Json) -> Iterator[tuple[str, str]]:
    words = dose.get("interval")
    if words is None:
        count, unit = str(dose.get("interval_days") or ""), "days"
    elif words in INTERVALS:
        count, unit = INTERVALS[words]
    elif words.startswith("every "):
        count, unit = words.split()[1:3]
        unit = f"{unit.removesuffix('s')}s"
    else:
        raise NotTypedError(words)
    yield "interval", count
    yield "interval_unit", unit if count or unit == "once" else ""


def _last_day(edition: Edition, stated: Json) -> date:
    """The one day of the last planned dose; only one is asked for."""
    planned, answers = stated["dose"]["planned"], stated.get("answers") or {}
    by_role = {q.role: answers.get(q.key) for q in edition.questions.values() if q.role}
    start = stated["on"] if stated["phase"] == "initial" else by_role.get(FactRole.THERAPY_START)
    zeros = {
        "day_of_therapy": start and date.fromisoformat(start) - timedelta(days=1),
        "day_after_transplant": _day(by_role.get(FactRole.TRANSPLANT_DATE)),
        "day_after_discontinuation": _day(by_role.get(FactRole.DISCONTINUATION_DATE)),
    }
    days = {(zero := zeros[key]) and zero + timedelta(days=n) for key, n in planned.items()}
    if len(days) != 1 or not (day := days.pop()):
        raise NotTypedError("several last days, or none")
    return day


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _answer(question: QuestionDefinition, answer: Any) -> Iterator[tuple[str, list[str]]]:
    name = f"q-{question.key}"
    if question.type is AnswerType.YES_NO:
        yield name, ["yes" if answer else "no"]
    elif question.type is AnswerType.NUMBER:
        said = answer if isinstance(answer, dict) else {"value": answer}
        yield name, [str(said["value"])]
        yield f"{name}-unit", [said.get("unit") or question.unit]
        yield f"{name}-measured_on", [said.get("measured_on") or ""]
    elif question.type is AnswerType.THERAPY:
        said = answer if isinstance(answer, dict) else {"outcome": answer}
        yield name, [said["outcome"]]
        yield from _rows(name, [said])
    elif question.type is AnswerType.LIST:
        yield name, ["none"] if answer in (0, []) else [""]
        if not isinstance(answer, list) and answer:
            raise NotTypedError("a number of therapies that are not named")
        entries = answer or []
        rows = [x if isinstance(x, dict) else {"outcome": "failure", "drug": x} for x in entries]
        yield f"{name}-outcome", [row["outcome"] for row in rows]
        yield from _rows(name, rows)
    else:
        yield name, [str(answer)]


def _rows(name: str, rows: list[Json]) -> Iterator[tuple[str, list[str]]]:
    for part in ("drug", "from", "to", "reason"):
        yield f"{name}-{part}", [row.get(part) or "" for row in rows]
