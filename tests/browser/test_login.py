import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect


def test_login_works(page: Page) -> None:
    User.objects.create_user("ann", password="a long passphrase")
    page.goto("/accounts/login/?next=/accounts/login/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill("a long passphrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".site-user summary")).to_have_text("ann")


def test_login_refused_says_why(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".alert-danger")).to_contain_text("correct username and password")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_login_fits_the_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/accounts/login/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
