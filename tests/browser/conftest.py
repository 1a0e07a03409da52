import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

# Playwright keeps an event loop in this thread, which Django takes for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEFAULT_VIEWPORT = {"width": 1280, "height": 900}
# Long enough for a machine that is busy with other tests.
WAIT_MS = 15_000
expect.set_options(timeout=WAIT_MS)


PASSWORD = "a long passphrase"


def sign_in(page: Page, user: User, then: str = "") -> None:
    """Sign in at the form, as people do. ``then``: the address they wanted, if any."""
    user.set_password(PASSWORD)
    user.save()
    page.goto(f"/accounts/login/?next={then}" if then else "/accounts/login/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".site-user")).to_contain_text(user.get_full_name() or user.username)
    # Until the page is loaded, htmx hears nothing of what is chosen on it.
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists() and "CI" not in os.environ:
        pytest.skip(f"No Chromium at {CHROMIUM}: install it or set CHROMIUM_PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page in a fresh context; a script error or a refused style fails the test."""
    context = browser.new_context(base_url=live_server.url, viewport=DEFAULT_VIEWPORT)
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.extend(_policy_violations(message)))
    yield page
    context.close()
    assert not problems


def _policy_violations(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []
