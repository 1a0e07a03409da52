"""The list of policies and a difference, read by axe-core at two widths."""

from django.conf import settings
from playwright.sync_api import Page

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories.shipped import load_shipped
from tests.helpers.browser.accessibility import WIDTHS, problems

POLICIES = settings.BASE_DIR / "fixtures" / "policies"
CHANGES = "/policies/cms/R2/changes/"


def published(*numbers: str) -> None:
    by = command_line_user()
    for number in numbers:
        file, _ = load_shipped(POLICIES / f"cms-{number}.yaml")
        publish_version(version=load_policy_file(file=file, by=by).version, by=by)


def test_pages_are_read_and_nothing_runs_off_the_side(page: Page, transactional_db: None) -> None:
    published("R1", "R2")
    sign_in(page, people.prescriber())
    assert not [p for url in ("/policies/", CHANGES) for p in problems(page, url)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for url in ("/policies/", CHANGES):
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_editions_are_chosen_and_the_lesser_changes_unfolded(
    page: Page, transactional_db: None
) -> None:
    published("R1", "R2", "R3")
    sign_in(page, people.prescriber())
    page.goto(CHANGES)
    page.get_by_label("To", exact=True).select_option("R3")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("heading", name="What changed from R1 to R3").wait_for()
    page.get_by_role("link", name="1 HCPCS code added").click()
    assert page.url.endswith("#hcpcs")
    page.locator("#lesser summary").click()
    page.get_by_text("No longer in force from").wait_for()
    small = page.eval_on_selector_all(
        "main :is(a, button, select, summary)",
        "all => all.filter(each => each.getBoundingClientRect().height < 44).length",
    )
    assert small == 0
