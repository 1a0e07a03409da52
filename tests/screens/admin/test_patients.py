"""Example patients in the admin: who may, and the form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.actions.example_patients.edit import save_patient
from criteria.models import (
    Event,
    ExamplePatient,
    PatientOutcome,
)
from criteria.requests.case_files.patient import case_of
from criteria.requests.case_files.sentences import request_lines
from criteria.screens.admin.example_patients.form import ExamplePatientForm
from tests.factories.patient import example
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft
from tests.helpers.admin.pages import visit
from tests.policies.shipped.cases import editions, every_case
from tests.screens.admin.forms import fields_of
from tests.screens.admin.patients import add_url, change_url, send, table_url

pytestmark = pytest.mark.django_db


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
        form = ExamplePatientForm(edition, None, patient)
        sent = {name: str(form[name].value() or "") for name in form.fields}
        again = ExamplePatientForm(edition, sent, patient)
        assert again.is_valid(), (case.id, again.errors)
        assert case_of(edition, again.stated) == case_of(edition, stated), case.id


EARLIER = [
    {"kind": "iv", "g": 40, "interval": "every 4 weeks"},
    {"kind": "iv", "g": 40, "interval_days": 28},
    {"kind": "sc", "g": 12, "interval_days": 7}
    | {"igg_trough_mg_per_dl": 800, "igg_target_mg_per_dl": 1000},
    {"kind": "new"},
]


@pytest.mark.parametrize("earlier", EARLIER)
def test_earlier_treatment_comes_back_from_the_form(earlier: dict[str, Any]) -> None:
    edition = editions("uhc")[-1]
    (case,) = [c for c in every_case("uhc") if c.id.endswith(": at the label's conversion")]
    stated = {key: value for key, value in case.request.items() if key != "policy"}
    stated["dose"] = stated["dose"] | {"earlier": earlier}
    patient = ExamplePatient(name="x", expected="meets", stated=stated)
    form = ExamplePatientForm(edition, None, patient)
    sent = {name: str(form[name].value() or "") for name in form.fields}
    again = ExamplePatientForm(edition, sent, patient)
    assert again.is_valid(), again.errors
    found = case_of(edition, again.stated)
    assert found == case_of(edition, stated) and found.earlier is not None
    told = dict(request_lines(edition, again.stated))["Dose"]
    assert ("no immune globulin before" in told) is (earlier["kind"] == "new")
    wrong = ExamplePatientForm(edition, sent | {"before_g": "much"}, patient)
    assert "before_g" in wrong.errors
    if earlier["kind"] != "new":
        assert "before_g" in ExamplePatientForm(edition, sent | {"before_g": ""}, patient).errors


THEN: dict[str, object] = {
    "mg_per_kg": 500,
    "basis": "per_dose",
    "days": 1,
    "interval": "monthly",
    "courses": 7,
    "begins_after_days": 28,
}


def two_parts(**then: str) -> tuple[ExamplePatientForm, dict[str, Any]]:
    """A patient whose dose has two parts, sent back by the form."""
    edition = editions("uhc")[-1]
    case = next(case for case in every_case("uhc") if "bmt" in case.id)
    stated = {key: value for key, value in case.request.items() if key != "policy"}
    stated["dose"] = {**stated["dose"], "then": {**THEN}}
    patient = ExamplePatient(name="x", expected=case.expected["expect"], stated=stated)
    form = ExamplePatientForm(edition, None, patient)
    sent = {name: str(form[name].value() or "") for name in form.fields} | then
    return ExamplePatientForm(edition, sent, patient), stated


def test_a_dose_of_two_parts_comes_back_from_the_form_as_it_was() -> None:
    again, stated = two_parts()
    assert again.is_valid(), again.errors
    edition = editions("uhc")[-1]
    dose = case_of(edition, stated).dose
    assert dose is not None and dose.then is not None
    assert case_of(edition, again.stated).dose == dose


def test_a_mistake_in_what_follows_stands_at_its_field() -> None:
    for name, wrong in (("then_amount", ""), ("then_interval", "sometimes"), ("then_days", "x")):
        form, _ = two_parts(**{name: wrong})
        assert not form.is_valid() and name in form.errors, (name, form.errors)


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
        "q-igg-measured_on": "2021-11-20",
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
        ("q-igg", "9000", "enter 0 to 5,000 mg/dL"),
        ("q-igg-measured_on", "2022-01-01", "after the request date"),
        ("q-igg-unit", "", "Choose the unit"),
        ("weight_unit", "", "Choose the unit"),
        ("amount_unit", "", "Choose the unit"),
        ("basis", "", "Expected"),
        ("consecutive", "", "Say whether the days run on"),
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
        dose={"mg_per_kg": 500, "basis": "total", "days": 5},
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
