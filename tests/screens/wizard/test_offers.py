"""What fits instead of the dose asked for: whole regimens, each taken with one press."""

import re

import pytest

from criteria.dosing import DoseOutcome
from criteria.screens.wizard.dose.offer_button import fields_of_regimen
from criteria.screens.wizard.dose.view import DoseView
from tests.helpers.wizard.offers import MONTHLY, ONCE, asked, words
from tests.screens.wizard.conftest import Walker
from tests.screens.wizard.typed_draws import drawn_draft, every_pathway, typed_request

pytestmark = pytest.mark.django_db


def test_kawasaki_over_two_days_is_offered_whole() -> None:
    offers = words(asked("kawasaki", "standard", "18", "36", "2", **ONCE))
    assert "Use 36 g on 1 day, once" in offers
    assert "Use 35 g over 5 days in a row, once (1 g less than asked in each course)" in offers
    assert not [text for text in offers if re.search(r"Use (1\d|[0-9]) g", text)]


def test_too_few_days_get_more_days_and_the_whole_dose() -> None:
    offers = words(asked("cidp", "initial", "82", "164", "1", **MONTHLY))
    assert offers[0].startswith("Use 164 g over 2 days in a row, every 4 weeks")
    assert "less" not in offers[0]


@pytest.mark.parametrize("days", ["2", "4"])
def test_bullous_disease_is_offered_three_or_five_days(days: str) -> None:
    offers = words(asked("autoimmune-bullous", "standard", "70", "140", days, **MONTHLY))
    assert offers
    assert re.match(r"Use 1(40|38|39)[\d.]* g over [35] days in a row", offers[0]), offers


@pytest.mark.parametrize("indication,pathway", [("cidp", "initial"), ("gbs", "standard")])
def test_seven_days_are_offered_five(indication: str, pathway: str) -> None:
    offers = words(asked(indication, pathway, "70", "140", "7", **MONTHLY))
    assert offers[0].startswith("Use 140 g over 5 days in a row, every 4 weeks, 3 courses")


def test_where_nothing_fits_it_is_said_what_is_in_the_way() -> None:
    view = DoseView(asked("kawasaki", "standard", "18", "36", "2", **ONCE, product="unknown"))
    assert view.offers or view.in_the_way


def test_every_offer_taken_is_within() -> None:
    """Drawn requests over every limit of both policies."""
    pressed = 0
    for policy, indication, pathway, phase in every_pathway():
        if pathway is None or not pathway.dose.limits:
            continue
        for seed in range(100, 103):
            typed = typed_request(policy, indication, pathway, phase, seed)
            typed |= {"dose_unit": ["g"], "route": ["IV"], "product": ["gamunex-c-10"]}
            typed |= {"courses": ["3"], "last_dose_on": []}
            before = drawn_draft(policy, phase, typed)
            for offer in DoseView(before).offers:
                after = drawn_draft(policy, phase, before.typed | fields_of_regimen(offer.value))
                assert after.assessment is not None
                found = after.assessment.dose
                assert found.outcome is DoseOutcome.WITHIN, (pathway.key, offer, found.text)
                assert DoseView(after).offers == ()
                pressed += 1
    assert pressed > 10


@pytest.mark.parametrize(
    "value", ["", "139.5", "1;2;3", "9 g;5;yes;4 weeks;6;x", "-1 g;5;yes;once;", "1e3 g;1;;once;"]
)
def test_a_value_no_button_sends_fills_nothing(value: str) -> None:
    assert fields_of_regimen(value) == {}


def test_one_press_fills_the_whole_regimen_without_javascript(cidp: Walker) -> None:
    cidp.post("dose", dose="140", days="7")
    button = cidp.soup("dose").select_one("button[name=use]")
    assert button is not None
    assert button.get_text() == (
        "Use 139.5 g over 5 days in a row, every 4 weeks, 6 courses "
        "(0.5 g less than asked in each course)"
    )
    response = cidp.client.post(
        cidp.url("dose"), cidp.fields("dose") | {"use": str(button["value"])}
    )
    assert response.status_code == 302
    typed = {name: values[-1] for name, values in cidp.draft.typed.items() if values}
    for name, text in {"dose": "139.5", "dose_unit": "g", "days": "5", "courses": "6"}.items():
        assert typed[name] == text
    assert "✓" in cidp.soup("dose").select_one(".verdict").get_text()
    assert cidp.soup("dose").select_one("button[name=use]") is None


def test_an_offer_leaves_what_it_does_not_know_as_it_was_typed() -> None:
    """The number of courses may be typed after the offer was made."""
    repeated = fields_of_regimen("139.5 g;5;;4 weeks;")
    assert "courses" not in repeated
    assert "consecutive" not in repeated
    assert fields_of_regimen("139.5 g;5;yes;once;")["courses"] == [""]
