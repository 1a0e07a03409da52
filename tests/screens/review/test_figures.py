"""The page of figures: who sees it, what its filters do, and each figure as a file."""

import csv
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.models import Outcome
from criteria.screens.figures.desk import FIGURES
from criteria.screens.figures.form import FiguresForm
from tests.factories.people import paula, person, peter, prescriber
from tests.factories.review import reviewer
from tests.screens.figures.desk import Desk

pytestmark = pytest.mark.django_db
PAGE = "/figures/"


@pytest.fixture
def desk() -> Desk:
    """A desk with a request of every kind."""
    desk = Desk()
    approved = desk.received("2026-05-04 08:00")
    desk.decided(approved, "2026-05-05 08:00", is_as_asked=True)
    lower = desk.received("2026-05-04 08:00", urgency="expedited")
    desk.asked(lower, "2026-05-04 09:00", "=HYPERLINK(1)")
    desk.answered(lower, "2026-05-04 12:00")
    desk.decided(lower, "2026-05-04 14:00")
    denied = desk.received("2026-05-12 08:00", overall="does not meet")
    desk.missed(denied, "Two nerves")
    desk.decided(denied, "2026-05-13 08:00", Outcome.DENIED, "Two nerves")
    desk.received("2026-05-12 08:00", line_of_business="medicare", overall="incomplete")
    return desk


def visit(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def file_of(client: Client, name: str, **asked: str) -> list[list[str]]:
    response = client.get(reverse("review:figure-csv", args=[name]), {"period": "all"} | asked)
    assert response.status_code == 200
    return list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]


# Who sees it


def test_anonymous_is_sent_to_login() -> None:
    for address in (PAGE, "/figures/weeks/csv/"):
        response = Client().get(address)
        assert response["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    ("who", "status"),
    [(reviewer, 200), (paula, 200), (peter, 200), (prescriber, 403), (lambda: person("o"), 403)],
)
def test_reviewers_and_policy_staff_see_it(who: Any, status: int) -> None:
    client = visit(who())
    assert client.get(PAGE).status_code == status
    assert client.get("/figures/weeks/csv/").status_code == status
    assert (f'href="{PAGE}"' in client.get("/policies/").text) == (status == 200)


def test_post_is_refused() -> None:
    client = visit(reviewer())
    assert client.post(PAGE).status_code == client.post("/figures/weeks/csv/").status_code == 405


def test_an_unknown_figure_is_not_found() -> None:
    assert visit(reviewer()).get("/figures/salaries/csv/").status_code == 404


# What it says


def test_an_empty_desk_says_so_kindly() -> None:
    response = visit(reviewer()).get(PAGE)
    assert "The figures begin with the first one." in response.text
    assert "<svg" not in response.text
    assert file_of(visit(reviewer()), "missed") == [
        ["Criterion", "Policy", "Not met", "Not answered"]
    ]


