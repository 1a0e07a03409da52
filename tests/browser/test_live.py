"""While the page updates itself: focus stays, nothing jumps, and Enter presses the right button."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.helpers.browser.shifts import MOST_SHIFT, WATCH, saving


@pytest.fixture
def dose(page: Page, transactional_db: None) -> Page:
    """The dose page of a CIDP request, with too much asked for."""
    request = factory.cidp(publish_commercial_policy())
    sign_in(page, people.prescriber())
    page.goto(f"/requests/{request.number}/dose/")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label("Amount", exact=True).fill("150")
    expect(page.locator("#use-fit")).to_be_visible()
    return page


def test_focus_stays_on_a_button_that_is_replaced(dose: Page) -> None:
    dose.get_by_label("Reason for another interval").fill("severe neuropathy")
    add = dose.get_by_role("button", name="Save and add what follows")
    for button in (add, dose.locator("#use-fit")):
        dose.keyboard.press("Tab")
        expect(button).to_be_focused()
        saving(dose)
        expect(button).to_be_focused()


def test_dose_that_is_taken_over_is_where_the_person_goes_on(dose: Page) -> None:
    dose.locator("#use-fit").press("Enter")
    expect(dose.get_by_label("Amount", exact=True)).to_have_value("139.5")
    expect(dose.get_by_label("Amount", exact=True)).to_be_focused()


def test_enter_keeps_the_dose_that_was_typed(dose: Page) -> None:
    dose.get_by_label("Days in a course").press("Enter")
    expect(dose.get_by_role("heading", level=1)).to_contain_text("Does not meet")
    dose.go_back()
    expect(dose.get_by_label("Amount", exact=True)).to_have_value("150")


def test_nothing_jumps_while_typing(dose: Page) -> None:
    dose.evaluate(WATCH)
    for label, text in (("Amount", "120"), ("Weight", "150"), ("Days in a course", "4")):
        dose.get_by_label(label, exact=True).fill(text)
        saving(dose)
        dose.wait_for_timeout(900)
    assert dose.evaluate("window.shifted") < MOST_SHIFT


def test_clearing_an_answer_by_keyboard_keeps_the_focus(dose: Page) -> None:
    answers = dose.get_by_role("group", name="On days in a row")
    answers.get_by_label("No").focus()
    dose.keyboard.press("ArrowRight")
    saving(dose)
    expect(answers.get_by_label("Clear")).to_be_focused()
    expect(answers.get_by_label("Clear")).to_be_checked()
