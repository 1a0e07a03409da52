"""Nothing is chosen, taken over or overwritten unless its own button is pressed."""

import pytest

from tests.screens.wizard.conftest import Walker, soup_of


@pytest.mark.parametrize(
    ("slug", "query", "other"),
    [
        ("dose", {}, "use"),
        ("diagnosis", {"q": "gbs"}, "choose"),
        ("criteria-electrodiagnostic", {}, "leave"),
    ],
)
def test_first_button_of_a_page_goes_on(
    cidp: Walker, slug: str, query: dict[str, str], other: str
) -> None:
    cidp.post("dose", dose="200")
    form = soup_of(cidp.get(slug, **query)).select_one("form.page-form")
    assert form is not None
    buttons = [button["name"] for button in form.select("button[type=submit]")]
    assert buttons[0] == "continue"
    assert other in buttons


def test_enter_in_a_conflict_overwrites_nothing(cidp: Walker) -> None:
    one, other = cidp.fields("dose"), cidp.fields("dose")
    cidp.client.post(cidp.url("dose"), one | {"dose": "130", "continue": "1"})
    response = cidp.client.post(cidp.url("dose"), other | {"dose": "120", "continue": "1"})
    assert response.status_code == 409
    buttons = soup_of(response).select("form.page-form button[type=submit]")
    assert [button["name"] for button in buttons][:2] == ["continue", "overwrite"]


@pytest.mark.parametrize(
    ("slug", "button", "place"),
    [
        ("dose", {"use": "135 g;5;yes;4 weeks;6"}, "#id_dose"),
        ("diagnosis", {"choose": "gbs"}, "#chosen"),
        ("dose", {"add-row": "nothing"}, "#main"),
    ],
)
def test_button_of_a_page_comes_back_to_its_place(
    cidp: Walker, slug: str, button: dict[str, str], place: str
) -> None:
    sent = cidp.fields(slug) | button
    assert cidp.client.post(cidp.url(slug), sent)["Location"] == f"{cidp.url(slug)}{place}"


@pytest.mark.parametrize(
    ("slug", "button", "field"),
    [("dose", {"use": "100"}, "dose"), ("diagnosis", {"choose": "gbs G61.0"}, "indication")],
)
def test_button_that_only_has_the_focus_is_not_pressed(
    cidp: Walker, slug: str, button: dict[str, str], field: str
) -> None:
    before = cidp.fields(slug)[field]
    cidp.post(slug, htmx=True, **button)
    assert cidp.fields(slug)[field] == before


def test_focus_on_overwrite_overwrites_nothing(cidp: Walker) -> None:
    one, other = cidp.fields("dose"), cidp.fields("dose")
    cidp.client.post(cidp.url("dose"), one | {"dose": "130", "continue": "1"})
    row = cidp.draft.rows["dose"]
    sent = other | {"dose": "120", "overwrite": str(row.revision)}
    response = cidp.client.post(cidp.url("dose"), sent, headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert cidp.fields("dose")["dose"] == ["130"]
