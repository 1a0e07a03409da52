"""Bad input: a sentence in the right place, a 4xx, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from criteria.models import AuthorizationRequest, RequestPage
from criteria.screens.wizard.forms.form import lead_of
from criteria.screens.wizard.forms.pages import form_of
from tests.factories import request as factory
from tests.screens.wizard.conftest import Walker, errors_of, soup_of

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
LONG_AGO = (timezone.localdate() - timedelta(days=400)).isoformat()

BAD = [
    ("dose", {"weight": "0"}, "weight", "0 kg is not a possible weight"),
    ("dose", {"weight": "-5"}, "weight", "is not a possible weight"),
    ("dose", {"weight": "abc"}, "weight", "Enter a number"),
    ("dose", {"weight": "7000", "weight_unit": "kg"}, "weight",
     "7,000 kg is not a possible weight"),
    ("dose", {"weight": "154", "weight_unit": "kg", "height": "175", "height_unit": "cm"},
     "weight", "Pounds typed as kg?"),
    ("dose", {"weight": "1.4", "weight_unit": "kg"}, "weight", "outside 2 to 250 kg"),
    ("dose", {"weight": "NaN"}, "weight", "Enter a number"),
    ("dose", {"weight": "1e3"}, "weight", "Enter a number"),
    ("dose", {"weight_unit": ""}, "weight_unit", "Choose kg or lb"),
    ("dose", {"weight_on": TOMORROW}, "weight_on", "is after the date of the request"),
    ("dose", {"weight_on": LONG_AGO}, "weight_on", "more than 6 months before"),
    ("dose", {"weight_on": "someday"}, "weight_on", "Enter a date, such as 14 May 2026"),
    ("dose", {"height": "1.75", "height_unit": "cm"}, "height", "Metres typed as centimetres?"),
    ("dose", {"product": "nothing"}, "product", "Choose one of the answers"),
    ("dose", {"product": "other", "other_product": "Panzyga 10 %"}, "other_product",
     "choose it there"),
    ("dose", {"dose": "1400"}, "dose", "Was it"),
    ("dose", {"dose": "0"}, "dose", "more than 0"),
    ("dose", {"dose_unit": ""}, "dose_unit", "Choose g, mg/kg or another unit"),
    ("dose", {"days": "0"}, "days", "1 to 10 is accepted"),
    ("dose", {"days": "2.5"}, "days", "Enter a whole number"),
    ("dose", {"interval": "", "interval_unit": "as-needed"}, "interval", "is not a frequency"),
    ("dose", {"dose": "134.3"}, "dose", "Whole vials of this product cannot make 134.3 g"),
    ("dose", {"months": "0"}, "months", "Enter a number from 1 to 60"),
    ("dose", {"interval_reason": "x" * 100_000}, "interval_reason",
     "20,000 characters: it has 100,000"),
    ("diagnosis", {"icd10": "61.81"}, "icd10", "is not an ICD-10-CM code"),
    ("diagnosis", {"icd10": "G61.8"}, "icd10", "is a heading"),
    ("diagnosis", {"indication": "no-such"}, "indication", "not in the policy chosen"),
    ("criteria-cidp_diagnosis", {"q-cidp_months_progressive": "-1"}, "q-cidp_months_progressive",
     "cannot be right"),
    ("criteria-cidp_diagnosis", {"q-cidp_diagnosis": "maybe"}, "q-cidp_diagnosis",
     "Choose yes or no"),
    ("criteria-electrodiagnostic", {"q-cidp_mdl_nerves": "2.5"}, "q-cidp_mdl_nerves",
     "whole number"),
    ("start", {"request_date": TOMORROW}, "request_date", "is after today"),
    ("start", {"request_date": "1990-01-01"}, "request_date", "No policy is in force on 1 Jan"),
    ("start", {"planned_start": "1021-07-05"}, "planned_start", "Check the date"),
    ("patient", {"born": TOMORROW}, "born", "is after today"),
    ("patient", {"born": "1850-01-01"}, "born", "Check the date"),
    ("patient", {"first_name": "J4ne"}, "first_name", "letters"),
    ("patient", {"last_name": "x" * 81}, "last_name", "Shorten this to 80 characters: it has 81"),
    ("patient", {"patient_phone": "12345"}, "patient_phone", "10 digits"),
    ("patient", {"email": "jane"}, "email", "Enter an e-mail address"),
    ("coverage", {"member_id": "x"}, "member_id", "2 to 80"),
    ("coverage", {"urgency": "expedited"}, "expedite_certified", "needs this certification"),
    ("prescriber", {"npi": "1234567890"}, "npi", "check digit does not fit"),
    ("prescriber", {"npi": "0234567893"}, "npi", "starts with 1 or 2"),
    ("prescriber", {"npi": "12345A7893"}, "npi", "10 digits"),
    ("prescriber", {"consultant_name": "J. Roy"}, "consultant_on", "all three"),
    ("enclosures", {"notes_text": "n" * 100_000}, "notes_text",
     "20,000 characters: it has 100,000"),
]  # fmt: skip


@pytest.mark.parametrize("slug,fields,name,words", BAD, ids=lambda v: str(v)[:40])
def test_bad_input_is_said_in_place_and_kept(
    ready: Walker, slug: str, fields: dict[str, str], name: str, words: str
) -> None:
    response = ready.post(slug, **fields)
    soup = soup_of(response)
    assert response.status_code == 422
    assert words in errors_of(response)
    note = soup.select_one(f"#note-{name}")
    assert name == "indication" or (note is not None and words in note.get_text(" ", strip=True))
    saved = RequestPage.objects.get(request=ready.request, slug=slug).data
    for field, value in fields.items():
        assert saved[field] == [value]


@pytest.mark.parametrize("slug,fields,name,words", BAD, ids=lambda v: str(v)[:40])
def test_bad_input_is_said_while_typing(
    ready: Walker, slug: str, fields: dict[str, str], name: str, words: str
) -> None:
    response = ready.post(slug, htmx=True, **fields)
    assert response.status_code == 422
    if name != "indication":
        note = soup_of(response).select_one(f"#note-{name}")
        assert note is not None
        assert words in note.get_text(" ", strip=True)


def test_long_notes_are_still_in_the_box(ready: Walker) -> None:
    response = ready.post("enclosures", notes_text="n" * 100_000)
    box = soup_of(response).select_one("textarea[name=notes_text]")
    assert box is not None
    assert box.get_text().strip() == "n" * 100_000


def test_far_too_much_text_is_not_kept_but_handed_back(ready: Walker) -> None:
    before = RequestPage.objects.get(request=ready.request, slug="enclosures").data
    response = ready.post("enclosures", notes_text="n" * 400_000)
    assert response.status_code == 422
    assert "Not saved" in response.content.decode()
    assert "n" * 400_000 in response.content.decode()
    assert RequestPage.objects.get(request=ready.request, slug="enclosures").data == before


def test_bad_date_is_shown_as_it_was_typed(ready: Walker) -> None:
    box = soup_of(ready.post("dose", weight_on="14 Mai 2026")).select_one("#id_weight_on")
    assert box is not None
    assert (box["type"], box["value"]) == ("text", "14 Mai 2026")


def test_date_in_words_is_understood(ready: Walker) -> None:
    day = timezone.localdate() - timedelta(days=3)
    assert ready.post("dose", weight_on=f"{day.day} {day:%B %Y}").status_code == 302
    box = ready.soup("dose").select_one("#id_weight_on")
    assert box is not None
    assert (box["type"], box["value"]) == ("date", day.isoformat())


def test_weight_in_doubt_is_not_computed_with_until_confirmed(cidp: Walker) -> None:
    sent = {"weight": "1.4", "weight_unit": "kg"}
    response = cidp.post("dose", **sent)
    assert cidp.draft.dose.weight_kg is None
    box = soup_of(response).select_one("#note-weight input[name=confirm]")
    assert box is not None
    confirmed = cidp.post("dose", confirm=box["value"])
    assert cidp.draft.dose.weight_kg is not None
    assert "weight" not in {p.name for p in form_of(cidp.walk, cidp.walk.page("dose")).problems}
    assert confirmed.status_code == 422, "the dose is now far above what is usual"
    cidp.post("dose", weight="1.3")
    assert cidp.draft.dose.weight_kg is None, "another figure is asked about again"


def test_excluded_product_is_said_at_once(cidp: Walker) -> None:
    fragments = soup_of(cidp.post("dose", htmx=True, product="panzyga-10"))
    assert "excluded" in fragments.select_one("#panel").get_text().casefold()
    assert "not covered" in fragments.select_one("#note-product").get_text().casefold()


def test_age_that_contradicts_the_date_of_birth_is_asked(ready: Walker) -> None:
    ready.post("dose", age="12")
    RequestPage.objects.filter(request=ready.request, slug="dose").update(
        data=ready.draft.typed | {"age": ["12"]}
    )
    AuthorizationRequest.objects.filter(pk=ready.request.pk).update(revision=999)
    note = ready.soup("patient").select_one("#note-born")
    assert note is not None
    assert "answered with an age of 12" in note.get_text()


@pytest.mark.parametrize("field", ["line_of_business", "phase", "request_date"])
def test_new_request_needs_all_three(ann: Client, uhc_version: object, field: str) -> None:
    sent = {"line_of_business": "commercial", "phase": "initial", "request_date": "2026-05-14"}
    count = AuthorizationRequest.objects.count()
    response = ann.post("/requests/new/", sent | {field: ""})
    assert response.status_code == 422
    assert soup_of(response).select_one(f"#note-{field} .problem")
    assert AuthorizationRequest.objects.count() == count


def test_new_request_says_when_no_policy_is_in_force(ann: Client, uhc_version: object) -> None:
    sent = {"line_of_business": "commercial", "phase": "initial", "request_date": "2020-12-31"}
    response = ann.post("/requests/new/", sent)
    assert response.status_code == 422
    assert "No policy is in force on 31 Dec 2020" in errors_of(response)
    assert "The first edition starts on 1 Jan 2021" in errors_of(response)
    assert 'value="2020-12-31"' in response.content.decode()


def test_factory_is_clean(ready: Walker) -> None:
    assert factory.PEOPLE
    assert errors_of(ready.get("check")) == ""


def test_field_names_its_help_and_its_problem(ready: Walker) -> None:
    soup = soup_of(ready.post("prescriber", npi="1234567890"))
    npi = soup.select_one("#id_npi")
    assert npi["aria-describedby"] == "help-npi note-npi"
    assert npi["aria-invalid"] == "true"
    assert not soup.select_one("#id_office_phone").has_attr("aria-invalid")


@pytest.mark.parametrize(
    ("label", "lead"),
    [
        ("Weight", "Weight:"),
        ("E-mail (optional)", "E-mail:"),
        ("Is treatment starting or continuing?", "Is treatment starting or continuing?"),
    ],
)
def test_summary_begins_with_the_field(label: str, lead: str) -> None:
    assert lead_of(label) == lead


def test_missing_unit_says_of_what(cidp: Walker) -> None:
    cidp.post("dose", dose_unit="")
    assert "Unit of amount" in soup_of(cidp.get("check")).select_one(".error-summary").get_text()


def test_one_month_is_singular(cidp: Walker) -> None:
    cidp.post("dose", interval="1", interval_unit="months", courses="1")
    assert "1 months" not in soup_of(cidp.get("check")).get_text(" ")
