"""Signing in and sending an edition to review in the browser."""

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD

NEW = "2027D0035AE"


def sign_in_as(page: Page, user: User) -> None:
    """Somebody who works on policies, at the address they start at."""
    user.set_password(PASSWORD)
    user.save()
    page.context.clear_cookies()
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Editions", exact=True).first).to_be_visible()


def send_to_review(page: Page) -> None:
    page.get_by_role("link", name="Send to review").click()
    page.get_by_role("button", name="Send to review").click()
    expect(page.get_by_text("The edition is in review.")).to_be_visible()
