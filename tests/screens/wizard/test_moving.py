"""A newer edition never takes a draft by surprise."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.models import PolicyVersion, RequestPage
from criteria.policies.file.document import read_document
from criteria.policies.file.schema import PolicyFile
from criteria.screens.wizard.moved_pages import CHANGED
from tests.factories.commercial import PATH, commercial_file
from tests.factories.people import ben
from tests.screens.wizard.conftest import Walker


def marked(walker: Walker) -> dict[str, str]:
    """Each page that asks for another look, with why."""
    rows = RequestPage.objects.filter(request=walker.request, please_check=True)
    return dict(rows.values_list("slug", "check_because"))


@pytest.fixture
def newer(uhc_version: PolicyVersion) -> PolicyVersion:
    """The same policy with one question reworded, in force since yesterday."""
    file = commercial_file()
    first_day = timezone.localdate() - timedelta(days=1)
    edition = file.edition.model_copy(update={"number": "2026N", "effective_from": first_day})
    key = "cidp_months_progressive"
    reworded = file.questions[key].model_copy(update={"ask": "For how many months, in all?"})
    questions = file.questions | {key: reworded}
    newer = file.model_copy(update={"edition": edition, "questions": questions})
    by = command_line_user()
    version = load_policy_file(file=newer, by=by).version
    publish_version(version=version, by=by, close_previous=True)
    return version


def test_draft_keeps_its_edition(cidp: Walker, newer: PolicyVersion) -> None:
    before = cidp.request.version
    cidp.post("dose", dose="130")
    assert cidp.request.version == before


def test_task_list_says_how_many_answers_are_touched(cidp: Walker, newer: PolicyVersion) -> None:
    text = cidp.soup().get_text(" ", strip=True)
    assert "A newer edition is in force" in text
    assert "touches 1 of your answers" in text


def test_old_and_new_words_stand_side_by_side(cidp: Walker, newer: PolicyVersion) -> None:
    cells = [td.get_text() for td in cidp.soup("edition").select("td")]
    assert len(cells) == 3
    assert cells[0].startswith("For how many months have progressive symptoms")
    assert cells[1].startswith("For how many months, in all?")


def test_person_moves_the_draft(cidp: Walker, newer: PolicyVersion) -> None:
    typed = cidp.draft.typed
    cidp.client.post(cidp.url("edition"))
    assert cidp.request.version == newer
    assert cidp.draft.typed == typed
    assert marked(cidp) == {"criteria-cidp_diagnosis": f"{CHANGED}: For how many months, in all?"}
    assert "newer edition" not in cidp.soup().get_text()


def test_nothing_is_offered_without_a_newer_edition(cidp: Walker) -> None:
    assert "newer edition" not in cidp.soup().get_text()
    assert cidp.get("edition").status_code == 302


def test_other_prescriber_gets_404(cidp: Walker, newer: PolicyVersion) -> None:
    other = Client()
    other.force_login(ben())
    assert other.post(cidp.url("edition")).status_code == 404


def test_page_that_is_gone_keeps_what_was_typed(cidp: Walker) -> None:
    page = "criteria-electrodiagnostic"
    open_in_another_window = cidp.fields(page)
    cidp.post("diagnosis", indication="gbs")
    response = cidp.client.post(
        cidp.url(page), open_in_another_window | {"q-cidp_mdl_nerves": "4", "continue": "1"}
    )
    assert response["Location"] == cidp.url()
    assert "no longer part of the request" in cidp.soup().get_text()
    cidp.post("diagnosis", indication="cidp")
    assert cidp.draft.typed["q-cidp_mdl_nerves"] == ["4"]


@pytest.fixture
def stricter(uhc_version: PolicyVersion) -> PolicyVersion:
    """The same policy with another dose, fewer vials, codes gone, and a question gone elsewhere."""
    said = read_document(PATH.read_text(encoding="utf-8")).data
    said["edition"]["number"] = "2026S"
    said["edition"]["effective_from"] = timezone.localdate() - timedelta(days=1)
    limit = said["indications"]["cidp"]["pathways"]["initial"]["dose"][0]
    limit["max_mg_per_kg"] = Decimal(1800)
    for product in ("gamunex-c-10", "privigen-10"):
        said["products"][product]["vial_sizes_g"] = [Decimal(10)]
    for code in ("G61.81", "M30.3"):
        del said["codes"]["icd10"][code]
    said["questions"]["kawasaki_diagnosis"]["ask"] = "Is it Kawasaki disease, in other words?"
    file = PolicyFile.model_validate(said)
    by = command_line_user()
    version = load_policy_file(file=file, by=by).version
    publish_version(version=version, by=by, close_previous=True)
    return version


def told(walker: Walker) -> list[str]:
    """Each row of the page where the person chooses."""
    rows = walker.soup("edition").select("tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def test_dose_product_and_code_of_the_request_are_told(
    cidp: Walker, stricter: PolicyVersion
) -> None:
    dose, product, code = told(cidp)
    assert "dosing limit" in dose
    assert "2,000 mg/kg" in dose
    assert "1,800 mg/kg" in dose
    assert dose.endswith("your dose")
    assert "Gamunex-C 10 %" in product
    assert product.endswith("your product")
    assert "G61.81" in code
    assert code.endswith("your code leaves the list")


def test_no_answer_is_touched_by_them(cidp: Walker, stricter: PolicyVersion) -> None:
    assert "touches 0 of your answers" in cidp.soup().get_text(" ", strip=True)


def test_other_changes_are_counted_and_linked(cidp: Walker, stricter: PolicyVersion) -> None:
    soup = cidp.soup("edition")
    assert "3 other changes of the policy do not concern this request" in soup.get_text()
    link = soup.select_one("a[href^='/policies/uhc/2026S/changes/']")
    assert link is not None
    assert cidp.client.get(str(link["href"])).status_code == 200


def test_request_without_dose_and_code_is_told_less(new: Walker, stricter: PolicyVersion) -> None:
    assert told(new) == []
    assert "Nothing of this request reads or counts otherwise" in new.soup("edition").get_text()


def _node(part: Any, key: str) -> Any:
    """The part of a policy file with this key, wherever it stands."""
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, dict) and part.get("key") == key:
        return part
    return next((found for inner in parts if (found := _node(inner, key))), None)


def test_answers_in_a_group_that_needs_more_of_them_are_touched(
    cidp: Walker, uhc_version: PolicyVersion
) -> None:
    said = read_document(PATH.read_text(encoding="utf-8")).data
    said["edition"]["number"] = "2026G"
    said["edition"]["effective_from"] = timezone.localdate() - timedelta(days=1)
    group = _node(said["indications"]["cidp"]["pathways"]["initial"], "electrodiagnostic")
    group["at_least"], group["of"] = 2, group.pop("any")
    by = command_line_user()
    version = load_policy_file(file=PolicyFile.model_validate(said), by=by).version
    publish_version(version=version, by=by, close_previous=True)
    (row,) = told(cidp)
    assert row.endswith("check it")
    page = cidp.walk.page("criteria-electrodiagnostic")
    assert page is not None and page.criteria is not None
    given = {f"q-{question.key}": "1" for question in page.criteria.questions[:2]}
    cidp.post(page.slug, **given)
    (row,) = told(cidp)
    assert row.endswith("check 2 answers")
    assert "touches 2 of your answers" in cidp.soup().get_text(" ", strip=True)


# What a move asks the person to look at again

WORDS = "Is it so, in other words?"


def _reworded(said: Any, key: str) -> None:
    said["questions"][key]["ask"] = WORDS


def _smaller_dose(said: Any, indication: str) -> None:
    pathway = next(iter(said["indications"][indication]["pathways"].values()))
    pathway["dose"][0]["max_mg_per_kg"] = Decimal(1800)


def _other_vials(said: Any, product: str) -> None:
    said["products"][product]["vial_sizes_g"] = [Decimal(10)]


def _code_gone(said: Any, code: str) -> None:
    del said["codes"]["icd10"][code]


MOVES: dict[str, tuple[Any, str, dict[str, str]]] = {
    "a question of the diagnosis": (
        _reworded,
        "cidp_months_progressive",
        {"criteria-cidp_diagnosis": WORDS},
    ),
    "a question of the nerves": (
        _reworded,
        "cidp_mdl_nerves",
        {"criteria-electrodiagnostic": WORDS},
    ),
    "a general requirement": (_reworded, "history_physical", {"general-records": WORDS}),
    "a question of another disease": (_reworded, "kawasaki_diagnosis", {}),
    "a dose": (_smaller_dose, "cidp", {"dose": "1,800 mg/kg"}),
    "a dose of another disease": (_smaller_dose, "gbs", {}),
    "its product": (_other_vials, "gamunex-c-10", {"dose": "Gamunex-C 10 %"}),
    "another product": (_other_vials, "privigen-10", {}),
    "its code": (_code_gone, "G61.81", {"diagnosis": "G61.81"}),
    "another code": (_code_gone, "M30.3", {}),
}


@pytest.mark.parametrize("kind", MOVES)
def test_a_move_marks_the_pages_it_touches_and_no_other(
    cidp: Walker, uhc_version: PolicyVersion, kind: str
) -> None:
    change, key, expected = MOVES[kind]
    cidp.post("site")
    said = read_document(PATH.read_text(encoding="utf-8")).data
    said["edition"]["number"] = "2026M"
    said["edition"]["effective_from"] = timezone.localdate() - timedelta(days=1)
    change(said, key)
    by = command_line_user()
    version = load_policy_file(file=PolicyFile.model_validate(said), by=by).version
    publish_version(version=version, by=by, close_previous=True)
    cidp.client.post(cidp.url("edition"))
    found = marked(cidp)
    assert set(found) == set(expected)
    for slug, words in expected.items():
        assert found[slug].startswith(CHANGED)
        assert words in found[slug]
        assert found[slug] in " ".join(cidp.soup(slug).get_text(" ").split())
        assert found[slug] in " ".join(cidp.soup().get_text(" ").split())
        cidp.post(slug)
    assert marked(cidp) == {}
