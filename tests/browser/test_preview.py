"""Paula walks a draft as a prescriber would, changes a threshold, and sees the change at once."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from criteria.actions.policies.drafts import copy_to_draft
from criteria.models import AuthorizationRequest, CriteriaTree, Criterion, PolicyVersion
from tests.browser.conftest import PASSWORD
from tests.factories import people
from tests.factories.commercial import publish_commercial_policy

NUMBER = "2022D0035AE"
FIRST_DAY = date(2021, 12, 1)
MONTHS = "For how many months have progressive symptoms been present?"


@pytest.fixture
def draft(transactional_db: None) -> PolicyVersion:
    """The commercial policy, copied by Paula."""
    base, by = publish_commercial_policy(), people.paula()
    return copy_to_draft(version=base, number=NUMBER, effective_from=FIRST_DAY, by=by)


@pytest.fixture
def paula(page: Page, draft: PolicyVersion) -> Page:
    """Paula, signed in at the outline of the first CIDP pathway."""
    user = people.paula()
    user.set_password(PASSWORD)
    user.save()
    page.goto(f"/accounts/login/?next={outline_of(draft)}")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def outline_of(version: PolicyVersion) -> str:
    chosen = {"pathway__indication__key": "cidp", "pathway__serves": "initial"}
    tree = CriteriaTree.objects.get(version=version, **chosen)
    return f"/admin/criteria/criteriatree/{tree.pk}/outline/"


def continue_(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").last.click()


def test_changed_threshold_is_seen_at_once(paula: Page, draft: PolicyVersion) -> None:
    paula.get_by_role("button", name="Preview this pathway").click()
    bar = paula.get_by_role("region", name="Preview")
    expect(bar).to_contain_text(f"Preview of edition {NUMBER} (draft): nothing is sent")
    months = paula.get_by_role("group", name=MONTHS).get_by_label("Figure in months")
    months.fill("3")
    note = paula.locator("#note-q-cidp_months_progressive")
    expect(note).to_contain_text("met")
    expect(paula.locator("#saved")).to_contain_text("Saved")

    where = paula.url
    bar.get_by_text("Edit what this page asks").click()
    bar.get_by_role("link", name="Progressive symptoms").click()
    line = Criterion.objects.get(
        version=draft, question__key="cidp_months_progressive", tree__pathway__serves="initial"
    )
    expect(paula.locator(f"#line-{line.pk}")).to_be_in_viewport()
    paula.goto(f"/admin/criteria/criterion/{line.pk}/change/")
    paula.locator("#id_threshold").fill("6")
    paula.get_by_role("button", name="Save", exact=True).click()

    paula.goto(where)
    expect(months).to_have_value("3")
    expect(note).to_contain_text("not met")
    expect(paula.get_by_text("Needed: 6 months or more")).to_be_visible()
    months.fill("6")
    expect(note).not_to_contain_text("not met")
    continue_(paula)
    paula.get_by_role("link", name="Task list").click()
    paula.get_by_role("link", name="Result").click()
    expect(paula.get_by_role("heading", level=1)).to_contain_text("Not complete yet")
    expect(paula.get_by_role("link", name="See the packet (PDF)")).to_be_visible()
    expect(paula.get_by_role("button", name="Make this a request")).to_have_count(0)
    bar.get_by_role("button", name="Start again").click()
    expect(paula.get_by_role("link", name="Diagnosis", exact=True)).to_be_visible()
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("width", [320, 1280])
def test_bar_fits_the_screen(paula: Page, width: int) -> None:
    paula.set_viewport_size({"width": width, "height": 800})
    paula.get_by_role("button", name="Preview this pathway").click()
    paula.get_by_text("Edit what this page asks").click()
    assert paula.evaluate("document.documentElement.scrollWidth") <= width
