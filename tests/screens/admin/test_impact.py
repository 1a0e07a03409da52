"""What an edition touches, in the admin: a run by its page, by presses, as a table."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.actions.impact import start
from criteria.actions.policies.drafts import discard_draft
from criteria.actions.policies.parts import save_version
from criteria.models import (
    AuthorizationRequest,
    Criterion,
    ImpactRow,
    ImpactRun,
    PolicyVersion,
    Practice,
)
from tests.factories.impact import next_edition
from tests.factories.people import paula, person, peter

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def visit(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(version: PolicyVersion) -> str:
    return reverse("admin:criteria_impact", args=[version.pk])


def run_url(run: ImpactRun, name: str) -> str:
    return reverse(f"admin:criteria_impact_{name}", args=[run.pk])


def test_nobody_else_sees_or_runs_it() -> None:
    version = next_edition()
    run = start(version=version, by=paula())
    assert "login" in Client().get(url(version))["Location"]
    client = visit(person("rhea", Role.REVIEWERS))
    assert client.get(url(version)).status_code == 403
    assert client.post(url(version)).status_code == 403
    for name in ("step", "stop", "csv"):
        assert client.post(run_url(run, name)).status_code == 403
    assert ImpactRun.objects.get().done == 0


@pytest.mark.parametrize("who", [paula, peter])
def test_open_page_runs_to_the_end_and_polling_stops(who: Any) -> None:
    version, client = next_edition(), visit(who())
    assert client.post(url(version), {"decided_months": ""}).status_code == 302
    page = client.get(url(version)).text
    run = ImpactRun.objects.get()
    assert 'hx-trigger="every 500ms"' in page
    assert "Running: 0 of 2 requests judged." in page
    step = client.post(run_url(run, "step"), headers=HTMX)
    assert step.status_code == 286
    assert "Finished: 2 of 2 requests judged." in step.text
    assert "1 of 2 requests change their result." in step.text
    page = client.get(url(version)).text
    assert "every 500ms" not in page
    assert "Title of stated: met → not met" in page


def test_button_does_the_same_without_javascript() -> None:
    version, client = next_edition(), visit(paula())
    client.post(url(version))
    run = ImpactRun.objects.get()
    assert (
        f'<noscript><form method="post" action="{run_url(run, "step")}"'
        in client.get(url(version)).text
    )
    response = client.post(run_url(run, "step"))
    assert response["Location"] == url(version)
    run.refresh_from_db()
    assert run.state == "done"


def test_step_is_only_made_by_post() -> None:
    run = start(version=next_edition(), by=paula())
    visit(paula()).get(run_url(run, "step"))
    visit(paula()).get(run_url(run, "stop"))
    run.refresh_from_db()
    assert (run.done, run.state) == (0, "running")


def test_stopped_run_says_so() -> None:
    version = next_edition()
    run = start(version=version, by=paula())
    client = visit(peter())
    client.post(run_url(run, "stop"))
    assert "Stopped: 0 of 2 requests judged." in client.get(url(version)).text


def test_run_of_an_edited_draft_is_told_to_be_of_the_draft_before() -> None:
    version = next_edition()
    run = start(version=version, by=paula())
    version.refresh_from_db()
    version.source = "Another document"
    save_version(version=version, changed=["source"], by=paula())
    client = visit(paula())
    assert "The edition was changed after this look began" in client.get(url(version)).text
    step = client.post(run_url(run, "step"), headers=HTMX)
    assert step.status_code == 286
    assert "Stopped: 0 of 2" in step.text


def test_edition_that_is_gone_is_said_and_polling_stops() -> None:
    version = next_edition()
    run = start(version=version, by=paula())
    step, stop = run_url(run, "step"), run_url(run, "stop")
    page = url(version)
    discard_draft(version=version, by=paula())
    client = visit(paula())
    response = client.post(step, headers=HTMX)
    assert response.status_code == 286
    assert "This edition was discarded" in response.text
    assert client.post(stop).status_code == 302
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("months", "said"),
    [("-1", "not for -1"), ("121", "not for 121"), ("many", "Enter a whole number of months.")],
)
def test_months_that_cannot_be_are_refused_in_place(months: str, said: str) -> None:
    version = next_edition()
    response = visit(paula()).post(url(version), {"decided_months": months})
    assert response.status_code == 422
    assert said in response.text
    assert not ImpactRun.objects.exists()


def test_second_run_and_unfinished_edition_are_refused_in_words() -> None:
    version, client = next_edition(), visit(peter())
    start(version=version, by=paula())
    assert "paula began this at" in client.post(url(version)).text
    row = Criterion.objects.get(version=version, tree__use="general_initial")
    version.refresh_from_db()
    row.delete()
    version.source = "Another document"
    save_version(version=version, changed=["source"], by=paula())
    response = client.post(url(version))
    assert response.status_code == 422
    assert "is unfinished. Missing: " in response.text


def test_table_names_number_and_practice_and_no_formula() -> None:
    version, client = next_edition(), visit(paula())
    Practice.objects.update(name="=HYPERLINK(1)")
    AuthorizationRequest.objects.update(patient_name="Doe, Jane", member_id="912345678")
    client.post(url(version))
    run = ImpactRun.objects.get()
    client.post(run_url(run, "step"))
    response = client.get(run_url(run, "csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="impact-NEXT.csv"'
    text = response.getvalue().decode("utf-8-sig")
    heading, row = csv.reader(StringIO(text))
    request = ImpactRow.objects.get().request
    assert heading[:2] == ["Request", "Practice"]
    assert row[:4] == [request.number, "'=HYPERLINK(1)", "Draft", "2021D0035AD"]
    assert row[6] == "Title of stated: met → not met"
    for private in ("Doe", "912345678", "kawasaki", "Kawasaki"):
        assert private not in text


def test_step_makes_few_queries_however_many_rows_there_are(
    django_assert_max_num_queries: Any,
) -> None:
    version, client = next_edition(), visit(paula())
    client.post(url(version))
    run = ImpactRun.objects.get()
    with django_assert_max_num_queries(40):
        client.post(run_url(run, "step"), headers=HTMX)
