"""The patient stands on the pages, and in nothing that is kept beside them or outlives them."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from criteria.models import Event
from tests.helpers.review.addresses import NAMES, address
from tests.screens.review.garbage import POSTED, READ
from tests.screens.review.scene import EVERYBODY, Scene, scene

pytestmark = pytest.mark.django_db

# Nothing else of the site is called so.
MARKS = ("Zyxgiven", "Qwvfamily", "XMEMBER77", "Vkprescriber")
PEOPLE = {
    "patient": {
        "first_name": "Zyxgiven",
        "last_name": "Qwvfamily",
        "born": "1961-03-12",
        "sex": "F",
        "patient_phone": "(555) 010-1234",
    },
    "coverage": {"member_id": "XMEMBER77", "urgency": "standard"},
}
MARKED = re.compile("|".join(mark.lower() for mark in MARKS))


@pytest.fixture(scope="module")
def stored(commercial_policy: object, django_db_blocker: Any) -> Iterator[Scene]:
    with scene(django_db_blocker, PEOPLE) as found:
        yield found


def told(response: Any) -> str:
    """What leaves the page: its headers, with addresses and file names, its title and its links."""
    body = b"" if response.streaming else response.content
    text = body.decode(errors="ignore") if "html" in response.headers["Content-Type"] else ""
    titles = re.findall(r"<title>.*?</title>", text, re.DOTALL)
    links = re.findall(r'\b(?:href|src|action|hx-get|hx-post|hx-push-url)="([^"]*)"', text)
    return "\n".join([*(f"{k}: {v}" for k, v in response.headers.items()), *titles, *links])


def visited(person: str, method: str, url: str, **fields: Any) -> str:
    """What the answer tells, read to its end; what it changes is undone, its events are looked at.

    A log keeps the message of an error too, so the whole record is read, not what is printed of it.
    """
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        client.force_login(EVERYBODY[person]())
        response: Any = getattr(client, method)(url, fields)
        if response.streaming:
            b"".join(response.streaming_content)
        summaries = Event.objects.values_list("summary", "actor_name", "object_id")
        found = [told(response), *(" ".join(each) for each in summaries)]
        transaction.set_rollback(True)
    return "\n".join(found)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged, also by Django, whose records end at its own logger."""
    django = logging.getLogger("django")
    caplog.set_level(logging.DEBUG)
    django.addHandler(caplog.handler)
    yield caplog
    django.removeHandler(caplog.handler)


@pytest.fixture(autouse=True)
def nobody_tried_yet(settings: Any) -> None:
    settings.VERIFY_TRIES_PER_MINUTE = 1_000_000
    cache.clear()


def test_the_marks_are_on_the_desk(stored: Scene, client: Client, db: None) -> None:
    client.force_login(EVERYBODY["rhea"]())
    page = client.get(f"/review/{stored.submitted}/").content.decode().lower()
    assert set(MARKED.findall(page)) >= {"zyxgiven", "qwvfamily"}


@pytest.mark.parametrize("name", NAMES)
def test_no_page_tells_of_the_patient(
    name: str, stored: Scene, logged: pytest.LogCaptureFixture, db: None
) -> None:
    """Looked at and sent, by the practice, a stranger and the reviewer."""
    for person in ("ann", "ben", "rhea"):
        for method in ("get", "post"):
            found = visited(person, method, address(name, stored.submitted))
            assert not MARKED.search(found.lower())
    assert not MARKED.search(logged.text.lower())


@pytest.mark.parametrize("name", POSTED)
def test_no_refusal_tells_of_the_patient(
    name: str, stored: Scene, logged: pytest.LogCaptureFixture, db: None
) -> None:
    """What is typed into the wrong field may be a name, too."""
    target = POSTED[name]
    sent = dict.fromkeys(target.fields, "Zyxgiven Qwvfamily")
    person = next(who for who, make in EVERYBODY.items() if make is target.who)
    found = visited(person, "post", target.url(stored), **sent)
    assert not MARKED.search(found.lower())
    assert not MARKED.search(logged.text.lower())


def test_a_page_that_is_not_there_is_logged(logged: pytest.LogCaptureFixture, db: None) -> None:
    """So that silence above is not that of a log nobody reads."""
    visited("rhea", "get", "/review/R-2026-99999/")
    assert "Not Found: /review/R-2026-99999/" in logged.text


def test_figures_and_trail_tell_nothing(stored: Scene, client: Client, db: None) -> None:
    client.force_login(EVERYBODY["rhea"]())
    for name in ("figures", "figure", "trail"):
        page: Any = client.get(READ[name].url(stored))
        body = b"".join(page.streaming_content) if page.streaming else page.content
        text = re.sub(r"<h1.*?</h1>|<header.*?</header>", "", body.decode(), flags=re.DOTALL)
        assert not MARKED.search(text.lower()), name
