"""Asking at the desk: words are asked for where the finding does not say what is missing."""

import pytest
from django.test import Client

from tests.factories.people import rhea
from tests.screens.review.desk import Reviewer, held
from tests.screens.wizard.conftest import soup_of

pytestmark = pytest.mark.django_db

MET, GROUP = "criteria-cidp_mdl_nerves", "criteria-electrodiagnostic"
WORDS = "Say what you ask for"


@pytest.fixture
def desk(client: Client, number: str, db: None) -> Reviewer:
    """Rhea at the request, which she holds."""
    held(number)
    return Reviewer(client, number, rhea())


@pytest.mark.parametrize("line", [MET, GROUP])
@pytest.mark.parametrize(
    "verdict,note,is_said",
    [("ask", "", True), ("ask", " . ", True), ("ask", "Which?", False), ("accepted", "", False)],
)
def test_the_fragment_says_what_the_page_says(
    desk: Reviewer, line: str, verdict: str, note: str, is_said: bool
) -> None:
    fields = desk.fields() | {f"verdict-{line}": verdict, f"note-{line}": note}
    response = desk.save(fields=fields, htmx=True)
    for soup in (soup_of(response), desk.soup()):
        hint = soup.select_one(f"#words-{line}")
        assert hint is not None
        assert (WORDS in hint.get_text()) is is_said
