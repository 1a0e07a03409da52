"""Fragments of an outline equal its page."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from criteria.models import Pathway, PolicyVersion
from tests.actions.trees import line
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.helpers.admin.outline import ACTS
from tests.helpers.admin.pages import screen, visit
from tests.screens.admin.editor import HTMX, asking, base, do, element, new, send, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def plain(part: Tag) -> str:
    """A part as text, without what differs by nature: tokens and the word for a swap."""
    copy = BeautifulSoup(str(part), "html.parser")
    for token in copy.select("[name=csrfmiddlewaretoken]"):
        token.decompose()
    for swapped in copy.select("[hx-swap-oob]"):
        del swapped["hx-swap-oob"]
    return "\n".join(words for row in str(copy).splitlines() if (words := row.strip()))


def test_editor_stands_on_the_page_of_the_pathway(version: PolicyVersion, client: Client) -> None:
    page = client.get(screen(Pathway.objects.get(version=version, key="initial")))
    own = client.get(base(version))
    for part in ("outline-list", "outline-words"):
        assert plain(element(page, part)) == plain(element(own, part))


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
