"""Two windows never overwrite each other silently; one window never conflicts with itself."""

from criteria.models import RequestPage
from tests.screens.wizard.conftest import Walker, soup_of

PAGE = "criteria-electrodiagnostic"
FIELD = "q-cidp_mdl_nerves"


def stored(walker: Walker) -> RequestPage:
    return RequestPage.objects.get(request=walker.request, slug=PAGE)


def test_second_tab_sees_both_values_and_saves_nothing(cidp: Walker) -> None:
    one, other = cidp.fields(PAGE), cidp.fields(PAGE)
    cidp.client.post(cidp.url(PAGE), one | {FIELD: "3", "continue": "1"})
    response = cidp.client.post(cidp.url(PAGE), other | {FIELD: "4", "continue": "1"})
    conflict = soup_of(response).select_one("#conflict")
    assert response.status_code == 409
    assert conflict is not None
    cells = [cell.get_text() for cell in conflict.select("td")]
    assert cells == ["3", "4"]
    assert stored(cidp).data[FIELD] == ["3"]
    assert soup_of(response).select_one(f'input[name="{FIELD}"]')["value"] == "4"


def test_second_tab_is_told_while_typing(cidp: Walker) -> None:
    one, other = cidp.fields(PAGE), cidp.fields(PAGE)
    htmx = {"HX-Request": "true"}
    cidp.client.post(cidp.url(PAGE), one | {FIELD: "3"}, headers=htmx)
    response = cidp.client.post(cidp.url(PAGE), other | {FIELD: "4"}, headers=htmx)
    assert response.status_code == 409
    assert "saved in another window" in soup_of(response).select_one("#conflict").get_text()
    assert "Not saved" in soup_of(response).select_one("#saved").get_text()
    assert stored(cidp).data[FIELD] == ["3"]


def test_person_chooses_which_value_stays(cidp: Walker) -> None:
    one, other = cidp.fields(PAGE), cidp.fields(PAGE)
    cidp.client.post(cidp.url(PAGE), one | {FIELD: "3", "continue": "1"})
    response = cidp.client.post(cidp.url(PAGE), other | {FIELD: "4", "continue": "1"})
    button = soup_of(response).select_one("button[name=overwrite]")
    cidp.client.post(cidp.url(PAGE), other | {FIELD: "4", "overwrite": button["value"]})
    assert stored(cidp).data[FIELD] == ["4"]


def test_same_page_sent_twice_is_no_conflict(cidp: Walker) -> None:
    """Back in the browser, or a save while typing that was still under way."""
    sent = cidp.fields(PAGE)
    cidp.client.post(cidp.url(PAGE), sent | {FIELD: "3"}, headers={"HX-Request": "true"})
    response = cidp.client.post(cidp.url(PAGE), sent | {FIELD: "4", "continue": "1"})
    assert response.status_code == 302
    assert stored(cidp).data[FIELD] == ["4"]


def test_two_first_saves_conflict(new: Walker) -> None:
    one, other = new.fields("diagnosis"), new.fields("diagnosis")
    new.client.post(new.url("diagnosis"), one | {"indication": "cidp"})
    response = new.client.post(new.url("diagnosis"), other | {"indication": "gbs"})
    assert response.status_code == 409
    assert RequestPage.objects.get(request=new.request, slug="diagnosis").data["indication"] == [
        "cidp"
    ]


def test_two_pages_at_once_do_not_conflict(cidp: Walker) -> None:
    one, other = cidp.fields(PAGE), cidp.fields("dose")
    assert cidp.client.post(cidp.url(PAGE), one | {FIELD: "3"}).status_code == 302
    assert cidp.client.post(cidp.url("dose"), other | {"dose": "130"}).status_code == 302


def test_unchanged_page_is_not_written(cidp: Walker) -> None:
    cidp.post(PAGE)
    before = stored(cidp).revision
    cidp.post(PAGE)
    cidp.post(PAGE, htmx=True)
    assert stored(cidp).revision == before


def test_signed_out_while_typing_keeps_what_was_typed(cidp: Walker) -> None:
    sent = cidp.fields(PAGE)
    cidp.client.logout()
    response = cidp.client.post(cidp.url(PAGE), sent, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "signed out" in response.content.decode()
    assert soup_of(response).select_one("[hx-swap-oob]")["id"] == "saved"


def test_save_that_was_overtaken_is_not_written(cidp: Walker) -> None:
    """What was typed first arrives last: the later text stays, and nobody is bothered."""
    sent = cidp.fields(PAGE)
    cidp.client.post(cidp.url(PAGE), sent | {FIELD: "22", "press": "2", "continue": "1"})
    late = sent | {FIELD: "2", "press": "1"}
    response = cidp.client.post(cidp.url(PAGE), late, headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert stored(cidp).data[FIELD] == ["22"]


def test_form_without_a_tab_never_overwrites(cidp: Walker) -> None:
    sent = cidp.fields(PAGE) | {"tab": ""}
    cidp.client.post(cidp.url(PAGE), sent | {FIELD: "3"})
    assert cidp.client.post(cidp.url(PAGE), sent | {FIELD: "4"}).status_code == 409
    assert stored(cidp).data[FIELD] == ["3"]
