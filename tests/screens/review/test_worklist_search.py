from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.models import AuthorizationRequest
from criteria.screens.review.worklist import search as worklist_search
from criteria.screens.review.worklist.worklist import A_PAGE, Worklist
from tests.factories.people import rhea
from tests.helpers.review.worklist import numbers, text
from tests.screens.review.listed import line_up, listed

pytestmark = pytest.mark.django_db
URL = "/worklist/search/"
HOUR = timedelta(hours=1)


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(rhea())
    return client


@pytest.fixture(params=["few", "walked"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways of searching find the same: by what is rare, and down the list."""
    if request.param == "walked":
        monkeypatch.setattr(worklist_search, "FEW", 0)
        monkeypatch.setattr(worklist_search, "STEPS", (2, 3, 400))
    yield request.param


def three() -> list[AuthorizationRequest]:
    now = timezone.now()
    people = [("Núñez, Jane", "Ann Lee"), ("Nuñez-Roy, Bob", "Ann Lee"), ("Иванов, Пётр", "Bo Ek")]
    return [
        listed(f"R-2031-{n:05}", now + n * HOUR, patient_name=patient, prescriber_name=by)
        for n, (patient, by) in enumerate(people, start=1)
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("R-2031-00002", [2]),
        ("r2031", [1, 2, 3]),
        ("nunez", [1, 2]),
        ("NUÑEZ", [1, 2]),
        ("nun jan", [1]),
        ("roy", [2]),
        ("lee nunez", [1, 2]),
        ("иван", [3]),
        ("petr", []),
        ("ek пет", [3]),
        ("nunez ek", []),
        ("%", None),
        ("zzz", []),
    ],
)
@pytest.mark.usefixtures("either_way")
def test_found(reviewer: Client, typed: str, found: list[int] | None) -> None:
    made = three()
    response = reviewer.post(URL, {"q": typed})
    if found is None:
        assert "Type a number, a name, or the start of one." in text(response)
        return
    assert numbers(response) == [made[n - 1].number for n in found]


@pytest.mark.usefixtures("either_way")
def test_filters_count_too(reviewer: Client) -> None:
    now = timezone.now()
    listed("R-2031-00001", now, patient_name="Doe, Jane")
    own = listed(
        "R-2031-00002",
        now,
        patient_name="Doe, Jane",
        urgency="expedited",
        assigned_to_id=rhea().pk,
        assigned_at=now,
    )
    assert len(numbers(reviewer.post(URL, {"q": "doe"}))) == 2
    for filters in ({"urgency": "expedited"}, {"held": "me"}):
        assert numbers(reviewer.post(URL, {"q": "doe", **filters})) == [own.number]
    assert numbers(reviewer.post(URL, {"q": "doe", "state": "decided"})) == []


@pytest.mark.usefixtures("either_way")
def test_pages_go_on_by_post(reviewer: Client) -> None:
    every = [one.number for one in line_up(A_PAGE + 3, patient_name="Doe, Jane")]
    first = reviewer.post(URL, {"q": "doe"})
    assert numbers(first) == every[:A_PAGE]
    soup = BeautifulSoup(first.content, "html.parser")
    assert soup.select("a[rel=next]") == []
    form = soup.select_one(".worklist-pager form")
    assert form is not None
    fields = {str(f["name"]): str(f["value"]) for f in form.select("input, button")}
    assert numbers(reviewer.post(URL, fields)) == every[A_PAGE:]


def further(response: HttpResponse) -> dict[str, str]:
    """What the button that looks further sends; nothing where there is none."""
    form = BeautifulSoup(response.content, "html.parser").select_one(".worklist-pager form")
    button = None if form is None else form.find("button", string="Look further")
    if form is None or button is None:
        return {}
    return {str(f["name"]): str(f["value"]) for f in [*form.select("input"), button]}


def test_a_walk_that_finds_nothing_stops_and_goes_on(
    reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist_search, "FEW", 2)
    monkeypatch.setattr(worklist_search, "STEPS", (2, 2))
    line_up(6, patient_name="Doe, Jane")
    last = listed("R-2031-00001", timezone.now() + 99 * HOUR, patient_name="Doe, Zoe")
    other = listed("R-2031-00002", timezone.now(), patient_name="Roe, Zoe", status="denied")
    listed("R-2031-00003", timezone.now(), patient_name="Roe, Zoe", status="denied")
    assert other.pk
    first = reviewer.post(URL, {"q": "zoe doe"})
    shown = text(first)
    assert "Nothing was found so far." in shown
    assert "Look further" in shown
    assert "No request fits" not in shown
    seen, response = [], first
    while fields := further(response):
        response = reviewer.post(URL, fields)
        seen += numbers(response)
    assert seen == [last.number]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Type a number, a name, or the start of one."),
        ("  - ", "Type a number, a name, or the start of one."),
        ("a b c d e f g h i", "Search for at most 8 words, 200 characters in all."),
        ("x" * 201, "Search for at most 8 words, 200 characters in all."),
    ],
)
def test_what_cannot_be_searched_is_said_beside_the_field(
    reviewer: Client, typed: str, problem: str
) -> None:
    line_up(1)
    soup = BeautifulSoup(reviewer.post(URL, {"q": typed}).content, "html.parser")
    field, said = soup.select_one("#q"), soup.select_one("#q-problem")
    assert field is not None and said is not None
    assert said.get_text() == problem
    assert field["value"] == typed


@pytest.mark.parametrize("typed", ["a b c d e f g h", "x" * 200])
def test_the_most_that_is_searched(reviewer: Client, typed: str) -> None:
    assert "No request fits" in text(reviewer.post(URL, {"q": typed}))


def test_no_name_stands_in_an_address_or_a_title(reviewer: Client) -> None:
    line_up(A_PAGE + 1, patient_name="Doe, Jane")
    soup = BeautifulSoup(reviewer.post(URL, {"q": "jane"}).content, "html.parser")
    for tag in soup.select("[href], [action], [hx-get], [hx-post]"):
        places = " ".join(
            str(tag.get(name, "")) for name in ("href", "action", "hx-get", "hx-post")
        )
        assert "jane" not in places.casefold()
    assert soup.title is not None
    assert "jane" not in soup.title.get_text().casefold()


def test_an_address_leads_to_the_whole_list(reviewer: Client) -> None:
    response = reviewer.get(URL, {"q": "jane"})
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("review:worklist")


def test_a_part_of_a_search_pushes_no_address(reviewer: Client) -> None:
    line_up(1, patient_name="Doe, Jane")
    response = reviewer.post(URL, {"q": "doe"}, headers={"HX-Request": "true"})
    assert "HX-Push-Url" not in response.headers
    assert "<html" not in response.content.decode()
    assert len(numbers(response)) == 1


def test_a_few_queries_only(reviewer: Client, django_assert_max_num_queries: Any) -> None:
    line_up(30, patient_name="Doe, Jane")
    reviewer.post(URL, {"q": "doe"})
    with django_assert_max_num_queries(11):
        reviewer.post(URL, {"q": "doe jane"})


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("count", [0, 1, A_PAGE, A_PAGE + 1, 2 * A_PAGE + 3])
def test_every_request_that_fits(count: int) -> None:
    made = line_up(count, patient_name="Doe, Jane")
    for data, is_search in (("", False), ("q=doe", True)):
        found = Worklist(rhea(), QueryDict(data), is_search=is_search)
        assert [one.pk for one in found.every()] == [one.pk for one in made]
