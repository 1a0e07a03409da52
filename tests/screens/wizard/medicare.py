"""Medicare requests as they are typed."""

from bs4 import BeautifulSoup
from django.test import Client

from criteria.models import PolicyVersion
from criteria.requests.stated_request import StatedRequest
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories import request as factory
from tests.factories.medicare import DAY
from tests.screens.wizard.conftest import Walker

Editions = dict[str, PolicyVersion]
RECORDS = {"general-necessity_to_start": {"q-necessity_to_start": "yes"}}
NEUROPATHIES = ("diabetes", "dysproteinemia", "renal_failure", "malnutrition")
HOME = {
    "q-pid_diagnosis": "yes",
    "q-home_approved_derivative": "yes",
    "q-home_administration": "yes",
    "q-home_appropriate": "yes",
}
WEIGHT = {"weight": "70", "weight_unit": "kg", "weight_on": "2021-06-20"}
DOSE = WEIGHT | {
    "product": "gamunex-c-10",
    "route": "IV",
    "dose": "35",
    "dose_unit": "g",
    "basis": "total",
    "days": "1",
    "interval": "4",
    "interval_unit": "weeks",
    "courses": "6",
    "months": "6",
}


def walk(
    client: Client,
    editions: dict[str, PolicyVersion],
    icd10: str = "G61.81",
    indication: str = "cidp",
    *,
    edition: str = "R3",
    day: str = DAY,
    others: str = "",
    pages: dict[str, dict[str, str]] | None = None,
    **start: str,
) -> Walker:
    """A request with its diagnosis, and these pages typed."""
    request = factory.started(editions[edition], request_date=day, **start)
    diagnosis = {"indication": indication, "icd10": icd10, "icd10_others": others}
    factory.saved(request, {"diagnosis": diagnosis} | (pages or {}))
    return Walker(client, request.number)


def said(page: BeautifulSoup, place: str) -> str:
    """What stands at one place of a page."""
    found = page.select_one(place)
    return "" if found is None else found.get_text(" ", strip=True)


def criteria_pages(draft: StatedRequest) -> list[str]:
    return [page.slug for page in Walkthrough(draft).pages if page.criteria is not None]


def panel_text(draft: StatedRequest) -> str:
    return " ".join(row.title for tree in LivePanel(Walkthrough(draft)).trees for row in tree.rows)
