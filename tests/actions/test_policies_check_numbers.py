"""Numbers in the words of a part are held against its fields, and stale notes are asked about."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from criteria.policies.checks.check import Subject, edition_problems, found_in
from criteria.policies.checks.numbers import numbers_contradicted
from criteria.policies.edition import Edition
from tests.actions.number_mutations import Document, Mutation, mutations
from tests.helpers.actions.altered_policy import COMMERCIAL, POLICIES, document, edition_in
from tests.policies.difference.small import small

SHIPPED = sorted([*POLICIES.glob("*.yaml"), *POLICIES.glob("earlier/*.yaml")])
# "Two brands" counts nothing of the group, whose "at least" is two as well.
COINCIDENCES = {
    "indications.multiple-sclerosis.pathways.initial.criteria.all.2.at_least",
}


MEDICARE = document(POLICIES / "cms-R8.yaml")
MENTIONED = [
    pytest.param(said, one, id=one.where)
    for said in (COMMERCIAL, MEDICARE)
    for one in mutations(said)
    if one.where not in COINCIDENCES
]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_editions_contradict_no_number(path: Path) -> None:
    assert list(numbers_contradicted(Subject(edition_in(document(path))))) == []


def test_search_finds_enough_to_change() -> None:
    assert len(MENTIONED) > 40


@pytest.mark.parametrize(("said", "mutation"), MENTIONED)
def test_number_changed_beside_its_words_is_told(said: Document, mutation: Mutation) -> None:
    found = list(numbers_contradicted(Subject(edition_in(mutation.of(said)))))
    assert found, mutation.words
    assert {problem.code for problem in found} == {"other-number"}


# A limit and its remark


def remarked(remark: str, **fields: Any) -> list[str]:
    """What is told of a remark beside a limit of 2,000 mg/kg over 2 to 5 days, once."""
    edition = small()
    immune = edition.indications["immune"]
    first, *others = immune.pathways
    start, *regimens = first.dose.regimens
    limit = replace(start.phases[0], remark=remark, **fields)
    dose = replace(first.dose, regimens=(replace(start, phases=(limit,)), *regimens))
    pathways = (replace(first, dose=dose), *others)
    changed = {**edition.indications, "immune": replace(immune, pathways=pathways)}
    told = numbers_contradicted(Subject(replace(edition, indications=changed)))
    return [problem.message for problem in told]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("At most 2,000 mg/kg.", "At most 2,400 mg/kg."),
        ("Up to 2 g/kg.", "Up to 3 g/kg."),
        ("From 400 to 2,000 mg/kg.", "From 500 to 2,000 mg/kg."),
        ("Given over 2-5 days.", "Given over 2-6 days."),
        ("Given over two to five consecutive days.", "Given over two to four consecutive days."),
        ("Until day 21 of therapy.", "Until day 28 of therapy."),
        ("For the first three weeks.", "For the first four weeks."),
        ("Through the 21st day.", "Through the 22nd day."),
        ("One course; a second exceeds.", "One course; a third exceeds."),
        ("Given once.", "Given twice."),
        ("One course only.", "Up to six monthly courses."),
        ("See lines 118-121 and 400.", "See line 118, up to 500 mg/kg."),
        ("5 equal doses.", "3 equal doses."),
        ("IgG1, CD19 and G61.81 decide nothing.", "Every 4 weeks."),
    ],
)
def test_remark_is_held_against_its_limit(right: str, wrong: str) -> None:
    assert remarked(right) == []
    (message,) = remarked(wrong)
    assert message.startswith("its remark says “")
    assert "but the limit is: 400 to 2,000 mg/kg a course" in message


def test_months_of_an_authorization_are_those_of_the_edition() -> None:
    assert remarked("Within the authorization of 12 months.") == []
    (message,) = remarked("Within the authorization of six months.")
    assert message == "its remark says “six months”, but an authorization is 12 months"


@pytest.mark.parametrize("amount", [1999, 2001])
def test_amount_one_beside_the_remark_is_told(amount: int) -> None:
    assert remarked("At most 2,000 mg/kg.", max_mg_per_kg=Decimal(amount))


# Criteria, groups and questions of the policy of the factories


def asked(passes: str, note: str) -> list[str]:
    """What is told of the age of pediatric HIV under another note."""
    said = copy.deepcopy(COMMERCIAL)
    (leaf,) = _asking(said, "age_years")
    leaf |= {"passes": passes, "note": note}
    return [p.message for p in numbers_contradicted(Subject(edition_in(said)))]


def _asking(value: Any, key: str) -> Iterator[Document]:
    if isinstance(value, dict):
        if value.get("question") == key:
            yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else []:
        yield from _asking(each, key)


@pytest.mark.parametrize(
    ("passes", "right", "wrong"),
    [
        ("<= 13", "Until the day before the 14th birthday.", "Until the 13th birthday."),
        ("< 13", "Until the day before the thirteenth birthday.", "Until the 14th birthday."),
        (">= 18", "From the 18th birthday on.", "From the 17th birthday on."),
        ("> 18", "From the 19th birthday on.", "From the 18th birthday on."),
        ("<= 13", "13 years passes, 14 does not.", "14 years passes, 15 does not."),
        ("< 13", "13 itself fails.", "12 itself fails."),
        ("<= 13", "Children under 14.", "Children under 13."),
        ("< 13", "Younger than 13 years.", "Younger than 14 years."),
        (">= 18", "Older than 17 years.", "Older than 18 years."),
        ("<= 13", "A 13-year-old passes.", "An 18-year-old passes."),
    ],
)
def test_note_is_held_against_an_age(passes: str, right: str, wrong: str) -> None:
    assert asked(passes, right) == []
    assert len(asked(passes, wrong)) >= 1


def test_fourteenth_birthday_beside_eighteen_years_is_told() -> None:
    said = asked("<= 18", "Met until the day before the 14th birthday.")
    assert "its note says “14th birthday”, but what passes is: at most 18 years" in said


@pytest.mark.parametrize("span", ["29 days", "3 weeks", "1 month", "27 days"])
def test_window_beside_its_note_is_told(span: str) -> None:
    said = copy.deepcopy(COMMERCIAL)
    (leaf,) = _asking(said, "gbs_onset_date")
    assert leaf["note"].startswith("Four weeks are 28 days")
    leaf["within"] = span
    (first, *_) = numbers_contradicted(Subject(edition_in(said)))
    assert first.message.startswith("its note says “Four weeks”, but what passes is: at most")


@pytest.mark.parametrize(
    ("note", "n", "is_told"),
    [
        ("Read as at least two of the three classes.", 2, False),
        ("Read as at least two of the three classes.", 1, True),
        ("Read as at least two of the three classes.", 3, True),
        ("Two of the three suffice.", 2, False),
        ("Two of the four suffice.", 2, True),
        ("One of the three is enough.", 1, False),
        ("One of the three is enough.", 2, True),
        ("All three count.", 3, False),
        ("All four count.", 3, True),
    ],
)
def test_note_is_held_against_how_many_are_needed(note: str, n: int, is_told: bool) -> None:
    said = copy.deepcopy(COMMERCIAL)
    group = said["indications"]["asthma"]["pathways"]["standard"]["criteria"]["all"][1]
    group |= {"at_least": n, "note": note}
    assert bool(list(numbers_contradicted(Subject(edition_in(said))))) is is_told


def test_words_about_many_groups_may_speak_of_two_of_anything() -> None:
    said = copy.deepcopy(COMMERCIAL)
    asthma = said["indications"]["asthma"]
    asthma["help"] = "Whichever of the two is chosen, all four items."
    assert list(numbers_contradicted(Subject(edition_in(said)))) == []
    asthma["help"] = "At least three of the classes."
    (told,) = numbers_contradicted(Subject(edition_in(said)))
    assert "its help says “At least three”" in told.message


def test_number_said_twice_is_told_once() -> None:
    said = copy.deepcopy(COMMERCIAL)
    group = said["indications"]["asthma"]["pathways"]["standard"]["criteria"]["all"][1]
    group["at_least"] = 1
    group["note"] = "Needs at least two of the three classes: at least two."
    (told,) = numbers_contradicted(Subject(edition_in(said)))
    assert told.message == "its note says “at least two”, but it is: At least 1 of these 3"


# Against the edition it was copied from


def stale(new: Edition, base: Edition) -> list[str]:
    found = found_in(Subject(new, base))
    return [f"{p.where}: {p.message}" for p in found if p.code == "old-note"]


def changed(key: str, **fields: Any) -> Edition:
    said = copy.deepcopy(COMMERCIAL)
    (leaf,) = _asking(said, key)
    leaf |= fields
    return edition_in(said)


def test_part_changed_under_the_same_note_is_asked_about() -> None:
    base = edition_in(COMMERCIAL)
    assert stale(base, base) == []
    (told,) = stale(changed("gbs_onset_date", within="30 days"), base)
    assert "its note and citation did not: does that still hold?" in told
    (told,) = stale(changed("gbs_onset_date", within="30 days", note="New."), base)
    assert "its citation did not" in told
    mended = changed("gbs_onset_date", within="30 days", note="New.", lines="240")
    assert stale(mended, base) == []
    assert stale(changed("gbs_onset_date", note="New."), base) == []


def test_limit_changed_leaves_its_remark_and_the_note_of_the_dose() -> None:
    said = copy.deepcopy(COMMERCIAL)
    said["indications"]["lems"]["pathways"]["standard"]["dose"][0]["max_days"] = 4
    told = stale(edition_in(said), edition_in(COMMERCIAL))
    assert [each.partition(":")[0] for each in told] == ["lems, lems-monthly", "lems, standard"]
    assert "its remark and citation did not" in told[0]
    assert "its note did not" in told[1]


def test_group_and_question_changed_are_asked_about() -> None:
    said = copy.deepcopy(COMMERCIAL)
    said["indications"]["asthma"]["pathways"]["standard"]["criteria"]["all"][1]["at_least"] = 1
    said["questions"]["igg_mg_dl"]["max"] = 6000
    told = stale(edition_in(said), edition_in(COMMERCIAL))
    assert [each.partition(":")[0] for each in told] == ["questions, igg_mg_dl", "asthma, standard"]


# How limits go together


def doses(**changes: dict[str, Any]) -> list[tuple[str, bool]]:
    """What is told of the commercial dose of two phases with some of its limits changed."""
    said = copy.deepcopy(COMMERCIAL)
    for limit in said["indications"]["bmt"]["pathways"]["standard"]["dose"]:
        limit |= changes.get(limit["key"].removeprefix("bmt-"), {})
    codes = {"after-endless", "flag-of-one-phase", "runs-of-any-days"}
    found = edition_problems(edition_in(said))
    return [(problem.code, problem.is_error) for problem in found if problem.code in codes]


def test_phase_after_one_that_never_ends_is_an_error() -> None:
    assert doses() == []
    assert doses(weekly={"through_day_of_therapy": None}) == [("after-endless", True)]
    assert doses(
        weekly={"through_day_of_therapy": None, "max_courses": 3, "courses_counted": "in_all"}
    ) == [("after-endless", True)]
    either = {"joined_by": "or"}
    assert doses(weekly={"through_day_of_therapy": None}, monthly=either) == []


@pytest.mark.parametrize("flag", ["only_induction", "only_initial"])
def test_flag_of_one_phase_is_a_warning(flag: str) -> None:
    on = {flag: True}
    assert doses(weekly=on) == [("flag-of-one-phase", False)]
    assert doses(monthly=on) == [("flag-of-one-phase", False)]
    assert doses(weekly=on, monthly=on) == []
    assert doses(weekly=on, monthly={"joined_by": "or"}) == []


def test_days_between_runs_of_days_that_need_not_run_on_are_a_warning() -> None:
    apart = {"min_days_between_runs": 21}
    assert doses(weekly=apart) == [("runs-of-any-days", False)]
    assert doses(weekly=apart | {"consecutive_days": True, "max_days": 5}) == []
