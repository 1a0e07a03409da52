"""The page of a letter: who sees it, what its buttons keep, and what it says is missing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from criteria.actions.requests.edit import withdraw_request
from criteria.actions.reviews.hold import release_request
from criteria.models import AuthorizationRequest, Letter, LetterDraft
from tests.factories import people
from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import rhea, rob
from tests.helpers.review.letter_page import WHY, problems_of, text_of
from tests.screens.review.reviewed import (
    APPROVAL,
    DENIAL,
    INFORMATION,
    KINDS,
    Desk,
    accept_all,
    held,
    say,
    unsay,
)
from tests.screens.wizard.conftest import soup_of

ASK = {"cidp_mdl_nerves": ("ask", "All pages of the report, please.")}
NO = {"neurologist_involved": ("not_accepted", "No letter of a neurologist.")}


@pytest.fixture(scope="module")
def stored(commercial_policy: object, django_db_blocker: Any) -> Iterator[AuthorizationRequest]:
    """One held request a module; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        request = held(publish_commercial_policy(), months="12")
        accept_all(request)
        yield request
        transaction.set_rollback(True)


@pytest.fixture
def desk(stored: AuthorizationRequest, client: Client, db: None) -> Desk:
    """Rhea at her letters."""
    client.force_login(rhea())
    return Desk(client, AuthorizationRequest.objects.get(pk=stored.pk))


# Who


@pytest.mark.parametrize("page", ["", "preview", "send"])
def test_anonymous_is_sent_to_login(desk: Desk, page: str) -> None:
    response = Client().get(desk.url(APPROVAL, page))
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", ["", "preview", "send"])
def test_the_practice_does_not_see_it(desk: Desk, page: str) -> None:
    desk.client.force_login(people.prescriber())
    assert desk.client.get(desk.url(APPROVAL, page)).status_code == 403
    assert desk.client.post(desk.url(APPROVAL, page)).status_code in (403, 405)


@pytest.mark.parametrize("page", ["", "preview", "send"])
def test_another_reviewer_is_told_who_holds_it(desk: Desk, page: str) -> None:
    desk.client.force_login(rob())
    response = desk.client.get(desk.url(APPROVAL, page))
    assert response.status_code == 409
    assert "rhea reviews this request." in text_of(response)


def test_a_request_nobody_holds_is_taken_first(desk: Desk) -> None:
    release_request(request=desk.request, by=rhea())
    response = desk.client.get(desk.url(DENIAL))
    assert (response.status_code, "Take the request first" in text_of(response)) == (409, True)


def test_there_are_three_letters(desk: Desk) -> None:
    assert [desk.client.get(desk.url(kind)).status_code for kind in KINDS] == [200] * 3
    assert desk.client.get(desk.url("other")).status_code == 404


def test_a_number_of_no_request_is_not_found(desk: Desk) -> None:
    assert desk.client.get("/review/R-2026-99999/letter/approval/").status_code == 404


# What it starts with


def test_an_approval_starts_as_asked_for_as_long_as_the_policy_allows(desk: Desk) -> None:
    fields = desk.fields(APPROVAL)
    assert (fields["as_asked"], fields["grams"], fields["months"]) == (["yes"], ["135"], ["6"])
    assert "135 g in all" in fields["text"][0]


def test_a_denial_starts_with_what_was_not_accepted(desk: Desk) -> None:
    say(desk.request, **NO)
    fields = desk.fields(DENIAL)
    assert fields["criteria"] == ["criteria:neurologist_involved"]
    assert "No letter of a neurologist." in fields["text"][0]


def test_what_is_marked_after_a_denial_was_kept_is_ticked_too(desk: Desk) -> None:
    say(desk.request, **NO)
    desk.post(DENIAL, criteria=[])
    assert "criteria" not in desk.fields(DENIAL)
    say(desk.request, cidp_limbs=("not_accepted", "One limb only."))
    assert desk.fields(DENIAL)["criteria"] == ["criteria:cidp_limbs"]
    assert "One limb only." in desk.fields(DENIAL)["text"][0]
    desk.post(DENIAL, criteria=["criteria:neurologist_involved"])
    assert desk.fields(DENIAL)["criteria"] == ["criteria:neurologist_involved"]


