"""What follows the first part of a dose: a line that is added, filled in, or left out."""

import re
from typing import Any

import pytest

from criteria.dosing import DoseOutcome
from criteria.requests.dose.second_part import FIELDS
from criteria.requests.stated_content import dose_text
from criteria.requests.stated_request import StatedRequest
from criteria.rules.terms import TherapyPhase
from criteria.screens.wizard.dose.offer_button import fields_of_regimen
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.screens.wizard.conftest import Walker, soup_of
from tests.screens.wizard.typed_draws import drawn_draft

pytestmark = pytest.mark.django_db
WEEKLY = {
    "indication": "bmt",
    "pathway": "standard",
    "phase": "initial",
    "product": "gammagard-liquid-10",
    "route": "IV",
    "months": "12",
    "weight": "70",
    "weight_unit": "kg",
    "dose": "500",
    "dose_unit": "mg/kg",
    "basis": "total",
    "days": "1",
    "interval": "1",
    "interval_unit": "weeks",
    "courses": "13",
    "q-transplant_date": "2026-11-10",
}
MONTHLY = {
    "then": "yes",
    "then_dose": "500",
    "then_dose_unit": "mg/kg",
    "then_basis": "total",
    "then_days": "1",
    "then_interval": "1",
    "then_interval_unit": "months",
    "then_courses": "9",
    "then_begins": "28",
}


def asked(**typed: str) -> StatedRequest:
    return drawn_draft("uhc-2021D0035AD", TherapyPhase.INITIAL, {n: [v] for n, v in typed.items()})


def outcome(draft: StatedRequest) -> DoseOutcome:
    assert draft.assessment is not None
    return draft.assessment.dose.outcome


def test_weekly_then_monthly_is_within_and_said_in_both_parts() -> None:
    draft = asked(**WEEKLY | MONTHLY)
    view = DoseView(draft)
    assert outcome(draft) is DoseOutcome.WITHIN, view.text
    assert [row.words for row in view.asked] == [
        "The weekly part: on 1 day",
        "The weekly part: in 13 courses",
        "The monthly part: on 1 day",
        "The monthly part: in 9 courses",
        "Both parts",
    ]
    assert view.asked[-1].grams == "770 g"
    assert view.asked[-1].units == "1,540"
    assert view.course == (
        "The weekly part: 35 g (500 mg/kg); the monthly part: 35 g (500 mg/kg) a course"
    )
    assert dose_text(draft) == (
        "500 mg/kg in all, each course, over 1 day, every week, 13 times; "
        "then 500 mg/kg in all, each course, over 1 day, every month, 9 times, "
        "beginning 28 days after the last course before"
    )


@pytest.mark.parametrize("name", [name for name in MONTHLY if name not in ("then", "then_courses")])
def test_figures_of_the_first_part_stay_while_what_follows_is_typed(name: str) -> None:
    whole, half = DoseView(asked(**WEEKLY)), DoseView(asked(**WEEKLY | MONTHLY | {name: ""}))
    assert [(row.grams, row.units) for row in half.asked] == [
        (row.grams, row.units) for row in whole.asked
    ]
    assert all(row.words.startswith("The first part: ") for row in half.asked)
    assert [row.figures for row in half.rows] == [row.figures for row in whole.rows]
    assert not half.offers


@pytest.mark.parametrize("changed", [{"then_begins": "7"}, {"then_dose": "600"}, {"dose": "600"}])
def test_a_sentence_goes_on_in_small_letters_after_a_colon(changed: dict[str, str]) -> None:
    view = DoseView(asked(**WEEKLY | MONTHLY | changed))
    for text in (view.text, view.course, *view.notes):
        assert not re.search(r"part: [A-Z][a-z ]", text), text


def test_a_second_part_that_does_not_fit_is_named() -> None:
    draft = asked(**WEEKLY | MONTHLY | {"then_dose": "600"})
    assert outcome(draft) is DoseOutcome.EXCEEDS
    assert DoseView(draft).text.startswith("The monthly part: 42 g is 600 mg/kg")


def test_a_blank_line_is_no_second_part() -> None:
    blank = asked(**WEEKLY | {"then": "yes"} | dict.fromkeys(FIELDS, ""))
    assert blank.dose.request == asked(**WEEKLY).dose.request
    closed = asked(**WEEKLY | MONTHLY | {"then": ""})
    assert closed.dose.request == asked(**WEEKLY).dose.request


@pytest.mark.parametrize("name", [name for name in MONTHLY if name not in ("then", "then_courses")])
def test_a_line_half_filled_in_is_asked_for_what_is_missing(name: str) -> None:
    draft = asked(**WEEKLY | MONTHLY | {name: ""})
    assert outcome(draft) is DoseOutcome.NOT_ENOUGH_INFORMATION
    page = Walkthrough(draft).page("dose")
    assert page is not None
    assert name in form_of(Walkthrough(draft), page).missing_names()
    assert DoseView(draft).text.startswith("Say ")


