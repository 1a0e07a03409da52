"""The same facts typed into the pages and stated to ``evaluate`` give the same finding.

The pages ask for everything, so they may wait for an answer where a file of cases, which states all
there is to say, leaves something out. Nothing else may differ.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from criteria.policies.edition import Edition, IndicationDefinition
from criteria.requests.assessment.assess import assess
from criteria.requests.case_files.parse import parse_case
from criteria.rules import AnswerType, FactRole
from criteria.rules.json_values import CaseProblemError
from criteria.rules.terms import CodeSystem
from tests.factories.icd10 import load_small_table
from tests.policies.shipped.cases import Json, edition, every_case, files
from tests.screens.wizard.both_ways import (
    POLICIES,
    Both,
    Path,
    asking,
    both_of,
    can_be_typed,
    differences,
    over,
    paths,
)
from tests.screens.wizard.typed_out import NotTypedError


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    load_small_table()


# Every case of the policies


@pytest.mark.parametrize(
    "policy,name", [(policy, path.stem) for policy in POLICIES for path in files(policy)]
)
def test_every_case_of_a_policy(policy: str, name: str) -> None:
    compared = 0
    for case in every_case(policy):
        is_general = case.request["indication"] == "general-requirements"
        if case.file != f"{policy}/{name}" or is_general:
            continue
        try:
            both = both_of(case.request)
        except (NotTypedError, CaseProblemError):
            continue
        assert not differences(both), case.id
        assert not overlooked(both), case.id
        compared += 1
    assert compared or name in ("general", "general-only", "products"), "nothing was compared"


def overlooked(both: Both) -> set[str]:
    """What the pages wait for and a file's finding names nowhere."""
    named = {*both.stated.open_questions, *both.stated.not_stated}
    return set(both.typed.open_questions) - named


# Facts that are stated beside the criteria, over every pathway


PLACES = (None, "home", "self", "office")
CODES: tuple[list[str], ...] = ([], ["J45.50"], ["K50.90"], ["G61"], ["G61.99"], ["D80.4"])
PRODUCTS = (
    None,
    "Panzyga10%",
    "IVIG Panzyga",
    "panzyga, 10 %",
    "Gammagard",
    "GAMUNEX",
    "gamunex-c 10 %",
    "Hizentra",
    "Cutaquig 16.5%",
    "Somebody's globulin",
)
PEOPLE: tuple[Json, ...] = (
    {},
    {"specialty": "Neurology"},
    {"specialty": "neurologist"},
    {"specialty": "Family medicine"},
    {"specialty": "Family medicine", "consulted": False},
    {"specialty": "Nursing", "consultant_specialty": "Neurology", "consulted": True},
    {"specialty": "Family medicine", "consultant_specialty": "Dermatology", "consulted": True},
)
AGES: tuple[Json, ...] = (
    {},
    {"age_years": 9},
    {"age_years": 12},
    {"age_years": 13},
    {"age_years": 14},
    {"date_of_birth": "2008-02-29"},
    {"date_of_birth": "1990-01-01", "age_years": 9},
    {"date_of_birth": "2012-02-20", "age_years": 9},
)


def check(path: Path, **changed: Any) -> None:
    found = differences(both_of(path.request | changed))
    assert not found, changed


@over(asking(FactRole.GIVEN_AT_HOME))
def test_place_of_treatment(path: Path) -> None:
    role = {q.key for q in edition_of(path).questions.values() if q.role is FactRole.GIVEN_AT_HOME}
    answers = {k: v for k, v in path.request["answers"].items() if k not in role}
    for place in PLACES:
        check(path, place=place)
        check(path, place=place, answers=answers)


@over(paths())
def test_codes(path: Path) -> None:
    """Missing, unlisted, of another disease, a heading, one that does not exist, several."""
    chosen = edition_of(path).indications[path.request["indication"]]
    own = own_code(edition_of(path), chosen)
    for codes in (*CODES, [own], ["K50.90", own]):
        check(path, icd10=[code for code in codes if code])


