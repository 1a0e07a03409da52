"""Figures and trails in a browser, on a wide and a narrow screen, read by axe-core."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from criteria.actions.events import record_event
from criteria.models import Outcome
from tests.factories.review import reviewer
from tests.screens.figures.desk import Desk

GRAVE = {"serious", "critical"}


@pytest.fixture
def number(page: Page, live_server: Any, transactional_db: None) -> str:
    """A desk with a few requests, and Rhea signed in."""
    desk = Desk()
    title = "Two or more nerves with prolonged motor distal latency, or a conduction block"
    for n in range(1, 9):
        request = desk.received(f"2026-05-{n + 3:02} 08:00")
        desk.missed(request, title)
        if n % 2:
            desk.asked(request, f"2026-05-{n + 4:02} 08:00", title)
        else:
            outcome = Outcome.DENIED if n % 4 else Outcome.APPROVED
            desk.decided(request, f"2026-05-{n + 5:02} 08:00", outcome, title)
    record_event(verb="enclose", obj=request, summary="Enclosure A", by=request.owner)
    client = Client()
    client.force_login(reviewer())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return str(request.number)


@pytest.mark.parametrize("width", [1280, 390])
def test_charts_and_trails_fit_and_are_read_out(page: Page, number: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for url in ("/figures/?period=all", f"/review/{number}/trail/"):
        response = page.goto(url)
        assert response is not None
        assert response.ok
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        report = Axe().run(page, options={"resultTypes": ["violations"]}).response
        assert not [rule["id"] for rule in report["violations"] if rule["impact"] in GRAVE]


def test_no_number_or_label_of_a_chart_leaves_it(page: Page, number: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/figures/?period=all")
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.bars li, .bars strong, .ends span')]
        .filter(t => t.getBoundingClientRect().right > document.documentElement.clientWidth)
        .map(t => t.textContent)"""
    )
    assert page.locator(".bars li, .bars strong, .ends span").count() > 20
    assert outside == []


def test_a_filter_is_chosen_and_the_file_comes(page: Page, number: str) -> None:
    page.goto("/figures/")
    page.get_by_label("Period").select_option("Everything")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("8 requests in all.").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV (Criteria most often missed)").click()
    assert download.value.suggested_filename == "figures-missed.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].endswith(",8,0")
