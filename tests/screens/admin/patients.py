"""Addresses, forms and a changed draft for the tests of example patients in the admin."""

from typing import Any

from django.test import Client
from django.urls import reverse

from criteria.actions.example_patients.edit import refresh
from criteria.actions.policies.parts import save_part
from criteria.models import (
    Criterion,
    ExamplePatient,
    PolicyVersion,
)
from tests.factories.patient import example
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.screens.admin.forms import fields_of


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
