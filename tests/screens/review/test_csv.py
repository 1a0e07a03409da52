"""Names and notes that a spreadsheet would run, in every table that may be downloaded."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.models import AuthorizationRequest, Disposition, MissedCriterion
from tests.factories.review import denied, reviewer, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]

FORMULA = "=cmd|' /C calc'!A0"


def cells(response: Any) -> list[str]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


@pytest.fixture
def request_() -> AuthorizationRequest:
    """Denied by someone with a strange name, on criteria with strange titles."""
    found = denied(submitted_cidp())
    submission = found.submissions.get()
    said = {"block": "criteria", "key": "strange", "title": FORMULA}
    MissedCriterion.objects.create(submission=submission, state="not_met", **said)
    for key, verdict in (("strange", "ask"), ("stranger", "not_accepted")):
        more = {"number": "1", "verdict": verdict, "at": timezone.now(), "by": reviewer()}
        Disposition.objects.create(submission=submission, **(said | more | {"key": key}))
    by = reviewer()
    by.first_name, by.last_name = "@SUM(1)", "-2"
    by.save()
    record_event(verb="take", obj=found, summary=FORMULA, by=by)
    return found


def test_trail(request_: AuthorizationRequest, client: Client) -> None:
    client.force_login(reviewer())
    found = cells(client.get(f"/review/{request_.number}/trail/csv/"))
    assert f"'{FORMULA}" in found
    assert "'@SUM(1) -2" in found
    assert not [cell for cell in found if cell.startswith(("=", "+", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    "name",
    ["weeks", "states", "findings", "times", "decisions", "asked", "denials", "missed"],
)
def test_figures(name: str, request_: AuthorizationRequest, client: Client) -> None:
    client.force_login(reviewer())
    found = cells(client.get(f"/figures/{name}/csv/"))
    assert found
    assert not [cell for cell in found if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_only_one_module_writes_tables() -> None:
    """What is quoted there is quoted everywhere."""
    code = Path(settings.BASE_DIR) / "criteria"
    writers = re.compile(r"csv\.(writer|DictWriter)\b|text/csv")
    found = {p.name for p in code.rglob("*.py") if writers.search(p.read_text())}
    assert found == {"csvfile.py"}
