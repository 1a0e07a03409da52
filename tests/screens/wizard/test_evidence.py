"""Which document shows what: a page is held against the document that is named."""

from typing import Any

import pytest

from tests.helpers.wizard.enclosures import add
from tests.requests.enclosures.samples import pdf
from tests.screens.wizard.conftest import Walker, soup_of


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("encl", "page", "said"),
    [
        ("A", "1", ""),
        ("A", "2", ""),
        ("A", "3", "Enclosure A has 2 pages. Check the page."),
        ("A", "0", "Enclosure A has 2 pages. Check the page."),
        ("A", "1-2", ""),
        ("A", "p. 1, 2", ""),
        ("A", "1–3", "Enclosure A has 2 pages. Check the page."),
        ("A", "back", "Enter the page as a number"),
        ("A", "9" * 50, "Enter the page as a number"),
        ("A", "", ""),
        ("Z", "1", "Enclosure Z is no longer here."),
        ("", "of the chart", ""),
        ("", "9" * 201, "Shorten this to 200 characters"),
    ],
)
def test_page_is_held_against_the_document(cidp: Walker, encl: str, page: str, said: str) -> None:
    add(cidp, pdf(2))
    name = "q-cidp_mdl_nerves"
    response = cidp.post("enclosures", **{f"{name}-encl": encl, f"{name}-page": page})
    assert response.status_code == (422 if said else 302)
    notes = cidp.soup("enclosures").select(
        f"#note-{name}-encl .problem, #note-{name}-page .problem"
    )
    assert [said in note.get_text() for note in notes] == ([True] if said else [])
    assert cidp.draft.typed[f"{name}-page"] == [page]
    assert (said in cidp.get("check").content.decode()) or not said


def test_removed_document_is_said_where_it_was_named(cidp: Walker) -> None:
    add(cidp, pdf(2))
    cidp.post("enclosures", **{"q-cidp_mdl_nerves-encl": "A", "q-cidp_mdl_nerves-page": "2"})
    link = cidp.soup("enclosures").select_one(".open-page a")
    assert link["href"] == f"{cidp.url('enclosures/A/pages')}2.png?width=1600"
    cidp.client.post(cidp.url("enclosures/A/remove"))
    soup = cidp.soup("enclosures")
    assert "no longer here" in soup.select_one("#note-q-cidp_mdl_nerves-encl").get_text()
    assert not soup.select(".open-page a")


def test_htmx_says_it_beside_the_field(cidp: Walker) -> None:
    add(cidp, pdf(2))
    name = "q-cidp_mdl_nerves"
    sent = {f"{name}-encl": "A", f"{name}-page": "7"}
    response = cidp.post("enclosures", htmx=True, **sent)
    note = soup_of(response).select_one(f"#note-{name}-page")
    assert note["hx-swap-oob"] == "true"
    assert "has 2 pages" in note.get_text()


def test_page_asks_for_the_documents_twice_at_most(
    cidp: Walker, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        add(cidp, None)
    cidp.post("enclosures", **{"q-cidp_mdl_nerves-encl": "A"})
    with django_assert_max_num_queries(16) as found:
        cidp.get("enclosures")
    asked = [q for q in found.captured_queries if 'FROM "criteria_enclosure"' in q["sql"]]
    assert len(asked) <= 2
