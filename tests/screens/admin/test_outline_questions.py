"""A line asks a question of the edition, found by its words, or a new one written on the spot."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from criteria.actions.policies.drafts import send_to_review
from criteria.models import Criterion, PolicyVersion, Question
from criteria.screens.admin.outline.editor.forms import question_form
from criteria.screens.admin.questions.admin import QuestionAdmin
from tests.actions.trees import line
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


def found(client: Client, version: PolicyVersion, words: str, **given: str) -> list[str]:
    response = client.get(f"{base(version)}questions/", {"q": words, "slot": "s"} | given)
    return [" ".join(row.text.split()) for row in soup(response).select("li")]


def test_search_shows_where_a_question_is_used(version: PolicyVersion, client: Client) -> None:
    assert found(client, version, "igg level")[0] == (
        "IgG level Number used in Immune deficiency, First request; Condition of a dosing limit"
    )
    assert found(client, version, "ROIDS pred")[0].startswith("Steroids")
    assert found(client, version, "unheard of") == ["Write a new question"]


def test_question_that_is_not_asked_says_so(version: PolicyVersion, client: Client) -> None:
    Question.objects.create(version=version, key="spare", wording="Spare?", type="yes_no")
    assert found(client, version, "spare")[0] == "Spare? Yes or no not used yet"


def test_chosen_question_stays_in_sight(version: PolicyVersion, client: Client) -> None:
    igg = Question.objects.get(version=version, key="igg")
    assert found(client, version, "steroids", question=str(igg.pk))[0].startswith("IgG level")


def test_other_editions_are_not_searched(version: PolicyVersion, client: Client) -> None:
    draft(number="other")
    assert len(found(client, version, "igg")) == 2


@pytest.mark.parametrize("odd", ["²", "9" * 30, "<b>", "%", "x " * 500])
def test_odd_search_is_no_error(version: PolicyVersion, client: Client, odd: str) -> None:
    assert found(client, version, odd, question=odd)[-1] == "Write a new question"


def test_search_costs_the_same_for_many_uses(version: PolicyVersion, client: Client) -> None:
    found(client, version, "")
    with CaptureQueriesContext(connection) as queries:
        found(client, version, "")
    assert len(queries) <= 8


NEW = {
    "question": "new",
    "new-wording": "Months of weakness",
    "new-type": "number",
    "new-unit": "months",
    "new-whole": "on",
}


def written(client: Client, version: PolicyVersion, **given: str) -> object:
    sent = new(version, "stated", title="") | NEW | given
    return send(client, version, step="write", **sent)


def test_new_question_is_written_in_the_form(version: PolicyVersion, client: Client) -> None:
    shown = send(
        client, version, step="choose", q="Weakness", **new(version, "stated", question="new")
    )
    form = soup(shown).form
    assert form is not None
    assert fields_of(form)["new-wording"] == "Weakness"
    response = written(client, version)
    question = Question.objects.get(version=version, key="months-of-weakness")
    assert (question.unit, question.whole) == ("months", True)
    form = soup(response).form
    assert form is not None
    sent = fields_of(form)
    assert (sent["question"], sent["title"]) == (str(question.pk), "Months of weakness")
    sent |= {"comparison": ">=", "threshold": "2", "lines": "12"}
    assert send(client, version, **sent).status_code == 200
    assert Criterion.objects.get(question=question).threshold == 2


def test_new_choice_has_its_choices(version: PolicyVersion, client: Client) -> None:
    labels = "Left side\n\nRight side\nLeft side"
    written(
        client,
        version,
        **{"new-type": "choice", "new-unit": "", "new-whole": "", "new-choices": labels},
    )
    question = Question.objects.get(version=version, wording="Months of weakness")
    assert [(c.key, c.label) for c in question.choices.all()] == [
        ("left-side", "Left side"),
        ("right-side", "Right side"),
    ]


def test_new_therapy_knows_its_names(version: PolicyVersion, client: Client) -> None:
    plain = {"new-type": "therapy", "new-unit": "", "new-whole": ""}
    named = {"new-names": " azathioprine,Imuran \n\nMTX", "new-names_not_counted": "prednisone"}
    written(client, version, **plain, **named)
    question = Question.objects.get(version=version, wording="Months of weakness")
    assert question.names == "azathioprine, Imuran\nMTX"
    assert question.names_not_counted == "prednisone"


def test_form_has_what_the_page_of_a_question_has(version: PolicyVersion) -> None:
    """But what is made of the wording, and what is known from the request."""
    rows = [options["fields"] for _, options in QuestionAdmin.fieldsets]
    flat = {x for row in rows for part in row for x in ([part] if isinstance(part, str) else part)}
    assert flat - {"key", "role", "position"} <= set(question_form(version).base_fields)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"new-names": "azathioprine"}, "Only a therapy, a list and a specialist"),
        ({"new-unit": ""}, "A number needs a unit."),
        ({"new-wording": ""}, "This field is required."),
        ({"new-type": "choice", "new-unit": "", "new-whole": ""}, "Give two choices at least"),
        ({"new-choices": "a\nb"}, "leave this empty"),
        ({"new-minimum": "5", "new-maximum": "2"}, "must be below the maximum"),
    ],
)
def test_new_question_that_does_not_fit_is_said(
    version: PolicyVersion, client: Client, given: dict[str, str], message: str
) -> None:
    before = Question.objects.count()
    response = written(client, version, **given)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert message in response.text  # type: ignore[attr-defined]
    assert Question.objects.count() == before


def test_no_question_is_written_for_an_edition_in_review(
    version: PolicyVersion, client: Client
) -> None:
    send_to_review(version=version, by=paula())
    response = written(client, version)
    assert "Return it to draft" in response.text  # type: ignore[attr-defined]
    assert not Question.objects.filter(key="months-of-weakness").exists()


def test_key_of_a_new_question_is_its_own(version: PolicyVersion, client: Client) -> None:
    for _ in range(2):
        written(client, version)
    keys = Question.objects.filter(wording="Months of weakness").values_list("key", flat=True)
    assert set(keys) == {"months-of-weakness", "months-of-weakness-2"}


def test_another_question_is_chosen_for_a_line(version: PolicyVersion, client: Client) -> None:
    row = line(version, "igg")
    page = client.get(f"{base(version)}?line={row.pk}", headers=HTMX)
    form = soup(page).form
    assert form is not None
    sent = fields_of(form) | asking(version, "steroid") | {"asked": "number"}
    assert "Now say below what must have become of it" in send(client, version, **sent).text
    chosen = soup(send(client, version, **(sent | {"step": "choose"}))).form
    assert chosen is not None
    sent = fields_of(chosen) | {"accepts_failure": "on"}
    assert send(client, version, **sent).status_code == 200
    row.refresh_from_db()
    assert (row.key, row.threshold, row.accepts_failure) == ("steroid-2", None, True)


def test_title_follows_the_question_until_another_is_typed(
    version: PolicyVersion, client: Client
) -> None:
    given = new(version, "stated", title="") | asking(version, "igg") | {"step": "choose"}
    form = soup(send(client, version, **given)).form
    assert form is not None
    sent = fields_of(form) | asking(version, "drugs") | {"step": "choose"}
    form = soup(send(client, version, **sent)).form
    assert form is not None
    assert fields_of(form)["title"] == "Drugs tried"


@pytest.mark.parametrize("step", ["find", "choose", "write"])
def test_every_step_works_without_scripts(
    version: PolicyVersion, client: Client, step: str
) -> None:
    given = new(version, "stated", title="Typed") | NEW | {"q": "weak", "step": step}
    response = send(client, version, plain=True, **given)
    assert response.status_code == 200
    form = element(response, f"slot-after-{given['target']}").form
    assert form is not None
    assert fields_of(form)["title"] == "Typed"


def test_save_writes_the_question_first(version: PolicyVersion, client: Client) -> None:
    form = soup(send(client, version, **(new(version, "stated", title="") | NEW))).form
    assert form is not None
    assert "comparison" in fields_of(form)
    assert Question.objects.filter(wording="Months of weakness").count() == 1


def test_title_that_was_typed_is_kept(version: PolicyVersion, client: Client) -> None:
    given = new(version, "stated", title="My own title") | asking(version, "igg")
    form = soup(send(client, version, **(given | {"step": "choose"}))).form
    assert form is not None
    assert fields_of(form)["title"] == "My own title"
