"""The trail of a request: what is written down of reading, and who sees which part of it."""

import ast
import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.actions import events
from criteria.actions.events import record_download, record_event, record_view
from criteria.models import AuthorizationRequest
from criteria.screens.activity.entries import A_PAGE, Trail
from criteria.screens.activity.words import DEEDS, INTERNAL, words_of
from criteria.screens.wizard.packets import issue
from tests.factories.people import ben, paula, person, prescriber
from tests.factories.review import reviewer, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]
ACTIONS = Path(events.__file__).parent
# Their events are of policies, practices, codes and clocks, not of requests.
OTHER = ("policies", "patients", "impact", "roles", "practices", "icd10", "clocks")


@pytest.fixture
def sent() -> AuthorizationRequest:
    """Ann's request, submitted."""
    return submitted_cidp()


def cara() -> User:
    """A colleague of Ann's."""
    return prescriber("cara")


def visit(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(request: AuthorizationRequest, **fields: Any) -> list[tuple[str, str, str]]:
    found = Trail(request, is_of_practice=False).all.filter(**fields).order_by("id")
    return list(found.values_list("actor_name", "verb", "summary"))


# What is written down


def test_reading_of_a_colleague_and_a_reviewer_is_written_down(sent: AuthorizationRequest) -> None:
    record_view(sent, "the result", cara())
    record_view(sent, "the result", reviewer())
    assert rows(sent, summary="the result") == [
        ("cara", "view", "the result"),
        ("rhea", "review_view", "the result"),
    ]


def test_reading_of_the_owner_is_not(
    sent: AuthorizationRequest, django_assert_num_queries: Any
) -> None:
    owner = sent.owner
    with django_assert_num_queries(0):
        record_view(sent, "the result", owner)
    assert not rows(sent, summary="the result")


@pytest.mark.parametrize(("minutes", "kept"), [(9.9, 1), (10.1, 2)])
def test_the_same_reading_counts_once_in_ten_minutes(
    sent: AuthorizationRequest, minutes: float, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = cara()
    record_view(sent, "the result", by)
    later = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(events.timezone, "now", lambda: later)
    record_view(sent, "the result", by)
    assert len(rows(sent, verb="view")) == kept


def test_another_thing_person_or_request_is_another_reading(sent: AuthorizationRequest) -> None:
    record_view(sent, "the result", cara())
    record_view(sent, "the answers", cara())
    record_view(sent, "the result", prescriber("dan"))
    other = submitted_cidp()
    record_view(other, "the result", cara())
    assert len(rows(sent, verb="view")) == 3
    assert len(rows(other, verb="view")) == 1


def test_downloads_are_written_down_each_time_and_the_owners_too(
    sent: AuthorizationRequest,
) -> None:
    for by in (sent.owner, sent.owner, reviewer()):
        record_download(sent, "packet 1", by)
    assert [verb for _, verb, _ in rows(sent, summary="packet 1")] == [
        "download",
        "download",
        "review_download",
    ]


def test_a_failed_write_is_logged_and_the_page_is_shown(
    sent: AuthorizationRequest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**given: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO criteria_event (nothing) VALUES (1)")

    monkeypatch.setattr(events, "record_event", broken)
    response = visit(cara()).get(reverse("wizard:result", args=[sent.number]))
    assert response.status_code == 200
    assert "could not be written down" in caplog.text
    with pytest.raises(DatabaseError), transaction.atomic():
        record_download(sent, "packet 1", cara())


def test_pages_of_a_request_are_written_down(sent: AuthorizationRequest) -> None:
    client = visit(cara())
    issue(sent, by=sent.owner)
    for name in ("tasks", "result", "check", "packet", "compare", "trail"):
        assert client.get(reverse(f"wizard:{name}", args=[sent.number])).status_code == 200
    assert client.get(reverse("packet:download", args=[sent.number])).getvalue()
    assert client.head(reverse("packet:download", args=[sent.number])).status_code == 200
    assert [(verb, what) for _, verb, what in rows(sent, actor_name="cara")] == [
        ("view", "the request"),
        ("view", "the result"),
        ("view", "the answers"),
        ("view", "what was sent"),
        ("view", "the comparison of policies"),
        ("view", "the trail"),
        ("download", "packet 1"),
    ]


# Who sees it


def test_anonymous_is_sent_to_login(sent: AuthorizationRequest) -> None:
    for name in ("review:trail", "review:trail-csv", "wizard:trail", "wizard:trail-csv"):
        response = Client().get(reverse(name, args=[sent.number]))
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("who", "practice", "review"),
    [
        (prescriber, 200, 403),
        (cara, 200, 403),
        (ben, 404, 403),
        (paula, 404, 403),
        (reviewer, 404, 200),
    ],
)
def test_the_practice_and_reviewers_see_it_each_at_their_address(
    who: Any, practice: int, review: int, sent: AuthorizationRequest
) -> None:
    client = visit(who())
    for name, status in (("wizard", practice), ("review", review)):
        for address in (f"{name}:trail", f"{name}:trail-csv"):
            assert client.get(reverse(address, args=[sent.number])).status_code == status


def test_post_is_refused(sent: AuthorizationRequest) -> None:
    client = visit(reviewer())
    for name in ("review:trail", "review:trail-csv"):
        assert client.post(reverse(name, args=[sent.number])).status_code == 405


def test_the_steps_at_the_desk_stay_there(sent: AuthorizationRequest) -> None:
    for verb in (*INTERNAL, "made_up_tomorrow", "approve"):
        record_event(verb=verb, obj=sent, summary=f"told of {verb}", by=reviewer())
    seen = visit(cara()).get(reverse("wizard:trail", args=[sent.number])).text
    desk = visit(reviewer()).get(reverse("review:trail", args=[sent.number])).text
    for verb in (*INTERNAL, "made_up_tomorrow"):
        assert f"told of {verb}" not in seen
        assert f"told of {verb}" in desk
    assert "told of approve" in seen
    assert "Attested and submitted" in seen


def test_nothing_of_the_patient_stands_in_it(sent: AuthorizationRequest) -> None:
    text = visit(reviewer()).get(reverse("review:trail", args=[sent.number])).text
    for private in ("Doe", "Jane", "912345678"):
        assert private not in text


# Long trails, and the file


def test_a_long_trail_is_read_page_by_page(
    sent: AuthorizationRequest, django_assert_max_num_queries: Any
) -> None:
    for n in range(A_PAGE):
        record_event(verb="enclose", obj=sent, summary=f"Enclosure {n}", by=None)
    first = Trail(sent, is_of_practice=False)
    second = Trail(sent, is_of_practice=False, before=str(first.older))
    whole = [event.pk for event in first.all]
    assert len(first.entries) == A_PAGE
    assert [e.event.pk for e in (*first.entries, *second.entries)] == whole
    assert second.older is None
    client = visit(reviewer())
    with django_assert_max_num_queries(13):
        text = client.get(reverse("review:trail", args=[sent.number])).text
    assert f"?before={first.older}" not in text  # the reading itself came on top
    assert "?before=" in text
    assert "The system" in text


def test_exactly_one_page_has_no_second_one(sent: AuthorizationRequest) -> None:
    there = Trail(sent, is_of_practice=False).all.count()
    for n in range(A_PAGE - there):
        record_event(verb="enclose", obj=sent, summary=f"Enclosure {n}", by=None)
    assert Trail(sent, is_of_practice=False).older is None


@pytest.mark.parametrize("place", ["x", "-1", "1.5", "²", "9" * 40])
def test_a_made_up_page_is_not_found(sent: AuthorizationRequest, place: str) -> None:
    address = reverse("review:trail", args=[sent.number])
    assert visit(reviewer()).get(address, {"before": place}).status_code == 404


def test_a_page_before_everything_says_so(sent: AuthorizationRequest) -> None:
    text = visit(reviewer()).get(reverse("review:trail", args=[sent.number]) + "?before=1").text
    assert "There is nothing older." in text


def test_the_file_holds_everything_and_no_formula(sent: AuthorizationRequest) -> None:
    record_event(verb="enclose", obj=sent, summary="=HYPERLINK(1)", by=sent.owner)
    response = visit(reviewer()).get(reverse("review:trail-csv", args=[sent.number]))
    assert response["Content-Disposition"] == f'attachment; filename="{sent.number}-trail.csv"'
    heading, *lines = csv.reader(StringIO(response.getvalue().decode("utf-8-sig")))
    assert heading[0] == "When"
    assert lines[0][1:] == ["rhea", "rhea", "Downloaded", "the trail"]
    assert lines[1][1:] == ["Ann", "ann", "Added a document", "'=HYPERLINK(1)"]
    assert len(lines) == len(rows(sent))


# Words


def verbs_of_requests() -> Iterator[str]:
    """What the actions on requests write down."""
    for path in ACTIONS.glob("*.py"):
        if path.stem.startswith(OTHER):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "verb":
                value = node.value
                if isinstance(value, ast.Constant):
                    yield value.value


def test_every_verb_has_words() -> None:
    assert set(verbs_of_requests()) <= set(DEEDS)


def test_a_verb_without_words_is_still_readable() -> None:
    assert words_of("made_up_tomorrow") == "Made up tomorrow"


def test_a_reviewer_of_the_practice_reads_as_the_practice(sent: AuthorizationRequest) -> None:
    both = cara()
    both.groups.set(reviewer().groups.all())
    record_view(sent, "the request", User.objects.get(pk=both.pk))
    assert rows(sent, actor_name="cara") == [("cara", "view", "the request")]
    assert person("cara") == both
