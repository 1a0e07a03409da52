"""The buttons of an outline, what it draws, and what it costs."""

import pytest
from bs4 import Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from criteria.models import Criterion, PolicyVersion, Question
from tests.actions.trees import line, shape, tree_of
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.helpers.admin.outline import ACTS
from tests.helpers.admin.pages import screen, visit
from tests.screens.admin.editor import HTMX, base, do, element, fields_of, send, soup

pytestmark = pytest.mark.django_db
# For a saved line every rule of the database is asked once, with a savepoint each.
MOST_QUERIES, MOST_FOR_A_CHANGE, MOST_FOR_A_SAVE = 16, 45, 120


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


# Buttons


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("verb", ACTS)
def test_button_changes_the_tree(
    version: PolicyVersion, client: Client, verb: str, plain: bool
) -> None:
    key, given, expected = ACTS[verb]
    response = do(client, version, verb, key, plain=plain, **given)
    assert response.status_code == (302 if plain else 200)
    assert shape(version) == expected
    if plain:
        assert response["Location"].startswith(f"{base(version)}#")
        assert client.get(response["Location"]).status_code == 200


def test_line_is_dropped_on_another(version: PolicyVersion, client: Client) -> None:
    target = line(version, "some").pk
    do(client, version, "place", "dose", where="inside", target=target)
    assert shape(version) == "root(stated some(igg kind steroid dose) fork(…))"


def test_deleted_part_is_offered_where_it_stood(version: PolicyVersion, client: Client) -> None:
    response = do(client, version, "delete", "some")
    for shown in (response, client.get(base(version))):
        removed = soup(shown).select_one(".outline-removed")
        assert removed is not None
        assert "paula deleted “Some of these” with 3 inside it." in removed.text
        before = removed.find_parent("li").find_previous_sibling("li")  # type: ignore[union-attr]
        assert isinstance(before, Tag)
        assert before["id"] == f"line-{line(version, 'stated').pk}"
    do(client, version, "undo")
    assert shape(version) == "root(stated some(igg kind steroid) fork(…) dose)"
    assert "Undo" not in client.get(base(version)).text


def test_whole_tree_is_deleted_and_brought_back(version: PolicyVersion, client: Client) -> None:
    response = do(client, version, "delete", "root")
    assert "Nothing here yet" in response.text
    assert "Undo" in response.text
    do(client, version, "undo")
    assert shape(version) == "root(stated some(igg kind steroid) fork(…) dose)"


def test_criterion_deleted_on_its_own_screen_comes_back(
    version: PolicyVersion, client: Client
) -> None:
    client.post(screen(line(version, "igg"), "delete"), {"post": "yes"})
    do(client, version, "undo")
    assert shape(version) == "root(stated some(igg kind steroid) fork(…) dose)"


@pytest.mark.parametrize(
    ("verb", "key", "given", "message"),
    [
        ("up", "igg", {}, "already at the end"),
        ("in", "stated", {}, "no group right above"),
        ("out", "stated", {}, "cannot be left"),
        ("up", "drugs", {}, "fixed place"),
        ("duplicate", "root", {}, "into a group first"),
        ("group", "some", {"kind": "at_least", "n": "4"}, "only 3 members"),
        ("group", "some", {"kind": "at_least", "n": "²"}, "whole number"),
        ("group", "some", {"kind": "at_least", "n": ""}, "how many of these"),
        ("group", "some", {"kind": "poem"}, "Choose all, any"),
        ("group", "igg", {"kind": "any"}, "no group"),
        ("place", "some", {"where": "inside", "target": "some"}, "stands there already"),
        ("place", "some", {"where": "before", "target": "igg"}, "cannot stand inside itself"),
        ("place", "igg", {"where": "beside", "target": "kind"}, "no such place"),
        ("place", "igg", {"where": "after", "target": ""}, "no such place"),
    ],
)
@pytest.mark.parametrize("plain", [True, False])
def test_refusal_is_said_at_the_line(
    version: PolicyVersion,
    client: Client,
    verb: str,
    key: str,
    given: dict[str, str],
    message: str,
    plain: bool,
) -> None:
    before = shape(version)
    if given.get("target"):
        given = given | {"target": str(line(version, given["target"]).pk)}
    response = do(client, version, verb, key, plain=plain, **given)
    assert response.status_code == 422
    row = element(response, f"line-{line(version, key).pk}")
    said = row.select_one(":scope > .outline-line .outline-refused")
    assert said is not None
    assert message in said.text
    assert (shape(version), tree_of(version).revision) == (before, 0)


