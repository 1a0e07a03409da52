"""A reviewer at the desk in a real browser: take, say, read an enclosure, nothing lost or moved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from criteria.models import AuthorizationRequest, Disposition
from tests.browser.conftest import sign_in
from tests.factories.people import rhea, rob
from tests.helpers.browser.shifts import MOST_SHIFT, WATCH, saving
from tests.screens.review.desk import held, resubmitted, submitted_cidp

NERVES = "criteria-cidp_mdl_nerves"
GRAVE = {"serious", "critical"}


@pytest.fixture
def desk(page: Page, transactional_db: None) -> Page:
    """Rhea at a submitted request that she holds."""
    number = submitted_cidp().number
    held(number)
    sign_in(page, rhea())
    page.goto(f"/review/{number}/")
    return page


@pytest.fixture
def narrow(desk: Page) -> Page:
    desk.set_viewport_size({"width": 390, "height": 800})
    return desk


def view(page: Page, name: str = "Your view of 1.4.1,") -> Callable[[str], None]:
    """Chooses a verdict on a criterion and waits until it is saved."""

    def choose(label: str) -> None:
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.get_by_role("group", name=name).get_by_label(label).check()

    return choose


def request_on(page: Page) -> AuthorizationRequest:
    found = re.search(r"R-\d{4}-\d{5}", page.url)
    assert found is not None
    return AuthorizationRequest.objects.get(number=found[0])


def test_a_view_is_saved_at_once_and_survives_the_next_visit(desk: Page) -> None:
    view(desk)("Ask")
    with desk.expect_response(lambda response: response.request.method == "POST"):
        desk.get_by_label("Note on 1.4.1").fill("Which nerve?")
    expect(desk.locator("#saved")).to_contain_text("Saved")
    expect(desk.locator("#desk-counts")).to_contain_text("1 to ask")
    desk.reload()
    expect(desk.get_by_label("Note on 1.4.1")).to_have_value("Which nerve?")
    kept = Disposition.objects.get()
    assert (kept.verdict, kept.note) == ("ask", "Which nerve?")


def test_quick_changes_of_mind_are_no_conflict(desk: Page) -> None:
    group = desk.get_by_role("group", name="Your view of 1.4.1,")
    for label in ("Accept", "Ask", "Not accepted", "Accept", "Ask"):
        group.get_by_label(label, exact=False).first.check()
        desk.get_by_label("Note on 1.4.1").press_sequentially("ab")
    saving(desk)
    desk.wait_for_timeout(1500)
    expect(desk.locator("#desk-alert .error-summary")).to_have_count(0)
    assert Disposition.objects.get().note == "ab" * 5


def test_focus_stays_and_nothing_moves(desk: Page) -> None:
    desk.locator(f"#line-{NERVES}").scroll_into_view_if_needed()
    desk.evaluate(WATCH)
    view(desk)("Ask")
    view(desk)("Not accepted")
    note = desk.get_by_label("Note on 1.4.1")
    with desk.expect_response(lambda response: response.request.method == "POST"):
        note.fill("Which?")
    saving(desk)
    expect(note).to_be_focused()
    assert desk.evaluate("window.shifted") < MOST_SHIFT


def test_clear_by_keyboard(desk: Page) -> None:
    view(desk)("Not accepted")
    desk.keyboard.press("ArrowRight")
    group = desk.get_by_role("group", name="Your view of 1.4.1,")
    expect(group.get_by_label("Clear")).to_be_checked()
    saving(desk)
    assert not Disposition.objects.exists()


def test_evidence_opens_beside_the_criteria(desk: Page) -> None:
    link = desk.locator(f"#line-{NERVES} .desk-evidence a")
    link.click()
    panel = desk.locator("#enclosure")
    expect(panel).to_contain_text("Page 2 of 3")
    expect(link).to_be_focused()
    panel.get_by_role("link", name="Next page").press("Enter")
    expect(panel).to_contain_text("Page 3 of 3")
    expect(panel.get_by_role("heading", name="Enclosure B")).to_be_focused()
    expect(panel).to_be_in_viewport()
    panel.get_by_role("link", name="Back to 1.4.1").click()
    expect(desk.locator(f"#line-{NERVES}")).to_be_in_viewport()


def test_on_a_narrow_screen_the_person_is_led_there_and_back(narrow: Page) -> None:
    narrow.locator(f"#line-{NERVES} .desk-evidence a").click()
    heading = narrow.get_by_role("heading", name="Enclosure B")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
    narrow.get_by_role("link", name="Back to 1.4.1").click()
    expect(narrow.locator(f"#line-{NERVES}")).to_be_in_viewport()


def test_the_practice_submits_again_while_someone_types(desk: Page) -> None:
    resubmitted(request_on(desk))
    view(desk)("Ask")
    again = desk.get_by_role("button", name="Show the request as it is now")
    expect(again).to_be_visible()
    again.click()
    expect(desk.get_by_role("alert")).to_contain_text("submitted again")
    group = desk.get_by_role("group", name="Your view of 1.4.1,")
    expect(group.get_by_label("Ask")).to_be_checked()
    assert not Disposition.objects.exists()
    desk.get_by_role("button", name="Save", exact=True).last.click()
    expect(desk.locator("#messages")).to_contain_text("Saved")
    assert Disposition.objects.get().submission.number == 2


def test_two_windows(desk: Page) -> None:
    other = desk.context.new_page()
    other.goto(desk.url)
    view(desk)("Ask")
    view(other)("Not accepted")
    conflict = other.locator(f"#conflict_{NERVES}")
    expect(conflict).to_contain_text("in another window")
    conflict.get_by_role("button", name="Keep what is typed here").click()
    expect(other.locator("#messages")).to_contain_text("Saved")
    assert Disposition.objects.get().verdict == "not_accepted"


def test_without_javascript(browser: Browser, live_server: Any, transactional_db: None) -> None:
    number = submitted_cidp().number
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    sign_in(plain, rhea())
    plain.goto(f"/review/{number}/")
    plain.get_by_role("button", name="Take this request").click()
    plain.get_by_role("group", name="Your view of 1.4.1,").get_by_label("Ask").check()
    plain.get_by_label("Note on 1.4.1").fill("Which nerve?")
    plain.get_by_role("button", name="Save", exact=True).last.click()
    expect(plain.locator("#messages")).to_contain_text("Saved")
    plain.locator(f"#line-{NERVES} .desk-evidence a").click()
    expect(plain.locator("#enclosure")).to_contain_text("Page 2 of 3")
    plain.get_by_role("button", name="Accept everything that is met").click()
    expect(plain.locator("#desk-counts")).to_contain_text("13 accepted · 1 to ask")
    expect(plain.locator("#enclosure")).to_contain_text("Page 2 of 3")
    context.close()


def test_axe_finds_nothing_grave(desk: Page) -> None:
    request = request_on(desk)
    view(desk)("Ask")
    resubmitted(request, **{"criteria-polyradiculoneuropathy": {"q-cidp_limbs": "3"}})
    other = held(request.number)
    assert other.assigned_to == rhea()
    for user in (rhea(), rob()):
        sign_in(desk, user)
        for width in (1280, 390):
            desk.set_viewport_size({"width": width, "height": 900})
            desk.goto(f"/review/{request.number}/")
            report = Axe().run(desk, options={"resultTypes": ["violations"]}).response
            grave = [
                (v["id"], v["nodes"][0]["html"][:200])
                for v in report["violations"]
                if v["impact"] in GRAVE
            ]
            assert not grave
