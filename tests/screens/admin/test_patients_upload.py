"""Cases are uploaded as example patients; what is wrong is said with its line."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.models import (
    ExamplePatient,
    PolicyVersion,
)
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.helpers.admin.pages import visit
from tests.screens.admin.patients import table_url

pytestmark = pytest.mark.django_db


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
