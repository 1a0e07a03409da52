"""The buttons of an outline, two editors at one tree, and fragments that equal the page."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from criteria.actions.policies_drafts import send_to_review
from criteria.actions.policies_parts import save_part
from criteria.actions.policies_tree import Direction, move_criterion
from criteria.actions.policies_tree_undo import remove_line
from criteria.models import Criterion, Pathway, PolicyVersion, Question
from criteria.permissions import Role
from tests.actions.trees import line, shape, tree_of
from tests.admin.editor import HTMX, asking, base, do, element, fields_of, new, send, soup
from tests.admin.test_pages import screen, visit
from tests.factories.policy import draft, paula, person, published

pytestmark = pytest.mark.django_db
# Every rule of the database is asked twice for a saved line, with a savepoint each: by the form,
# which says it in place, and by the action, which lets nothing else in.
MOST_QUERIES, MOST_FOR_A_CHANGE, MOST_FOR_A_SAVE = 16, 45, 150


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def peter() -> User:
    return person("peter", Role.POLICY_EDITORS)


# Buttons

ACTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "up": ("kind", {}, "root(stated some(kind igg steroid) fork(…) dose)"),
    "down": ("igg", {}, "root(stated some(kind igg steroid) fork(…) dose)"),
    "out": ("igg", {}, "root(stated some(kind steroid) igg fork(…) dose)"),
    "wrap": ("stated", {}, "root(all-of-these(stated) some(igg kind steroid) fork(…) dose)"),
    "duplicate": ("stated", {}, "root(stated stated-2 some(igg kind steroid) fork(…) dose)"),
    "delete": ("some", {}, "root(stated fork(…) dose)"),
    "group": ("some", {"kind": "any"}, "root(stated some(igg kind steroid) fork(…) dose)"),
}


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
    response = client.post(screen(question, "delete"), {"post": "yes"})
    assert response.status_code == 200
    assert "Title of igg" in response.text


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


def test_editor_stands_on_the_page_of_the_pathway(version: PolicyVersion, client: Client) -> None:
    page = client.get(screen(Pathway.objects.get(version=version, key="initial")))
    own = client.get(base(version))
    for part in ("outline-list", "outline-words"):
        assert plain(element(page, part)) == plain(element(own, part))


# Fragments equal the page


def plain(part: Tag) -> str:
    """A part as text, without what differs by nature: tokens and the word for a swap."""
    copy = BeautifulSoup(str(part), "html.parser")
    for token in copy.select("[name=csrfmiddlewaretoken]"):
        token.decompose()
    for swapped in copy.select("[hx-swap-oob]"):
        del swapped["hx-swap-oob"]
    return "\n".join(words for row in str(copy).splitlines() if (words := row.strip()))


FORMS: dict[str, Callable[[PolicyVersion], tuple[str, str]]] = {
    "edit": lambda v: (f"line={(pk := line(v, 'igg').pk)}", f"slot-edit-{pk}"),
    "before": lambda v: (
        f"kind=question&where=before&target={(pk := line(v, 'igg').pk)}",
        f"slot-before-{pk}",
    ),
    "after": lambda v: (
        f"kind=when&where=after&target={(pk := line(v, 'some').pk)}",
        f"slot-after-{pk}",
    ),
    "inside": lambda v: (
        f"kind=all&where=inside&target={(pk := line(v, 'some').pk)}",
        f"slot-inside-{pk}",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_form_is_that_of_the_page(version: PolicyVersion, client: Client, name: str) -> None:
    query, slot = FORMS[name](version)
    page = element(client.get(f"{base(version)}?{query}"), slot)
    fragment = soup(client.get(f"{base(version)}?{query}", headers=HTMX))
    assert page.form is not None
    assert fragment.form is not None
    assert plain(page.form) == plain(fragment.form)


@pytest.mark.parametrize("verb", ACTS)
def test_outline_after_a_change_is_that_of_the_page(
    version: PolicyVersion, client: Client, verb: str
) -> None:
    key, given, _ = ACTS[verb]
    fragment, page = do(client, version, verb, key, **given), client.get(base(version))
    for part in ("outline-list", "outline-words"):
        swapped = element(fragment, part)
        assert swapped["hx-swap-oob"] == "true"
        assert plain(swapped) == plain(element(page, part))


def test_refused_form_is_that_of_the_page(version: PolicyVersion, client: Client) -> None:
    given = new(version, "igg") | asking(version, "stated")
    page = element(send(client, version, plain=True, **given), f"slot-after-{given['target']}")
    fragment = soup(send(client, version, **given))
    assert page.form is not None
    assert fragment.form is not None
    assert plain(page.form) == plain(fragment.form)


# Two editors


@pytest.mark.parametrize("htmx", [True, False])
def test_second_to_save_is_told_and_keeps_the_text(
    version: PolicyVersion, client: Client, htmx: bool
) -> None:
    row = line(version, "igg")
    form = soup(client.get(f"{base(version)}?line={row.pk}", headers=HTMX)).form
    assert form is not None
    sent = fields_of(form) | {"title": "Mine"}
    row.title = "Peter’s"
    save_part(part=row, changed=["title"], by=peter())
    move_criterion(criterion=line(version, "kind"), direction=Direction.UP, by=peter())
    response = send(client, version, plain=not htmx, **sent)
    assert response.status_code == 409
    for words in ("peter changed this outline after you opened it", "“Peter’s” (title)"):
        assert words in response.text
    assert "Moved “Title of kind” up" in response.text
    assert "Stored now, Title: Peter’s" in response.text
    kept = element(response, f"slot-edit-{row.pk}").form if not htmx else soup(response).form
    assert kept is not None
    again = fields_of(kept)
    assert (again["title"], again["revision"]) == ("Mine", "2")
    assert line(version, "igg").title == "Peter’s"
    assert "Peter’s" in element(response, "outline-list").text
    assert send(client, version, **again).status_code == 200
    assert line(version, "igg").title == "Mine"


@pytest.mark.parametrize("htmx", [True, False])
def test_text_typed_for_a_line_that_was_deleted_is_kept(
    version: PolicyVersion, client: Client, htmx: bool
) -> None:
    pk = line(version, "igg").pk
    form = soup(client.get(f"{base(version)}?line={pk}", headers=HTMX)).form
    assert form is not None
    remove_line(criterion=line(version, "some"), by=peter())
    response = send(client, version, plain=not htmx, **(fields_of(form) | {"title": "Mine"}))
    assert response.status_code == 409
    assert "it was deleted" in response.text
    orphans = element(response, "outline-list").select_one(f".outline-orphans #slot-edit-{pk}")
    assert orphans is not None
    kept = soup(response).form if htmx else orphans.form
    assert kept is not None
    assert fields_of(kept)["title"] == "Mine"


def test_second_to_press_is_told(version: PolicyVersion, client: Client) -> None:
    remove_line(criterion=line(version, "igg"), by=peter())
    before = shape(version)
    response = do(client, version, "up", "steroid", revision=0)
    assert response.status_code == 409
    row = element(response, f"line-{line(version, 'steroid').pk}")
    assert "Deleted “Title of igg”" in row.text
    assert "Nothing was changed" in row.text
    assert shape(version) == before
    gone = do(client, version, "up", line=1, revision=0)
    assert gone.status_code == 409
    assert "Deleted “Title of igg”" in element(gone, "outline-list").text


def test_own_change_in_another_window_is_called_that(
    version: PolicyVersion, client: Client
) -> None:
    do(client, version, "up", "kind")
    response = do(client, version, "up", "kind", revision=0)
    assert "You, in another window, changed this outline" in response.text


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 30])
def test_form_without_its_revision_changes_nothing(
    version: PolicyVersion, client: Client, odd: str
) -> None:
    before = shape(version)
    assert do(client, version, "up", "kind", revision=odd).status_code == 409
    assert shape(version) == before


def test_form_for_a_line_that_is_gone_says_so(version: PolicyVersion, client: Client) -> None:
    pk = line(version, "igg").pk
    remove_line(criterion=line(version, "igg"), by=peter())
    for headers in ({}, HTMX):
        response = client.get(f"{base(version)}?line={pk}", headers=headers)
        assert response.status_code == 404
        assert "deleted meanwhile" in element(response, "outline-list").text


# Who may


def test_published_outline_is_only_read(db: None) -> None:
    version = published()
    response = visit(paula()).get(base(version))
    assert response.status_code == 200
    assert not soup(response).select("#outline-list form, #outline-list [hx-get]")
    assert "published and never changes" in response.text


@pytest.mark.parametrize("htmx", [True, False])
def test_outline_in_review_is_only_read_and_typed_text_is_kept(
    version: PolicyVersion, client: Client, htmx: bool
) -> None:
    pk = line(version, "igg").pk
    form = soup(client.get(f"{base(version)}?line={pk}", headers=HTMX)).form
    assert form is not None
    send_to_review(version=version, by=paula())
    response = send(client, version, plain=not htmx, **(fields_of(form) | {"title": "Mine"}))
    assert response.status_code == 422
    assert "Return it to draft" in response.text
    assert "Mine" in response.text
    assert "Return it to draft" in do(client, version, "up", "kind").text
    assert client.get(f"{base(version)}?line={pk}").status_code == 422
    assert line(version, "igg").title == "Title of igg"


def test_reader_reads(version: PolicyVersion) -> None:
    client = visit(person("rhea", Role.REVIEWERS))
    assert not soup(client.get(base(version))).select("#outline-list form")
    assert do(client, version, "up", "kind").status_code == 403
    assert send(client, version, **new(version, "igg")).status_code == 403
    assert client.get(f"{base(version)}?line={line(version, 'igg').pk}").status_code == 422


def test_other_staff_see_nothing(version: PolicyVersion) -> None:
    client = visit(User.objects.create(username="otto", is_staff=True))
    for path in ("", "questions/"):
        assert client.get(f"{base(version)}{path}").status_code == 403
    for path in ("do/", "line/"):
        assert client.post(f"{base(version)}{path}").status_code == 403


def test_anonymous_is_sent_to_login(version: PolicyVersion) -> None:
    response = Client().get(base(version))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_unknown_tree_is_not_found(client: Client) -> None:
    assert client.get("/admin/criteria/criteriatree/999999/outline/").status_code == 404


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
