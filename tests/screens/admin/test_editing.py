"""Editors change a draft part by part; what does not fit is said beside the field."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from criteria.models import (
    Code,
    Contradiction,
    Criterion,
    DosingLimit,
    Event,
    Indication,
    Pathway,
    PolicyVersion,
    Question,
    ReviewerNote,
)
from criteria.policies.stored.load import edition_of
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.helpers.admin.pages import screen, visit
from tests.screens.admin.forms import edit, errors_of, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def test_every_part_can_be_saved_unchanged(version: PolicyVersion, client: Client) -> None:
    before = edition_of(version)
    parts = (Question, Indication, Pathway, Criterion, DosingLimit, ReviewerNote, Code)
    for model in (*parts, Contradiction):
        for row in model.objects.filter(version=version):
            response = edit(client, screen(row))
            assert response.status_code == 302, (row, errors_of(response))
    assert edition_of(version) == before


def test_change_is_saved_and_recorded(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    edit(client, screen(question), wording="How much IgG?", minimum="10")
    assert edition_of(version).questions["igg"].wording == "How much IgG?"
    event = Event.objects.filter(object_type="question", object_id=str(question.pk)).get()
    assert (event.actor_name, event.verb) == ("paula", "change")
    assert "wording" in event.summary


def test_outline_is_fresh_after_a_save(version: PolicyVersion, client: Client) -> None:
    criterion = Criterion.objects.get(version=version, question__key="kind")
    response = edit(client, screen(criterion), title="Which kind of it")
    pathway = Pathway.objects.get(key="initial", version=version)
    assert response["Location"] == screen(pathway)
    assert "Which kind of it" in client.get(screen(pathway)).text


def test_outline_numbers_criteria_and_says_what_is_required(
    version: PolicyVersion, client: Client
) -> None:
    html = client.get(screen(Pathway.objects.get(key="initial", version=version))).text
    lines = [
        " ".join(line.get_text(" ", strip=True).split())
        for line in BeautifulSoup(html, "html.parser").select(".outline-line")
    ]
    assert any(line.startswith("2.1 Title of igg below 400.5 mg/dL") for line in lines), lines
    assert any("At least 2 of these 3" in line for line in lines)
    assert "In words:" in html


@pytest.mark.parametrize(
    ("key", "changes", "field", "message"),
    [
        ("some", {"n": "4"}, "n", "At least 4 of 3 can never be met"),
        ("some", {"n": ""}, "n", "how many of these are needed"),
        ("igg", {"comparison": "", "threshold": ""}, "threshold", "compared with"),
        ("igg", {"max_age_unit": ""}, "__all__", "needs a number, a unit"),
        ("igg", {"lines": "page 4"}, "lines", "such as 156"),
        ("igg", {"title": ""}, "title", "required"),
        ("stated", {"passes_on": ""}, "passes_on", "yes or no"),
        ("drugs", {"threshold": "1.5"}, "threshold", "whole number"),
        ("drugs", {"comparison": "<"}, "threshold", "at least"),
        ("transplanted_on", {"window_count": ""}, "window_count", "within which time"),
        ("kind", {"passing": None, "reviewer": None}, "passing", "which choices pass"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(
    version: PolicyVersion,
    client: Client,
    key: str,
    changes: dict[str, Any],
    field: str,
    message: str,
) -> None:
    of_key = {"key": key} if key == "some" else {"question__key": key}
    of_pathway = Criterion.objects.filter(tree__pathway__key="initial", **of_key)
    found = errors_of(edit(client, screen(of_pathway.get()), **changes))
    assert message in " ".join(found.get(field, [])), found


def test_criterion_follows_another_kind_of_question(version: PolicyVersion, client: Client) -> None:
    criterion = Criterion.objects.get(tree__pathway__key="initial", question__key="igg")
    stated = Question.objects.get(version=version, key="stated")
    changes = {"question": stated.pk, "key": "again"}
    response = edit(client, screen(criterion), **changes)
    assert "yes or no" in " ".join(errors_of(response)["passes_on"])
    assert 'name="threshold"' not in response.text
    sent = fields_of(response.text) | {"passes_on": "True"}
    assert client.post(screen(criterion), sent).status_code == 302
    criterion.refresh_from_db()
    assert (criterion.threshold, criterion.max_age_unit, criterion.passes_on) == (None, "", True)


def test_question_needs_a_unit(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    found = errors_of(edit(client, screen(question), unit=""))
    assert "A number needs a unit." in found["__all__"]


def test_duplicate_key_is_refused_in_words(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    found = errors_of(edit(client, screen(question), key="kind"))
    assert found["__all__"] == ["This edition already has a question of that key."]


def test_only_rows_of_the_same_edition_are_offered(version: PolicyVersion, client: Client) -> None:
    other = draft(number="other")
    html = client.get(screen(Criterion.objects.filter(version=version, kind="question")[0])).text
    offered = {
        int(str(option["value"]))
        for option in BeautifulSoup(html, "html.parser").select("#id_question option")
        if option["value"]
    }
    own = Question.objects.filter(version=version).values_list("pk", flat=True)
    assert offered == set(own)
    foreign = Question.objects.filter(version=other)[0].pk
    criterion = Criterion.objects.get(tree__pathway__key="again", version=version)
    found = errors_of(edit(client, screen(criterion), question=foreign))
    assert "valid choice" in " ".join(found["question"])


def test_question_says_where_it_is_used(version: PolicyVersion, client: Client) -> None:
    html = client.get(screen(Question.objects.get(version=version, key="transplanted_on"))).text
    assert "Title of transplanted_on" in html
    assert "Title of relapsed_on" in html
    assert "Immune deficiency" in html


def test_question_in_use_is_not_deleted(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    response = client.post(screen(question, "delete"), {"post": "yes"})
    assert response.status_code == 302
    assert Question.objects.filter(pk=question.pk).exists()


def test_choice_in_use_is_not_deleted(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="kind")
    response = edit(client, screen(question), **{"choices-0-DELETE": "on"})
    assert "Take it out there first" in " ".join(errors_of(response)["__all__"])
    assert question.choices.count() == 4


def test_inline_rows_are_added_changed_and_deleted(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    changes = {
        "other_units-0-factor": "10",
        "other_units-1-DELETE": "on",
        "other_units-TOTAL_FORMS": "3",
        "other_units-2-unit": "g/dL",
        "other_units-2-factor": "1000",
        "other_units-2-position": "3",
        "other_units-2-question": question.pk,
    }
    assert edit(client, screen(question), **changes).status_code == 302
    units = {unit: str(factor) for unit, factor in edition_of(version).questions["igg"].other_units}
    assert units == {"g/L": "10", "g/dL": "1000"}


def test_inline_duplicate_is_refused_in_words(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    response = edit(client, screen(question), **{"other_units-1-unit": "g/L"})
    assert response.status_code == 200
    assert question.other_units.filter(unit="g/L").count() == 1


def test_limit_is_read_back_with_examples(version: PolicyVersion, client: Client) -> None:
    html = client.get(screen(DosingLimit.objects.get(version=version, key="load"))).text
    assert "400 to 2,000 mg/kg a course, over 2 to 5 consecutive days in equal daily doses" in html
    assert "2,000 mg/kg × 70 kg = 140 g" in html
    assert "2,000 mg/kg × 20 kg = 40 g" in html


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"min_days": "6"}, "must not be above"),
        ({"max_days": ""}, "Over at least needs over at most"),
        ({"max_mg_per_kg": "0"}, "more than 0"),
        ({"min_mg_per_kg": "3000"}, "lower end"),
    ],
)
def test_limit_that_cannot_be_is_refused(
    version: PolicyVersion, client: Client, changes: dict[str, str], message: str
) -> None:
    limit = DosingLimit.objects.get(version=version, key="load")
    found = errors_of(edit(client, screen(limit), **changes))
    assert message in " ".join(found["__all__"])


def test_choice_does_not_pass_and_go_to_the_reviewer(
    version: PolicyVersion, client: Client
) -> None:
    criterion = Criterion.objects.get(version=version, question__key="kind")
    both = [str(criterion.passing.all()[0].pk)]
    found = errors_of(edit(client, screen(criterion), passing=both, reviewer=both))
    assert "passes already" in " ".join(found["reviewer"])


def test_choices_are_those_of_the_question_chosen_now(
    version: PolicyVersion, client: Client
) -> None:
    other = Question.objects.create(version=version, key="side", wording="Side?", type="choice")
    left = other.choices.create(version=version, key="left", label="Left")
    criterion = Criterion.objects.get(version=version, question__key="kind")
    response = edit(client, screen(criterion), question=other.pk, passing=None, reviewer=None)
    assert "which choices pass" in " ".join(errors_of(response)["passing"])
    offered = BeautifulSoup(response.text, "html.parser").select("#id_passing option")
    assert [option.text for option in offered] == ["Left"]
    sent = fields_of(response.text) | {"passing": [str(left.pk)], "contradiction": ""}
    assert client.post(screen(criterion), sent).status_code == 302
    assert list(criterion.passing.all()) == [left]


def test_choice_of_another_question_is_refused(version: PolicyVersion, client: Client) -> None:
    other = Question.objects.create(version=version, key="side", wording="Side?", type="choice")
    left = other.choices.create(version=version, key="left", label="Left")
    criterion = Criterion.objects.get(version=version, question__key="kind")
    found = errors_of(edit(client, screen(criterion), passing=[str(left.pk)]))
    assert "valid choice" in " ".join(found["passing"])


def test_contradiction_is_edited_named_and_kept_while_a_criterion_names_it(
    version: PolicyVersion, client: Client
) -> None:
    point = Contradiction.objects.get(version=version, key="unclear-kind")
    criterion = Criterion.objects.get(version=version, question__key="kind")
    assert edit(client, screen(point), one_side="It is covered for adults.").status_code == 302
    assert edition_of(version).contradictions["unclear-kind"].one_side.endswith("adults.")
    delete = screen(point).replace("/change/", "/delete/")
    client.post(delete, {"post": "yes"})
    assert Contradiction.objects.filter(pk=point.pk).exists()
    assert edit(client, screen(criterion), contradiction="").status_code == 302
    client.post(delete, {"post": "yes"})
    assert not Contradiction.objects.filter(pk=point.pk).exists()


def test_contradiction_of_a_choice_needs_a_choice_for_the_reviewer(
    version: PolicyVersion, client: Client
) -> None:
    criterion = Criterion.objects.get(version=version, question__key="kind")
    response = edit(client, screen(criterion), reviewer=[])
    assert "those left to the reviewer" in " ".join(errors_of(response)["contradiction"])


def test_contradiction_names_only_codes(version: PolicyVersion, client: Client) -> None:
    point = Contradiction.objects.get(version=version, key="asthma")
    response = edit(client, screen(point), codes="D80.9 8D")
    assert "8D" in " ".join(errors_of(response)["codes"])
