"""From one JSON object to a Case and the edition that judges it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from criteria.case import Case
from criteria.casefile.answers import answer_of
from criteria.casefile.dose import dose_of, months_of, route_of
from criteria.casefile.names import GENERAL_ALONE, indication_of, pathway_of, product_of
from criteria.casefile.problem import (
    CaseProblem,
    date_at,
    known_keys,
    number_at,
    object_at,
    one_of_at,
    text_at,
    whole_at,
)
from criteria.codes import normalized_icd10
from criteria.dosing.weight import WeightUnit, kilograms
from criteria.edition import Edition, Phase
from criteria.rules import Answer

KEYS = (
    "policy",
    "on",
    "indication",
    "pathway",
    "phase",
    "icd10",
    "answers",
    "patient",
    "product",
    "dose",
    "id",
)
PATIENT_KEYS = ("weight_kg", "weight_lb", "age_years", "date_of_birth")

# Which edition judges a case: policy key and request date.
FindEdition = Callable[[str, date], Edition]


@dataclass(frozen=True, slots=True)
class ParsedCase:
    """A case with the edition that judges it. ``id`` is the caller's own, handed back."""

    case: Case
    edition: Edition
    id: str | int | None = None


def parse_case(value: Any, find_edition: FindEdition) -> ParsedCase:
    """The case one JSON object states. Nothing is guessed: what is not stated stays open.

    Raises CaseProblem for an unknown key, a wrong type, an unknown policy, indication, pathway or
    question.
    """
    stated = object_at(value, "case")
    known_keys(stated, KEYS, "")
    on = date_at(_required(stated, "on"), "on")
    edition = find_edition(text_at(_required(stated, "policy"), "policy"), on)
    phase = Phase(one_of_at(_required(stated, "phase"), [p.value for p in Phase], "phase"))
    indication = indication_of(edition, _required(stated, "indication"))
    pathway = pathway_of(edition, indication, phase, stated.get("pathway"))
    product, other = product_of(edition, stated.get("product"))
    patient = object_at(_optional(stated, "patient"), "patient")
    known_keys(patient, PATIENT_KEYS, "patient")
    case = Case(
        request_date=on,
        phase=phase,
        indication=None if indication == GENERAL_ALONE else indication,
        pathway=pathway,
        icd10=_codes(stated.get("icd10")),
        answers=answers_of(edition, _optional(stated, "answers"), on),
        age_years=_age(patient, on),
        weight_kg=_weight(patient),
        product=product,
        other_product=other,
        route=route_of(stated.get("dose")),
        dose=dose_of(stated.get("dose")),
        authorization_months=months_of(stated.get("dose")),
    )
    _check_route(edition, case)
    return ParsedCase(case, edition, stated.get("id"))


def answers_of(edition: Edition, value: Any, on: date) -> dict[str, Answer]:
    """The answers given, by question key; null is not given.

    Raises CaseProblem for a key that is no question of the edition.
    """
    stated = object_at(value, "answers")
    known_keys(stated, edition.questions, "answers")
    return {
        key: answer_of(edition.questions[key], answer, on, f"answers.{key}")
        for key, answer in stated.items()
        if answer is not None
    }


def _required(stated: Mapping[str, Any], key: str) -> Any:
    if stated.get(key) is None:
        raise CaseProblem(key, "missing")
    return stated[key]


def _optional(stated: Mapping[str, Any], key: str) -> Any:
    """An object that may be left out."""
    return {} if stated.get(key) is None else stated[key]


def _codes(value: Any) -> tuple[str, ...]:
    codes = [] if value is None else value if isinstance(value, list) else [value]
    return tuple(_code(code, f"icd10[{i}]") for i, code in enumerate(codes))


def _code(value: Any, at: str) -> str:
    code = normalized_icd10(text_at(value, at))
    if code is None:
        raise CaseProblem(at, f"expected an ICD-10-CM code such as G61.81, got {value!r}")
    return code


def _age(patient: Mapping[str, Any], on: date) -> int | None:
    """Age in completed years on the request date."""
    stated = patient.get("age_years")
    age = None if stated is None else whole_at(stated, "patient.age_years", least=0)
    born = patient.get("date_of_birth")
    if born is None:
        return age
    day = date_at(born, "patient.date_of_birth")
    if day > on:
        raise CaseProblem("patient.date_of_birth", f"{day} is after the request date {on}")
    computed = relativedelta(on, day).years
    if age not in (None, computed):
        raise CaseProblem("patient.age_years", f"{age} years, but born on {day} is {computed}")
    return computed


def _weight(patient: Mapping[str, Any]) -> Decimal | None:
    """Exact kilograms of the weight stated, in one unit only."""
    given = [key for key in ("weight_kg", "weight_lb") if patient.get(key) is not None]
    if not given:
        return None
    if len(given) > 1:
        raise CaseProblem("patient.weight_lb", "the weight is already given in kg")
    at = f"patient.{given[0]}"
    weight = number_at(patient[given[0]], at)
    in_kg = weight if given[0] == "weight_kg" else kilograms(weight, WeightUnit.LB)
    if not Decimal("0.3") < in_kg <= 500:
        raise CaseProblem(at, f"expected a weight above 0.3 and up to 500 kg, got {in_kg} kg")
    return in_kg


def _check_route(edition: Edition, case: Case) -> None:
    """A product is given by a route it has."""
    if case.route is None or case.product is None:
        return
    product = edition.products[case.product]
    if case.route not in product.routes:
        routes = " or ".join(product.routes)
        raise CaseProblem("dose.route", f"{product.brand} is given {routes}, not {case.route}")