def test_a_request_for_information_starts_with_what_is_asked(desk: Desk) -> None:
    say(desk.request, **ASK, **NO)
    text = desk.fields(INFORMATION)["text"][0]
    assert "All pages of the report, please." in text
    assert "neurologist" not in text


def test_nothing_is_stored_by_looking(desk: Desk) -> None:
    for kind in KINDS:
        desk.fields(kind)
    assert not LetterDraft.objects.exists()


def test_queries_are_bounded(desk: Desk, django_assert_max_num_queries: Any) -> None:
    say(desk.request, **ASK, **NO)
    desk.post(DENIAL)
    with django_assert_max_num_queries(14):
        desk.client.get(desk.url(DENIAL))


# What its buttons keep


@pytest.mark.parametrize("do", ["save", "preview", "send", "compose", "keep", "restore"])
def test_every_button_saves(desk: Desk, do: str) -> None:
    desk.post(APPROVAL, do, reason="Half a sen")
    assert desk.draft(APPROVAL).terms["reason"] == ["Half a sen"]
    assert desk.fields(APPROVAL)["reason"] == ["Half a sen"]


def test_what_cannot_be_read_is_kept_and_said_beside_its_field(desk: Desk) -> None:
    desk.post(APPROVAL, as_asked="no", grams="much", months="-1", starts_on="soon")
    fields = desk.fields(APPROVAL)
    assert (fields["grams"], fields["months"], fields["starts_on"]) == (["much"], ["-1"], ["soon"])
    soup = soup_of(desk.client.get(desk.url(APPROVAL)))
    assert "Enter a number" in soup.select_one("#note-grams").get_text()
    assert "Enter a date" in soup.select_one("#note-starts_on").get_text()


def test_a_text_nobody_edited_follows_the_terms(desk: Desk) -> None:
    desk.post(APPROVAL, months="3", **WHY)
    text = desk.fields(APPROVAL)["text"][0]
    assert "(3 months)" in text
    assert "All criteria are met." in text


def test_an_edited_text_stays_and_is_said_to_be_out_of_step(desk: Desk) -> None:
    say(desk.request, dose=("not_accepted", "Less is enough at first."))
    desk.post(APPROVAL, text="My own words.")
    desk.post(APPROVAL, months="3")
    response = desk.client.get(desk.url(APPROVAL))
    assert desk.fields(APPROVAL)["text"] == ["My own words."]
    assert "was changed after you edited its text" in text_of(response)
    assert "Compose it anew" in problems_of(desk.post(APPROVAL, "send", **WHY))
    desk.post(APPROVAL, "keep", **WHY)
    assert desk.post(APPROVAL, "send").status_code == 302
    assert desk.fields(APPROVAL)["text"] == ["My own words."]


def test_composing_anew_keeps_the_old_text_to_be_put_back(desk: Desk) -> None:
    desk.post(APPROVAL, text="My own words.")
    desk.post(APPROVAL, "compose")
    page = desk.client.get(desk.url(APPROVAL))
    assert "is approved" in desk.fields(APPROVAL)["text"][0]
    assert "My own words." in soup_of(page).select_one(".text-before pre").get_text()
    desk.post(APPROVAL, "restore")
    assert desk.fields(APPROVAL)["text"] == ["My own words."]
    assert "is approved" in desk.draft(APPROVAL).terms["text_before"][0]


def test_new_dispositions_are_in_a_text_nobody_edited(desk: Desk) -> None:
    say(desk.request, **ASK)
    desk.post(INFORMATION)
    say(desk.request, cidp_limbs=("ask", "Which limbs?"))
    assert "Which limbs?" in desk.fields(INFORMATION)["text"][0]


def test_a_second_window_loses_nothing(desk: Desk) -> None:
    one, other = desk.fields(APPROVAL), desk.fields(APPROVAL)
    desk.client.post(desk.url(APPROVAL), one | {"reason": "First.", "do": "save"})
    sent = other | {"reason": "Second.", "text": "Typed here.", "do": "save"}
    response = desk.client.post(desk.url(APPROVAL), sent)
    assert response.status_code == 409
    assert "saved in another window" in text_of(response)
    soup = soup_of(response)
    assert "Second." in soup.select_one("#id_reason").get_text()
    assert "Typed here." in soup.select_one("#id_text").get_text()
    assert desk.draft(APPROVAL).terms["reason"] == ["First."]
    overwrite = soup.select_one("button[name=overwrite]")["value"]
    desk.client.post(desk.url(APPROVAL), sent | {"overwrite": overwrite})
    assert desk.draft(APPROVAL).terms["reason"] == ["Second."]


