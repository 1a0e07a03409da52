"""Medicare in a real browser: a child with HIV, and immune globulin at home up to its packet."""

import io

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from criteria.models import AuthorizationRequest
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.factories.icd10 import load_small_table
from tests.factories.medicare import publish_medicare_policies

DAY = "2021-06-30"


@pytest.fixture
def ann(page: Page, transactional_db: None) -> User:
    """Signed in, with both policies published."""
    publish_commercial_policy()
    publish_medicare_policies()
    user = people.prescriber()
    sign_in(page, user)
    return user


def answer(page: Page, wording: str, label: str = "Yes") -> None:
    page.get_by_role("group", name=wording).get_by_label(label, exact=True).check()


def go_on(page: Page, heading: str) -> None:
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def start(page: Page, link: str) -> None:
    """A first request under Medicare, with a day that has no edition first."""
    page.get_by_role("link", name=link).first.click()
    page.get_by_label("Medicare:").check()
    page.get_by_label("First request").check()
    page.get_by_label("Date of this request").fill("2020-01-31")
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".error-summary")).to_contain_text("The first edition starts on 1 Feb 2020")
    expect(page.get_by_label("Medicare:")).to_be_checked()
    page.get_by_label("Date of this request").fill(DAY)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Diagnosis")
    expect(page.locator(".about")).to_contain_text("Medicare policy R3")


def choose(page: Page, typed: str, button: str, code: str) -> None:
    page.get_by_label("Find the diagnosis").press_sequentially(typed)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#chosen")).to_be_visible()
    page.get_by_label("Main ICD-10-CM code").fill(code)


def test_child_of_12_meets_and_of_13_does_not(page: Page, ann: User) -> None:
    start(page, "Quick check")
    choose(page, "hiv", "Choose HIV disease", "b20*")
    expect(page.locator("#panel")).to_contain_text("B20: a child under 13")
    expect(page.locator("#panel")).not_to_contain_text("G61.81")
    go_on(page, "Medical necessity to start")
    answer(page, "1 Do the treating physician's medical records show")
    go_on(page, "Documents in the medical records")
    expect(page.locator("#note-q-history_physical")).to_contain_text("optional")
    go_on(page, "B20: a child under 13")
    age = page.get_by_label("Figure in years")
    age.fill("12")
    expect(page.locator("#note-q-age_years")).to_contain_text("met")
    expect(page.locator("#panel")).to_contain_text("3 of 3 criteria met")
    age.fill("13")
    expect(page.locator("#note-q-age_years")).to_contain_text("not met")
    expect(page.locator("#panel")).to_contain_text("Nothing in this form changes this")
    expect(page.locator("#panel")).to_contain_text("13 where below 13 years is needed")
    go_on(page, "Weight and dose")
    expect(page.locator("#maximum")).to_contain_text("This policy states no dose limit here.")
    page.goto(page.url.replace("/dose/", "/result/"))
    expect(page.locator(".banner h1")).to_contain_text("Does not meet the criteria, as entered")
    page.get_by_role("link", name="Younger than 13 years: 13 where below").click()
    page.get_by_label("Figure in years").fill("12")
    go_on(page, "Weight and dose")
    page.goto(page.url.replace("/dose/", "/result/"))
    expect(page.locator(".banner h1")).to_contain_text("Meets the criteria, as entered")


def choose_home(page: Page) -> None:
    choose(
        page,
        "pid in the home",
        "Choose IVIg for primary immune deficiency disease in the home",
        "D80.1",
    )
    expect(page.locator("#panel")).to_contain_text("D80.1 where D80.0, D80.2-D80.7")
    page.get_by_label("Main ICD-10-CM code").fill("d839")
    expect(page.locator("#panel")).not_to_contain_text("Nothing in this form")


def answer_criteria(page: Page) -> None:
    go_on(page, "Medical necessity to start")
    answer(page, "1 Do the treating physician's medical records show")
    go_on(page, "Documents in the medical records")
    go_on(page, "Primary immune deficiency disease treated in the home")
    expect(page.locator(".elsewhere")).to_contain_text("D83.9")
    for number in ("2", "3", "4", "5"):
        page.locator("fieldset.question").nth(int(number) - 2).get_by_label("Yes").check()
    go_on(page, "Weight and dose")


