"""An indication the policy covers without criteria of its own: general requirements alone."""

import pytest
from django.test import Client

from criteria.models import PolicyVersion
from tests.factories import request as factory
from tests.screens.wizard.conftest import Walker

UVEITIS = {
    "diagnosis": {"indication": "autoimmune-uveitis", "icd10": "H20.9"},
    "general-records": {"q-history_physical": "yes", "q-lab_evidence": "yes"},
    "dose": factory.CIDP["dose"],
}


@pytest.fixture
def uveitis(ann: Client, uhc_version: PolicyVersion) -> Walker:
    found = factory.started(uhc_version)
    return Walker(ann, factory.saved(found, UVEITIS).number)


def test_asks_the_general_requirements_and_no_pathway(uveitis: Walker) -> None:
    slugs = [page.slug for page in uveitis.walk.pages]
    assert slugs[:5] == ["start", "diagnosis", "general-records", "dose", "result"]


def test_says_so_where_the_diagnosis_is_chosen(uveitis: Walker) -> None:
    page = uveitis.get("diagnosis").content.decode()
    assert "general requirements" in page.lower()


def test_meets_on_them_alone_whatever_the_dose(uveitis: Walker) -> None:
    page = uveitis.get("result").content.decode()
    assert "Meets the criteria, as entered" in page
    assert "within the limit" not in page


def test_does_not_meet_without_evidence(uveitis: Walker) -> None:
    uveitis.post("general-records", **{"q-lab_evidence": "no"})
    assert "Does not meet the criteria" in uveitis.get("result").content.decode()
