"""The main pages on a wide and a narrow screen, read by axe-core as a screen reader would."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import Page

from criteria.models import AuthorizationRequest
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.factories.medicare import publish_medicare_policies
from tests.helpers.browser.accessibility import GRAVE, problems


@pytest.fixture
def number(page: Page, transactional_db: None) -> str:
    """A CIDP draft that can be submitted, and Ann signed in, who also reviews."""
    version = publish_commercial_policy()
    ready = factory.saved(factory.cidp(version), factory.PEOPLE)
    user = people.prescriber()
    user.groups.set(Group.objects.filter(name="Reviewers"))
    sign_in(page, user)
    return ready.number


PAGES = (
    "/requests/",
    "/requests/new/",
    "/quick-check/",
    "/worklist/",
    "/requests/{}/",
    "/requests/{}/diagnosis/?q=itp",
    "/requests/{}/criteria-electrodiagnostic/",
    "/requests/{}/dose/",
    "/requests/{}/result/",
    "/requests/{}/patient/",
    "/requests/{}/enclosures/",
    "/requests/{}/check/",
    "/requests/{}/submit/",
)


def test_pages_of_a_draft(page: Page, number: str) -> None:
    assert not [p for url in PAGES for p in problems(page, url.format(number))]


def test_two_policies_and_their_editions(page: Page, number: str) -> None:
    """Side by side, in the library, and where a draft meets a newer edition."""
    editions = publish_medicare_policies()
    moving = factory.started(editions["R8"])
    AuthorizationRequest.objects.filter(pk=moving.pk).update(version=editions["R3"])
    urls = (
        f"/requests/{number}/compare/",
        "/policies/",
        "/policies/cms/R4/changes/?from=R3",
        f"/requests/{moving.number}/edition/",
    )
    assert not [p for url in urls for p in problems(page, url)]
    assert page.url.endswith("/edition/")


def test_sign_in(page: Page, transactional_db: None) -> None:
    assert not problems(page, "/accounts/login/")


def test_problems_and_conflicts(page: Page, number: str) -> None:
    """A page that says what is wrong is read out as well as one that is right."""
    page.goto(f"/requests/{number}/dose/")
    page.get_by_label("Weight", exact=True).fill("0")
    page.get_by_role("button", name="Save and continue").click()
    page.locator(".error-summary").wait_for()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert not [rule["id"] for rule in found if rule["impact"] in GRAVE]


def test_packet_page(page: Page, number: str) -> None:
    page.goto(f"/requests/{number}/enclosures/")
    page.get_by_label("What is it?").fill("EMG report")
    page.get_by_role("button", name="Add this document").click()
    page.wait_for_url("**added=A*")
    page.goto(f"/requests/{number}/submit/")
    page.get_by_label("I am the prescriber").check()
    page.get_by_label("Prescriber's name, as signature").fill("Ann Lee")
    page.get_by_role("button", name="Attest and submit").click()
    page.get_by_role("link", name="Download the packet").wait_for()
    assert AuthorizationRequest.objects.get().submitted_at
    assert not problems(page, f"/requests/{number}/packet/")
