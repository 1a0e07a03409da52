"""The evaluate command under Medicare: editions by day or by name, and codes as they are typed."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.factories.medicare import publish_medicare_policies
from tests.helpers.commands import evaluated, refused

CIDP: dict[str, Any] = {
    "policy": "cms",
    "on": "2021-06-30",
    "indication": "cidp",
    "phase": "initial",
    "icd10": "G61.81",
    "answers": {
        "necessity_to_start": True,
        "neuropathy_diabetes": False,
        "neuropathy_dysproteinemia": False,
        "neuropathy_renal_failure": False,
        "neuropathy_malnutrition": False,
    },
}
PID = {"indication": "primary-immunodeficiency", "icd10": "D81.82", "place": "office"}


@pytest.fixture(scope="module", autouse=True)
def _editions(medicare_policies: object, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        publish_medicare_policies()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.jsonl"


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        ("2020-02-01", "R1"),
        ("2020-09-30", "R1"),
        ("2020-10-01", "R2"),
        ("2020-12-31", "R2"),
        ("2021-01-01", "R3"),
        ("2021-09-30", "R3"),
        ("2021-10-01", "R4"),
        ("2022-09-30", "R4"),
        ("2022-10-01", "R6"),
        ("2023-06-30", "R6"),
        ("2023-07-01", "R8"),
        ("2026-11-20", "R8"),
    ],
)
def test_day_chooses_the_edition(file: Path, on: str, edition: str) -> None:
    (found,) = evaluated(file, CIDP | {"on": on})
    assert (found["edition"], found["overall"]) == (edition, "meets")


def test_day_before_the_first_edition_is_refused(file: Path) -> None:
    (said,) = refused(file, json.dumps(CIDP | {"on": "2020-01-31"}))
    assert said == "1: on: no edition of cms is in force on 2020-01-31; " + (
        "the first begins on 2020-02-01"
    )


@pytest.mark.parametrize("typed", ["G61.81", "g6181", "g61.81*", " G61.81 ", ["e119", "g6181*"]])
def test_code_is_read_as_people_type_it(file: Path, typed: Any) -> None:
    (found,) = evaluated(file, CIDP | {"icd10": typed})
    assert (found["overall"], found["gates"]) == ("meets", [])


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("G61.8", "It is a heading of codes that are in the list: G61.81 or G61.82."),
        ("g618", "It is a heading of codes that are in the list: G61.81 or G61.82."),
        ("L12.0", "L12.0 is not in the policy's code list."),
        ("D59.1", "D59.1 left the policy's code list on 1 Oct 2020."),
        ("D81.82", "D81.82 is in the policy's code list only from 1 Oct 2022 on."),
    ],
)
def test_code_outside_the_list_closes_the_gate(file: Path, code: str, says: str) -> None:
    (found,) = evaluated(file, CIDP | {"icd10": code})
    (gate,) = found["gates"]
    assert (gate["gate"], gate["state"], gate["lines"]) == ("code", "not_met", "53-153, 165")
    assert says in gate["text"]
    assert found["overall"] == "does not meet"
    assert found["failed"][0] == gate
    assert found["for_reviewer"] and not any(
        note["key"].startswith("not_listed") for note in found["for_reviewer"]
    )


def test_wrong_shape_is_named_where_it_stands(file: Path) -> None:
    assert refused(file, json.dumps(CIDP | {"icd10": "61.81"})) == [
        "1: icd10: expected an ICD-10-CM code such as G61.81, got '61.81'"
    ]
    assert refused(file, json.dumps(CIDP | {"icd10": ["G61.81", "G6", 3]})) == [
        "1: icd10[1]: expected an ICD-10-CM code such as G61.81, got 'G6'",
        "1: icd10[2]: expected a text, got 3",
    ]


def test_answer_for_the_codes_is_refused(file: Path) -> None:
    answers = {"icd10_codes": ["G61.81"]}
    (said,) = refused(file, json.dumps(CIDP | {"answers": answers}))
    assert said.startswith("1: answers.icd10_codes: the codes of the request answer it")


def test_open_is_the_code_alone(file: Path) -> None:
    (found,) = evaluated(file, CIDP | {"icd10": None})
    assert (found["overall"], found["open"]) == ("incomplete", ["icd10"])


def test_only_the_rule_of_the_code_is_open(file: Path) -> None:
    answers = {"necessity_to_start": True}
    found = evaluated(
        file,
        CIDP | {"answers": answers},
        CIDP | {"answers": answers, "icd10": "G61.82", "indication": "mmn"},
    )
    assert found[0]["open"] == [
        "neuropathy_diabetes",
        "neuropathy_dysproteinemia",
        "neuropathy_renal_failure",
        "neuropathy_malnutrition",
    ]
    assert (found[1]["open"], found[1]["overall"]) == ([], "meets")


@pytest.mark.parametrize(("age", "overall"), [(12, "meets"), (13, "does not meet")])
def test_child_under_13(file: Path, age: int, overall: str) -> None:
    hiv = CIDP | {"indication": "pediatric-hiv", "icd10": "B20", "patient": {"age_years": age}}
    hiv |= {"answers": {"necessity_to_start": True}}
    (found,) = evaluated(file, hiv)
    assert found["overall"] == overall


# An edition by its name


def test_named_edition_judges_whatever_the_day(file: Path) -> None:
    judged = evaluated(
        file,
        CIDP | PID,
        CIDP | PID | {"edition": "R8", "on": "2022-10-01"},
        CIDP | PID | {"edition": "r5", "on": "2022-10-01"},
        CIDP | {"edition": "R1", "on": "2026-01-01"},
    )
    assert [(one["edition"], one["overall"]) for one in judged] == [
        ("R3", "does not meet"),
        ("R8", "meets"),
        ("R5", "meets"),
        ("R1", "meets"),
    ]


def test_days_of_codes_count_from_the_request(file: Path) -> None:
    """D81.82 entered on 1 Oct 2022: a request of the year before has no such code."""
    (found,) = evaluated(file, CIDP | PID | {"edition": "R8"})
    assert found["overall"] == "does not meet"
    assert "D81.82 is billable only from 1 Oct 2022 on." in found["gates"][0]["text"]


@pytest.mark.parametrize(
    ("edition", "says"),
    [
        ("R9", "1: edition: unknown edition 'R9': expected one of R1, R2, R3, R4, R5, R6, R7, R8"),
        (8, "1: edition: expected a text, got 8"),
    ],
)
def test_unknown_edition_is_refused(file: Path, edition: Any, says: str) -> None:
    assert refused(file, json.dumps(CIDP | {"edition": edition})) == [says]


# The keys


def keys(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("evaluate", "--keys", "--policy", "cms", *arguments, stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def test_keys_tell_what_the_codes_answer(file: Path) -> None:
    found = {one["key"]: one for one in keys("--indication", "cidp", "--on", "2021-06-30")}
    codes = found["icd10_codes"]
    assert (codes["type"], codes["form"]) == ("codes", "nothing: icd10 of the request answers it")
    assert "neuropathy_diabetes" in found and "short_term_only" not in found
    home = keys("--indication", "primary-immunodeficiency-home", "--phase", "initial")
    (used,) = [
        u for one in home for u in one["used_by"] if u["title"] == "A code of the home benefit"
    ]
    assert used["required"].startswith("D80.0, D80.2-D80.7")


def test_every_key_but_the_codes_may_be_answered(file: Path) -> None:
    listed = keys("--indication", "autoimmune-bullous", "--phase", "continuation")
    answers = {one["key"]: None for one in listed}
    request = CIDP | {"indication": "autoimmune-bullous", "phase": "continuation"}
    assert evaluated(file, request | {"answers": answers})[0]["overall"] == "incomplete"


def test_keys_of_a_day_without_an_edition_are_refused() -> None:
    with pytest.raises(CommandError, match="no edition of cms is in force"):
        keys("--indication", "cidp", "--on", "2020-01-31")


def test_route_the_product_is_not_listed_with_needs_review(file: Path) -> None:
    dose = {"g": 35, "basis": "total", "days": 1, "route": "SC"}
    (found,) = evaluated(file, CIDP | {"product": "Gamunex-C", "dose": dose})
    assert found["overall"] == "needs review"
    (first, *_) = found["for_reviewer"]
    assert first["key"] == "product"
    assert "for IV only; SC is asked for" in first["text"]
