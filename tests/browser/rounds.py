"""What Rhea and Ann do in the rounds of a request, each in a browser of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DEFAULT_VIEWPORT, WAIT_MS

NOTE = "All pages of the report, please."


@contextmanager
def own_browser(browser: Browser, site: str) -> Iterator[Page]:
    """A window that shares no cookie with another."""
    context = browser.new_context(base_url=site, viewport=DEFAULT_VIEWPORT)
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


def submit(page: Page) -> None:
    """At the page that attests."""
    page.get_by_label("I am the prescriber").check()
    page.get_by_label("Prescriber's name").fill("Ann Lee")
    page.get_by_role("button", name="Attest and submit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("submitted")


def take(page: Page, number: str) -> None:
    """From the worklist to the desk, and hold it."""
    page.goto("/worklist/")
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="Take this request").click()
    expect(page.locator(".desk-holding")).to_contain_text("You review this request")


def question(page: Page) -> None:
    """Mark a criterion with Ask, with a note, and wait until both are saved."""
    view = page.get_by_role("group", name="Your view of 1.4.1,")
    view.get_by_label("Ask").check()
    expect(page.locator("#saved")).to_contain_text("Saved")
    view.get_by_label("Note on 1.4.1").fill(NOTE)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("#messages")).to_contain_text("Saved")
    expect(page.locator("#desk-counts")).to_contain_text("1 to ask")
    expect(view.get_by_label("Note on 1.4.1")).to_have_value(NOTE)


def send(page: Page, button: str) -> None:
    """From the letter to the page before sending, and over it."""
    page.get_by_role("button", name="Save, and go on to sending").click()
    expect(page.get_by_text("Nothing is sent yet")).to_be_visible()
    page.get_by_role("button", name=button).click()
    expect(page.locator("#messages")).to_contain_text("is kept")


def ask(page: Page) -> None:
    """From the desk by the letter that asks for information."""
    page.get_by_role("link", name="Ask for information").click()
    expect(page.get_by_label("Text of the letter")).to_contain_text(NOTE)
    send(page, "Ask for information")


def answer(page: Page, number: str) -> None:
    """By the link of the thing asked, then attested again."""
    page.goto(f"/requests/{number}/")
    page.get_by_role("link", name="1.4.1 Prolonged motor distal latency", exact=True).click()
    question = page.locator("[id='id_q-cidp_mdl_nerves']")
    expect(question).to_contain_text(NOTE)
    question.get_by_text("Where in the records").click()
    question.get_by_label("Document").fill("EMG report, all pages")
    page.get_by_role("button", name="Save and go to the task list").click()
    expect(page.locator(".asked-list")).to_contain_text("changed since")
    page.get_by_role("link", name="Attest and submit again").click()
    submit(page)


def approve_less(page: Page, number: str) -> None:
    """100 g of the 135 g that are asked for; more than that is refused."""
    page.goto(f"/review/{number}/")
    page.get_by_role("button", name="Accept everything that is met").click()
    expect(page.locator("#messages")).to_contain_text("now accepted")
    view = page.get_by_role("group", name="Your view of 3,")
    view.get_by_label("Not accepted").check()
    expect(page.locator("#saved")).to_contain_text("Saved")
    view.get_by_label("Note on 3").fill("100 g are enough at first.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("#messages")).to_contain_text("Saved")
    expect(page.locator("#desk-counts")).to_contain_text("1 not accepted")
    page.get_by_role("link", name="Approve", exact=True).click()
    figures = page.locator("#figures")
    expect(figures).to_contain_text("as asked for")
    expect(page.get_by_label("Grams in each course")).to_be_hidden()
    page.get_by_label("Another dose").check()
    page.get_by_label("Grams in each course").fill("200")
    expect(figures).to_contain_text("more than the 135 g asked for")
    page.get_by_label("Grams in each course").fill("100")
    expect(figures).to_contain_text("100 g in each course instead of 135 g")
    page.get_by_label("Reason").fill("Begin lower.")
    send(page, "Approve and send")
