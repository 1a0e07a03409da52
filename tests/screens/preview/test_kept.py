"""What is typed lives in the session: two windows, bounded, one preview an edition."""

from typing import Any

from criteria.models import PolicyVersion
from criteria.screens.preview.session import MOST_CHARACTERS, MOST_PREVIEWS
from tests.screens.preview.conftest import Previewer
from tests.screens.wizard.conftest import soup_of

PAGE = "criteria-electrodiagnostic"
FIELD = "q-cidp_mdl_nerves"
SOURCE = "q-cidp_mdl_nerves-source"


def kept(walker: Previewer) -> dict[str, Any]:
    pages = walker.client.session["previews"][str(walker.version.pk)]
    return {page["slug"]: page["data"] for page in pages}


def test_second_tab_sees_both_values_and_saves_nothing(cidp: Previewer) -> None:
    one, other = cidp.fields(PAGE), cidp.fields(PAGE)
    cidp.client.post(cidp.url(PAGE), one | {FIELD: "3", "continue": "1"})
    response = cidp.client.post(cidp.url(PAGE), other | {FIELD: "4", "continue": "1"})
    assert response.status_code == 409
    soup = soup_of(response)
    assert [cell.get_text() for cell in soup.select("#conflict td")] == ["3", "4"]
    assert kept(cidp)[PAGE][FIELD] == ["3"]
    button = soup.select_one("button[name=overwrite]")
    assert button is not None
    cidp.client.post(cidp.url(PAGE), other | {FIELD: "4", "overwrite": button["value"]})
    assert kept(cidp)[PAGE][FIELD] == ["4"]


def test_second_tab_is_told_while_typing(cidp: Previewer) -> None:
    one, other = cidp.fields(PAGE), cidp.fields(PAGE)
    htmx = {"HX-Request": "true"}
    cidp.client.post(cidp.url(PAGE), one | {FIELD: "3"}, headers=htmx)
    response = cidp.client.post(cidp.url(PAGE), other | {FIELD: "4"}, headers=htmx)
    assert response.status_code == 409
    assert "saved in another window" in soup_of(response).get_text()


def test_save_that_was_overtaken_is_not_written(cidp: Previewer) -> None:
    sent, htmx = cidp.fields(PAGE), {"HX-Request": "true"}
    cidp.client.post(cidp.url(PAGE), sent | {FIELD: "3", "press": "2"}, headers=htmx)
    late = cidp.client.post(cidp.url(PAGE), sent | {FIELD: "2", "press": "1"}, headers=htmx)
    assert late.status_code == 204
    assert kept(cidp)[PAGE][FIELD] == ["3"]


def test_earlier_answer_asks_to_look_again(cidp: Previewer) -> None:
    cidp.post(PAGE, **{FIELD: "2"})
    cidp.post("diagnosis", indication="gbs")
    cidp.post("diagnosis", indication="cidp")
    assert "please check" in cidp.soup().get_text()
    cidp.post(PAGE)
    assert "please check" not in cidp.soup().get_text()


def test_too_much_text_is_refused_and_stays_in_the_boxes(cidp: Previewer) -> None:
    long = "x" * (MOST_CHARACTERS + 1)
    for htmx in (False, True):
        response = cidp.post(PAGE, htmx=htmx, **{SOURCE: long})
        assert response.status_code == 422
        words = soup_of(response).get_text()
        assert "Not saved: this preview holds too much text" in words
    assert PAGE not in kept(cidp)


def test_full_preview_says_so_when_a_pathway_is_chosen(cidp: Previewer) -> None:
    session = cidp.client.session
    pages = session["previews"][str(cidp.version.pk)]
    pages.append({**pages[0], "slug": PAGE, "data": {SOURCE: ["x" * (MOST_CHARACTERS - 20)]}})
    session.save()
    row = cidp.version.indication_set.get(key="gbs").pathways.first()
    response = cidp.client.post(cidp.url("from-pathway"), {"pathway_pk": row.pk}, follow=True)
    assert "Not chosen: this preview holds too much text" in soup_of(response).get_text()


def test_oldest_preview_makes_room(cidp: Previewer) -> None:
    session = cidp.client.session
    session["previews"] |= {str(900000 + n): [] for n in range(MOST_PREVIEWS)}
    session.save()
    cidp.post(PAGE, **{FIELD: "2"})
    names = list(cidp.client.session["previews"])
    assert len(names) == MOST_PREVIEWS
    assert names[-1] == str(cidp.version.pk)
    assert "900000" not in names


def test_each_edition_has_its_own(cidp: Previewer) -> None:
    base = PolicyVersion.objects.get(pk=cidp.version.base_id)
    other = Previewer(cidp.client, base)
    assert other.fields("diagnosis")["icd10"] == [""]
    other.post("diagnosis", indication="gbs")
    assert cidp.fields("diagnosis")["indication"] == ["cidp"]
    cidp.client.post(cidp.url("start-again"))
    assert other.fields("diagnosis")["indication"] == ["gbs"]


def test_sign_out_forgets(cidp: Previewer) -> None:
    cidp.client.post("/accounts/logout/")
    assert "previews" not in cidp.client.session


def test_signed_out_while_typing_is_told(cidp: Previewer) -> None:
    sent = cidp.fields(PAGE)
    cidp.client.logout()
    response = cidp.client.post(cidp.url(PAGE), sent, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "you were signed out" in soup_of(response).get_text()
