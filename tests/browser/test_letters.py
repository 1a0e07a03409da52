"""Asked, answered, approved with a lower dose: by two people in two browsers."""

import io
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from criteria.models import AuthorizationRequest, Determination
from tests.browser.conftest import DEFAULT_VIEWPORT, PASSWORD, WAIT_MS
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.review.reviewed import held, rhea, say

NOTE = "All pages of the report, please."


@pytest.fixture
def number(transactional_db: None) -> str:
    """A request that Rhea holds and has a question about."""
    request = held(publish_commercial_policy())
    say(request, cidp_mdl_nerves=("ask", NOTE))
    return request.number


@pytest.fixture
def reviewer(page: Page, number: str) -> Page:
    """Rhea, signed in."""
    _sign_in(page, rhea())
    return page


@pytest.fixture
def prescriber(browser: Browser, live_server: object, number: str) -> Iterator[Page]:
    """Ann, in a browser of her own."""
    context = browser.new_context(base_url=str(live_server), viewport=DEFAULT_VIEWPORT)
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    _sign_in(page, factory.prescriber())
    yield page
    context.close()


def _sign_in(page: Page, user: object) -> None:
    user.set_password(PASSWORD)  # type: ignore[attr-defined]
    user.save()  # type: ignore[attr-defined]
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(user.username)  # type: ignore[attr-defined]
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_have_count(0)


def send(page: Page, button: str) -> None:
    """From the letter to the page before sending, and over it."""
    page.get_by_role("button", name="Save, and go on to sending").click()
    expect(page.get_by_text("Nothing is sent yet")).to_be_visible()
    page.get_by_role("button", name=button).click()
    expect(page.locator("#messages")).to_contain_text("is kept")


def ask(page: Page, number: str) -> None:
    page.goto(f"/review/{number}/letter/information/")
    expect(page.get_by_label("Text of the letter")).to_contain_text(NOTE)
    send(page, "Ask for information")


def answer(page: Page, number: str) -> None:
    """By the link of the thing asked, then attested again."""
    page.goto(f"/requests/{number}/")
    page.get_by_role("link", name="1.4.1 Prolonged motor distal latency").click()
    question = page.locator("[id='id_q-cidp_mdl_nerves']")
    expect(question).to_contain_text(NOTE)
    question.get_by_text("Where in the records").click()
    question.get_by_label("Document").fill("EMG report, all pages")
    page.get_by_role("button", name="Save and go to the task list").click()
    expect(page.locator(".asked-list")).to_contain_text("changed since")
    page.get_by_role("link", name="Attest and submit again").click()
    page.get_by_label("I am the prescriber").check()
    page.get_by_label("Prescriber's name").fill("Ann Lee")
    page.get_by_role("button", name="Attest and submit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("submitted")


def approve_less(page: Page, number: str) -> None:
    page.goto(f"/review/{number}/letter/approval/")
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


def test_asked_answered_and_approved_with_a_lower_dose(
    reviewer: Page, prescriber: Page, number: str
) -> None:
    ask(reviewer, number)
    answer(prescriber, number)
    approve_less(reviewer, number)
    decision = Determination.objects.get()
    assert (decision.grams_per_course, decision.submission.number) == (100, 2)
    prescriber.goto(f"/requests/{number}/packet/")
    expect(prescriber.get_by_role("heading", level=1)).to_contain_text("approved")
    with prescriber.expect_download() as download:
        prescriber.get_by_role("link", name="Download letter 2 (PDF)").click()
    assert download.value.suggested_filename == f"{number}-letter-2.pdf"
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert "Begin lower." in pdf.pages[0].extract_text()


def test_read_as_a_screen_reader_would(reviewer: Page, prescriber: Page, number: str) -> None:
    for kind in ("information", "approval", "denial"):
        assert not grave(reviewer, f"/review/{number}/letter/{kind}/")
    ask_only = f"/review/{number}/letter/information/"
    reviewer.goto(ask_only)
    reviewer.get_by_role("button", name="Save", exact=True).click()
    assert not grave(reviewer, f"{ask_only}send/")
    reviewer.goto(f"{ask_only}send/")
    reviewer.get_by_role("button", name="Ask for information").click()
    expect(reviewer.locator("#messages")).to_contain_text("is kept")
    for page in ("", "criteria-electrodiagnostic/", "packet/"):
        assert not grave(prescriber, f"/requests/{number}/{page}")
    assert AuthorizationRequest.objects.get().status == "information_requested"


def grave(page: Page, url: str) -> list[str]:
    """What axe finds at both widths."""
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url)
        report = Axe().run(page, options={"resultTypes": ["violations"]}).response
        found += [
            f"{url} at {width}: {rule['id']} {rule['nodes'][0]['html'][:200]}"
            for rule in report["violations"]
            if rule["impact"] in ("serious", "critical")
        ]
    page.set_viewport_size(DEFAULT_VIEWPORT)
    return found