def test_what_is_refused_stays_in_the_boxes(desk: Desk) -> None:
    sent = desk.fields(DENIAL) | {"reason": "Typed before.", "do": "save"}
    withdraw_request(request=desk.request, by=desk.request.owner)
    response = desk.client.post(desk.url(DENIAL), sent)
    assert response.status_code == 409
    assert "withdrawn" in text_of(response)
    assert "Typed before." in soup_of(response).select_one("#id_reason").get_text()


def test_too_much_text_is_refused_and_kept_in_the_box(desk: Desk) -> None:
    response = desk.post(APPROVAL, text="x" * 300_001)
    assert response.status_code == 422
    assert "too much text" in text_of(response)
    assert "xxx" in soup_of(response).select_one("#id_text").get_text()


# What is missing


@pytest.mark.parametrize(
    "fields,words",
    [
        ({}, "Write the reason"),
        ({"as_asked": ""}, "Choose whether"),
        ({"months": ""}, "Enter the months"),
        ({"months": "61"}, "from 1 to 60"),
        ({"starts_on": ""}, "Enter the first day"),
        ({"starts_on": "2001-01-01"}, "before the year before the request"),
        ({"starts_on": "2091-01-01"}, "after a year from today"),
        ({"as_asked": "no", "grams": ""}, "Enter the grams"),
        ({"as_asked": "no", "days": ""}, "Enter the infusion days"),
        ({"as_asked": "no", "courses": ""}, "Enter the courses"),
        ({"as_asked": "no", "interval_days": ""}, "from one course to the next"),
        ({"as_asked": "no", "grams": "135.01"}, "more than the 135 g asked for"),
        ({"months": "13"}, "Enter 12 or fewer"),
        ({"months": "7"}, "Confirm that you approve what"),
        ({"text": " "}, "The letter is empty"),
    ],
)
def test_an_approval_says_what_it_needs(desk: Desk, fields: dict[str, str], words: str) -> None:
    reason = WHY if fields else {}
    response = desk.post(APPROVAL, "send", **(reason | fields))
    assert response.status_code == 422
    assert words in problems_of(response)
    assert desk.client.get(desk.url(APPROVAL, "send")).status_code == 422


def test_an_approval_with_all_it_needs_goes_on(desk: Desk) -> None:
    response = desk.post(APPROVAL, "send", **WHY)
    assert response["Location"] == desk.url(APPROVAL, "send")


LESS = {"as_asked": "no", "grams": "100", "months": "3"}


def test_less_than_was_asked_rests_on_something_that_is_not_accepted(desk: Desk) -> None:
    response = desk.post(APPROVAL, "send", **WHY, **LESS)
    assert response.status_code == 422
    assert "nothing speaks against the whole" in text_of(response)
    say(desk.request, dose=("not_accepted", "The records give no reason for so much."))
    response = desk.post(APPROVAL, "send", **WHY, **LESS)
    assert response["Location"] == desk.url(APPROVAL, "send")
    text = desk.fields(APPROVAL)["text"][0]
    assert "What speaks against the whole:\n\n3 Dose of IVIG" in text
    assert "Why it is not accepted: The records give no reason for so much." in text
    whole = desk.post(APPROVAL, "send", as_asked="yes", months="6")
    assert "3 Dose of IVIG is not accepted" in text_of(whole)


FINDINGS = ("mdl", "mcv", "f_latency", "f_absent", "block", "dispersion", "cmap")
NERVES = tuple(f"cidp_{finding}_nerves" for finding in FINDINGS)


def test_a_decision_names_each_view_that_is_missing_with_its_place(desk: Desk) -> None:
    unsay(desk.request, "neurologist_involved", *NERVES)
    say(desk.request, cidp_limbs=("ask", "Which limbs?"))
    response = desk.post(APPROVAL, "send", **WHY)
    assert response.status_code == 422
    links = soup_of(response).select(".views-needed a")
    assert {link.get_text(): link["href"].partition("#")[2] for link in links} == {
        "1.3.2 Limbs impaired": "line-criteria-cidp_limbs",
        "1.4 Electrodiagnostic findings": "line-criteria-electrodiagnostic",
        "2 Neurologist prescribes or is consulted": "line-criteria-neurologist_involved",
    }
    page = soup_of(desk.client.get(f"/review/{desk.request.number}/"))
    assert all(page.select_one(f"#{link['href'].partition('#')[2]}") for link in links)
    assert desk.client.get(desk.url(APPROVAL, "send")).status_code == 422


