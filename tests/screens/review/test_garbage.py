"""Whatever is sent to any address of issue 5: an answer, and never that the site is broken."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from criteria.models import RequestPage
from tests.factories import people
from tests.screens.review.garbage import BODIES, CHARSETS, MULTIPART, NASTY, POSTED, READ, Target
from tests.screens.review.scene import Scene, scene

pytestmark = pytest.mark.django_db

UNKNOWN = ("nobody-knows", "x[]", "csrfmiddlewaretoken")
ROUNDS = 4


@pytest.fixture(scope="module")
def stored(commercial_policy: object, django_db_blocker: Any) -> Iterator[Scene]:
    with scene(django_db_blocker) as found:
        yield found


@pytest.fixture(autouse=True)
def nobody_tried_yet(settings: Any) -> None:
    settings.VERIFY_TRIES_PER_MINUTE = 1_000_000
    cache.clear()


def answered(target: Target, method: str, url: str, body: bytes = b"", kind: str = "") -> int:
    """The status, once the answer was read to its end; whatever it changed is undone."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        client.force_login(target.who())
        response: Any = client.generic(method, url, body, content_type=kind)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return int(response.status_code)


def encoded(sent: dict[str, list[str]]) -> bytes:
    found = QueryDict(mutable=True)
    for name, values in sent.items():
        found.setlist(name, values)
    return found.urlencode().encode()


def posted(target: Target, stored: Scene, sent: dict[str, list[str]]) -> int:
    kind = "application/x-www-form-urlencoded"
    return answered(target, "POST", target.url(stored), encoded(sent), kind)


def dealt(names: tuple[str, ...], turn: int) -> dict[str, list[str]]:
    """Another value for each field, and others in each round."""
    return {
        name: [NASTY[(turn * 11 + place * 7) % len(NASTY)], NASTY[(turn * 5 + place) % len(NASTY)]]
        for place, name in enumerate(names)
    }


@pytest.mark.parametrize("name", POSTED)
def test_nothing_posted_breaks_it(name: str, stored: Scene, db: None) -> None:
    target = POSTED[name]
    names = (*target.fields, *UNKNOWN)
    rounds = [dealt(names, turn) for turn in range(ROUNDS)]
    everywhere = [dict.fromkeys(names, [value]) for value in ("a\0b", "9" * 19, "-1")]
    for sent in (*rounds, *everywhere, {}):
        assert posted(target, stored, sent) < 500, sent


@pytest.mark.parametrize("name", READ)
def test_nothing_asked_for_breaks_it(name: str, stored: Scene, db: None) -> None:
    target = READ[name]
    rounds = [dealt(target.fields, turn) for turn in range(2 * ROUNDS)]
    for sent in (*rounds, dict.fromkeys(target.fields, ["a\0b"])):
        url = f"{target.url(stored)}?{encoded(sent).decode()}"
        assert answered(target, "GET", url) < 500, sent


@given(
    name=st.sampled_from(sorted(POSTED)),
    values=st.lists(st.sampled_from(NASTY) | st.text(max_size=60), min_size=1, max_size=12),
    gaps=st.integers(1, 3),
)
@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_form(name: str, values: list[str], gaps: int, stored: Scene, db: None) -> None:
    target = POSTED[name]
    names = (*target.fields, *UNKNOWN)[::gaps]
    sent = {field: [values[place % len(values)]] for place, field in enumerate(names)}
    assert posted(target, stored, sent) < 500


@pytest.mark.parametrize("name", ["disposition", "approve", "verify", "dose", "clock"])
def test_what_is_no_form(name: str, stored: Scene, db: None) -> None:
    target = POSTED[name]
    for kind, body in BODIES:
        assert answered(target, "POST", target.url(stored), body, kind) < 500, kind


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_in_another_encoding_is_refused(charset: str, stored: Scene, db: None) -> None:
    """+2AA- is half of a sign in UTF-7; idna and rot13 decode no form at all."""
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    for target in (POSTED["approve"], POSTED["verify"]):
        assert answered(target, "POST", target.url(stored), MULTIPART.encode(), kind) == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"'])
def test_utf_8_is_taken_however_it_is_written(charset: str, stored: Scene, db: None) -> None:
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    target = POSTED["verify"]
    assert answered(target, "POST", target.url(stored), MULTIPART.encode(), kind) == 422


def test_a_body_without_a_length_is_refused_and_told(client: Client) -> None:
    response = client.post("/verify/", HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")
    assert response.status_code == 411
    assert "without saying how long it is" in response.content.decode()


def test_ten_megabytes_of_text_are_refused(stored: Scene, db: None) -> None:
    assert posted(POSTED["approve"], stored, {"text": ["x" * 10_000_000]}) == 400


def test_what_cannot_be_kept_is_left_out_and_the_rest_is_kept(stored: Scene, db: None) -> None:
    """As the text of a PDF that was copied into a field."""
    client = Client()
    client.force_login(people.prescriber())
    client.post(f"/requests/{stored.draft}/patient/", {"last_name": "D\0oe", "tab": "\0a"})
    row = RequestPage.objects.get(request__number=stored.draft, slug="patient")
    assert row.data["last_name"] == ["Doe"]


@pytest.mark.parametrize("address", ["/review/R%00/", "/requests/%00/", "/requests/?q=a%00b"])
def test_nul_in_an_address_is_refused(address: str, stored: Scene, db: None) -> None:
    assert answered(POSTED["take"], "GET", address) == 400
