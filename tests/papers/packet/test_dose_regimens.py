"""Of several regimens only the one that is used is met or not met, on paper and on the desk."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from criteria.papers.packet.dose import worksheet
from criteria.papers.packet.html import in_rows
from criteria.rules import FindingState
from tests.helpers.wizard.offers import ONCE, asked

pytestmark = pytest.mark.django_db
TEMPLATES = ("criteria/packet/_dose.html", "criteria/review/_dose.html")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("grams,days,used", [("35", "5", 0), ("36", "1", 1)])
def test_other_regimen_is_not_used(template: str, grams: str, days: str, used: int) -> None:
    found = asked("kawasaki", "standard", "18", grams, days, **ONCE).assessment
    assert found is not None
    sheet = worksheet(found, ())
    assert [row.state for row in sheet.regimens][used] is FindingState.MET
    assert [row.is_not_used for row in sheet.regimens] == [used == 1, used == 0]
    text = render_to_string(template, {"dose": sheet, "dose_rows": in_rows(sheet.facts)})
    assert "other regimen, not used" in text
    assert "not met" not in text
    assert "not tested" not in text


def test_neither_regimen_is_hidden_where_none_fits() -> None:
    found = asked("kawasaki", "standard", "18", "36", "2", **ONCE).assessment
    assert found is not None
    sheet = worksheet(found, ())
    assert not any(row.is_not_used for row in sheet.regimens)
    assert found.dose.offers[0].grams_per_course == Decimal(36)
