"""A draft that is edited while it is walked: judged as it is now, and nothing typed is lost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.actions.policies.parts import delete_part, save_part, save_version
from criteria.models import Criterion, Event, Indication, Pathway, PolicyVersion
from tests.factories import people
from tests.factories import request as requests
from tests.screens.preview.conftest import START, Previewer
from tests.screens.wizard.conftest import soup_of

DIAGNOSIS = "criteria-cidp_diagnosis"
MDL = "criteria-electrodiagnostic"
# What is asked of the session and the person, and of the draft: its edits, and where its questions
# stand. A draft read anew costs many times that.
MOST_QUERIES = 8


def criterion(version: PolicyVersion, question: str) -> Criterion:
    """The criterion of a question in the first CIDP pathway."""
    return Criterion.objects.get(
        version=version,
        question__key=question,
        tree__pathway__indication__key="cidp",
        tree__pathway__serves="initial",
    )


def ask_for_months(version: PolicyVersion, months: int) -> None:
    row = criterion(version, "cidp_months_progressive")
    row.threshold = Decimal(months)
    save_part(part=row, changed=["threshold"], by=people.paula())


def unfinish(version: PolicyVersion) -> Pathway:
    """A pathway somebody has just begun: it asks nothing yet."""
    indication = Indication.objects.get(version=version, key="gbs")
    begun = Pathway(
        version=version, indication=indication, key="new", name="New", serves="initial", lines="1"
    )
    save_part(part=begun, by=people.paula())
    return begun


def text_of(walker: Previewer, slug: str) -> str:
    return walker.soup(slug).get_text(" ", strip=True)


def test_changed_threshold_counts_at_once(paula: Previewer) -> None:
    paula.walked({"start": START} | requests.CIDP)
    assert "Meets the criteria" in text_of(paula, "result")
    ask_for_months(paula.version, 6)
    assert "Does not meet" in text_of(paula, "result")
    assert "6 months or more" in text_of(paula, "result")
    assert paula.fields(DIAGNOSIS)["q-cidp_months_progressive"] == ["3"]


def test_number_and_days_count_at_once(cidp: Previewer) -> None:
    version = cidp.version
    version.number = "2022D0035AF"
    save_version(version=version, changed=["number"], by=people.paula())
    assert "Preview of edition 2022D0035AF (draft)" in text_of(cidp, "diagnosis")


def test_draft_is_read_once_until_it_is_edited(cidp: Previewer) -> None:
    cidp.get(MDL)
    with CaptureQueriesContext(connection) as captured:
        cidp.get(MDL)
    asked = [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= MOST_QUERIES, asked


def test_page_that_was_edited_away_keeps_what_was_typed(cidp: Previewer) -> None:
    cidp.post(MDL, **{"q-cidp_mdl_nerves": "2"})
    sent = cidp.fields(MDL) | {"q-cidp_mdl_nerves": "4"}
    group = Criterion.objects.get(version=cidp.version, key="electrodiagnostic")
    delete_part(part=group, by=people.paula())
    response = cidp.client.post(cidp.url(MDL), sent | {"continue": "1"}, follow=True)
    assert "What was typed there is kept" in soup_of(response).get_text()
    assert cidp.client.session["previews"][str(cidp.version.pk)][-1]["data"][
        "q-cidp_mdl_nerves"
    ] == ["4"]


@pytest.mark.parametrize("slug", ["", "start", "result", "packet"])
def test_unfinished_draft_says_what_is_missing(cidp: Previewer, slug: str) -> None:
    unfinish(cidp.version)
    response = cidp.get(slug)
    assert response.status_code == 409
    soup = soup_of(response)
    assert "is unfinished" in soup.h1.get_text()
    links = soup.select(".preview-problems a[href]")
    assert links and all(str(a["href"]).startswith("/admin/criteria/") for a in links)
    assert "A group has nothing in it yet." in soup.get_text()


def test_unfinished_draft_keeps_what_is_typed(cidp: Previewer) -> None:
    sent = cidp.fields(DIAGNOSIS) | {"q-cidp_months_progressive": "7"}
    begun = unfinish(cidp.version)
    response = cidp.client.post(cidp.url(DIAGNOSIS), sent | {"continue": "1"})
    assert response.status_code == 409
    assert "What you typed is kept." in soup_of(response).get_text()
    delete_part(part=begun, by=people.paula())
    assert cidp.fields(DIAGNOSIS)["q-cidp_months_progressive"] == ["7"]


def test_unfinished_draft_is_told_while_typing(cidp: Previewer) -> None:
    sent = cidp.fields(DIAGNOSIS)
    unfinish(cidp.version)
    response = cidp.client.post(cidp.url(DIAGNOSIS), sent, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Reswap"]) == (422, "none")
    saved = soup_of(response).select_one("#saved")
    assert saved is not None
    assert "is unfinished now" in saved.get_text()


def test_bar_leads_to_the_line_of_each_question(cidp: Previewer) -> None:
    row = criterion(cidp.version, "cidp_mdl_nerves")
    line = f"/admin/criteria/criteriatree/{row.tree_id}/outline/#line-{row.pk}"
    link = cidp.soup(MDL).select_one(f'.preview-bar a[href="{line}"]')
    assert link is not None
    assert link.get_text() == f"1.4.1 {row.title}"
    first = cidp.soup(MDL).select_one(".preview-questions a")
    assert first is not None
    assert str(first["href"]).endswith(f"#line-{row.parent_id}")
    assert first.get_text() == "1.4 Electrodiagnostic findings"
    assert cidp.client.get(line).status_code == 200


def test_outline_and_edition_lead_to_the_preview(cidp: Previewer) -> None:
    row = Pathway.objects.get(version=cidp.version, indication__key="cidp", serves="initial")
    edition = cidp.client.get(f"/admin/criteria/policyversion/{cidp.version.pk}/change/")
    assert soup_of(edition).select_one(f'a[href="{cidp.url()}"]') is not None
    outline = cidp.client.get(f"/admin/criteria/criteriatree/{row.tree.pk}/outline/")
    form = soup_of(outline).select_one(f'form[action="{cidp.url("from-pathway")}"]')
    assert form is not None
    assert form.select_one(f'button[name="pathway_pk"][value="{row.pk}"]') is not None


def test_walking_is_no_edit(paula: Previewer) -> None:
    before, events = paula.version.edited_at, Event.objects.count()
    paula.walked({"start": START} | requests.CIDP)
    paula.version.refresh_from_db()
    assert (paula.version.edited_at, Event.objects.count()) == (before, events)