def fill_dose(page: Page) -> None:
    page.get_by_label("Weight", exact=True).fill("154")
    page.get_by_label("lb", exact=True).check()
    page.get_by_label("Measured on").fill("2021-06-20")
    page.get_by_label("Product", exact=True).select_option(label="Gamunex-C 10 %")
    page.get_by_label("Into a vein (IV)").check()
    page.get_by_label("Amount", exact=True).fill("35")
    page.locator("#id_dose_unit").select_option("g")
    page.locator("#id_basis").select_option("total")
    page.get_by_label("Days in a course").fill("1")
    page.get_by_label("A course every").fill("4")
    page.locator("#id_interval_unit").select_option("weeks")
    page.get_by_label("Months of treatment").fill("6")
    expect(page.locator("#maximum")).to_contain_text("Units of J1561")
    go_on(page, "Meets the criteria, as entered")


def fill_people(page: Page) -> None:
    page.get_by_role("link", name="Go on to the patient").click()
    page.get_by_label("First name").fill("Jane")
    page.get_by_label("Last name").fill("Doe")
    page.get_by_label("Date of birth").fill("1961-03-12")
    page.get_by_label("Female", exact=True).check()
    page.get_by_label("Telephone").fill("(555) 010-1234")
    go_on(page, "Insurance")
    page.get_by_label("Member ID").fill("1EG4-TE5-MK73")
    page.get_by_label("Medicare number").fill("1eg4te5mk73")
    expect(page.locator("#note-mbi")).to_have_text("= 1EG4-TE5-MK73")
    page.get_by_label("Standard", exact=True).check()
    go_on(page, "Prescriber")
    page.get_by_label("Prescriber's name").fill("Ann Lee")
    page.get_by_label("Credential", exact=True).select_option("MD")
    page.get_by_label("NPI").fill("1234567893")
    page.locator("#id_specialty").select_option("Neurology")
    page.get_by_label("Office telephone").fill("555 010 9999")
    go_on(page, "Place of treatment")
    page.get_by_label("Prescriber's office").check()
    expect(page.locator("#note-place")).to_contain_text("is not the patient's home")
    page.get_by_label("At home, by a nurse").check()
    expect(page.locator("#note-place")).not_to_contain_text("is not the patient's home")
    go_on(page, "Enclosures")
    page.get_by_label("What is it?").fill("Immunology note")
    page.get_by_role("button", name="Add this document").click()
    expect(page.locator(".enclosures")).to_contain_text("Immunology note")


def test_primary_immunodeficiency_at_home_up_to_the_packet(page: Page, ann: User) -> None:
    start(page, "New request")
    choose_home(page)
    answer_criteria(page)
    fill_dose(page)
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
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    number = AuthorizationRequest.objects.get().number
    for words in (number, "Medicare policy R3", "1EG4-TE5-MK73", "D83.9", "no limit in the policy"):
        assert words in text


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_fits_the_width(page: Page, ann: User, width: int) -> None:
    versions = publish_medicare_policies()
    found = factory.saved(
        factory.started(versions["R3"], by=ann, request_date=DAY),
        {
            "diagnosis": {
                "indication": "primary-immunodeficiency-home",
                "icd10": "D80.1",
                "icd10_others": "D59.1 E11.9",
            }
        },
    )
    page.set_viewport_size({"width": width, "height": 800})
    for slug in ("", "start", "diagnosis", "general-documents", "criteria-icd10_codes", "dose",
                 "result", "coverage", "site", "check"):  # fmt: skip
        page.goto(f"/requests/{found.number}/{slug}/" if slug else f"/requests/{found.number}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, slug


def test_words_in_a_code_field_are_not_scolded_while_they_are_typed(page: Page, ann: User) -> None:
    load_small_table()
    start(page, "New request")
    page.get_by_label("Find the diagnosis").fill("MMN")
    page.get_by_role("button", name="Choose").first.click()
    field = page.get_by_label("Main ICD-10-CM code")
    scolding = page.locator("#note-icd10 .problem")
    field.fill("")
    with page.expect_response(lambda r: r.request.method == "POST"):
        field.press_sequentially("multifocal mo")
    expect(page.get_by_role("button", name="Use G61.82")).to_be_visible()
    expect(scolding).to_have_count(1)
    expect(scolding).to_be_hidden()
    assert field.get_attribute("aria-invalid") is None
    page.get_by_role("button", name="Use G61.82").focus()
    expect(scolding).to_be_hidden()
    page.locator("#id_icd10_others").focus()
    expect(scolding).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Use G61.82").click()
    expect(page.get_by_label("Main ICD-10-CM code")).to_have_value("G61.82")
