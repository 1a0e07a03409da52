"""The page before a letter is sent, and what sending does."""

from typing import Any

import pytest
from django.test import Client

from criteria.actions.reviews.hold import take_over_request
from criteria.models import AuthorizationRequest, Determination, Letter, PolicyVersion
from tests.factories import people
from tests.factories.people import rhea, rob
from tests.screens.review.reviewed import (
    APPROVAL,
    DENIAL,
    INFORMATION,
    Desk,
    accept_all,
    held,
    say,
    submit,
    unsay,
)
from tests.screens.wizard.conftest import soup_of

WHY = {"reason": "All criteria are met."}
ASK = {"cidp_mdl_nerves": ("ask", "All pages of the report, please.")}
NO = {"neurologist_involved": ("not_accepted", "No letter of a neurologist.")}


@pytest.fixture
def desk(uhc_version: PolicyVersion, client: Client) -> Desk:
    """Rhea at a request she holds."""
    made = held(uhc_version)
    accept_all(made)
    client.force_login(rhea())
    return Desk(client, made)


def words_of(response: Any) -> str:
    main = soup_of(response).select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_nothing_is_sent_by_looking_at_it(desk: Desk) -> None:
    desk.post(APPROVAL, "send", **WHY)
    words = words_of(desk.client.get(desk.url(APPROVAL, "send")))
    assert "Nothing is sent yet" in words
    assert "That cannot be taken back here." in words
    assert not Letter.objects.exists()
    assert desk.again().status == "submitted"


def test_a_letter_that_was_never_saved_is_not_sent(desk: Desk) -> None:
    assert desk.client.get(desk.url(APPROVAL, "send")).status_code == 422


def test_approval_with_a_lower_dose(desk: Desk) -> None:
    say(desk.request, dose=("not_accepted", "Less is enough at first."))
    desk.post(APPROVAL, "send", as_asked="no", grams="100", courses="3", months="3", **WHY)
    assert desk.send(APPROVAL)["Location"] == f"/review/{desk.request.number}/"
    kept, request = Determination.objects.get(), desk.again()
    assert (kept.grams_per_course, kept.courses, kept.months) == (100, 3, 3)
    assert [item["key"] for item in kept.rests_on] == ["dose"]
    assert (kept.is_as_asked, kept.product) == (False, "Gamunex-C 10 %")
    assert request.approved_until == kept.ends_on
    assert "100 g in each course" in kept.letter.text


def test_denial(desk: Desk) -> None:
    say(desk.request, **NO)
    desk.post(DENIAL, "send", reason="Nobody of neurology took part.")
    desk.send(DENIAL)
    kept = Determination.objects.get()
    assert [item["key"] for item in kept.rests_on] == ["neurologist_involved"]
    assert kept.rests_on[0]["note"] == "No letter of a neurologist."
    assert desk.again().status == "denied"


def test_a_dose_above_the_policy_is_confirmed_in_the_reason(uhc_version: PolicyVersion) -> None:
    client = Client()
    made = held(uhc_version, dose="140")
    accept_all(made)
    client.force_login(rhea())
    desk = Desk(client, made)
    page = desk.post(APPROVAL, "send", **WHY)
    assert page.status_code == 422
    box = soup_of(page).select_one("input[name=confirm]")
    desk.post(APPROVAL, "send", confirm=box["value"])
    desk.send(APPROVAL)
    reason = Determination.objects.get().reason
    assert reason.startswith("All criteria are met.\n\nConfirmed when asked again: ")
    assert "2,004.2 mg/kg" in reason


def test_changed_since_it_was_shown_is_not_sent(desk: Desk) -> None:
    desk.post(APPROVAL, "send", **WHY)
    shown = soup_of(desk.client.get(desk.url(APPROVAL, "send"))).select_one("input[name=seen]")
    desk.post(APPROVAL, reason="Other words.")
    sent = {"seen": shown["value"]}
    response = desk.client.post(desk.url(APPROVAL, "send"), sent)
    assert response.status_code == 409
    assert "It was not sent: read it again." in words_of(response)
    assert not Letter.objects.exists()


