"""From one JSON object to a Case and the edition that judges it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, cast

from criteria.dosing.weight import WeightUnit, kilograms
from criteria.policies.codes.spelling import normalized_icd10
from criteria.policies.edition import Edition
from criteria.requests.ages import OLDEST_YEARS, years_between
from criteria.requests.case import Case, SiteOfCare
from criteria.requests.case_files.dose import before_of, dose_of, months_of, route_of
from criteria.requests.case_files.earlier import earlier_of
from criteria.requests.case_files.names import GENERAL_ALONE, indication_of, pathway_of, product_of
from criteria.requests.case_files.parts import read_all
from criteria.requests.case_files.prescriber import prescriber_parts
from criteria.rules import KINDS, Answer, QuestionDefinition
from criteria.rules.json_values import (
    CaseProblemError,
    Mistakes,
    date_at,
    known_keys,
    number_at,
    object_at,
    one_of_at,
    shown,
    text_at,
    whole_at,
)
from criteria.rules.terms import TherapyPhase

KEYS = (
    "policy",
    "on",
    "edition",
    "indication",
    "pathway",
    "phase",
    "icd10",
    "answers",
    "patient",
    "prescriber",
    "place",
    "product",
    "dose",
    "id",
)
PATIENT_KEYS = ("weight_kg", "weight_lb", "age_years", "date_of_birth")
AGE = "patient.age_years"
BORN = "patient.date_of_birth"

# Which edition judges a case: by policy key and request date, or by policy key and number.
FindEdition = Callable[[str, date], Edition]
FindNamed = Callable[[str, str], Edition]


@dataclass(frozen=True, slots=True)
class ParsedCase:
    """A case with the edition that judges it. ``id`` is the caller's own, handed back."""

    case: Case
    edition: Edition
    id: str | int | None = None


def parse_case(
    value: object, find_edition: FindEdition, find_named: FindNamed | None = None
) -> ParsedCase:
    """The case one JSON object states. Nothing is guessed, and an object states all there is.

    What it leaves out stays open, but it contradicts nothing, is no place at home and no course
    given before; the report names such a thing as not stated.

    ``find_named`` finds the edition a case names; without it none may be named.
    Raises CaseProblemError, with every mistake, for an unknown key, a wrong type, an unknown
    policy, indication, pathway or question.
    """
    stated = object_at(value, "case")
    mistakes = Mistakes()
    mistakes.of(lambda: known_keys(stated, KEYS, ""))
    own_id = mistakes.of(lambda: _id(stated.get("id")))
    head = mistakes.of(lambda: _head(stated, find_edition, find_named))
    plain = mistakes.of(lambda: _plain_parts(stated)) or {}
    by_edition = {} if head is None else mistakes.of(lambda: _parts_of(head, stated)) or {}
    mistakes.refuse()
    # Without a head there was a mistake.
    on, phase, edition = cast(_Head, head)
    case = Case(request_date=on, phase=phase, only_stated=True, **plain, **by_edition)
    return ParsedCase(case, edition, own_id)


_Head = tuple[date, TherapyPhase, Edition]


def _head(
    stated: Mapping[str, Any], find_edition: FindEdition, find_named: FindNamed | None
) -> _Head:
    """The request date, the phase, and the edition that judges the case."""
    phases = [phase.value for phase in TherapyPhase]
    found = read_all(
        on=lambda: date_at(_required(stated, "on"), "on"),
        policy=lambda: text_at(_required(stated, "policy"), "policy"),
        phase=lambda: one_of_at(_required(stated, "phase"), phases, "phase"),
        number=lambda: _optional_text(stated, "edition"),
    )
    on, policy, number = found["on"], found["policy"], found["number"]
    if number and find_named is None:
        raise CaseProblemError("edition", "no edition may be named here")
    edition = find_named(policy, number) if number and find_named else find_edition(policy, on)
    return on, TherapyPhase(found["phase"]), edition


def _optional_text(stated: Mapping[str, Any], key: str) -> str:
    return "" if stated.get(key) is None else text_at(stated[key], key)


def _plain_parts(stated: Mapping[str, Any]) -> dict[str, Any]:
    """What can be read without an edition."""
    dose = stated.get("dose")
    return read_all(
        icd10=lambda: _codes(stated.get("icd10")),
        age_years=lambda: _age(_patient(stated)),
        weight_kg=lambda: _weight(_patient(stated)),
        place=lambda: _place(stated.get("place")),
        **prescriber_parts(stated.get("prescriber")),
        route=lambda: route_of(dose),
        dose=lambda: dose_of(dose),
        earlier=lambda: earlier_of(dose),
        authorization_months=lambda: months_of(dose),
        before=lambda: before_of(dose),
    )


