"""Policy staff paste a list of codes and see what it does before it is saved."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.actions.policies.drafts import send_to_review
from criteria.models import Code, Criterion, Event, Indication, PolicyVersion
from tests.factories.icd10 import load_small_table
from tests.factories.people import paula, rhea
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import list_of, screen, visit
from tests.screens.admin.editor import element, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    load_small_table()
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def page(version: PolicyVersion) -> str:
    return reverse("admin:criteria_paste_codes", args=[version.pk])


def check(client: Client, version: PolicyVersion, text: str, **more: Any) -> Any:
    given = {"system": "icd10", "text": text, "lines": "5"} | more
    return client.post(page(version), given | {"check": "1"})


def save(client: Client, shown: Any, **changes: Any) -> Any:
    """Press the button of a page that shows what would change."""
    sent = fields_of(element(shown, "content-main")) | {"save": "1"} | changes
    return client.post(shown.request["PATH_INFO"], sent)


def codes(version: PolicyVersion) -> set[str]:
    return set(Code.objects.filter(version=version).values_list("code", flat=True))


def test_list_of_a_draft_leads_there(version: PolicyVersion, client: Client) -> None:
    url = f"{list_of(Code)}?version={version.pk}"
    assert page(version) in client.get(url).text
    assert page(version) not in visit(rhea()).get(url).text
    assert page(version) not in client.get(list_of(Code)).text


def test_nothing_is_saved_before_it_is_seen(version: PolicyVersion, client: Client) -> None:
    before = codes(version)
    shown = check(client, version, "g6181*\nG35\nQ99.9 Word\nG61.81\nno code", skips="on")
    assert shown.status_code == 200
    for words in (
        "3 added, 0 changed, 0 removed, 0 unchanged",
        "Chronic inflammatory demyelinating polyneuritis, line 5",
        "Billed are G35.A, G35.B0, G35.B1 and G35.D.",
        "Not in ICD-10-CM: 1",
        "On lines 1 and 4.",
        "line 5",
        "release April 2026",
    ):
        assert words in shown.text
    assert codes(version) == before
    done = save(client, shown)
    assert done.status_code == 302
    assert codes(version) == before | {"G61.81", "G35", "Q99.9"}
    assert Event.objects.filter(verb="codes").count() == 1


def test_what_stops_is_said_and_not_offered_to_save(version: PolicyVersion, client: Client) -> None:
    shown = check(client, version, "Q99.9\nno code", lines="")
    assert "1 line cannot be read" in shown.text
    assert "No description is known" in shown.text
    assert "Save this list" not in shown.text
    done = save(client, shown, seen="")
    assert done.status_code == 422
    assert "not what was checked" in done.text
    assert "Q99.9\nno code" in done.text.replace("\r", "")


def test_another_list_than_checked_is_shown_again(version: PolicyVersion, client: Client) -> None:
    shown = check(client, version, "G61.81")
    done = save(client, shown, text="G61.82")
    assert done.status_code == 422
    assert "Multifocal motor neuropathy" in done.text
    assert not codes(version) & {"G61.81", "G61.82"}
    assert save(client, done).status_code == 302
    assert "G61.82" in codes(version)


def test_replacing_says_what_names_a_removed_code(version: PolicyVersion, client: Client) -> None:
    leaf = Criterion.objects.get(version=version, key="not-cured")
    Criterion.objects.filter(pk=leaf.pk).update(passes_on=None, codes="D80.0")
    immune = Indication.objects.get(version=version, key="immune")
    immune.codes.exclude(code="D80.0").delete()
    shown = check(client, version, "G61.81", replaces="on")
    assert "It is the last code that leads to Immune deficiency" in shown.text
    assert screen(leaf) in shown.text
    assert "Look at age." in shown.text
    assert "A criterion names D80.0" in shown.text
    assert "Save this list" not in shown.text


def test_new_codes_suggest_a_diagnosis(version: PolicyVersion, client: Client) -> None:
    use = Indication.objects.get(version=version, key="kawasaki")
    save(client, check(client, version, "M30.3", indication=use.pk))
    assert list(Code.objects.get(version=version, code="M30.3").indications.all()) == [use]
    foreign = Indication.objects.get(version=draft(number="2"), key="kawasaki")
    assert check(client, version, "M30.3", indication=foreign.pk).status_code == 422


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "Paste at least one code."),
        ({"text": " \n "}, "Paste at least one code."),
        ({"lines": "page 4"}, "A line or lines such as 156"),
        ({"system": "loinc"}, "Select a valid choice"),
        ({"text": "G61.\x0081"}, "Null characters"),
    ],
)
def test_bad_input_is_told_in_place(
    version: PolicyVersion, client: Client, given: dict[str, str], words: str
) -> None:
    response = check(client, version, **({"text": "G61.81"} | given))
    assert response.status_code == 422
    assert words in response.text


def test_code_a_criterion_names_is_not_deleted(version: PolicyVersion, client: Client) -> None:
    leaf = Criterion.objects.get(version=version, key="not-cured")
    Criterion.objects.filter(pk=leaf.pk).update(passes_on=None, codes="D80.0")
    row = Code.objects.get(version=version, code="D80.0")
    response = client.post(screen(row, "delete"), {"post": "yes"}, follow=True)
    assert "Take it out there first" in response.text
    assert "D80.0" in codes(version)


def test_reader_is_refused(version: PolicyVersion) -> None:
    client = visit(rhea())
    assert client.get(page(version)).status_code == 403
    assert check(client, version, "G61.81").status_code == 403


def test_closed_edition_takes_no_list(version: PolicyVersion, client: Client) -> None:
    other = published(key="other", line_of_business="medicare")
    assert "published and never changes" in client.get(page(other), follow=True).text
    shown = check(client, version, "G61.81")
    send_to_review(version=version, by=paula())
    assert "in review" in client.get(page(version), follow=True).text
    done = save(client, shown)
    assert done.status_code == 422
    assert "in review" in done.text
    assert "G61.81" not in codes(version)


def test_thousand_codes_are_shown_in_few_queries(version: PolicyVersion, client: Client) -> None:
    text = "\n".join(f"Q{n // 100:02}.{n % 100:02} Words {n}" for n in range(1000))
    with CaptureQueriesContext(connection) as queries:
        shown = check(client, version, text)
    assert "1000 added" in shown.text
    assert len(queries) <= 30
    assert save(client, shown).status_code == 302
