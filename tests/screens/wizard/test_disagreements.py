"""Facts that stand in two places of a request and disagree, as its pages and papers show them."""

from typing import Any

import pytest
from django.utils import timezone

from criteria.papers.letters.items import items_of
from criteria.requests.assessment.assess import assess
from criteria.requests.assessment.contradicted import contradictions_by_fact
from criteria.requests.case import GateKind
from criteria.requests.case_files.patient import case_of
from criteria.requests.dispositions.gates import GATE
from criteria.requests.dispositions.grounds import grounds_of
from criteria.requests.stated_request import StatedRequest
from criteria.rules.terms import Overall
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.packets import content_now
from criteria.screens.wizard.panel import LivePanel
from tests.requests.case_files.stating import request
from tests.screens.wizard.conftest import Walker, soup_of

NEUROLOGIST = "Neurologist prescribes or is consulted"
NOBODY = "no specialist was consulted"
FAMILY = {"specialty": "Family medicine", "consulted": "no"}
NO_CONSULTANT = {"consultant_name": "", "consultant_specialty": "", "consultant_on": ""}


def texts(draft: StatedRequest) -> list[str]:
    assert draft.assessment is not None
    gates = draft.assessment.gates
    return [gate.text for gate in gates if gate.gate is GateKind.CONTRADICTION]


def beside(walker: Walker, slug: str, field: str) -> str:
    found = walker.soup(slug).select_one(f"#note-{field}")
    assert found is not None
    return " ".join(found.get_text(" ", strip=True).split())


def fill(ready: Walker, slug: str, **fields: Any) -> None:
    assert ready.post(slug, **fields).status_code == 302


def test_nobody_of_the_specialty_stands_beside_each_field_and_on_check(ready: Walker) -> None:
    fill(ready, "prescriber", **FAMILY, **NO_CONSULTANT)
    assert NOBODY in beside(ready, "prescriber", "specialty")
    own = beside(ready, "criteria-neurologist_involved", "q-neurologist_involved")
    assert NOBODY in own and "◇ contradicted" in own and "✓ met" not in own
    for page in ("check", "result"):
        assert NOBODY in ready.soup(page).get_text(), page
    assert ready.draft.overall is Overall.NEEDS_REVIEW


def test_fragment_says_the_same_as_the_page(ready: Walker) -> None:
    sent = {**FAMILY, **NO_CONSULTANT}
    response = ready.post("prescriber", htmx=True, **sent)
    note = soup_of(response).select_one("#note-specialty")
    assert note is not None
    said = " ".join(note.get_text(" ", strip=True).split())
    assert said == beside(ready, "prescriber", "specialty")


def test_blank_consultation_contradicts_nothing_and_is_missing(ready: Walker) -> None:
    fill(ready, "prescriber", specialty="Family medicine", consulted="", **NO_CONSULTANT)
    assert not texts(ready.draft)
    assert "Was a specialist consulted?" in ready.soup("check").get_text()
    page = ready.walk.page("prescriber")
    assert page is not None
    assert "consulted" in form_of(ready.walk, page).missing_names()


def test_neurologist_answers_the_criterion_and_is_not_asked_twice(ready: Walker) -> None:
    fill(ready, "criteria-neurologist_involved", **{"q-neurologist_involved": ""})
    fill(ready, "prescriber", specialty="Neurology", consulted="", **NO_CONSULTANT)
    assert ready.draft.overall is Overall.MEETS
    page = ready.walk.page("prescriber")
    assert page is not None
    assert "consulted" not in form_of(ready.walk, page).missing_names()
    said = beside(ready, "criteria-neurologist_involved", "q-neurologist_involved")
    assert "Neurology" in said


def test_specialist_named_though_nobody_was_consulted_is_refused(ready: Walker) -> None:
    named = {"consultant_name": "Ada Roe", "consultant_specialty": "Neurology"}
    ready.post("prescriber", **FAMILY, **named, consultant_on="")
    assert "A specialist is named below" in beside(ready, "prescriber", "consulted")


