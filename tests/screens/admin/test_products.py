"""The products of an edition: how each is billed, and codes that cannot stand together."""

from typing import Any

import pytest
from django.test import Client

from criteria.models import Code, PolicyVersion, Product
from criteria.policies.stored.load import edition_of
from tests.factories.people import paula, rhea
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import screen, visit
from tests.screens.admin.forms import edit, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def product(version: PolicyVersion) -> Product:
    return Product.objects.get(version=version, key="alpha")


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def codes_error(response: Any) -> str:
    assert response.status_code == 200, response.get("Location")
    found = response.context["inline_admin_formsets"][1].formset
    return " ".join([*found.non_form_errors(), *map(str, found.errors)])


def test_page_says_how_it_is_billed_on_the_first_day(product: Product, client: Client) -> None:
    html = client.get(screen(product)).text
    day = f"{product.version.effective_from:%-d %b %Y}"
    assert f"Billed as J1599 on {day}, the first day of the edition." in html
    edit(client, screen(product), **{"codes-0-last_day": "2020-12-31"})
    assert f"No billing code on {day}" in client.get(screen(product)).text


@pytest.mark.parametrize("last", ["2022-01-01", "2030-01-01", ""])
def test_codes_of_the_same_day_are_refused(product: Product, client: Client, last: str) -> None:
    response = edit(client, screen(product), **{"codes-0-last_day": last})
    assert "J1561 from 1 Jan 2022 run into each other" in codes_error(response)
    assert str(product.codes.get(code="J1599").last_day) == "2021-12-31"


def test_codes_that_follow_each_other_are_saved(product: Product, client: Client) -> None:
    changes = {"codes-0-last_day": "2022-06-30", "codes-1-first_day": "2022-07-01"}
    assert edit(client, screen(product), **changes).status_code == 302
    assert str(product.codes.get(code="J1561").first_day) == "2022-07-01"


def test_code_that_goes_overlaps_nothing(product: Product, client: Client) -> None:
    changes = {"codes-0-DELETE": "on", "codes-1-first_day": ""}
    assert edit(client, screen(product), **changes).status_code == 302
    assert [code.code for code in product.codes.all()] == ["J1561"]


def test_overlap_that_was_there_keeps_nobody_from_other_changes(
    product: Product, client: Client
) -> None:
    product.codes.update(first_day=None, last_day=None)
    html = client.get(screen(product)).text
    assert "J1599 without days and J1561 without days run into each other" in html
    assert edit(client, screen(product), note="Other").status_code == 302


def test_code_outside_the_list_is_warned_of(
    version: PolicyVersion, product: Product, client: Client
) -> None:
    Code.objects.filter(version=version, system="hcpcs").delete()
    assert "not in the HCPCS codes" not in client.get(screen(product)).text
    Code.objects.create(version=version, system="hcpcs", code="J1599", description="Ig", lines="1")
    assert "J1561 is not in the HCPCS codes of this edition." in client.get(screen(product)).text
    sent = fields_of(client.get(screen(product)).text) | {"note": "Other"}
    html = client.post(screen(product), sent, follow=True).text
    assert "J1561 is not in the HCPCS codes of this edition." in html


def test_label_is_edited_in_place(product: Product, client: Client) -> None:
    changes = {
        "labels-1-iv_to_sc_factor": "1.30",
        "labels-1-ramp_weeks": "1, 2, 4, 7",
        "labels-1-confirmed": "",
    }
    assert edit(client, screen(product), **changes).status_code == 302
    label = product.labels.get(first_day="2022-01-01")
    assert (str(label.iv_to_sc_factor), label.weeks) == ("1.3000", [1, 2, 4, 7])
    (rules,) = [r for r in edition_of(product.version).products["alpha"].labels if r.first_day]
    assert (str(rules.iv_to_sc_factor), rules.ramp_weeks) == ("1.3", (1, 2, 4, 7))


def test_labels_of_the_same_day_are_refused(product: Product, client: Client) -> None:
    response = edit(client, screen(product), **{"labels-1-first_day": "2021-12-31"})
    assert response.status_code == 200
    assert "On each day a product has one label" in response.text
    assert str(product.labels.get(confirmed=False).last_day) == "2021-12-31"


def test_label_goes(product: Product, client: Client) -> None:
    assert edit(client, screen(product), **{"labels-0-DELETE": "on"}).status_code == 302
    assert [label.source for label in product.labels.all()] == ["Label of Alpha, 2022"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"excluded": "on"}, "says why and on which lines"),
        ({"codes-0-code": "G61.81"}, "not an HCPCS code"),
        ({"codes-0-first_day": "2030-01-01"}, "must not follow the last"),
        ({"vials-0-size_g": "0"}, "more than 0"),
        ({"codes-0-first_day": "soon"}, "valid date"),
        ({"labels-1-source": ""}, "This field is required"),
        ({"labels-1-iv_to_sc_factor": "0"}, "must be more than 0"),
        ({"labels-1-iv_to_sc_factor": "much"}, "Enter a number"),
        ({"labels-1-ramp_weeks": "1, 4, 2"}, "each later than the one before"),
        ({"labels-1-ramp_weeks": "first"}, "each later than the one before"),
        ({"labels-1-ramp_weeks": "0, 1"}, "each later than the one before"),
        ({"labels-1-min_mg_per_kg": "201"}, "must not be above the upper end"),
        ({"labels-1-max_mg_per_kg": ""}, "needs the upper end"),
        ({"labels-1-longest_interval_days": "0"}, "greater than or equal to 1"),
        ({"labels-1-trough_ml_per_kg": ""}, "A least difference needs"),
    ],
)
def test_bad_input_is_told_in_place(
    product: Product, client: Client, changes: dict[str, str], words: str
) -> None:
    response = edit(client, screen(product), **changes)
    assert response.status_code == 200
    assert words in response.text


def test_reader_and_published_edition_only_show(product: Product, client: Client) -> None:
    reader = visit(rhea())
    assert "Billed as J1599" in reader.get(screen(product)).text
    assert reader.post(screen(product), {"brand": "Other"}).status_code == 403
    other = published(key="other", line_of_business="medicare")
    stored = Product.objects.get(version=other, key="alpha")
    assert "Billed as J1599" in client.get(screen(stored)).text
    assert client.post(screen(stored), {"brand": "Other"}).status_code == 403