@over(paths()[::9])
def test_products_by_any_spelling(path: Path) -> None:
    for product in PRODUCTS:
        check(path, product=product)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_product_by_key_and_name(policy: str) -> None:
    path = next(path for path in paths() if path.policy == policy)
    for key, product in edition_of(path).products.items():
        for spelling in (key, product.name, product.brand, product.name.upper()):
            check(path, product=spelling)


@over(asking(FactRole.SPECIALIST))
def test_specialty_and_consultant(path: Path) -> None:
    for people in PEOPLE:
        check(path, prescriber=people)


@over(asking(FactRole.AGE_YEARS))
def test_age_and_birth_date(path: Path) -> None:
    on = date.fromisoformat(path.request["on"])
    years = (date(on.year - 13, on.month, on.day), date(on.year - 14, on.month, on.day))
    born: list[Json] = [{"date_of_birth": day.isoformat()} for day in years]
    weight = {k: v for k, v in path.request.get("patient", {}).items() if "weight" in k}
    asked = {q.key for q in edition_of(path).questions.values() if q.role is FactRole.AGE_YEARS}
    answers = {k: v for k, v in path.request["answers"].items() if k not in asked}
    for patient in (*AGES, *born):
        check(path, patient=weight | patient, answers=answers)


def asks_for_drugs(path: Path) -> bool:
    questions = edition_of(path).questions
    return any(questions[k].type in DRUGS for k in path.request["answers"])


def edition_of(path: Path) -> Edition:
    return edition(path.policy, date.fromisoformat(path.request["on"]))


DRUGS = (AnswerType.THERAPY, AnswerType.LIST)
THERAPIES = [path for path in paths() if asks_for_drugs(path)]


@over(THERAPIES)
def test_drugs_by_brand_generic_and_misspelt(path: Path) -> None:
    questions = edition_of(path).questions
    for key, answer in path.request["answers"].items():
        question = questions[key]
        if question.type is AnswerType.THERAPY and answer is not None:
            outcome = answer["outcome"] if isinstance(answer, dict) else answer
            for drug in drugs_of(edition_of(path)):
                said_so: Json = {"outcome": outcome, "drug": drug}
                check(path, answers=path.request["answers"] | {key: said_so})
        elif question.type is AnswerType.LIST:
            for named in lists_of(edition_of(path)):
                check(path, answers=path.request["answers"] | {key: named})


def drugs_of(found: Edition) -> list[str]:
    """Of every question one name as it is known, one cut short, and one nobody knows."""
    tables = [q.names for q in found.questions.values() if q.names.counted]
    known = [group for table in tables for group in (table.counted[0], *table.not_counted[:1])]
    names = [name for group in known for name in (group[0], group[-1], group[0][:-1])]
    return [*dict.fromkeys(names), "Nobody's drug", "Imuran and azathioprine"]


def lists_of(found: Edition) -> Iterator[list[str]]:
    names = drugs_of(found)
    yield []
    yield from ([one] for one in names)
    yield from ([one, other] for one, other in zip(names, names[1:], strict=False))


def is_clocked(path: Path) -> bool:
    """Whether a limit of the pathway ends with a day."""
    found = parse_case(path.request, edition)
    pathway = assess(found.edition, found.case).pathway
    limits = () if pathway is None else pathway.dose.limits
    return any(x.through_day_of_therapy or x.until_days for x in limits)


CLOCKED = [path for path in paths() if is_clocked(path)]
assert CLOCKED


@over(CLOCKED)
def test_clocks(path: Path) -> None:
    dose = path.request["dose"]
    for day in (1, 30, 89, 90, 91, 180, 358, 359, 360, 361, 400):
        for name in ("day_of_therapy", "day_after_transplant", "day_after_discontinuation"):
            for courses in (None, 1, 6, 13):
                asked = dose | {"planned": {name: day}, "courses": courses}
                if can_be_typed(path.request | {"dose": asked}):
                    check(path, dose=asked)


def own_code(found: Edition, chosen: IndicationDefinition) -> str:
    """A code of the diagnosis; empty where the list has none."""
    entries = ((code, x) for (system, code), x in found.codes.items() if system is CodeSystem.ICD10)
    return next((code for code, entry in entries if chosen.key in entry.indications), "")
