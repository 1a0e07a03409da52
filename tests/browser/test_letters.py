"""Letters and what is seen of them, read as a screen reader reads them."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from criteria.models import AuthorizationRequest
from tests.browser.conftest import DEFAULT_VIEWPORT, sign_in
from tests.browser.rounds import NOTE, own_browser, send
from tests.factories import people
from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import rhea
from tests.screens.review.reviewed import held, say


@pytest.fixture
def number(transactional_db: None) -> str:
    """A request that Rhea holds and has a question about."""
    request = held(publish_commercial_policy())
    say(request, cidp_mdl_nerves=("ask", NOTE))
    return request.number


@pytest.fixture
def reviewer(page: Page, number: str) -> Page:
    """Rhea, signed in."""
    sign_in(page, rhea())
    return page


@pytest.fixture
def prescriber(browser: Browser, live_server: object, number: str) -> Iterator[Page]:
    """Ann, in a browser of her own."""
    with own_browser(browser, str(live_server)) as page:
        sign_in(page, people.prescriber())
        yield page


def test_read_as_a_screen_reader_would(reviewer: Page, prescriber: Page, number: str) -> None:
    for kind in ("information", "approval", "denial"):
        assert not grave(reviewer, f"/review/{number}/letter/{kind}/")
    ask_only = f"/review/{number}/letter/information/"
    reviewer.goto(ask_only)
    reviewer.get_by_role("button", name="Save", exact=True).click()
    assert not grave(reviewer, f"{ask_only}send/")
    reviewer.goto(ask_only)
    send(reviewer, "Ask for information")
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