@pytest.mark.parametrize("name", ["courses", "interval", "interval_unit"])
def test_what_comes_first_has_to_end_before_something_follows(name: str) -> None:
    draft = asked(**WEEKLY | MONTHLY | {name: ""})
    assert outcome(draft) is DoseOutcome.NOT_ENOUGH_INFORMATION
    page = Walkthrough(draft).page("dose")
    assert page is not None
    assert name in form_of(Walkthrough(draft), page).missing_names()


def test_the_number_that_follows_is_asked_where_a_limit_ends() -> None:
    draft = asked(**WEEKLY | MONTHLY | {"then_courses": ""})
    assert outcome(draft) is DoseOutcome.NOT_ENOUGH_INFORMATION
    page = Walkthrough(draft).page("dose")
    assert page is not None
    assert "then_courses" in form_of(Walkthrough(draft), page).missing_names()
    last = {"then_courses": "", "last_dose_on": "2027-10-20"}
    assert outcome(asked(**WEEKLY | MONTHLY | last)) is DoseOutcome.WITHIN


def test_a_second_part_that_begins_too_early_is_wrong_at_its_field() -> None:
    draft = asked(**WEEKLY | MONTHLY | {"days": "5", "consecutive": "yes", "then_begins": "4"})
    page = Walkthrough(draft).page("dose")
    assert page is not None
    (problem,) = (p for p in form_of(Walkthrough(draft), page).problems if p.name == "then_begins")
    assert "before the last course of the first part has ended" in problem.text
    assert outcome(draft) is DoseOutcome.NOT_ENOUGH_INFORMATION


def test_a_unit_mistaken_in_the_second_part_is_doubted_at_its_field() -> None:
    draft = asked(**WEEKLY | MONTHLY | {"then_dose": "35", "then_dose_unit": "mg/kg"})
    page = Walkthrough(draft).page("dose")
    assert page is not None
    assert form_of(Walkthrough(draft), page).notes["then_dose"].problems


def second_part(walker: Walker, button: str) -> dict[str, Any]:
    sent = walker.fields("dose") | {"second-part": button}
    response = walker.client.post(walker.url("dose"), sent)
    assert response.status_code == 302 and response["Location"].endswith("#id_then")
    return walker.fields("dose")


def test_the_line_is_added_and_removed_with_one_press_and_nothing_typed_is_lost(
    cidp: Walker,
) -> None:
    assert "then_dose" not in cidp.fields("dose")
    assert "then_dose" in second_part(cidp, "add")
    cidp.post("dose", **{n: v for n, v in MONTHLY.items() if n != "then"})
    assert cidp.draft.dose.request is not None and cidp.draft.dose.request.then is not None
    second_part(cidp, "remove")
    assert cidp.draft.dose.request is not None and cidp.draft.dose.request.then is None
    assert cidp.soup("dose").select_one("input#id_then_dose") is None
    cidp.post("dose", weight="71")  # saved once more while the line is closed
    assert second_part(cidp, "add")["then_dose"] == ["500"]
    assert cidp.draft.dose.request is not None and cidp.draft.dose.request.then is not None


def test_fragments_of_two_parts_equal_the_full_page(cidp: Walker) -> None:
    second_part(cidp, "add")
    half = {n: v for n, v in MONTHLY.items() if n not in ("then", "then_days")}
    for typed in (half, half | {"then_days": "2"}):
        fragment = soup_of(cidp.post("dose", htmx=True, **typed))
        page = cidp.soup("dose")
        for place in ("#panel", "#maximum", "#note-then_dose", "#note-then_days"):
            one, other = fragment.select_one(place), page.select_one(place)
            assert one is not None and other is not None, place
            assert one.get_text(" ", strip=True) == other.get_text(" ", strip=True), place


def test_an_offer_for_what_follows_leaves_the_first_part_as_typed() -> None:
    typed = WEEKLY | MONTHLY | {"then_dose": "600"}
    before = asked(**typed)
    (offer,) = DoseView(before).offers
    assert offer.words == (
        "Then use 35 g on 1 day, every month, 9 courses, beginning 28 days after the course before "
        "(7 g less than asked in each course)"
    )
    filled = fields_of_regimen(offer.value)
    assert {name for name in filled if not name.startswith("then_")} == set()
    after = asked(**typed | {name: values[0] for name, values in filled.items()})
    assert outcome(after) is DoseOutcome.WITHIN and DoseView(after).offers == ()


def test_an_offer_for_both_parts_is_one_press() -> None:
    typed = WEEKLY | MONTHLY | {"dose": "700", "then_dose": "600"}
    (offer,) = DoseView(asked(**typed)).offers
    assert offer.words.startswith("Use 35 g on 1 day, every week, 13 courses (14 g less")
    assert "; then 35 g on 1 day, every month, 9 courses" in offer.words
    filled = fields_of_regimen(offer.value)
    assert filled["dose"] == ["35"] and filled["then_dose"] == ["35"]
    after = asked(**typed | {name: values[0] for name, values in filled.items()})
    assert outcome(after) is DoseOutcome.WITHIN


def test_the_most_of_a_later_phase_is_not_told_as_another_way() -> None:
    most = dict(DoseView(asked(**WEEKLY | MONTHLY)).summary)["Most the policy allows"]
    assert "; then 35 g a course" in most and "; or " not in most
