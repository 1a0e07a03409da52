"""Lines are added and edited where they stand, by the form that fits the question."""

from typing import Any

import pytest
from django.test import Client

from criteria.models import Criterion, PolicyVersion, Question
from tests.actions.trees import line, shape, tree_of
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.helpers.admin.pages import visit
from tests.screens.admin.editor import HTMX, asking, base, element, fields_of, new, send, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


CONDITIONS: dict[str, dict[str, Any]] = {
    "stated": {"passes_on": "False"},
    "igg": {"comparison": "<", "threshold": "300", "max_age_count": "2", "max_age_unit": "weeks"},
    "relapsed_on": {"window_count": "30", "window_unit": "days", "anchor": "therapy_start"},
    "kind": {"passing": "common", "reviewer": "unclear"},
    "steroid": {"accepts_failure": "on", "accepts_intolerance": "on"},
    "drugs": {"comparison": ">=", "threshold": "3"},
}
REQUIRED = {
    "stated": "no",
    "igg": "below 300 mg/dL, measured within 14 days before the request",
    "relapsed_on": "at most 30 days before therapy start",
    "kind": "Common; a reviewer decides on Not clear",
    "steroid": "failure or intolerance",
    "drugs": "at least 3 named",
}


def condition(version: PolicyVersion, key: str) -> dict[str, Any]:
    said = dict(CONDITIONS[key])
    question = Question.objects.get(version=version, key=key)
    for name in ("passing", "reviewer"):
        if name in said:
            said[name] = question.choices.get(key=said[name]).pk
    return said


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("key", CONDITIONS)
def test_question_of_every_type_is_added(
    version: PolicyVersion, client: Client, key: str, plain: bool
) -> None:
    given = new(version, "stated") | asking(version, key) | condition(version, key)
    response = send(client, version, plain=plain, **given)
    assert response.status_code == (302 if plain else 200), response.text
    added = Criterion.objects.get(title="New line")
    assert shape(version).startswith(f"root(stated {key}-2 some(")
    shown = client.get(base(version))
    said = element(shown, f"line-{added.pk}").select_one(".outline-required")
    assert said is not None
    assert said.text == REQUIRED[key]


@pytest.mark.parametrize("key", CONDITIONS)
def test_form_asks_for_what_fits_the_question(
    version: PolicyVersion, client: Client, key: str
) -> None:
    given = new(version, "stated", title="") | asking(version, key) | {"step": "choose"}
    form = soup(send(client, version, **given)).form
    assert form is not None
    names = set(fields_of(form)) | {str(f.get("name")) for f in form.select("input, select")}
    wanted = set(CONDITIONS[key])
    others = {name for said in CONDITIONS.values() for name in said} - wanted
    shared = {"comparison", "threshold"} if {"threshold"} & wanted else set()
    assert wanted <= names
    assert not (others - shared) & names
    assert fields_of(form)["title"] == Question.objects.get(
        version=version, key=key
    ).wording.rstrip("?")


def test_unit_is_shown_beside_the_number(version: PolicyVersion, client: Client) -> None:
    response = client.get(f"{base(version)}?line={line(version, 'igg').pk}", headers=HTMX)
    unit = soup(response).select_one(".outline-unit")
    assert unit is not None
    assert unit.text == "mg/dL"


def test_every_line_is_saved_unchanged(version: PolicyVersion, client: Client) -> None:
    before = Criterion.objects.filter(tree=tree_of(version)).values()
    stored = list(before.order_by("pk"))
    for row in stored:
        response = client.get(f"{base(version)}?line={row['id']}", headers=HTMX)
        form = soup(response).form
        assert form is not None
        saved = send(client, version, **fields_of(form))
        assert saved.status_code == 200, (row, saved.text)
        assert not soup(saved).form or "errorlist" not in saved.text
    assert list(before.order_by("pk")) == stored
    assert tree_of(version).revision == len(stored)


def test_title_lines_and_note_are_edited(version: PolicyVersion, client: Client) -> None:
    pk = line(version, "igg").pk
    form = element(client.get(f"{base(version)}?line={pk}"), f"slot-edit-{pk}")
    sent = fields_of(form) | {"title": "IgG is low", "lines": "14", "note": "Any laboratory."}
    response = send(client, version, **sent)
    row = line(version, "igg")
    assert (row.title, row.lines, row.note) == ("IgG is low", "14", "Any laboratory.")
    assert "IgG is low" in element(response, "outline-words").text
    assert "outline:focus" in response["HX-Trigger-After-Settle"]