def test_above_the_policy_is_confirmed_for_these_figures_alone(desk: Desk) -> None:
    page = desk.post(APPROVAL, "send", months="7", **WHY)
    box = soup_of(page).select_one("input[name=confirm]")
    assert desk.post(APPROVAL, "send", confirm=box["value"]).status_code == 302
    sheet = text_of(desk.client.get(desk.url(APPROVAL, "send")))
    assert "Confirmed when asked again: The policy allows at most 6 months" in sheet
    assert desk.post(APPROVAL, "send", months="8").status_code == 422


def test_a_denial_needs_a_criterion_and_a_reason(desk: Desk) -> None:
    found = problems_of(desk.post(DENIAL, "send"))
    assert "There is nothing yet that the decision can rest on" in found
    assert "Write the reason" in found
    say(desk.request, **NO)
    assert "Tick at least one criterion" in problems_of(desk.post(DENIAL, "send", criteria=[]))


REFUSED = ["criteria:other", "criteria:cidp_limbs", "criteria:cidp_mcv_nerves", "gate:code"]


@pytest.mark.parametrize("box", REFUSED)
def test_what_is_no_reason_is_neither_offered_nor_taken(desk: Desk, box: str) -> None:
    page = soup_of(desk.client.get(desk.url(DENIAL)))
    assert not page.select("input[name=criteria]")
    response = desk.post(DENIAL, "send", criteria=[box], **WHY)
    assert response.status_code == 422
    assert "tick again what the decision rests on" in problems_of(response)


def test_a_denial_on_what_is_met_needs_a_view_and_a_note(desk: Desk) -> None:
    say(desk.request, neurologist_involved=("not_accepted", ""))
    box = "criteria:neurologist_involved"
    response = desk.post(DENIAL, "send", criteria=[box], **WHY)
    assert response.status_code == 422
    assert "is met. Say in the note why" in text_of(response)
    say(desk.request, **NO)
    assert desk.post(DENIAL, "send", criteria=[box], **WHY).status_code == 302


def test_a_request_for_information_asks_for_something(desk: Desk) -> None:
    assert "Nothing is asked for yet" in problems_of(desk.post(INFORMATION, "send"))
    assert desk.post(INFORMATION, "send", documents="EMG of 2026").status_code == 302


@pytest.mark.parametrize("key", ["cidp_mdl_nerves", "polyradiculoneuropathy"])
def test_asking_about_what_is_met_or_a_group_needs_words(desk: Desk, key: str) -> None:
    say(desk.request, **{key: ("ask", "")})
    response = desk.post(INFORMATION, "send")
    assert response.status_code == 422
    assert "say in the note what you ask for" in text_of(response)
    say(desk.request, **{key: ("ask", "Which nerves?")})
    assert desk.post(INFORMATION, "send").status_code == 302


# Figures while typing


def test_figures_while_typing_are_those_of_the_page_and_store_nothing(desk: Desk) -> None:
    typed = desk.fields(APPROVAL) | {"as_asked": "no", "grams": "120", "months": "3"}
    htmx = {"HX-Request": "true"}
    part = desk.client.post(desk.url(APPROVAL), typed, headers=htmx)
    assert not LetterDraft.objects.exists()
    desk.post(APPROVAL, as_asked="no", grams="120", months="3")
    page = soup_of(desk.client.get(desk.url(APPROVAL)))
    assert str(soup_of(part).select_one("#figures")) == str(page.select_one("#figures"))
    words = " ".join(part.content.decode().split())
    assert "1,717.8 mg/kg in each course at 69.853 kg" in words
    assert "24 g on each of 5 days (vials: 20 g, 4 × 1 g)" in words
    assert "Nearest dose that fits</dt><dd>the dose as asked for" in words


def test_the_preview_is_marked_and_kept_nowhere(desk: Desk) -> None:
    response = desk.client.get(desk.url(APPROVAL, "preview"))
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("inline")
    assert "Doe" not in response["Content-Disposition"]
    assert not Letter.objects.exists()
