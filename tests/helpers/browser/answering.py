"""Answering the pages of the wizard in the browser."""

from playwright.sync_api import Page, expect


def answer(page: Page, wording: str, label: str) -> None:
    """Choose an answer of the question that starts like this."""
    page.get_by_role("group", name=wording).get_by_label(label, exact=True).check()


def go_on(page: Page, heading: str) -> None:
    """Save and come to the next page."""
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