def test_age_typed_before_the_date_of_birth_counts_until_it_is_confirmed(ready: Walker) -> None:
    born = ready.draft.age_from_birth
    assert born is not None
    draft = ready.draft.with_typed({"age": ["9"]})
    (text,) = texts(draft)
    assert "An age of 9 years" in text
    assert draft.age_years == born
    confirmed = draft.with_typed({"confirm_age": [draft.age_token]})
    assert not texts(confirmed)


@pytest.mark.parametrize("name", ["Panzyga-10%", "IVIG Panzyga", "panzyga 10 % liquid"])
def test_excluded_product_typed_as_another_is_excluded(ready: Walker, name: str) -> None:
    draft = ready.draft.with_typed({"product": ["other"], "other_product": [name]})
    assert draft.overall is Overall.DOES_NOT_MEET
    assert draft.dose.product == "panzyga-10"


def test_code_of_another_disease_stands_beside_the_code(ready: Walker) -> None:
    fill(ready, "diagnosis", icd10="J45.51", icd10_others="")
    assert "goes with Asthma" in beside(ready, "diagnosis", "icd10")
    assert ready.draft.overall is Overall.NEEDS_REVIEW


SAME = [
    (
        {"specialty": ["Family medicine"], "consulted": ["no"]},
        {"specialty": "Family medicine", "consulted": False},
    ),
    (
        {"specialty": ["other"], "specialty_other": ["Nursing"], "consulted": ["no"]},
        {"specialty": "Nursing", "consulted": False},
    ),
    ({"specialty": ["Family medicine"]}, {"specialty": "Family medicine"}),
    (
        {"specialty": ["Neurology"], "consulted": ["no"]},
        {"specialty": "Neurology", "consulted": False},
    ),
]


@pytest.mark.parametrize(("typed", "stated"), SAME)
def test_wizard_and_evaluate_find_the_same(
    ready: Walker, typed: dict[str, list[str]], stated: dict[str, Any]
) -> None:
    draft = ready.draft.with_typed({"consultant_specialty": [""], "consulted": [""], **typed})
    assert draft.edition is not None
    case = case_of(
        draft.edition, request(answers={"neurologist_involved": True}, prescriber=stated)
    )
    found = assess(draft.edition, case).gates
    assert texts(draft) == [gate.text for gate in found if gate.gate is GateKind.CONTRADICTION]


def test_criterion_shows_that_it_is_contradicted_and_counts_as_such(ready: Walker) -> None:
    """In the panel, the result and the packet, which the desk draws its lines from."""
    fill(ready, "prescriber", **FAMILY, **NO_CONSULTANT)
    panel = LivePanel(ready.walk)
    rows = {row.title: row.mark.word for tree in panel.trees for row in tree.rows}
    assert rows[NEUROLOGIST] == "contradicted"
    met, count = panel.progress
    assert (met + panel.contradicted, panel.contradicted) == (count, 1)
    shown = ready.soup("result").get_text(" ", strip=True)
    assert f"{NEUROLOGIST} ◇ contradicted" in shown
    content = content_now(ready.request, at=timezone.now(), by=ready.request.owner)
    (part,) = [part for part in content.parts if part.block == "criteria"]
    words = {line.title: line.mark.word for line in part.criteria}
    assert words[NEUROLOGIST] == part.mark.word == "contradicted"
    assert "1 contradicted" in part.joins


def test_contradiction_is_on_its_criterion_and_speaks_for_no_denial_by_itself(
    ready: Walker,
) -> None:
    typed = {"specialty": ["Family medicine"], "consulted": ["no"], "consultant_specialty": [""]}
    found = ready.draft.with_typed(typed).assessment
    assert found is not None
    (text,) = contradictions_by_fact(found)["neurologist_involved"]
    assert NOBODY in text
    assert [item.answered for item in items_of(found, {}) if item.block == GATE] == [text]
    assert not [block for block, _ in grounds_of(found, {}) if block == GATE]
