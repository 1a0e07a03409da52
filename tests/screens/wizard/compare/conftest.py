"""Requests to compare, with the commercial and the Medicare policy in force."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.models import PolicyVersion
from criteria.policies.file.schema import PolicyFile
from criteria.policies.file.yamlfile import read_policy_file
from tests.factories import request as factory
from tests.factories.commercial import PATH
from tests.screens.wizard.conftest import Walker, World

HIV: dict[str, dict[str, str]] = {
    "diagnosis": {"indication": "pediatric-hiv", "icd10": "B20"},
    "general-records": {"q-history_physical": "yes", "q-lab_evidence": "yes"},
    "criteria-hiv_diagnosis": {"q-hiv_diagnosis": "yes", "q-age_years": "13"},
    "criteria-immunity": {
        "q-igg_mg_dl": "300",
        "q-igg_mg_dl-unit": "mg/dL",
        "q-igg_mg_dl-measured_on": factory.WEIGHED,
    },
    "dose": factory.CIDP["dose"]
    | {"weight": "45", "weight_unit": "kg", "dose": "400", "dose_unit": "mg/kg", "days": "1"},
}


def medicare_file() -> PolicyFile:
    path = PATH.parent / "cms-R8.yaml"
    return read_policy_file(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture(scope="module")
def medicare_of_module(world: World, django_db_blocker: Any) -> PolicyVersion:
    with django_db_blocker.unblock():
        by = command_line_user()
        version = load_policy_file(file=medicare_file(), by=by).version
        publish_version(version=version, by=by)
        return version


@pytest.fixture
def medicare(medicare_of_module: PolicyVersion, db: None) -> PolicyVersion:
    """The Medicare article in force now."""
    return medicare_of_module


@pytest.fixture
def hiv(ann: Client, uhc_version: PolicyVersion, medicare: PolicyVersion) -> Walker:
    """A thirteen-year-old with HIV, asked for under the commercial policy."""
    return Walker(ann, factory.saved(factory.started(uhc_version), HIV).number)


def started_under(walker: Walker, **fields: str) -> HttpResponse:
    sent = {"policy": "medicare", "press": "a"} | fields
    return walker.client.post(walker.url("compare"), sent)


def of(walker: Walker, response: HttpResponse) -> Walker:
    """The new request that was made."""
    assert response.status_code == 302, response
    return Walker(walker.client, response["Location"].split("/")[2])


def rows(soup: BeautifulSoup, section: str) -> list[str]:
    return [tr.get_text(" ", strip=True) for tr in soup.select(f"#{section} tbody tr")]


@pytest.fixture
def iga(ann: Client, uhc_version: PolicyVersion, medicare: PolicyVersion) -> Walker:
    """A code that leads to two diagnoses."""
    typed = {"diagnosis": {"indication": "isolated-iga-deficiency", "icd10": "D80.2"}}
    return Walker(ann, factory.saved(factory.started(uhc_version), typed).number)


@pytest.fixture(autouse=True)
def documents_elsewhere(settings: Any, tmp_path: Path) -> None:
    """Documents of a test are gone with it."""
    settings.MEDIA_ROOT = tmp_path
