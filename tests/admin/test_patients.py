"""Example patients in the admin: who may, the form, the reasons, the upload."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from criteria.actions.patients import refresh, save_patient
from criteria.actions.policies_parts import save_part
from criteria.admin.patient_form import PatientForm
from criteria.casefile.patient import case_of
from criteria.models import (
    Criterion,
    Event,
    ExamplePatient,
    Pathway,
    PatientOutcome,
    PolicyVersion,
)
from criteria.permissions import Role
from tests.admin.forms import fields_of
from tests.factories.patient import example
from tests.factories.policy import draft, paula, person, peter, published
from tests.policies.cases import editions, every_case

pytestmark = pytest.mark.django_db


def visit(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def add_url(version: PolicyVersion, **more: Any) -> str:
    query = "".join(f"&{key}={value}" for key, value in more.items())
    return f"{reverse('admin:criteria_examplepatient_add')}?version={version.pk}{query}"


def change_url(patient: ExamplePatient, version: PolicyVersion) -> str:
    url = reverse("admin:criteria_examplepatient_change", args=[patient.pk])
    return f"{url}?version={version.pk}"


def table_url(version: PolicyVersion, name: str = "criteria_patients") -> str:
    return reverse(f"admin:{name}", args=[version.pk])


def send(client: Client, url: str, **typed: str) -> Any:
    return client.post(url, fields_of(client.get(url).text) | typed)


def changed_draft() -> PolicyVersion:
    version = draft()
    example(version)
    row = Criterion.objects.get(version=version, tree__use="general_initial")
    row.passes_on = False
    save_part(part=row, by=paula())
    refresh(version=version)
    return version


# Who may


@pytest.mark.parametrize("name", ["criteria_patients", "criteria_upload_patients"])
def test_nobody_else_sees_them(name: str) -> None:
    version = draft()
    assert "login" in Client().get(table_url(version, name))["Location"]
    assert visit(person("rhea", Role.REVIEWERS)).get(table_url(version, name)).status_code == 403


def test_reviewer_sees_no_patient_and_no_panel() -> None:
    version = draft()
    patient = example(version)
    client = visit(person("rhea", Role.REVIEWERS))
    assert client.get(change_url(patient, version)).status_code == 403
    assert client.get(reverse("admin:criteria_examplepatient_changelist")).status_code == 403
    edition = reverse("admin:criteria_policyversion_change", args=[version.pk])
    assert "Example patients" not in client.get(edition).text


def test_publisher_reads_in_words_and_changes_nothing() -> None:
    version = draft()
    patient = example(version)
    client = visit(peter())
    page = client.get(change_url(patient, version))
    assert "First request for Kawasaki disease, dated 1 Dec 2021." in page.text
    assert "patient_form" not in page.text
    assert client.get(table_url(version)).status_code == 200
    assert client.post(change_url(patient, version), {}).status_code == 403
    assert client.get(add_url(version)).status_code == 403
    assert client.get(table_url(version, "criteria_upload_patients")).status_code == 403


# The form


def test_every_case_comes_back_from_the_form_as_it_was() -> None:
    edition = editions("uhc")[-1]
    for case in every_case("uhc")[::20]:
        stated = {key: value for key, value in case.request.items() if key != "policy"}
        patient = ExamplePatient(name="x", expected=case.expected["expect"], stated=stated)
        form = PatientForm(edition, None, patient)
        sent = {name: str(form[name].value() or "") for name in form.fields}
        again = PatientForm(edition, sent, patient)
        assert again.is_valid(), (case.id, again.errors)
        assert case_of(edition, again.stated) == case_of(edition, stated), case.id


def test_patient_is_added_with_the_questions_of_its_criteria() -> None:
    version = draft()
    client, url = visit(paula()), add_url(version)
    page = client.get(url).text
    assert "Invented" in page
    shown = client.post(url, {"indication": "immune", "phase": "initial", "_show": "1"})
    assert shown.status_code == 200
    assert "IgG level" in shown.text
    assert "errornote" not in shown.text
    sent = fields_of(shown.text) | {
        "name": "IgG of 400",
        "expected": "incomplete",
        "pathway": "initial",
        "on": "2021-12-01",
        "weight": "154.5",
        "weight_unit": "lb",
        "amount": "1000",
        "amount_unit": "mg_per_kg",
        "basis": "total",
        "q-igg": "3.9",
        "q-igg-unit": "g/L",
        "q-igg-on": "2021-11-20",
        "q-drugs": "prednisone; intolerance\nrituximab",
        "q-stated": "yes",
    }
    response = client.post(url, sent)
    assert response.status_code == 302, response.context["form"].errors
    patient = ExamplePatient.objects.get()
    assert patient.stated["answers"] == {
        "stated": True,
        "igg": {"value": patient.stated["answers"]["igg"]["value"], "unit": "g/L"}
        | {"measured_on": "2021-11-20"},
        "drugs": [{"drug": "prednisone", "outcome": "intolerance"}, "rituximab"],
    }
    assert str(patient.stated["answers"]["igg"]["value"]) == "3.9"
    assert str(patient.stated["patient"]["weight_lb"]) == "154.5"
    assert PatientOutcome.objects.count() == 0
    table = client.get(response["Location"])
    assert "IgG of 400" in table.text
    assert PatientOutcome.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("on", "soon", "Expected a date"),
        ("on", "", "Missing"),
        ("weight", "heavy", "Enter a number"),
        ("weight", "900", "Expected a weight above 0.3"),
        ("age_years", "130", "at most 120"),
        ("icd10", "nonsense", "Expected an ICD-10-CM code"),
        ("amount", "-1", "Expected a number above 0"),
        ("interval", "sometimes", "Expected monthly"),
        ("name", "", "This field is required"),
        ("expected", "", "This field is required"),
        ("q-igg", "9000", "Expected 0 to 5000"),
        ("q-igg-on", "2022-01-01", "after the request date"),
        ("q-drugs", "a; b; c; d; e; f", "At most four semicolons"),
    ],
)
def test_mistake_is_said_at_its_field_and_nothing_is_saved(
    field: str, typed: str, said: str
) -> None:
    version = draft()
    patient = example(
        version,
        indication="immune",
        pathway="initial",
        dose={"mg_per_kg": 500, "basis": "total"},
        answers={"igg": {"value": 300, "measured_on": "2021-11-20"}, "drugs": ["one"]},
    )
    response = send(visit(paula()), change_url(patient, version), **{field: typed})
    assert response.status_code == 422
    assert said in str(response.context["form"].errors)
    assert typed in response.text
    assert ExamplePatient.objects.get().changed_at == patient.changed_at


def test_second_editor_is_told_and_overwrites_nothing() -> None:
    version = draft()
    patient = example(version)
    client, url = visit(paula()), change_url(patient, version)
    sent = fields_of(client.get(url).text) | {"words": "mine"}
    patient.words = "theirs"
    save_patient(patient=patient, by=paula())
    response = client.post(url, sent)
    assert response.status_code == 422
    assert "paula changed this patient at" in response.text
    assert ExamplePatient.objects.get().words == "theirs"
    assert client.post(url, fields_of(response.text)).status_code == 302
    assert ExamplePatient.objects.get().words == "mine"


def test_copy_starts_with_everything_and_another_name() -> None:
    version = draft()
    patient = example(version, answers={"stated": False}, expected="does not meet")
    client = visit(paula())
    assert send(client, add_url(version, copy=patient.pk)).status_code == 302
    copy = ExamplePatient.objects.exclude(pk=patient.pk).get()
    assert (copy.name, copy.expected) == ("as ever (copy)", "does not meet")
    assert copy.stated["answers"] == {"stated": False}


def test_name_that_is_taken_is_said_on_the_form() -> None:
    version = draft()
    example(version)
    patient = example(version, "another")
    response = send(visit(paula()), change_url(patient, version), name="as ever")
    assert response.status_code == 422
    assert "already has a patient of that name" in response.text


def test_patient_is_deleted_and_its_name_is_in_no_event() -> None:
    version = draft()
    patient = example(version)
    url = reverse("admin:criteria_examplepatient_delete", args=[patient.pk])
    assert visit(paula()).post(url, {"post": "yes"}).status_code == 302
    assert not ExamplePatient.objects.exists()
    assert not Event.objects.filter(summary__contains="as ever").exists()


def test_answer_to_a_question_that_is_gone_is_shown() -> None:
    version = draft()
    patient = example(version, answers={"gone_question": True})
    page = visit(paula()).get(change_url(patient, version)).text
    assert "gone_question: True" in page


def test_add_without_an_edition_leads_back() -> None:
    client = visit(paula())
    assert client.get(reverse("admin:criteria_examplepatient_add")).status_code == 302
    assert client.get(add_url(draft()) + "&copy=999").status_code == 404


# The table


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


# The upload


GOOD = (
    "policy: commercial-ig\non: 2021-12-01\nindication: kawasaki\nphase: initial\n"
    "cases:\n  - {name: one, expect: meets}\n"
)


def uploaded(version: PolicyVersion, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return visit(paula()).post(table_url(version, "criteria_upload_patients"), {"cases": sent})


def test_uploaded_cases_become_patients() -> None:
    version = draft()
    response = uploaded(version, ("k.yaml", GOOD.encode()))
    assert "1 added, 0 the same as stored." in response.text
    assert ExamplePatient.objects.get().name == "k: one"
    assert "0 added, 1 the same as stored." in uploaded(version, ("k.yaml", GOOD.encode())).text


def test_mistake_in_line_1203_of_an_upload_is_said_there() -> None:
    version = draft()
    cases = "".join(f"  - {{name: case {n}, expect: meets}}\n" for n in range(7, 1203))
    wrong = "  - {name: wrong, expect: meets, patient: {weight_kg: 0}}\n"
    response = uploaded(version, ("k.yaml", (GOOD + cases + wrong).encode()))
    assert response.status_code == 422
    assert "k.yaml:1203: “wrong”: patient.weight_kg: expected a weight above 0.3" in response.text
    assert not ExamplePatient.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"policy: caf\xe9\n", "k.yaml:1: expected UTF-8 text"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"- [", ": broken YAML"),
        (b"policy: other\ncases: []\n", "expected a list of cases"),
    ],
)
def test_file_that_is_none_is_refused_in_words(content: bytes, said: str) -> None:
    response = uploaded(draft(), ("k.yaml", content))
    assert response.status_code == 422
    assert said in response.text


def test_upload_without_a_file_is_refused_in_words() -> None:
    assert "Choose one or more files" in uploaded(draft()).text
