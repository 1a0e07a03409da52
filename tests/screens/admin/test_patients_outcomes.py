"""What an edition finds of its example patients, confirmed with a reason."""

import re

import pytest
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.actions.policies.parts import save_part
from criteria.models import (
    Criterion,
    Pathway,
    PatientOutcome,
)
from tests.factories.patient import example
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import visit
from tests.screens.admin.patients import changed_draft, table_url

pytestmark = pytest.mark.django_db


def test_changed_result_is_confirmed_with_a_reason() -> None:
    version = changed_draft()
    client = visit(peter())
    page = client.get(table_url(version)).text
    assert "1 changed" in page
    assert "Title of stated: Yes where no is needed" in page
    mark = f"{PatientOutcome.objects.get().pk}:does not meet"
    url = table_url(version, "criteria_confirm")
    refused = client.post(url, {"outcome": mark, "reason": " "})
    assert refused.status_code == 422
    assert "Say why the changed result is right." in refused.text
    assert " checked" in refused.text
    assert client.post(url, {"reason": "As written."}).status_code == 422
    done = client.post(url, {"outcome": mark, "reason": "As written."})
    assert done.status_code == 302
    assert "1 changed and confirmed" in client.get(table_url(version)).text
    assert PatientOutcome.objects.get().reason == "As written."


def test_all_that_is_shown_is_confirmed_for_one_reason() -> None:
    version = changed_draft()
    example(version, "another")
    client = visit(paula())
    page = client.get(table_url(version)).text
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert len(shown) == 2
    sent = {"shown": shown, "every": "1", "reason": "As written."}
    assert client.post(table_url(version, "criteria_confirm"), sent).status_code == 302
    assert PatientOutcome.objects.exclude(confirmed_at=None).count() == 2
    assert not re.findall(r'name="shown"', client.get(table_url(version)).text)


def test_patient_kept_after_publishing_does_not_wait_for_ever() -> None:
    version = published()
    example(version, "later")
    page = visit(paula()).get(table_url(version)).text
    assert "1 kept since it was published, not judged" in page


def test_panel_of_a_pathway_is_drawn_again_after_an_edit() -> None:
    version = draft()
    example(version, "inside", "incomplete", indication="immune", pathway="initial")
    pathway = Pathway.objects.get(version=version, key="initial")
    url = f"{table_url(version, 'criteria_tried')}?pathway={pathway.pk}"
    client = visit(paula())
    assert "Example patients: 1 ✓" in client.get(url).text
    row = Criterion.objects.get(version=version, tree__use="general_initial")
    row.passes_on = False
    save_part(part=row, by=paula())
    assert "1 changed" in client.get(url).text
    assert client.get(f"{url}9").status_code == 404
    assert visit(person("rhea", Role.REVIEWERS)).get(url).status_code == 403


@pytest.mark.parametrize("mark", ["999:meets", "x", "", "1" * 40 + ":meets"])
def test_strange_outcome_is_refused_in_words(mark: str) -> None:
    version = changed_draft()
    url = table_url(version, "criteria_confirm")
    response = visit(paula()).post(url, {"outcome": mark, "reason": "Because."})
    assert response.status_code == 422
    assert not PatientOutcome.objects.exclude(confirmed_at=None).exists()


def test_result_that_changed_meanwhile_is_not_confirmed() -> None:
    version = changed_draft()
    mark = f"{PatientOutcome.objects.get().pk}:incomplete"
    url = table_url(version, "criteria_confirm")
    response = visit(paula()).post(url, {"outcome": mark, "reason": "Because."})
    assert "The result changed since it was shown" in response.text


def test_unfinished_draft_says_so() -> None:
    version = changed_draft()
    Criterion.objects.filter(version=version, tree__use="general_initial").delete()
    row = Pathway.objects.filter(version=version).first()
    assert row is not None
    save_part(part=row, by=paula())
    assert "is unfinished" in visit(paula()).get(table_url(version)).text


def test_panels_count_the_patients_of_an_edition_and_of_a_pathway() -> None:
    version = draft()
    example(version)
    example(version, "inside", "incomplete", indication="immune", pathway="initial")
    client = visit(paula())
    edition = reverse("admin:criteria_policyversion_change", args=[version.pk])
    assert "Example patients: 2 ✓" in client.get(edition).text
    pathway = Pathway.objects.get(version=version, key="initial")
    page = client.get(reverse("admin:criteria_pathway_change", args=[pathway.pk])).text
    assert "Example patients: 1 ✓" in page
    assert f"?pathway={pathway.pk}" in page