@pytest.mark.parametrize("odd", ["999999", "²", "9" * 30, ""])
def test_unknown_line_is_said(version: PolicyVersion, client: Client, odd: str) -> None:
    response = do(client, version, "up", line=odd)
    assert response.status_code == 422
    assert "not in this outline" in element(response, "outline-list").text


def test_line_of_another_tree_is_unknown(version: PolicyVersion, client: Client) -> None:
    other = Criterion.objects.get(version=version, key="not-cured")
    assert "not in this outline" in do(client, version, "delete", line=other.pk).text
    assert Criterion.objects.filter(pk=other.pk).exists()


def test_unknown_button_is_refused(version: PolicyVersion, client: Client) -> None:
    assert do(client, version, "burn", "igg").status_code == 400


def test_nothing_to_undo_is_said(version: PolicyVersion, client: Client) -> None:
    assert "nothing to bring back" in do(client, version, "undo").text


@pytest.mark.parametrize("verb", ["line", "do"])
def test_change_is_no_get(version: PolicyVersion, client: Client, verb: str) -> None:
    assert client.get(f"{base(version)}{verb}/").status_code == 405


def test_used_question_is_not_deleted(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    response = client.post(screen(question, "delete"), {"post": "yes"}, follow=True)
    assert "Title of igg" in response.text
    assert Question.objects.filter(pk=question.pk).exists()


# What is drawn


def test_numbers_words_and_sentence_follow_each_change(
    version: PolicyVersion, client: Client
) -> None:
    response = do(client, version, "out", "igg")
    row = element(response, f"line-{line(version, 'igg').pk}")
    number = row.select_one(".outline-number")
    assert number is not None
    assert number.text == "3"
    joined = element(response, f"line-{line(version, 'some').pk}").select_one(".outline-joined")
    assert joined is not None
    assert joined.text == "At least 2 of these 2"
    assert "at least 2 of 2: Title of kind" in element(response, "outline-words").text


def test_complaints_stand_at_their_line(version: PolicyVersion, client: Client) -> None:
    do(client, version, "out", "igg")
    response = do(client, version, "out", "kind")
    row = element(response, f"line-{line(version, 'some').pk}")
    complaints = [p.text for p in row.select(":scope > .outline-line .outline-complaint")]
    assert "error: asks for at least 2 of only 1" in complaints
    assert "at least 2 of only 1" not in element(response, "outline-words").text


def test_sentence_has_dots_for_what_is_missing(version: PolicyVersion, client: Client) -> None:
    response = do(client, version, "delete", "drugs")
    assert "then …" in element(response, "outline-words").text


# Cost


def many(version: PolicyVersion) -> None:
    """Forty lines more in the first pathway."""
    group = line(version, "some")
    for number in range(40):
        Criterion.objects.create(
            version=version,
            tree=group.tree,
            parent=group,
            kind="dose",
            key=f"more-{number}",
            title=f"More {number}",
            lines="1",
        )


def test_forty_lines_cost_no_more_queries(version: PolicyVersion, client: Client) -> None:
    client.get(base(version))
    with CaptureQueriesContext(connection) as few:
        client.get(base(version))
    many(version)
    with CaptureQueriesContext(connection) as page:
        assert "More 39" in client.get(base(version)).text
    with CaptureQueriesContext(connection) as change:
        assert do(client, version, "down", "igg").status_code == 200
    assert len(page) <= len(few) <= MOST_QUERIES
    assert len(change) <= MOST_FOR_A_CHANGE


def test_saving_one_of_forty_lines_costs_no_more(version: PolicyVersion, client: Client) -> None:
    counts = []
    for more in (False, True):
        if more:
            many(version)
        query = f"{base(version)}?line={line(version, 'igg').pk}"
        form = soup(client.get(query, headers=HTMX)).form
        assert form is not None
        with CaptureQueriesContext(connection) as queries:
            assert send(client, version, **fields_of(form)).status_code == 200
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= MOST_FOR_A_SAVE
