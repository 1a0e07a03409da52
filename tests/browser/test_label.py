"""The dose before is asked where it counts: by what is chosen, as it is chosen."""

import pytest
from playwright.sync_api import Page, expect

from criteria.models import AuthorizationRequest
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.helpers.wizard.label import FORMULA, PID

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def blank_before() -> AuthorizationRequest:
    """A primary immunodeficiency of which nothing given before is said."""
    dose = {name: text for name, text in PID["dose"].items() if not name.startswith("earlier")}
    version = publish_commercial_policy()
    return factory.saved(factory.started(version), PID | {"dose": dose})


def test_earlier_treatment_opens_as_it_is_chosen(page: Page) -> None:
    request = blank_before()
    sign_in(page, people.prescriber(), f"/requests/{request.number}/dose/")
    before, grams, trough = (
        page.locator(f"#id_{n}") for n in ("earlier", "earlier_grams", "igg_trough")
    )
    expect(before).to_be_visible()
    expect(grams).to_be_hidden()
    expect(page.locator("#maximum")).to_contain_text("Say what immune globulin was given before")
    page.locator("#id_earlier_sc").check()
    expect(grams).to_be_visible()
    expect(trough).to_be_visible()
    page.locator("#id_earlier_iv").check()
    expect(trough).to_be_hidden()
    grams.fill("40")
    page.locator("#id_earlier_interval").fill("4")
    page.locator("#id_earlier_interval_unit").select_option("weeks")
    expect(page.locator("#maximum")).to_contain_text(FORMULA)
    page.locator("#id_route_IV").check()
    expect(before).to_be_hidden()
    expect(page.locator("#maximum")).not_to_contain_text(FORMULA)