@pytest.mark.parametrize(
    ("kind", "more", "drawn"),
    [
        ("all", {}, "new-group"),
        ("any", {}, "new-group"),
        ("at_least", {"n": "2"}, "new-group"),
        ("when", {}, "new-group"),
        ("dose", {}, "dose-2"),
    ],
)
def test_other_lines_are_added(
    version: PolicyVersion, client: Client, kind: str, more: dict[str, str], drawn: str
) -> None:
    given = new(version, "stated", kind=kind, title="New group") | more
    assert send(client, version, **given).status_code == 200
    assert shape(version).startswith(f"root(stated {drawn} some(")


def test_branches_are_filled_where_they_are_missing(version: PolicyVersion, client: Client) -> None:
    send(client, version, **new(version, "stated", kind="when", title="Fork"))
    page = client.get(base(version))
    fork = line(version, "fork-2")
    gaps = element(page, f"line-{fork.pk}").select("[data-where]")
    assert [gap["data-where"] for gap in gaps] == ["when", "then"]
    given = new(version, "fork-2", where="when") | asking(version, "stated") | {"passes_on": "True"}
    assert send(client, version, **given).status_code == 200
    assert line(version, "stated-2").slot == "when"


@pytest.mark.parametrize(
    ("key", "changes", "message"),
    [
        ("igg", {"lines": ""}, "This field is required."),
        ("igg", {"lines": "page 4"}, "such as 156"),
        ("igg", {"title": " "}, "This field is required."),
        ("igg", {"threshold": ""}, "Say what the number is compared with"),
        ("igg", {"threshold": "9" * 30}, "no more than"),
        ("igg", {"max_age_count": "9" * 30, "max_age_unit": "days"}, "less than or equal"),
        ("igg", {"question": "999999"}, "valid choice"),
        ("igg", {"question": "²"}, "valid choice"),
        ("kind", {"passing": [], "reviewer": []}, "Say which choices pass"),
        ("stated", {"passes_on": ""}, "Say which answer passes"),
        ("some", {"n": "4"}, "there are only 3 members"),
        ("some", {"n": ""}, "Say how many of these are needed"),
        ("some", {"n": "-1"}, "greater than or equal to 0"),
        ("relapsed_on", {"window_count": ""}, "Say within which time"),
    ],
)
@pytest.mark.parametrize("plain", [True, False])
def test_what_does_not_fit_is_said_in_the_form(
    version: PolicyVersion,
    client: Client,
    key: str,
    changes: dict[str, Any],
    message: str,
    plain: bool,
) -> None:
    form = soup(client.get(f"{base(version)}?line={line(version, key).pk}", headers=HTMX)).form
    assert form is not None
    response = send(client, version, plain=plain, **(fields_of(form) | changes))
    assert response.status_code == 422
    assert message in response.text
    assert tree_of(version).revision == 0


def test_line_without_a_question_is_asked_for_it(version: PolicyVersion, client: Client) -> None:
    response = send(client, version, **new(version, "stated"))
    assert response.status_code == 422
    assert "A question must be chosen" in response.text


@pytest.mark.parametrize(
    "place",
    [
        {"where": "beside", "target": "1", "kind": "question"},
        {"where": "after", "kind": "question"},
        {"where": "after", "target": "1", "kind": "poem"},
        {"line": "abc"},
        {"where": "top", "kind": "all"},
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_odd_place_is_said(
    version: PolicyVersion, client: Client, place: dict[str, str], headers: dict[str, str]
) -> None:
    for response in (
        client.get(base(version), place, headers=headers),
        client.post(f"{base(version)}line/", place | {"step": "save"}, headers=headers),
    ):
        assert response.status_code == 422
        assert "in this outline" in element(response, "outline-list").text


def test_form_for_a_place_where_nothing_stands_is_refused(
    version: PolicyVersion, client: Client
) -> None:
    place = {"kind": "question", "where": "before", "target": line(version, "root").pk}
    response = client.get(base(version), place, headers=HTMX)
    assert response.status_code == 422
    assert "stands alone in its place" in response.text
