"""Paula changes an edition, Peter publishes it for a day, Ann is judged by it from that day on."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from criteria.models import AuthorizationRequest, PolicyVersion, Question, Status
from criteria.screens.admin.links import change_url
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories.people import paula, peter
from tests.factories.policy import published
from tests.helpers.browser.accessibility import WIDTHS, problems
from tests.helpers.browser.publishing import NEW, send_to_review, sign_in_as


def copy_and_change(page: Page, old: PolicyVersion) -> PolicyVersion:
    """A new draft that begins today, with one question in other words."""
    page.goto(change_url(old))
    page.get_by_role("link", name="Copy to a new draft").click()
    page.get_by_label("Number of the new edition").fill(NEW)
    page.get_by_label("First day in force").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Copy to a new draft").click()
    expect(page.get_by_text("This is the new draft.")).to_be_visible()
    draft = PolicyVersion.objects.get(number=NEW)
    page.goto(change_url(Question.objects.get(version=draft, key="igg")))
    page.get_by_label("Wording").fill("Lowest IgG level of the last year")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(change_url(draft))
    return draft


def publish(page: Page) -> None:
    """Look at it, be asked for the reasons, give them, publish."""
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_text("1 question changed")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("3 warnings without a reason")
    for field in page.locator("textarea").all():
        field.fill("The payer's document follows in print.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published, in force from")).to_be_visible()


def judged_by(page: Page, days_ago: int) -> str:
    """The edition a request of a day is started under."""
    page.goto("/requests/new/")
    page.get_by_label("Commercial: Example Health").check()
    page.get_by_label("First request").check()
    day = timezone.localdate() - timedelta(days=days_ago)
    page.get_by_label("Date of this request").fill(day.isoformat())
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Diagnosis")
    version = AuthorizationRequest.objects.latest("pk").version
    assert version is not None
    return version.number


def test_two_people_put_an_edition_into_force(page: Page, transactional_db: None) -> None:
    old = published()
    sign_in_as(page, paula())
    draft = copy_and_change(page, old)
    send_to_review(page)
    page.get_by_role("link", name="Ready to publish?").click()
    expect(page.get_by_text("You edited it last")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)

    sign_in_as(page, peter())
    page.goto(change_url(draft))
    publish(page)
    life = page.get_by_role("list", name="Life of this edition")
    expect(life.get_by_role("listitem")).to_have_count(4)
    draft.refresh_from_db()
    assert draft.status == Status.PUBLISHED

    page.context.clear_cookies()
    sign_in(page, people.prescriber())
    assert judged_by(page, days_ago=0) == NEW
    assert judged_by(page, days_ago=1) == old.number


def test_page_fits_both_widths_and_is_used_by_keyboard(page: Page, transactional_db: None) -> None:
    old = published()
    sign_in_as(page, paula())
    draft = copy_and_change(page, old)
    send_to_review(page)
    sign_in_as(page, peter())
    url = f"/admin/criteria/policyversion/{draft.pk}/publish/"
    # In a tab of its own: axe sets inline styles to measure with, which the site refuses.
    assert problems(page.context.new_page(), url) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for field in page.locator("textarea").all():
        field.focus()
        page.keyboard.type("Seen.")
    page.get_by_role("button", name="Publish").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is published, in force from")).to_be_visible()