def test_a_view_taken_back_since_it_was_shown_is_seen_before_it_is_sent(desk: Desk) -> None:
    desk.post(APPROVAL, "send", **WHY)
    shown = soup_of(desk.client.get(desk.url(APPROVAL, "send"))).select_one("input[name=seen]")
    unsay(desk.request, "neurologist_involved")
    response = desk.client.post(desk.url(APPROVAL, "send"), {"seen": shown["value"]})
    assert response.status_code == 422
    assert "Neurologist prescribes or is consulted has no view yet" in words_of(response)
    assert not Letter.objects.exists()


def test_taken_over_meanwhile_is_not_sent(desk: Desk) -> None:
    desk.post(APPROVAL, "send", **WHY)
    take_over_request(request=desk.request, holder_id=rhea().pk, by=rob())
    response = desk.client.post(desk.url(APPROVAL, "send"), {"seen": "x"})
    assert response.status_code == 409
    assert "rob reviews this request." in words_of(response)
    assert "All criteria are met." in words_of(response)


def test_sent_twice_is_sent_once(desk: Desk) -> None:
    desk.post(APPROVAL, "send", **WHY)
    shown = soup_of(desk.client.get(desk.url(APPROVAL, "send"))).select_one("input[name=seen]")
    sent = {"seen": shown["value"]}
    assert desk.client.post(desk.url(APPROVAL, "send"), sent).status_code == 302
    response = desk.client.post(desk.url(APPROVAL, "send"), sent)
    assert response.status_code == 409
    assert "This request is closed: approved." in words_of(response)
    assert Letter.objects.count() == 1


def test_two_rounds(desk: Desk) -> None:
    """A text begun for the first submission is not lost, and never sent to the second."""
    say(desk.request, **ASK)
    desk.post(APPROVAL, text="Begun in the first round.", **WHY)
    desk.post(INFORMATION, "send")
    desk.send(INFORMATION)
    assert desk.client.get(desk.url(APPROVAL)).status_code == 409
    submit(desk.again())
    response = desk.client.get(desk.url(APPROVAL))
    assert (
        "Begun in the first round." in soup_of(response).select_one(".text-before pre").get_text()
    )
    fields = desk.fields(APPROVAL)
    assert "(submission 2)" in fields["text"][0]
    assert fields["reason"] == ["All criteria are met."]
    assert "Nothing is asked for yet" in words_of(desk.post(INFORMATION, "send"))
    assert "has no view yet" in words_of(desk.post(APPROVAL, "send"))
    accept_all(desk.request)
    desk.post(APPROVAL, "send")
    desk.send(APPROVAL)
    assert [letter.sequence for letter in Letter.objects.order_by("sequence")] == [1, 2]
    assert Determination.objects.get().submission.number == 2


def test_a_submission_that_came_meanwhile_is_read_first(desk: Desk) -> None:
    sent = desk.fields(DENIAL) | {"reason": "Typed to the first.", "do": "save"}
    AuthorizationRequest.objects.update(status="information_requested")
    submit(desk.again())
    response = desk.client.post(desk.url(DENIAL), sent)
    assert response.status_code == 409
    assert "submitted the request again" in words_of(response)
    assert "Typed to the first." in soup_of(response).select_one("#id_reason").get_text()


# Downloads


@pytest.fixture
def sent(desk: Desk) -> Desk:
    """An approval that was sent."""
    desk.post(APPROVAL, "send", **WHY)
    desk.send(APPROVAL)
    return desk


def test_a_letter_is_downloaded_as_it_was_sent(sent: Desk) -> None:
    kept = Letter.objects.get()
    for user in (rhea(), people.prescriber()):
        sent.client.force_login(user)
        response = sent.client.get(f"/requests/{sent.request.number}/letters/1/")
        assert response.content == bytes(kept.pdf)
        assert response["Content-Disposition"] == f'attachment; filename="{kept.file_name}"'
        assert response["ETag"] == f'"{kept.sha256}"'


def test_another_practice_finds_no_letter(sent: Desk) -> None:
    sent.client.force_login(people.ben())
    assert sent.client.get(f"/requests/{sent.request.number}/letters/1/").status_code == 404


def test_a_letter_that_was_not_sent_is_not_found(sent: Desk) -> None:
    assert sent.client.get(f"/requests/{sent.request.number}/letters/2/").status_code == 404


def test_anonymous_is_sent_to_login(sent: Desk) -> None:
    response = Client().get(f"/requests/{sent.request.number}/letters/1/")
    assert response["Location"].startswith("/accounts/login/")
