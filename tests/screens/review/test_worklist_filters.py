from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from criteria.models import AuthorizationRequest, RequestStatus
from criteria.screens.review.worklist.filters import BY_DUE_TIME, LATEST_FIRST, line_text
from criteria.screens.review.worklist.lanes import due_condition
from tests.factories.people import rhea
from tests.helpers.review.worklist import URL, numbers, text
from tests.screens.review.listed import line_up, listed

pytestmark = pytest.mark.django_db
OPTIONS = {
    "urgency": ("expedited", "standard"),
    "line": ("medicare", "commercial"),
    "indication": ("other_key", "immune"),
    "finding": ("meets", "incomplete"),
}
COLUMNS = {"urgency": "urgency", "line": "line_of_business", "indication": "indication_key"}


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(rhea())
    return client


@pytest.mark.parametrize("name", OPTIONS)
def test_each_filter_takes_its_own(reviewer: Client, name: str) -> None:
    wanted, other = OPTIONS[name]
    column = COLUMNS.get(name, "overall")
    (own,) = line_up(1, **{column: wanted})
    (foreign,) = (listed("R-2031-00001", timezone.now(), **{column: other}),)
    assert numbers(reviewer.get(URL, {name: wanted})) == [own.number]
    assert numbers(reviewer.get(URL, {name: other})) == [foreign.number]
    assert len(numbers(reviewer.get(URL, {name: ""}))) == 2


def test_filters_narrow_together(reviewer: Client) -> None:
    both = listed("R-2031-00001", timezone.now(), urgency="expedited", overall="meets")
    listed("R-2031-00002", timezone.now(), urgency="expedited")
    listed("R-2031-00003", timezone.now(), overall="meets")
    assert numbers(reviewer.get(URL, {"urgency": "expedited", "finding": "meets"})) == [both.number]
    none = reviewer.get(URL, {"urgency": "standard", "finding": "meets", "held": "me"})
    assert numbers(none) == []
    assert "No request fits these filters." in text(none)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", ["submitted"]),
        ("to-decide", ["submitted"]),
        ("waiting", ["information_requested"]),
        ("decided", ["approved", "denied"]),
        ("approved", ["approved"]),
        ("denied", ["denied"]),
        ("withdrawn", ["withdrawn"]),
        ("all", ["approved", "denied", "information_requested", "submitted", "withdrawn"]),
    ],
)
def test_state(reviewer: Client, state: str, shown: list[str]) -> None:
    for n, status in enumerate(s for s in RequestStatus if s not in ("draft", "withdrawn")):
        listed(f"R-2031-{n:05}", timezone.now() + timedelta(days=3), status=status)
    found = AuthorizationRequest.objects.filter(
        number__in=numbers(reviewer.get(URL, {"state": state}))
    )
    assert sorted(found.values_list("status", flat=True)) == shown


def test_held_by_me_by_nobody_and_by_anyone(reviewer: Client) -> None:
    now, other = timezone.now(), line_up(1)[0].owner
    mine = listed("R-2031-00001", now, assigned_to_id=rhea().pk, assigned_at=now)
    listed("R-2031-00002", now, assigned_to_id=other.pk, assigned_at=now)
    assert numbers(reviewer.get(URL, {"held": "me"})) == [mine.number]
    assert numbers(reviewer.get(URL, {"held": "nobody"})) == ["R-2030-00000"]
    assert len(numbers(reviewer.get(URL, {"held": ""}))) == 3
    assert "held by rhea" in text(reviewer.get(URL, {"held": "me"}))


SECOND = timedelta(seconds=1)
EDGES = {
    "overdue": [(-SECOND, True), (timedelta(0), False), (SECOND, False)],
    "day": [
        (-SECOND, False),
        (timedelta(0), True),
        (timedelta(hours=24) - SECOND, True),
        (timedelta(hours=24), True),
        (timedelta(hours=24) + SECOND, False),
    ],
    "three-days": [
        (-SECOND, False),
        (timedelta(0), True),
        (timedelta(hours=72), True),
        (timedelta(hours=72) + SECOND, False),
    ],
}


@pytest.mark.parametrize("due", EDGES)
def test_due_at_each_edge(due: str) -> None:
    now = timezone.now()
    for n, (ahead, fits) in enumerate(EDGES[due]):
        request = listed(f"R-2031-{n:05}", now + ahead)
        found = AuthorizationRequest.objects.filter(due_condition(due, now), pk=request.pk)
        assert found.exists() is fits, ahead


def test_overdue_is_said_with_sign_and_word(reviewer: Client) -> None:
    late = listed("R-2031-00001", timezone.now() - timedelta(hours=3, minutes=1))
    listed("R-2031-00002", timezone.now() + timedelta(hours=3, minutes=1))
    response = reviewer.get(URL, {"due": "overdue"})
    assert numbers(response) == [late.number]
    assert "! overdue by 3 h" in text(response)
    assert "▲ due in 3 h" in text(reviewer.get(URL, {"due": "day"}))


@pytest.mark.parametrize("state", ["decided", "approved", "denied", "withdrawn"])
def test_what_is_closed_is_never_due(reviewer: Client, state: str) -> None:
    line_up(1)
    response = reviewer.get(URL, {"state": state, "due": "day"})
    assert "Nothing is due in this state. Choose another state, or any due time." in text(response)
    assert numbers(response) == []


def test_due_among_all_is_of_what_is_undecided(reviewer: Client) -> None:
    listed("R-2031-00001", timezone.now() + SECOND * 60, status="denied")
    waiting = listed("R-2031-00002", timezone.now() + SECOND * 90, status="information_requested")
    due = listed("R-2031-00003", timezone.now() + SECOND * 60)
    found = numbers(reviewer.get(URL, {"state": "all", "due": "day"}))
    assert found == [due.number, waiting.number]


@pytest.mark.parametrize(
    "name", ["state", "urgency", "line", "indication", "finding", "due", "held"]
)
@pytest.mark.parametrize("value", ["nonsense", "x" * 3000, "'; --", "1"])
def test_unknown_choice_is_said_in_its_place(reviewer: Client, name: str, value: str) -> None:
    line_up(1)
    response = reviewer.get(URL, {name: value})
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert "Choose one of the list." in text(response)
    assert numbers(response) == []
    link = soup.select_one(".error-summary a")
    assert link is not None
    assert soup.select_one(str(link["href"])) is not None


def test_what_was_chosen_stays_chosen(reviewer: Client) -> None:
    line_up(1, urgency="expedited")
    chosen: Any = {"state": "all", "urgency": "expedited", "held": "nobody"}
    soup = BeautifulSoup(reviewer.get(URL, chosen).content, "html.parser")
    for name, value in chosen.items():
        option = soup.select_one(f"select[name={name}] option[selected]")
        assert option is not None
        assert option["value"] == value


def test_choices_are_those_that_occur(reviewer: Client) -> None:
    line_up(1)
    soup = BeautifulSoup(reviewer.get(URL).content, "html.parser")
    lines = [option.get_text() for option in soup.select("select[name=line] option")]
    assert lines == ["Any", "Commercial"]
    names = [option.get_text() for option in soup.select("select[name=indication] option")]
    assert len(names) == 2
    assert line_text("medicare-advantage") == "Medicare advantage"


def test_orders() -> None:
    assert BY_DUE_TIME.columns() == ("due_at", "pk")
    assert LATEST_FIRST.columns() == ("-submitted_at", "-pk")
