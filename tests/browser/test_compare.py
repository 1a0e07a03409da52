"""A prescriber compares the policies and starts the request again under the other one."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.models import AuthorizationRequest
from criteria.policies.file.yamlfile import read_policy_file
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import PATH, publish_commercial_policy
from tests.helpers.browser.accessibility import problems
from tests.helpers.browser.answering import answer, go_on


@pytest.fixture
def ann(page: Page, transactional_db: None) -> User:
    """Signed in, with both real policies published."""
    publish_commercial_policy()
    path, by = PATH.parent / "cms-R8.yaml", command_line_user()
    file = read_policy_file(path.read_text(encoding="utf-8"), path.name)
    publish_version(version=load_policy_file(file=file, by=by).version, by=by)
    user = people.prescriber()
    sign_in(page, user)
    return user


def child_with_hiv(page: Page) -> None:
    """Thirteen years old, asked for under the commercial policy."""
    page.get_by_role("link", name="New request").click()
    page.get_by_label("Commercial: UnitedHealthcare").check()
    page.get_by_label("First request").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Find the diagnosis").press_sequentially("pediatric hiv")
    page.get_by_role("button", name="Choose HIV-infection").click()
    page.get_by_label("Main ICD-10-CM code").fill("b20")
    go_on(page, "Medical records")
    answer(page, "Do the medical records hold a history", "Yes")
    answer(page, "Do the medical records hold laboratory", "Yes")
    go_on(page, "pediatric HIV")
    answer(page, "1 Is the diagnosis HIV disease", "Yes")
    page.get_by_label("Figure in years").fill("13")
    go_on(page, "Low IgG")


def test_a_child_passes_one_policy_and_fails_the_other(page: Page, ann: User) -> None:
    child_with_hiv(page)
    page.get_by_role("link", name="Task list").click()
    page.get_by_role("link", name="Compare policies").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The same answers under 2 policies")
    first = page.locator("#differs tbody tr").first
    expect(first).to_contain_text("13 years")
    expect(first.locator("td").first).to_contain_text("at most 13 years")
    expect(first.locator("td").last).to_contain_text("below 13 years")
    page.get_by_text("Would still be asked (1)").click()
    expect(page.get_by_text("medically necessary to start?").first).to_be_visible()
    before = AuthorizationRequest.objects.get()
    page.get_by_role("button", name="Start this request under Medicare").dblclick()
    expect(page.get_by_role("alert").or_(page.locator("#messages"))).to_contain_text(
        f"{before.number} is unchanged"
    )
    assert AuthorizationRequest.objects.count() == 2, "a double press is one press"
    page.get_by_role("link", name="Result", exact=True).click()
    expect(page.locator(".banner h1")).to_contain_text("Does not meet the criteria")
    expect(page.locator(".tree")).to_contain_text(["Younger than 13 years"])
    unchanged = AuthorizationRequest.objects.get(pk=before.pk)
    assert (unchanged.line_of_business, unchanged.revision) == ("commercial", before.revision)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_it_fits_the_width(page: Page, ann: User, width: int) -> None:
    typed = {"diagnosis": {"indication": "isolated-iga-deficiency", "icd10": "D80.2"}}
    found = factory.saved(factory.started(publish_commercial_policy(), by=ann), typed)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/requests/{found.number}/compare/")
    page.get_by_text("The same in both").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    label = page.locator("#differs .whose").first
    expect(label).to_be_visible(visible=width < 768)


def test_a_choice_needs_no_script(page: Page, ann: User) -> None:
    typed = {"diagnosis": {"indication": "isolated-iga-deficiency", "icd10": "D80.2"}}
    found = factory.saved(factory.started(publish_commercial_policy(), by=ann), typed)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/requests/{found.number}/compare/")
    page.get_by_label("Diagnosis in this policy").select_option(index=1)
    page.get_by_role("button", name="Judge by this choice").click()
    assert page.url.endswith("/compare/?diagnosis-medicare=2")
    expect(page.locator("#differs")).to_contain_text("disease in the home")


def test_nothing_grave_for_a_screen_reader(page: Page, ann: User) -> None:
    typed = {"diagnosis": {"indication": "isolated-iga-deficiency", "icd10": "D80.2"}}
    found = factory.saved(factory.started(publish_commercial_policy(), by=ann), typed)
    assert not problems(page, f"/requests/{found.number}/compare/")
