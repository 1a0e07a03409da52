"""Codes that another policy lists on the day."""

from datetime import date

import pytest
from django.test import Client

from criteria.models import IcdCode, PolicyVersion
from criteria.policies.codes.stored_codebook import CODEBOOK
from criteria.screens.wizard.search.codes_found import find_codes
from tests.factories import request as factory
from tests.factories.icd10 import load_small_table
from tests.screens.wizard.codes import note
from tests.screens.wizard.conftest import Walker


@pytest.fixture(autouse=True)
def table(editions: object, db: None) -> None:
    load_small_table()


@pytest.mark.parametrize(
    ("code", "day", "is_code"),
    [
        ("M31.1", date(2021, 6, 30), True),
        ("M31.1", date(2021, 9, 30), True),
        ("M31.1", date(2021, 10, 1), False),
        ("D59.1", date(2020, 9, 30), True),
        ("D59.1", date(2020, 10, 1), False),
        ("Z29.8", date(2023, 9, 30), True),
        ("Z29.8", date(2023, 10, 1), False),
        ("G35", date(2025, 9, 30), True),
        ("G35", date(2025, 10, 1), False),
    ],
)
def test_code_any_policy_lists_on_a_day_is_one(code: str, day: date, is_code: bool) -> None:
    assert CODEBOOK.is_code_on(code, day) is is_code


@pytest.mark.parametrize(
    ("policy", "code", "day"),
    [("uhc", "M31.1", date(2021, 6, 30)), ("cms", "Z29.8", date(2023, 9, 30))],
)
def test_code_of_another_policy_is_taken_on_its_days(
    prescriber: Client, policy: str, code: str, day: date
) -> None:
    version = PolicyVersion.objects.in_force_on(day).get(policy__key=policy)
    walker = Walker(prescriber, factory.started(version, request_date=day.isoformat()).number)
    IcdCode.objects.get_or_create(
        code=code, defaults={"description": "x", "billable": False, "release": "R", "rank": 9999}
    )
    assert walker.post("diagnosis", indication="not-listed", icd10=code).status_code == 302
    said = note(walker)
    assert f"{code} is not in the policy's code list." in said
    assert "heading" not in said
    assert walker.draft.icd10 == (code,)
    draft = walker.draft
    assert draft.edition is not None
    (hit,) = find_codes(draft.edition, draft.request_date, code).codes[:1]
    assert hit.code == code and not hit.is_heading