def _parts_of(head: _Head, stated: Mapping[str, Any]) -> dict[str, Any]:
    """What means something only to an edition, or on the request date."""
    on, phase, edition = head
    found = read_all(
        use=lambda: _use(edition, phase, stated),
        answers=lambda: answers_of(edition, _optional(stated, "answers"), on),
        born=lambda: _born(_patient(stated), on),
        product=lambda: product_of(edition, stated.get("product")),
    )
    indication, pathway = found.pop("use")
    product, other = found.pop("product")
    return {
        "indication": None if indication == GENERAL_ALONE else indication,
        "pathway": pathway,
        "product": product,
        "other_product": other,
        **found,
    }


def _use(
    edition: Edition, phase: TherapyPhase, stated: Mapping[str, Any]
) -> tuple[str, str | None]:
    """The indication and its pathway."""
    indication = indication_of(edition, _required(stated, "indication"))
    return indication, pathway_of(edition, indication, phase, stated.get("pathway"))


def answer_at(question: QuestionDefinition, value: object, on: date, at: str) -> Answer:
    """The answer that a case states to a question. Raises CaseProblemError."""
    return KINDS[question.type].from_json(question, value, on, at)


def answers_of(edition: Edition, value: object, on: date) -> dict[str, Answer]:
    """The answers given, by question key; null is not given.

    Raises CaseProblemError, with every mistake, for a key that is no question of the edition and
    for an answer that does not fit its question.
    """
    stated = object_at(value, "answers")
    mistakes = Mistakes()
    mistakes.of(lambda: known_keys(stated, edition.questions, "answers"))
    found = {
        key: mistakes.of(partial(answer_at, edition.questions[key], answer, on, f"answers.{key}"))
        for key, answer in stated.items()
        if answer is not None and key in edition.questions
    }
    mistakes.refuse()
    return {key: answer for key, answer in found.items() if answer is not None}


def _place(value: object) -> SiteOfCare | None:
    """Where it is given."""
    places = [place.value for place in SiteOfCare]
    return None if value is None else SiteOfCare(one_of_at(value, places, "place"))


def _id(value: object) -> str | int | None:
    """The caller's own name or number of the case."""
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value
    raise CaseProblemError("id", f"expected a text or a whole number, got {shown(value)}")


def _patient(stated: Mapping[str, Any]) -> Mapping[str, Any]:
    patient = object_at(_optional(stated, "patient"), "patient")
    known_keys(patient, PATIENT_KEYS, "patient")
    return patient


def _required(stated: Mapping[str, Any], key: str) -> object:
    if stated.get(key) is None:
        raise CaseProblemError(key, "missing")
    return stated[key]


def _optional(stated: Mapping[str, Any], key: str) -> object:
    """An object that may be left out."""
    return {} if stated.get(key) is None else stated[key]


def _codes(value: object) -> tuple[str, ...]:
    """Each code once, in the order stated."""
    if value is None:
        return ()
    if not isinstance(value, list):
        return (_code(value, "icd10"),)
    parts = {f"[{i}]": partial(_code, code, f"icd10[{i}]") for i, code in enumerate(value)}
    return tuple(dict.fromkeys(read_all(**parts).values()))


def _code(value: object, at: str) -> str:
    code = normalized_icd10(text_at(value, at))
    if code is None:
        raise CaseProblemError(at, f"expected an ICD-10-CM code such as G61.81, got {value!r}")
    return code


def _age(patient: Mapping[str, Any]) -> int | None:
    """Age in completed years as stated."""
    stated = patient.get("age_years")
    return None if stated is None else _lived(whole_at(stated, AGE, least=0), AGE)


def _born(patient: Mapping[str, Any], on: date) -> date | None:
    """The date of birth, by which the age counts on the request date."""
    if patient.get("date_of_birth") is None:
        return None
    day = date_at(patient["date_of_birth"], BORN)
    if day > on:
        raise CaseProblemError(BORN, f"{day} is after the request date {on}")
    _lived(years_between(day, on), BORN)
    return day


def _lived(years: int, at: str) -> int:
    if years > OLDEST_YEARS:
        raise CaseProblemError(at, f"expected an age of at most {OLDEST_YEARS} years, got {years}")
    return years


def _weight(patient: Mapping[str, Any]) -> Decimal | None:
    """Exact kilograms of the weight stated, in one unit only."""
    given = [key for key in ("weight_kg", "weight_lb") if patient.get(key) is not None]
    if not given:
        return None
    if len(given) > 1:
        raise CaseProblemError("patient.weight_lb", "the weight is already given in kg")
    at = f"patient.{given[0]}"
    weight = number_at(patient[given[0]], at)
    in_kg = weight if given[0] == "weight_kg" else kilograms(weight, WeightUnit.LB)
    if not Decimal("0.3") < in_kg <= 500:
        raise CaseProblemError(at, f"expected a weight above 0.3 and up to 500 kg, got {in_kg} kg")
    return in_kg
