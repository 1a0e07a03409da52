"""The enclosure beside the criteria, without JavaScript and with it."""

from typing import Any

import pytest
from django.urls import reverse

from criteria.screens.review.desk.lines import page_in
from tests.screens.review.desk import Reviewer
from tests.screens.wizard.conftest import soup_of

pytestmark = pytest.mark.django_db
NERVES = "criteria-cidp_mdl_nerves"


def panel(desk: Reviewer, **query: str) -> Any:
    return desk.soup(**query).select_one("#enclosure")


@pytest.mark.parametrize(
    ("text", "page"),
    [("2", 2), ("p. 2-3", 2), ("page 12", 12), ("", 1), ("last", 1), ("0", 1), ("12345", 1234)],
)
def test_the_page_a_typed_place_means(text: str, page: int) -> None:
    assert page_in(text) == page


def test_the_evidence_of_a_line_opens_its_page(desk: Reviewer) -> None:
    line = desk.soup().select_one(f"#line-{NERVES}")
    assert line is not None
    link = line.select_one(".desk-evidence a")
    assert link is not None
    assert link["href"] == f"?encl=B&page=2&line={NERVES}#enclosure"
    assert link["hx-get"] == f"?encl=B&page=2&line={NERVES}"
    assert link.get_text().startswith("EMG report, Encl. B pp. 2-3")


def test_evidence_without_an_enclosure_is_words(desk: Reviewer) -> None:
    line = desk.soup().select_one("#line-criteria-neurologist_involved")
    assert line is not None
    assert "Evidence: letter of 3 Nov" in line.get_text(" ", strip=True)
    assert not line.select(".desk-evidence a")


def test_the_first_document_with_a_file_is_open(desk: Reviewer) -> None:
    found = panel(desk)
    picture = reverse("wizard:enclosure-page", args=[desk.number, "B", 1])
    assert found.select_one("h2").get_text() == "Enclosure B: EMG report"
    assert found.select_one("img")["src"] == picture
    assert "Page 1 of 3" in found.get_text(" ", strip=True)
    assert "announced, no file" in found.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("page", "before", "after"), [("1", None, "2"), ("2", "1", "3"), ("3", "2", None)]
)
def test_pages_before_and_after(
    desk: Reviewer, page: str, before: str | None, after: str | None
) -> None:
    found = panel(desk, encl="B", page=page, line=NERVES)
    for name, other in (("previous", before), ("next", after)):
        link = found.select_one(f"#enclosure-{name}")
        if other is None:
            assert link is None
        else:
            assert link["href"] == f"?encl=B&page={other}&line={NERVES}#enclosure"
    back = found.select_one(f"a[href='#line-{NERVES}']")
    assert back.get_text() == "Back to 1.4.1"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"encl": "C"}, "no enclosure C"),
        ({"encl": "A"}, "announced; no file came"),
        ({"encl": "B", "page": "4"}, "Page 4 is not there: enclosure B has 3"),
        ({"encl": "B", "page": "0"}, "Page 0 is not there"),
        ({"encl": "B", "page": "-1"}, "Page -1 is not there"),
        ({"encl": "B", "page": "x"}, "Page x is not there"),
        ({"encl": "B", "page": "999999999999"}, "is not there"),
        ({"encl": "../"}, "no enclosure .."),
    ],
)
def test_what_is_not_there_is_said(desk: Reviewer, query: dict[str, str], words: str) -> None:
    found = panel(desk, **query)
    assert words in found.get_text(" ", strip=True)
    assert not found.select("img")


def test_a_line_that_is_none_is_not_led_back_to(desk: Reviewer) -> None:
    assert "Back to" not in panel(desk, encl="B", line="criteria-x").get_text()


def test_the_part_that_htmx_takes_is_that_of_the_page(desk: Reviewer) -> None:
    query = {"encl": "B", "page": "2", "line": NERVES}
    response: Any = desk.client.get(desk.url(), query, headers={"HX-Request": "true"})
    assert str(soup_of(response).select_one("#enclosure")) == str(panel(desk, **query))
    assert not soup_of(response).select("h1")
