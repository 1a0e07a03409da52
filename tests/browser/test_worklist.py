"""The worklist in a real browser: filters, search, keyboard, and what an address never holds."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from criteria.screens.review.worklist.worklist import A_PAGE
from tests.browser.conftest import sign_in
from tests.factories.people import rhea
from tests.helpers.browser.accessibility import WIDTHS, problems
from tests.screens.review.listed import line_up, listed

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/worklist/"


@pytest.fixture
def desk(page: Page) -> Page:
    """Three to decide: one overdue, one expedited and pressing, one of a week; one is decided."""
    now = timezone.now()
    listed("R-2031-00001", now - timedelta(hours=3), patient_name="Doe, Jane")
    listed("R-2031-00002", now + timedelta(hours=5), patient_name="Núñez, Bob", urgency="expedited")
    listed("R-2031-00003", now + timedelta(days=6), patient_name="Roe, Zoe")
    listed("R-2031-00004", now, patient_name="Doe, Jim", status="denied")
    sign_in(page, rhea())
    return page


def lines(page: Page) -> list[str]:
    return page.locator("#worklist tbody th").all_inner_texts()


def test_filters_narrow_at_once_and_stay_in_the_address(desk: Page) -> None:
    assert lines(desk) == ["R-2031-00001", "R-2031-00002", "R-2031-00003"]
    expect(desk.get_by_text("overdue by 3 h")).to_be_visible()
    urgency = desk.get_by_label("Urgency")
    urgency.focus()
    urgency.select_option("expedited")
    desk.wait_for_url("**/worklist/?state=to-decide&urgency=expedited")
    assert lines(desk) == ["R-2031-00002"]
    assert urgency.evaluate("each => each === document.activeElement")
    desk.reload()
    assert lines(desk) == ["R-2031-00002"]
    expect(desk.get_by_label("Urgency")).to_have_value("expedited")
    desk.get_by_label("Urgency").select_option("")
    desk.wait_for_url("**/worklist/?state=to-decide")
    desk.go_back()
    desk.wait_for_url("**urgency=expedited")
    expect(desk.locator("#worklist tbody th")).to_have_text(["R-2031-00002"])


def test_search_keeps_the_filters_and_no_name_in_any_address(desk: Page) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.get_by_label("State", exact=True).select_option("all")
    desk.wait_for_url("**/worklist/?state=all")
    desk.get_by_label("Number, patient or prescriber").fill("doe")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Search the worklist")).to_be_visible()
    assert lines(desk) == ["R-2031-00004", "R-2031-00001"]
    expect(desk.get_by_label("State", exact=True)).to_have_value("all")
    desk.get_by_label("State", exact=True).select_option("denied")
    expect(desk.locator("#worklist tbody tr")).to_have_count(1)
    assert lines(desk) == ["R-2031-00004"]
    desk.get_by_label("Number, patient or prescriber").fill("jane")
    desk.get_by_role("button", name="Search").click()
    expect(desk.get_by_text("No request fits “jane” with these filters.")).to_be_visible()
    desk.get_by_role("link", name="Leave the search").click()
    assert lines(desk) == ["R-2031-00004"]
    assert not [url for url in asked if "doe" in url or "jane" in url]


def test_by_keyboard_alone(desk: Page) -> None:
    desk.get_by_label("Number, patient or prescriber").focus()
    for _ in range(30):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.name") == "number":
            break
    desk.keyboard.press("Space")
    assert desk.locator("input[name=number]").first.is_checked()
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "R-2031-00001"
    outline = desk.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_pages_forward_and_back(page: Page) -> None:
    made = [one.number for one in line_up(A_PAGE + 2)]
    sign_in(page, rhea())
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**mark=a*")
    assert lines(page) == made[A_PAGE:]
    page.get_by_role("link", name="Previous page").click()
    page.wait_for_url("**mark=b*")
    assert lines(page) == made[:A_PAGE]


def test_it_works_without_scripts(desk: Page) -> None:
    desk.route("**/*.js", lambda route: route.abort())
    desk.goto(URL)
    desk.get_by_label("Due").select_option("overdue")
    assert len(lines(desk)) == 3
    desk.get_by_role("button", name="Show").click()
    assert lines(desk) == ["R-2031-00001"]


def test_it_is_read_and_nothing_runs_off_the_side(desk: Page) -> None:
    addresses = (URL, f"{URL}?state=denied&due=day", f"{URL}?state=all")
    assert not [p for url in addresses for p in problems(desk, url)]
    for width in (*WIDTHS, 320):
        desk.set_viewport_size({"width": width, "height": 900})
        for url in addresses:
            desk.goto(url)
            assert desk.evaluate("document.documentElement.scrollWidth") <= width
    small = desk.eval_on_selector_all(
        "main :is(button, select, input[type=search], .worklist-tick label, th a)",
        "all => all.filter(each => each.getBoundingClientRect().height < 43.5).length",
    )
    assert small == 0
