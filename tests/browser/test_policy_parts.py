"""Codes, dosing limits, questions and products of a draft, in Chromium, by keyboard and by axe."""

import pytest
from playwright.sync_api import Page, expect

from criteria.models import Code, DosingLimit, PolicyVersion, Product, Question
from tests.factories.icd10 import load_small_table
from tests.factories.people import paula
from tests.factories.policy import draft
from tests.helpers.admin.pages import list_of, screen
from tests.helpers.browser.accessibility import problems
from tests.helpers.browser.publishing import sign_in_as


@pytest.fixture
def version(page: Page, transactional_db: None) -> PolicyVersion:
    """The small policy as a draft, and Paula signed in."""
    load_small_table()
    found = draft()
    sign_in_as(page, paula())
    return found


def test_screens_have_no_grave_problem(page: Page, version: PolicyVersion) -> None:
    codes, questions = (f"{list_of(model)}?version={version.pk}" for model in (Code, Question))
    rows = [
        DosingLimit.objects.get(version=version, key="more"),
        Question.objects.get(version=version, key="igg"),
        Product.objects.get(version=version, key="alpha"),
    ]
    paste = f"/admin/criteria/code/paste/{version.pk}/"
    # In a tab of its own: axe sets inline styles to measure with, which the site refuses.
    tab = page.context.new_page()
    urls = (codes, paste, questions, *map(screen, rows))
    assert not [problem for url in urls for problem in problems(tab, url)]


def test_codes_are_pasted_by_keyboard_alone(page: Page, version: PolicyVersion) -> None:
    page.goto(f"/admin/criteria/code/paste/{version.pk}/")
    page.get_by_label("Kind of code").focus()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("g6181* (line 7)\nG35 Sclerosis")
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 added, 0 changed")).to_be_visible()
    button = page.get_by_role("button", name="Save this list")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved: 2 added.")).to_be_visible()
    rows = Code.objects.filter(version=version, code__in=["G61.81", "G35"])
    assert {row.code: row.lines for row in rows} == {"G61.81": "7", "G35": "12"}


def test_limit_is_read_back_while_it_is_typed(page: Page, version: PolicyVersion) -> None:
    limit = DosingLimit.objects.get(version=version, key="load")
    page.goto(screen(limit))
    amount = page.get_by_label("At most, mg/kg")
    amount.fill("5000")
    expect(page.get_by_text("5,000 mg/kg × 70 kg = 350 g a course")).to_be_visible()
    expect(amount).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Please correct the error")).to_be_visible()
    page.get_by_label("This amount is right").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    limit.refresh_from_db()
    assert limit.max_mg_per_kg == 5000
