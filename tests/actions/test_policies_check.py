"""Each check of an edition: the smallest one that it tells of, and one that it does not."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from criteria.policies.checks.check import CHECKS, Subject, edition_problems, found_in, problems_of
from criteria.policies.codes.codebook import CodeFacts
from criteria.policies.edition import Edition
from criteria.policies.file.compile import compile_edition
from tests.factories.icd10 import load_small_table
from tests.factories.policy import draft
from tests.factories.policy_file import (
    CODES,
    CONTRADICTIONS,
    PRODUCTS,
    QUESTIONS,
    indications,
    policy_file,
)

YES_NO = {"ask": "Spare?", "type": "yes_no"}
SOURCE = {"number": "2022D0035AE", "effective_from": "2022-10-01"}
NEW_HISTORY = [{"day": "2022-09-01", "summary": "Second edition.", "lines": "81"}]


def edition(**said: Any) -> Edition:
    """The small edition with other parts; a contradiction that nothing names any more goes."""
    named = str(said.get("indications", indications()))
    kept = {key: part for key, part in CONTRADICTIONS.items() if key in named}
    return compile_edition(policy_file(**{"contradictions": kept, **said}))


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    """The indications with one thing in them replaced; None takes it out."""
    parts = deepcopy(indications())
    at: Any = parts
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return parts


def codes_of(subject: Subject) -> list[str]:
    return [problem.code for problem in found_in(subject)]


INITIAL = ["immune", "pathways", "initial"]
SOME = [*INITIAL, "criteria", "all", 1]
MEMBERS: Any = indications()["immune"]["pathways"]["initial"]["criteria"]["all"][1]["of"]
UNCODED = {"icd10": {"J45.9": CODES["icd10"]["J45.9"]}}
OUTSIDE: dict[str, tuple[str, Callable[[], Subject]]] = {
    "a group of one": (
        "single-member",
        lambda: Subject(
            edition(indications=changed(SOME, {**_some(), "at_least": 1, "of": MEMBERS[:1]}))
        ),
    ),
    "a question never used": (
        "unused-question",
        lambda: Subject(edition(questions={**QUESTIONS, "spare": YES_NO})),
    ),
    "a contradiction": (
        "contradiction",
        lambda: Subject(edition(indications=changed([*SOME], _contradiction()))),
    ),
    "no way to a first request": (
        "phase-missing",
        lambda: Subject(
            edition(
                indications=changed(INITIAL, None)
                | {"immune": {**indications()["immune"], "pathways": _only_again()}}
            )
        ),
    ),
    "a limit without a period": (
        "no-period",
        lambda: Subject(edition(indications=changed([*INITIAL, "dose"], [_endless()]))),
    ),
    "a covered diagnosis without a code": (
        "no-code",
        lambda: Subject(edition(codes={**CODES, **UNCODED, "icd10": _codes_of("kawasaki")})),
    ),
    "a code that ended before": (
        "code-ended",
        lambda: Subject(edition(codes=_ending("2021-09-30"))),
    ),
    "a product that cannot be billed": (
        "no-billing-code",
        lambda: Subject(edition(products={**PRODUCTS, "alpha": _alpha("2022-01-01")})),
    ),
    "a subcutaneous product without the label that measures it": (
        "no-label",
        lambda: Subject(
            edition(products={**PRODUCTS, "alpha": {**PRODUCTS["alpha"], "labels": []}})
        ),
    ),
}


def _some() -> dict[str, Any]:
    return dict(indications()["immune"]["pathways"]["initial"]["criteria"]["all"][1])


def _contradiction() -> dict[str, Any]:
    low, high = (
        {"question": "igg", "title": title, "lines": "11", "passes": passes, "key": title}
        for title, passes in (("low", "< 400"), ("high", "> 500"))
    )
    return {"key": "both", "title": "Both", "lines": "11", "all": [low, high]}


def _only_again() -> dict[str, Any]:
    again = indications()["immune"]["pathways"]["again"]
    return {"again": {**again, "serves": ["continuation"]}}


def _endless() -> dict[str, Any]:
    return {"key": "each", "lines": "30", "per": "dose", "max_mg_per_kg": "400"}


def _codes_of(indication: str) -> dict[str, Any]:
    return {"M30.3": {"description": "Kawasaki", "lines": "60", "indications": [indication]}}


def _ending(last_day: str) -> dict[str, Any]:
    code = {**CODES["icd10"]["D80.0"], "last_day": last_day}
    return {**CODES, "icd10": {**CODES["icd10"], "D80.0": code}}


def _alpha(first_day: str) -> dict[str, Any]:
    return {**PRODUCTS["alpha"], "codes": [{"code": "J1561", "first_day": first_day}]}


def test_sound_edition_has_no_problems() -> None:
    assert list(edition_problems(edition())) == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_check_tells_of_it(name: str) -> None:
    code, subject = OUTSIDE[name]
    found = codes_of(subject())
    # What was taken out asked questions that nothing asks now.
    assert code in found and set(found) <= {code, "unused-question"}


@pytest.mark.parametrize(
    "said",
    [
        {"codes": _ending("2021-10-01")},
        {"products": {**PRODUCTS, "alpha": _alpha("2021-10-01")}},
        {"products": {**PRODUCTS, "alpha": {**_alpha("2022-01-01"), "listed": False}}},
        {"indications": changed([*INITIAL, "dose"], [])},
    ],
    ids=["ends on the first day", "billed from the first day", "not listed", "no dose"],
)
def test_check_does_not_tell_of_it(said: dict[str, Any]) -> None:
    if "indications" in said:
        initial = said["indications"]["immune"]["pathways"]["initial"]
        initial["criteria"]["all"].pop()
        del initial["dose_label_lines"]
    assert codes_of(Subject(edition(**said))) == []


@pytest.mark.parametrize(
    "fields",
    [{"shortest_interval_days": 21}, {"max_courses": 21, "courses_counted": "each_authorization"}],
)
def test_limit_that_says_how_often_has_a_period(fields: dict[str, Any]) -> None:
    said = changed([*INITIAL, "dose"], [_endless() | fields])
    assert codes_of(Subject(edition(indications=said))) == []


def test_list_of_codes_that_binds_makes_a_missing_code_an_error() -> None:
    binding = replace(edition(codes={"icd10": _codes_of("kawasaki")}), codes_bind=True)
    [problem] = edition_problems(binding)
    assert (problem.code, problem.is_error) == ("no-code", True)
    immune = replace(binding.indications["immune"], codes_bind=False)
    exempt = replace(binding, indications={**binding.indications, "immune": immune})
    assert list(edition_problems(exempt)) == []


def test_pathway_of_no_phase_is_an_error() -> None:
    sound = edition()
    immune = sound.indications["immune"]
    pathways = (*immune.pathways, replace(immune.pathways[0], key="lost", phases=frozenset()))
    lost = replace(sound, indications={"immune": replace(immune, pathways=pathways)})
    found = [p for p in edition_problems(lost) if p.code == "no-phase"]
    assert [(p.path, p.is_error) for p in found] == [
        (("indications", "immune", "pathways", "lost"), True)
    ]


# ICD-10-CM


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "not in ICD-10-CM, release April 2026"),
        ({"D80.0": CodeFacts("D80.0", "", False, ("D80.01", "D80.02"))}, "D80.01, D80.02"),
        ({"D80.0": CodeFacts("D80.0", "", True)}, ""),
        (None, ""),
    ],
    ids=["unknown", "a heading", "billable", "no table"],
)
def test_code_is_looked_up(facts: Any, words: str) -> None:
    found = list(found_in(Subject(edition(), icd10=facts, release="April 2026")))
    assert [p.path for p in found] == ([("codes", "icd10", "D80.0")] if words else [])
    assert all(words in problem.message for problem in found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "expected"), [("2026-03-31", []), ("2026-04-01", ["not-billable"])]
)
def test_table_tells_nothing_of_the_days_before_its_release(
    first: str, expected: list[str]
) -> None:
    version = draft(effective_from=first, codes=_heading(), products=_billed())
    assert problems_of(version) == []
    load_small_table()
    assert [p.code for p in problems_of(version)] == expected


def _heading() -> dict[str, Any]:
    code = {**CODES["icd10"]["D80.0"], "indications": ["immune", "kawasaki"]}
    return {**CODES, "icd10": {"G61.8": code}}


def _billed() -> dict[str, Any]:
    return {**PRODUCTS, "alpha": _alpha("2022-01-01")}


# Left over from the copy


def copied(base: dict[str, Any] | None = None, **said: Any) -> list[str]:
    old = edition(**(base or {}))
    new = edition(**({"history": NEW_HISTORY} | SOURCE | said))
    return codes_of(Subject(new, old))


def with_source(text: str, **said: Any) -> Edition:
    return replace(edition(**(SOURCE | {"history": NEW_HISTORY} | said)), source=text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Example policy, PDF", ["old-source"]),
        ("Example policy 2021D0035AD, second printing", ["old-source"]),
        ("Example policy of October 1, 2021", ["old-source"]),
        ("Example policy of 1 Oct 2021", ["old-source"]),
        ("Example policy 2022D0035AE", []),
        ("Example policy 12021D0035AD7", []),
    ],
)
def test_source_of_the_old_edition(source: str, expected: list[str]) -> None:
    assert codes_of(Subject(with_source(source), edition())) == expected


def test_looked_at_alone_nothing_is_left_over() -> None:
    assert codes_of(Subject(edition(**SOURCE))) == []


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([{"day": "2021-09-01", "summary": "First edition.", "lines": "80"}], ["old-history"]),
        ([{"day": "2020-09-01", "summary": "Found later.", "lines": "80"}], ["old-history"]),
        (NEW_HISTORY, []),
    ],
)
def test_history_goes_on(history: Any, expected: list[str]) -> None:
    new = with_source("New", history=history)
    assert codes_of(Subject(new, edition())) == expected


@pytest.mark.parametrize(
    "path", [[*INITIAL, "criteria", "all", 0, "section"], ["immune", "help"], [*SOME, "note"]]
)
def test_words_that_name_the_old_edition(path: list[Any]) -> None:
    said = changed(path, "As in 2021D0035AD, section 4")
    new = with_source("New", indications=said)
    [problem] = found_in(Subject(new, edition()))
    assert problem.code == "old-wording"
    assert problem.path[:2] == ("indications", "immune")


def test_short_number_is_in_too_many_words_to_mean_an_edition() -> None:
    said = changed(["immune", "help"], "At least 2 of A")
    for number in ("2", "A"):
        old = edition(number=number)
        assert codes_of(Subject(with_source("New", indications=said), old)) == []


def test_every_check_is_a_named_function() -> None:
    names = [check.__name__ for check in CHECKS]
    assert len(names) == len(set(names))
    assert all(check.__doc__ for check in CHECKS)
