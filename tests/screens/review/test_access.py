"""Who may come to which address, by which method: every address of requests, packets and reviews.

The addresses are read from the URL resolver: a new one fails here until it stands in the table.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from criteria.models import AuthorizationRequest
from tests.helpers.review.addresses import EXPECTED, NAMES, address
from tests.screens.review.access_table import PEOPLE
from tests.screens.review.scene import EVERYBODY, Scene, scene

SPACES = ("packet", "review", "verify", "wizard")
OPEN = "verify:verify"
# Those who see nothing of what Ann has not submitted.
STRANGERS = ("ben", "rhea", "paula")


def resolved(found: Any, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of every address of this site."""
    for one in found.url_patterns:
        if isinstance(one, URLResolver):
            yield from resolved(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            yield ":".join((*spaces, str(one.name)))


OF_A_REQUEST = [name for name in NAMES if "R-1" in address(name, "R-1")]


@pytest.fixture(scope="module")
def stored(commercial_policy: object, django_db_blocker: Any) -> Iterator[Scene]:
    with scene(django_db_blocker) as found:
        yield found


def client_of(person: str) -> Client:
    client, user = Client(), EVERYBODY[person]()
    if user is not None:
        client.force_login(user)
    return client


def answered(person: str, method: str, url: str) -> HttpResponseBase:
    """The answer, read to its end: a file that is sent stays open until then."""
    response: Any = client_of(person).generic(method, url)
    if response.streaming:
        b"".join(response.streaming_content)
    return response  # type: ignore[no-any-return]


def test_every_address_stands_in_the_table() -> None:
    found = {name for name in resolved(get_resolver()) if name.split(":")[0] in SPACES}
    assert found == set(NAMES)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", NAMES)
def test_answer(name: str, person: str, stored: Scene, db: None) -> None:
    """Looked at first, then sent: whatever the second one changes is rolled back."""
    url = address(name, stored.submitted)
    got = {m: answered(person, m, url).status_code for m in ("GET", "POST")}
    assert got == {m: EXPECTED[name, m][person] for m in ("GET", "POST")}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", [name for name in NAMES if name != OPEN])
def test_whoever_has_not_signed_in(name: str, method: str, stored: Scene, db: None) -> None:
    response = answered("nobody", method, address(name, stored.submitted))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/")


@pytest.mark.parametrize("person", STRANGERS)
@pytest.mark.parametrize("name", OF_A_REQUEST)
def test_drafts_and_quick_checks_are_as_if_there_were_none(
    name: str, person: str, stored: Scene, db: None
) -> None:
    for method in ("GET", "POST"):
        none = answered(person, method, address(name, "R-2026-99999")).status_code
        assert none in (403, 404, 405)
        for number in (stored.draft, stored.quick_check):
            assert answered(person, method, address(name, number)).status_code == none


@pytest.mark.parametrize("name", [n for n in OF_A_REQUEST if n.startswith("review:")])
def test_no_draft_is_on_the_desk_of_its_own_practice(name: str, stored: Scene, db: None) -> None:
    for number in (stored.draft, stored.quick_check):
        for method in ("GET", "POST"):
            assert answered("cara", method, address(name, number)).status_code in (404, 405)


@pytest.mark.parametrize("name", OF_A_REQUEST)
def test_another_practice_finds_and_changes_nothing(name: str, stored: Scene, db: None) -> None:
    numbers = (stored.submitted, stored.draft, stored.quick_check)
    rows = AuthorizationRequest.objects.filter(number__in=numbers).order_by("pk")
    before = list(rows.values())
    for number in numbers:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            assert answered("ben", method, address(name, number)).status_code in (403, 404, 405)
    assert list(rows.values()) == before


def test_worklist_holds_no_quick_check_and_no_draft(stored: Scene, db: None) -> None:
    page = client_of("rhea").get("/worklist/?state=all").content.decode()
    assert stored.submitted in page
    assert stored.draft not in page
    assert stored.quick_check not in page