def test_the_page_draws_every_figure_with_its_table_and_its_file(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    client = visit(reviewer())
    with django_assert_max_num_queries(16):
        response = client.get(PAGE, {"period": "all"})
    page = BeautifulSoup(response.text, "html.parser")
    sections = page.select("section.figure-part")
    assert [one.h2["id"] for one in sections] == list(FIGURES)
    for one in sections:
        if chart := one.select_one("svg[role=img]"):
            said = chart["aria-labelledby"].split()
            assert [chart.find(id=name).name for name in said] == ["title", "desc"]
        else:
            assert all(any(bar.stripped_strings) for bar in one.select(".bars li"))
            assert len(one.select(".bars li")) >= 1
            assert not one.select("svg:not([aria-hidden=true])")
        assert one.select("details table tbody tr")
        assert "?period=all" in one.select_one("a.file")["href"]
    for private in ("Doe,", "Jane", "R-2026"):
        assert private not in response.text


def test_nothing_is_styled_or_run_in_the_page(desk: Desk) -> None:
    text = visit(reviewer()).get(PAGE, {"period": "all"}).text
    main = text[text.index("<main") : text.index("</main>")]
    assert " style=" not in main
    assert "<style" not in main
    assert "<script" not in main


def test_the_files_hold_the_numbers(desk: Desk) -> None:
    client = visit(reviewer())
    assert file_of(client, "states") == [
        ["State", "Requests", "Per cent"],
        ["Submitted", "1", "25.0"],
        ["Approved", "2", "50.0"],
        ["Not approved", "1", "25.0"],
    ]
    assert file_of(client, "decisions")[1:] == [
        ["Approved as asked", "1", "33.3"],
        ["Approved with another dose or length", "1", "33.3"],
        ["Not approved", "1", "33.3"],
    ]
    assert file_of(client, "times")[1:] == [
        ["Commercial, expedited", "1", "6", "6", "100.0", "1", "3", "3", "3"],
        ["Commercial, standard", "2", "24", "24", "100.0", "0", "", "24", "24"],
        ["All together", "3", "24", "24", "100.0", "1", "3", "24", "24"],
    ]
    policy = desk.version.policy.name
    assert file_of(client, "asked")[1:] == [["'=HYPERLINK(1)", policy, "1"]]
    assert file_of(client, "denials")[1:] == [["Two nerves", policy, "1"]]
    assert file_of(client, "missed")[1:] == [["Two nerves", policy, "1", "0"]]


def test_a_file_is_named_by_its_days(desk: Desk) -> None:
    asked = {"period": "days", "first": "2026-05-04", "last": "2026-05-10"}
    response = visit(reviewer()).get("/figures/weeks/csv/", asked)
    expected = 'attachment; filename="figures-weeks-2026-05-04-2026-05-10.csv"'
    assert response["Content-Disposition"] == expected
    lines = response.getvalue().decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines == ["Week from,Received,Decided", "2026-05-04,2,2"]


# Filters


@pytest.mark.parametrize(
    ("asked", "received"),
    [
        ({"period": "all"}, "4 requests in all."),
        ({"period": "all", "line": "medicare"}, "1 request in all."),
        ({"period": "all", "indication": "immune"}, "4 requests in all."),
        ({"period": "days", "first": "2026-05-12"}, "2 requests in all."),
        ({"period": "days", "last": "2026-05-11"}, "2 requests in all."),
        ({"period": "days", "first": "2026-05-13", "last": "2026-05-13"}, "No requests."),
    ],
)
def test_filters_choose(asked: dict[str, str], received: str, desk: Desk) -> None:
    page = BeautifulSoup(visit(reviewer()).get(PAGE, asked).text, "html.parser")
    section = page.find(id="states").parent
    assert received in section.text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"period": "90"}, "From"),
        ({"period": "all", "line": "medicare"}, "Everything · Medicare"),
        ({"period": "days", "last": "2026-05-11"}, "Until 11 May 2026"),
        ({"period": "all", "indication": "immune"}, "Everything · "),
    ],
)
def test_what_is_counted_is_said(asked: dict[str, str], words: str, desk: Desk) -> None:
    page = BeautifulSoup(visit(reviewer()).get(PAGE, asked).text, "html.parser")
    assert page.select_one(".scope").text.startswith(words)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"period": "7"}, "Choose one of the list."),
        ({"line": "medicare"}, "Choose one of the list."),
        ({"period": "all", "line": "tricare"}, "Choose one of the list."),
        ({"period": "all", "indication": "gout"}, "Choose one of the list."),
        ({"period": "days"}, "Enter the first day, the last day or both."),
        ({"period": "30", "first": "2026-05-01"}, "To use the days, choose"),
        ({"period": "days", "first": "1 of May"}, "Enter a day, such as 2026-05-14."),
        ({"period": "days", "first": "1999-12-31"}, "Enter a day between 2000 and 2100."),
        ({"period": "days", "last": "9999-12-31"}, "Enter a day between 2000 and 2100."),
        (
            {"period": "days", "first": "2026-05-02", "last": "2026-05-01"},
            "The last day lies before the first.",
        ),
    ],
)
def test_a_wrong_filter_is_told_and_nothing_is_counted(
    asked: dict[str, str], told: str, desk: Desk
) -> None:
    client = visit(reviewer())
    response = client.get(PAGE, asked)
    assert response.status_code == 422
    assert told in response.text
    assert "<svg" not in response.text
    for value in (asked.get("first"), asked.get("last")):
        assert value is None or f'value="{value}"' in response.text
    again = client.get("/figures/weeks/csv/", asked)
    assert again.status_code == 302
    assert again["Location"].startswith(f"{PAGE}?")


def test_the_last_days_end_today() -> None:
    form = FiguresForm({"period": "30"}, {})
    assert form.is_valid()
    assert form.scope.last == timezone.localdate()
    assert (form.scope.last - form.scope.first).days == 29  # type: ignore[operator]
