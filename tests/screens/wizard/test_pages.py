"""Every page: it opens, it saves, its fragments are its parts, and it asks few questions of the
database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import request as factory
from tests.helpers.wizard.pages import plain
from tests.screens.wizard.conftest import Walker, soup_of

FORMS = ["start", *factory.CIDP, *factory.PEOPLE]
MOST_QUERIES = 8


def queries(captured: CaptureQueriesContext) -> list[str]:
    """What was asked, without the frame of a transaction."""
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [q["sql"] for q in captured if not q["sql"].startswith(frame)]


@pytest.mark.parametrize("slug", FORMS)
def test_page_opens_and_saves_unchanged(ready: Walker, slug: str) -> None:
    before = said(ready)
    response = ready.post(slug)
    assert response.status_code == 302, soup_of(response).select(".problem")
    assert said(ready) == before


def said(walker: Walker) -> dict[str, list[str]]:
    """Every field that holds something."""
    return {name: values for name, values in walker.draft.typed.items() if any(values)}


@pytest.mark.parametrize("slug", [*FORMS, "", "result", "check", "submit"])
def test_page_asks_at_most_eight_queries(ready: Walker, slug: str) -> None:
    """The approvals that its limit counts are looked up each time: one more on Check."""
    ready.get(slug)
    with CaptureQueriesContext(connection) as captured:
        assert ready.get(slug).status_code == 200
    assert len(queries(captured)) <= MOST_QUERIES + (slug == "check"), queries(captured)


@pytest.mark.parametrize("slug", FORMS)
@pytest.mark.parametrize("htmx", [False, True])
def test_save_asks_at_most_eight_queries(ready: Walker, slug: str, htmx: bool) -> None:
    sent = ready.fields(slug)
    changed = {"start": "planned_start", "enclosures": "notes_text", "diagnosis": "icd10_others"}
    first = changed.get(slug) or next(
        n for n in sent if n not in ("tab", "revision", "csrfmiddlewaretoken")
    )
    sent[first] = ["x"]
    headers = {"HX-Request": "true"} if htmx else {}
    with CaptureQueriesContext(connection) as captured:
        ready.client.post(ready.url(slug), sent | {"leave": "1"}, headers=headers)
    # The start page looks for its policy, and approvals that a limit counts are looked up anew.
    most = MOST_QUERIES + 2 * (slug == "start")
    assert len(queries(captured)) <= most, queries(captured)


@pytest.mark.parametrize("slug", FORMS)
def test_fragments_equal_the_full_page(ready: Walker, slug: str) -> None:
    fragments = soup_of(ready.post(slug, htmx=True))
    page = ready.soup(slug)
    parts = list(fragments.find_all(id=True, recursive=False))
    assert {"saved", "revision"} <= {part["id"] for part in parts}
    for part in parts:
        whole = page.find(id=part["id"])
        assert whole is not None, part["id"]
        assert plain(part) == plain(whole), part["id"]


def test_fragments_after_a_change_equal_the_full_page(cidp: Walker) -> None:
    change = {"dose": "140", "weight": "abc"}
    fragments = soup_of(cidp.post("dose", htmx=True, **change))
    page = cidp.soup("dose")
    for part in fragments.find_all(id=True, recursive=False):
        assert plain(part) == plain(page.find(id=part["id"])), part["id"]


def test_unknown_page_is_404(cidp: Walker) -> None:
    assert cidp.get("criteria-nothing").status_code == 404
    assert cidp.client.post(cidp.url("criteria-nothing"), {}).status_code == 404


def test_titles_and_addresses_name_no_patient(ready: Walker) -> None:
    for slug in ("", *FORMS, "result", "check", "submit"):
        soup = ready.soup(slug)
        links = " ".join(str(a["href"]) for a in soup.select("a[href]"))
        for private in ("Doe", "Jane", "912345678", "1961"):
            assert private not in soup.title.get_text() + links


def test_every_input_has_a_label(ready: Walker) -> None:
    for slug in FORMS:
        soup = ready.soup(slug)
        for field in soup.select("form.page-form :is(input:not([type=hidden]), select, textarea)"):
            has_label = soup.select_one(f'label[for="{field["id"]}"]')
            assert has_label or field.has_attr("aria-label"), field


def test_ids_are_unique(ready: Walker) -> None:
    for slug in FORMS:
        ids = [tag["id"] for tag in ready.soup(slug).find_all(id=True)]
        assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]


def test_no_inline_style_or_script(ready: Walker) -> None:
    for slug in (*FORMS, "result", "check", "submit", ""):
        soup = ready.soup(slug)
        assert not soup.select("[style], style")
        assert all(s.get("src") or s.get("nonce") for s in soup.select("script"))
