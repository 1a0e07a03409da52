"""A prescriber walks a first CIDP request from the start page to the packet."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from criteria.models import AuthorizationRequest
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.helpers.browser.answering import answer, go_on


@pytest.fixture
def ann(page: Page, transactional_db: None) -> User:
    """Signed in, with the real policy published."""
    publish_commercial_policy()
    user = people.prescriber()
    sign_in(page, user)
    return user


def start(page: Page) -> None:
    page.get_by_role("link", name="New request").click()
    page.get_by_label("Commercial: UnitedHealthcare").check()
    page.get_by_label("First request").check()
    page.get_by_role("button", name="Start").click()


def choose_cidp(page: Page) -> None:
    page.get_by_label("Find the diagnosis").press_sequentially("cidp")
    page.get_by_role("button", name="Choose Chronic inflammatory").click()
    expect(page.locator(".banner")).to_contain_text("Covered when its criteria are met")
    page.get_by_label("Main ICD-10-CM code").fill("g6181")


def answer_criteria(page: Page) -> None:
    answer(page, "Do the medical records hold a history", "Yes")
    answer(page, "Do the medical records hold laboratory", "Yes")
    go_on(page, "CIDP, initial therapy")
    answer(page, "1.1 Is the diagnosis chronic", "Yes")
    page.get_by_label("Figure in months").fill("3")
    go_on(page, "Symptomatic polyradiculoneuropathy")
    answer(page, "1.3.1 Is there symptomatic", "Yes")
    page.get_by_label("Figure in limbs").fill("2")
    go_on(page, "Electrodiagnostic findings")
    page.get_by_label("Figure in nerves").first.fill("2")
    expect(page.locator("#note-q-cidp_mdl_nerves")).to_contain_text("met")
    expect(page.locator("#note-q-cidp_mcv_nerves")).to_contain_text("no longer needed")
    go_on(page, "Neurologist")
    answer(page, "2 Is immune globulin prescribed", "Yes")
    go_on(page, "Weight and dose")


def fill_dose(page: Page) -> None:
    weighed = timezone.localdate() - timedelta(days=10)
    page.get_by_label("Weight", exact=True).fill("154")
    page.get_by_label("lb", exact=True).check()
    expect(page.locator("#note-weight")).to_have_text("= 69.853 kg")
    page.get_by_label("Measured on").fill(weighed.isoformat())
    page.get_by_label("Product", exact=True).select_option(label="Gamunex-C 10 %")
    page.get_by_label("Into a vein (IV)").check()
    page.get_by_label("Amount", exact=True).fill("140")
    page.locator("#id_dose_unit").select_option("g")
    page.locator("#id_basis").select_option("total")
    page.get_by_label("Days in a course").fill("5")
    page.get_by_role("group", name="On days in a row").get_by_label("Yes").check()
    page.get_by_label("A course every").fill("4")
    page.locator("#id_interval_unit").select_option("weeks")
    page.get_by_label("Number of courses").fill("6")
    page.get_by_label("Courses given before").fill("0")
    page.get_by_label("Months of treatment").fill("6")
    expect(page.locator("#maximum")).to_contain_text("0.29 g (0.2 %) above")
    page.get_by_role("button", name="Use 139.5 g").click()
    expect(page.get_by_label("Amount", exact=True)).to_have_value("139.5")
    expect(page.locator("#maximum .verdict")).to_contain_text("met")


def fill_people(page: Page) -> None:
    page.get_by_label("First name").fill("Jane")
    page.get_by_label("Last name").fill("Doe")
    page.get_by_label("Date of birth").fill("1961-03-12")
    page.get_by_label("Female", exact=True).check()
    page.get_by_label("Telephone").fill("(555) 010-1234")
    go_on(page, "Insurance")
    page.get_by_label("Member ID").fill("912345678 01")
    page.get_by_label("Standard", exact=True).check()
    go_on(page, "Prescriber")
    page.get_by_label("Prescriber's name").fill("Ann Lee")
    page.get_by_label("Credential", exact=True).select_option("MD")
    page.get_by_label("NPI").fill("1234567893")
    page.locator("#id_specialty").select_option("Neurology")
    page.get_by_label("Office telephone").fill("555 010 9999")
    go_on(page, "Place of treatment")
    page.get_by_label("At home, by a nurse").check()
    go_on(page, "Enclosures")
    page.get_by_label("What is it?").fill("EMG report")
    page.get_by_role("button", name="Add this document").click()
    expect(page.locator(".enclosures")).to_contain_text("EMG report")


def test_cidp_from_start_to_packet(page: Page, ann: User) -> None:
    start(page)
    choose_cidp(page)
    go_on(page, "Medical records")
    answer_criteria(page)
    fill_dose(page)
    go_on(page, "Meets the criteria, as entered")
    page.get_by_role("link", name="Go on to the patient").click()
    fill_people(page)
    go_on(page, "Check your answers")
    expect(page.locator(".error-summary")).to_have_count(0)
    page.get_by_role("link", name="Go on to attest").click()
    page.get_by_label("I am the prescriber").check()
    page.get_by_label("Prescriber's name, as signature").fill("Ann Lee")
    page.get_by_role("button", name="Attest and submit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is submitted")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the packet").click()
    reader = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = "\n".join(sheet.extract_text() for sheet in reader.pages)
    request = AuthorizationRequest.objects.get()
    for said in (request.number, "Doe, Jane", "912345678 01", "Gamunex-C", "139.5 g", "EMG report"):
        assert said in text


def test_focus_and_layout_stay_while_the_panel_changes(page: Page, ann: User) -> None:
    """Typing is saved and judged; the field keeps its place, its focus and its text."""
    found = factory.saved(
        factory.started(publish_commercial_policy(), by=ann),
        {"diagnosis": {"indication": "cidp", "icd10": "G61.81"}},
    )
    page.goto(f"/requests/{found.number}/criteria-electrodiagnostic/")
    field = page.get_by_label("Figure in nerves").nth(2)
    field.focus()
    place = "field => field.getBoundingClientRect().top + window.scrollY"
    before = field.evaluate(place)
    page.keyboard.type("2")
    expect(page.locator("#note-q-cidp_f_latency_nerves")).to_contain_text("met")
    assert field.evaluate(place) == before
    expect(field).to_be_focused()
    expect(field).to_have_value("2")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_label("Figure in nerves").nth(2)).to_have_value("2")


def test_typing_on_after_a_save_is_no_conflict(page: Page, ann: User) -> None:
    found = factory.started(publish_commercial_policy(), by=ann)
    page.goto(f"/requests/{found.number}/dose/")
    for text in ("7", "70", "70.5"):
        page.get_by_label("Weight", exact=True).fill(text)
        page.wait_for_timeout(800)
    page.get_by_label("kg", exact=True).check()
    page.get_by_role("button", name="Save and go to the task list").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(found.number)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_every_page_fits_the_width(page: Page, ann: User, width: int) -> None:
    found = factory.saved(factory.cidp(publish_commercial_policy(), by=ann), factory.PEOPLE)
    page.set_viewport_size({"width": width, "height": 800})
    slugs = ["", *factory.CIDP, *factory.PEOPLE, "start", "result", "check", "submit"]
    for slug in slugs:
        page.goto(f"/requests/{found.number}/{slug}/" if slug else f"/requests/{found.number}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, slug
