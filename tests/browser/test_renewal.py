"""A practice renews an approval that ends, with what was stated then beside the questions."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from criteria.models import AuthorizationRequest
from criteria.requests.loading import draft_of
from criteria.rules.formats import date_text
from tests.browser.conftest import sign_in
from tests.factories.people import prescriber
from tests.factories.renewal import renewed
from tests.factories.review import approved, reviewer, submitted_cidp
from tests.helpers.browser.accessibility import problems

TODAY = timezone.localdate()
PLANNED = TODAY - timedelta(days=160)


@pytest.fixture
def approval(transactional_db: None) -> AuthorizationRequest:
    """Approved for another twenty days."""
    request = submitted_cidp(pages={"start": {"planned_start": PLANNED.isoformat()}})
    first, last = TODAY - timedelta(days=160), TODAY + timedelta(days=20)
    return approved(request, starts_on=first, ends_on=last)


@pytest.fixture
def ann(page: Page, approval: AuthorizationRequest) -> User:
    """Signed in."""
    user = prescriber()
    sign_in(page, user)
    return user


def test_an_approval_that_ends_is_renewed(
    page: Page, ann: User, approval: AuthorizationRequest
) -> None:
    page.get_by_role("link", name="Approvals that end (1 to renew)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approvals that end within 60 days")
    expect(page.get_by_text("ends in 20 days")).to_be_visible()
    page.get_by_label("Look ahead").select_option("30")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name=f"Renew {approval.number}").dblclick()
    expect(page.get_by_text(f"It continues {approval.number}.")).to_be_visible()
    made = AuthorizationRequest.objects.get(renewal_of=approval)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Request {made.number}")
    page.get_by_role("link", name="General requirements").click()
    then = page.locator(".then").first
    expect(then).to_contain_text(f"At the approval of {approval.number}")
    expect(page.locator("[name=q-therapy_start_date]")).to_have_value("")
    page.get_by_role("button", name=f"Use {date_text(PLANNED)}").click()
    expect(page.locator("[name=q-therapy_start_date]")).to_have_value(PLANNED.isoformat())
    expect(page.get_by_role("button", name=f"Use {date_text(PLANNED)}")).to_have_count(0)
    draft = draft_of(AuthorizationRequest.objects.get(pk=made.pk))
    assert draft.answers == {"therapy_start_date": PLANNED}


def test_the_result_reads_on_a_narrow_screen(
    page: Page, ann: User, approval: AuthorizationRequest
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/requests/ending/")
    page.get_by_role("button", name=f"Renew {approval.number}").click()
    page.get_by_role("link", name="Result").click()
    expect(page.get_by_role("heading", name="Baseline and today")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_nothing_keeps_anyone_out(page: Page, ann: User, approval: AuthorizationRequest) -> None:
    assert problems(page, "/requests/ending/?days=7") == []
    assert problems(page, f"/requests/{approval.number}/renew/") == []
    made = renewed(approval)
    for slug in ("general-response_documented", "dose", "result"):
        assert problems(page, f"/requests/{made.number}/{slug}/") == []


def test_reviewers_look_ahead(page: Page, approval: AuthorizationRequest) -> None:
    sign_in(page, reviewer(), "/worklist/")
    page.get_by_role("link", name="Approvals that end").click()
    expect(page.get_by_text("none received")).to_be_visible()
    assert problems(page, "/review/ending/") == []
