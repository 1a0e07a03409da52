"""A dosing limit is read back before it is saved, and asked again where it is hardly meant."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from criteria.actions.policies.drafts import send_to_review
from criteria.models import CriteriaTree, DosingLimit, Pathway, PolicyVersion
from criteria.models.dosing import stated_limit
from criteria.policies.stored.load import edition_of
from tests.factories.people import paula, rhea
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import screen, visit
from tests.screens.admin.forms import edit, errors_of, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def limit(version: PolicyVersion) -> DosingLimit:
    return DosingLimit.objects.get(version=version, key="load")


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def read(client: Client, limit: DosingLimit, **changes: Any) -> Any:
    """What htmx asks for while somebody types."""
    sent = fields_of(client.get(screen(limit)).text) | changes
    return client.post(reverse("admin:criteria_limit_read") + f"?limit={limit.pk}", sent)


def amount(limit: DosingLimit) -> str:
    limit.refresh_from_db()
    return f"{limit.max_mg_per_kg.normalize():f}"


def test_what_is_typed_is_read_back(limit: DosingLimit, client: Client) -> None:
    response = read(client, limit, max_mg_per_kg="1000", max_days="4")
    assert "400 to 1,000 mg/kg a course, over 2 to 4 consecutive days" in response.text
    assert "1,000 mg/kg × 70 kg = 70 g" in response.text
    assert "1,000 mg/kg × 20 kg = 20 g" in response.text
    assert "<form" not in response.text
    assert amount(limit) == "2000"


def test_button_without_javascript_reads_back_and_saves_nothing(
    limit: DosingLimit, client: Client
) -> None:
    response = edit(client, screen(limit), max_mg_per_kg="1000", _check="1")
    assert response.status_code == 200
    assert "Nothing is saved yet" in response.text
    assert "1,000 mg/kg × 70 kg = 70 g" in response.text
    assert "Please correct" not in response.text
    assert 'value="1000"' in response.text
    assert amount(limit) == "2000"


def test_new_limit_is_checked_then_saved(version: PolicyVersion, client: Client) -> None:
    pathway = Pathway.objects.get(version=version, key="again")
    url = reverse("admin:criteria_dosinglimit_add") + f"?pathway={pathway.pk}"
    assert "as soon as it says how much per what" in client.get(url).text
    given = {"max_mg_per_kg": "400", "per": "day", "max_days": "5"}
    response = edit(client, url, _check="1", **given)
    assert "5 × 400 mg/kg × 70 kg = 140 g" in response.text
    assert "Still missing" in response.text
    assert not DosingLimit.objects.filter(pathway=pathway).exists()
    given |= {"lines": "12", "key": "daily"}
    assert edit(client, url, **given).status_code == 302
    assert DosingLimit.objects.get(pathway=pathway).lines == "12"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"per": ""}, "per", "required"),
        ({"lines": ""}, "lines", "required"),
        ({"max_mg_per_kg": ""}, "max_mg_per_kg", "required"),
        ({"max_mg_per_kg": "2 g/kg"}, "max_mg_per_kg", "such as 2000 for 2 g/kg"),
        ({"max_mg_per_kg": "20000"}, "max_mg_per_kg", "20,000 mg/kg cannot be"),
        ({"max_mg_per_kg": "10000.1"}, "max_mg_per_kg", "at most 10,000 mg/kg"),
        ({"max_mg_per_kg": "9" * 30}, "max_mg_per_kg", "digits"),
        ({"max_mg_per_kg": "NaN"}, "max_mg_per_kg", "such as 2000"),
        ({"max_courses": ""}, "shortest_interval_days", "Say how often"),
        ({"courses_counted": ""}, "courses_counted", "Say what the courses at most are counted"),
        ({"max_courses": "", "shortest_interval_days": "7"}, "courses_counted", "how many courses"),
        ({"max_days": "99999"}, "max_days", "3660"),
    ],
)
def test_limit_is_refused_in_its_place(
    limit: DosingLimit, client: Client, changes: dict[str, str], field: str, words: str
) -> None:
    found = errors_of(edit(client, screen(limit), **changes))
    assert words in " ".join(found[field])
    assert amount(limit) == "2000"
    assert words in read(client, limit, **changes).text or words == "required"


def test_large_amount_is_asked_again(limit: DosingLimit, client: Client) -> None:
    for least in ("4000", "4000.0"):
        assert "This amount is right" not in read(client, limit, max_mg_per_kg=least).text
    response = edit(client, screen(limit), max_mg_per_kg="5000")
    (words,) = errors_of(response)["max_mg_per_kg"]
    assert "5,000 mg/kg × 70 kg = 350 g" in words
    assert 'name="confirmed" value="5000"' in response.text
    other = edit(client, screen(limit), max_mg_per_kg="6000", confirmed="5000")
    assert "max_mg_per_kg" in errors_of(other)
    assert amount(limit) == "2000"
    assert edit(client, screen(limit), max_mg_per_kg="5000", confirmed="5000").status_code == 302
    assert amount(limit) == "5000"
    assert edit(client, screen(limit), lines="31").status_code == 302


def test_condition_is_read_back_in_words(version: PolicyVersion, client: Client) -> None:
    limit = DosingLimit.objects.get(version=version, key="more")
    html = client.get(screen(limit)).text
    assert "only if the IgG is 100 mg/dL or less" in html
    assert "Open only if: Title of igg (at most 100 mg/dL)." in html
    assert "Say it in words too" in read(client, limit, condition_words="").text
    CriteriaTree.objects.filter(limit=limit).delete()
    assert "its criteria are still to be added" in client.get(screen(limit)).text


def test_reader_and_closed_edition_are_refused(limit: DosingLimit, client: Client) -> None:
    reader = visit(rhea())
    html = reader.get(screen(limit)).text
    assert "2,000 mg/kg × 70 kg = 140 g" in html
    assert "hx-post" not in html
    assert "Check without saving" not in html
    url = reverse("admin:criteria_limit_read") + f"?limit={limit.pk}"
    assert reader.post(url).status_code == 403
    assert client.get(url).status_code == 405
    send_to_review(version=limit.version, by=paula())
    assert client.post(url).status_code == 403
    other = published(key="other", line_of_business="medicare")
    stored = DosingLimit.objects.get(version=other, key="load")
    assert "140 g" in client.get(screen(stored)).text


@pytest.mark.parametrize("query", ["", "?limit=0", "?limit=x", "?version=99", "?limit=" + "9" * 30])
def test_unknown_place_is_not_found(client: Client, query: str) -> None:
    assert client.post(reverse("admin:criteria_limit_read") + query).status_code == 404


# How limits go with each other


def add_second(client: Client, limit: DosingLimit, **given: str) -> Any:
    url = reverse("admin:criteria_dosinglimit_add") + f"?pathway={limit.pathway_id}"
    stated = {"max_mg_per_kg": "600", "per": "day", "max_days": "2", "lines": "12", "key": "second"}
    return edit(client, url, **stated | given)


def test_author_is_asked_how_a_further_limit_goes_with_the_others(
    limit: DosingLimit, client: Client
) -> None:
    url = reverse("admin:criteria_dosinglimit_add") + f"?pathway={limit.pathway_id}"
    html = client.get(url).text
    assert "how does it go with the other limits?" in html.lower()
    assert "or (another way)" in html and "then (afterwards)" in html and "only if …" in html
    assert fields_of(html)["joined_by"] == ""
    assert "The one before it: “At most 1,000 mg/kg a week" in html
    unsaid = add_second(client, limit)
    assert "With the other limits of its pathway" not in unsaid.text
    (words,) = errors_of(unsaid)["joined_by"]
    assert words.startswith("Say how it goes with the one before it: “At most 1,000 mg/kg a week")
    assert not DosingLimit.objects.filter(key="second").exists()


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"joined_by": "and"}, "joined_by", "not one of the available choices"),
        ({"joined_by": "only_if"}, "condition_words", "Say the condition in words"),
        ({"joined_by": "or", "condition_words": "it is bad"}, "joined_by", "choose “only if …”"),
        ({"joined_by": "then", "condition_words": "it is bad"}, "joined_by", "choose “only if …”"),
    ],
)
def test_join_that_cannot_be_is_refused_at_its_field(
    limit: DosingLimit, client: Client, given: dict[str, str], field: str, words: str
) -> None:
    assert words in " ".join(errors_of(add_second(client, limit, **given))[field])


@pytest.mark.parametrize("how", ["or", "then"])
def test_first_limit_is_joined_to_none(limit: DosingLimit, client: Client, how: str) -> None:
    (words,) = errors_of(edit(client, screen(limit), joined_by=how))["joined_by"]
    assert "It is the first limit of its pathway" in words


def test_limits_are_stored_and_read_back_as_they_are_joined(
    limit: DosingLimit, client: Client
) -> None:
    assert add_second(client, limit, joined_by="or").status_code == 302
    second = DosingLimit.objects.get(key="second")
    assert second.joined_by == "or"
    html = client.get(screen(second)).text
    assert "With the other limits of its pathway" in html
    assert "<li>Or at most 600 mg/kg a day, on up to 2 days.</li>" in html
    assert "<li>Then at most 500 mg/kg a dose" in html
    typed = read(client, second, joined_by="then").text
    assert "<li>Then at most 600 mg/kg a day, on up to 2 days.</li>" in typed
    assert edition_of(second.version).indications["immune"].pathways[0].dose.regimens[
        -1
    ].phases == (stated_limit(second),)


def test_amount_changed_changes_its_sentence(limit: DosingLimit, client: Client) -> None:
    assert edit(client, screen(limit), max_mg_per_kg="1500").status_code == 302
    html = client.get(screen(limit)).text
    assert "400 to 1,500 mg/kg a course" in html
    assert "2,000" not in html
