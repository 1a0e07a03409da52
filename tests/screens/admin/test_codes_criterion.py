"""A criterion that the diagnosis codes of a request answer, and a list of codes that binds."""

from typing import Any

import pytest
from django.test import Client

from criteria.models import Criterion, PolicyVersion, Question
from criteria.policies.stored.load import edition_of
from criteria.rules import Leaf, NamesCode
from criteria.rules.evaluate import evaluate
from criteria.rules.guidance import leaves
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.factories.policy_file import QUESTIONS, group, leaf
from tests.helpers.admin.pages import screen, visit
from tests.rules.build import facts
from tests.screens.admin.forms import edit, errors_of, fields_of

pytestmark = pytest.mark.django_db
CODES = {"ask": "Which codes?", "type": "codes", "role": "diagnosis_codes"}


@pytest.fixture
def version() -> PolicyVersion:
    general = {
        "initial": group(
            "all",
            [
                leaf("stated", passes=True),
                leaf("codes", passes=["B20"], principal=True),
                {"at_least": 0, "of": [leaf("steroid")], "title": "Advised", "lines": "12"}
                | {"key": "advised"},
            ],
        ),
        "continuation": leaf("stated", passes=True),
    }
    return draft(questions=QUESTIONS | {"codes": CODES}, general=general)


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def criterion(version: PolicyVersion) -> Criterion:
    return Criterion.objects.get(version=version, question__key="codes")


def condition(version: PolicyVersion) -> NamesCode:
    """The passing condition as it is judged by."""
    tree = edition_of(version).general[next(iter(edition_of(version).general))]
    nodes = [found.node for found in leaves(evaluate(tree, facts()))]
    return next(n.test for n in nodes if isinstance(n, Leaf) and isinstance(n.test, NamesCode))


def test_it_asks_for_codes_and_which_of_them_counts(version: PolicyVersion, client: Client) -> None:
    page = client.get(screen(criterion(version))).text
    assert "It passes when the request names" in page
    fields = fields_of(page)
    assert (fields["codes"], fields["principal"]) == ("B20", "on")
    assert "passes_on" not in fields and "threshold" not in fields


def test_codes_are_saved_in_their_order_and_judged(version: PolicyVersion, client: Client) -> None:
    response = edit(client, screen(criterion(version)), codes="E11 G61.81", principal=None)
    assert response.status_code == 302, errors_of(response)
    assert condition(version) == NamesCode(frozenset({"E11", "G61.81"}), False)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"codes": ""}, "codes", "code"),
        ({"codes": "g61.81"}, "codes", "g61.81"),
        ({"codes": "B20 61.81"}, "codes", "61.81"),
        ({"codes": "B20, E11"}, "codes", "B20,"),
    ],
)
def test_what_is_no_code_is_said_beside_the_field(
    version: PolicyVersion, client: Client, changes: dict[str, Any], field: str, message: str
) -> None:
    found = errors_of(edit(client, screen(criterion(version)), **changes))
    assert message in " ".join(found.get(field, [])), found


def test_another_kind_of_question_forgets_the_codes(version: PolicyVersion, client: Client) -> None:
    row = criterion(version)
    other = Question.objects.get(version=version, key="stated")
    response = edit(client, screen(row), question=other.pk, key="again")
    sent = fields_of(response.text) | {"passes_on": "True"}
    assert client.post(screen(row), sent).status_code == 302
    row.refresh_from_db()
    assert (row.codes, row.principal, row.passes_on) == ("", False, True)


def test_group_may_require_none_but_not_less(version: PolicyVersion, client: Client) -> None:
    row = Criterion.objects.get(version=version, key="advised")
    assert edit(client, screen(row), n="0").status_code == 302
    found = errors_of(edit(client, screen(row), n="-1"))
    assert found["n"]


@pytest.mark.parametrize("missing", ["codes_words", "codes_lines"])
def test_list_that_binds_needs_words_and_lines(
    version: PolicyVersion, client: Client, missing: str
) -> None:
    both = {"codes_words": "Only listed codes.", "codes_lines": "53-153", "codes_bind": "on"}
    found = errors_of(edit(client, screen(version), **(both | {missing: ""})))
    assert found
    response = edit(client, screen(version), **both)
    assert response.status_code == 302, errors_of(response)
    version.refresh_from_db()
    assert edition_of(version).codes_bind
