"""Views of criteria saved from the page: by the button, while they are typed, and when not."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from criteria.actions.reviews.dispositions import LONGEST_NOTE
from criteria.actions.reviews.hold import take_over_request
from criteria.models import AuthorizationRequest, Disposition
from tests.factories import people
from tests.factories import request as factory
from tests.factories.people import paula, rhea, rob
from tests.helpers.actions.closing import close
from tests.screens.review.desk import Reviewer, asked, held, resubmitted, submitted_as_typed
from tests.screens.wizard.conftest import soup_of

pytestmark = pytest.mark.django_db

NERVES = "criteria-cidp_mdl_nerves"
LIMBS = "criteria-cidp_limbs"


@pytest.fixture
def desk(client: Client, number: str, db: None) -> Reviewer:
    """Rhea at the request, which she holds."""
    held(number)
    return Reviewer(client, number, rhea())


def kept() -> dict[str, tuple[str, str]]:
    return {f"{d.block}-{d.key}": (d.verdict, d.note) for d in Disposition.objects.all()}


def words(response: HttpResponse) -> str:
    return soup_of(response).get_text(" ", strip=True)


def request_of(desk: Reviewer) -> AuthorizationRequest:
    return AuthorizationRequest.objects.get(number=desk.number)


def test_the_button_saves_every_line_at_once(desk: Reviewer) -> None:
    changed = {f"verdict-{NERVES}": "ask", f"note-{NERVES}": " Which?\r\nWhere? "}
    response = desk.save(fields=desk.fields() | changed | {f"verdict-{LIMBS}": "accepted"})
    assert response.status_code == 302
    assert response["Location"] == f"/review/{desk.number}/#criteria"
    assert kept() == {NERVES: ("ask", "Which?\nWhere?"), LIMBS: ("accepted", "")}
    assert "1 accepted · 1 to ask · 0 not accepted · 12 without a view" in desk.text()


def test_what_was_saved_is_drawn_and_saves_nothing_anew(desk: Reviewer) -> None:
    changed = {f"verdict-{NERVES}": "not_accepted", f"note-{NERVES}": "a\n\nb"}
    desk.save(fields=desk.fields() | changed)
    at = Disposition.objects.get().at
    fields = desk.fields()
    assert fields[f"verdict-{NERVES}"] == ["not_accepted"]
    assert desk.save(fields=fields).status_code == 302
    assert Disposition.objects.get().at == at


def test_clearing_both_removes_it(desk: Reviewer) -> None:
    desk.save(fields=desk.fields() | {f"verdict-{NERVES}": "ask"})
    desk.save(fields=desk.fields() | {f"verdict-{NERVES}": ""})
    assert kept() == {}


def test_while_typing_only_what_changed_comes_back(desk: Reviewer) -> None:
    fields = desk.fields() | {f"verdict-{NERVES}": "ask"}
    response = desk.save(fields=fields, htmx=True)
    assert response.status_code == 200
    soup = soup_of(response)
    assert kept() == {NERVES: ("ask", "")}
    assert [field["name"] for field in soup.select("input")] == [f"seen-{NERVES}"]
    assert "Saved" in soup.select_one("#saved").get_text()  # type: ignore[union-attr]
    assert "1 to ask" in soup.select_one("#desk-counts").get_text()  # type: ignore[union-attr]
    assert not soup.select("textarea, input[type=radio]"), "nothing that is typed in is replaced"


def test_the_fragments_are_those_of_the_page(desk: Reviewer) -> None:
    fragments = soup_of(desk.save(fields=desk.fields() | {f"note-{NERVES}": "x"}, htmx=True))
    page = desk.soup()
    for found in fragments.select("[hx-swap-oob]"):
        if found["id"] == "saved":
            continue
        del found["hx-swap-oob"]
        same = page.select_one(f"[id='{found['id']}']")
        assert str(found) == str(same)


def test_typing_on_after_a_save_is_no_conflict(desk: Reviewer) -> None:
    fields = desk.fields() | {f"note-{NERVES}": "a"}
    soup = soup_of(desk.save(fields=fields, htmx=True))
    seen = {str(field["name"]): str(field["value"]) for field in soup.select("input")}
    response = desk.save(fields=fields | seen | {f"note-{NERVES}": "ab"}, htmx=True)
    assert response.status_code == 200
    assert kept() == {NERVES: ("", "ab")}


def test_accepting_everything_that_is_met(desk: Reviewer) -> None:
    fields = desk.fields() | {f"verdict-{NERVES}": "ask", "accept-met": "1"}
    response = desk.save(fields=fields)
    assert response.status_code == 302
    found = kept()
    assert found.pop(NERVES) == ("ask", "")
    assert set(found.values()) == {("accepted", "")}
    assert len(found) == 13
    assert not [key for key in found if "cidp_mdl" in key]
    assert "now accepted: 13." in desk.text()


def test_the_enclosure_stays_open(desk: Reviewer) -> None:
    soup = desk.soup(encl="B", page="2", line=NERVES)
    shown = {str(f["name"]): str(f["value"]) for f in soup.select("input[form=dispositions]")}
    response = desk.save(fields=desk.fields() | shown)
    assert response["Location"].startswith(f"/review/{desk.number}/?encl=B&page=2&line=criteria-")


# Two windows


def test_two_windows_at_one_line(desk: Reviewer) -> None:
    old = desk.fields()
    desk.save(fields=desk.fields() | {f"verdict-{NERVES}": "ask", f"note-{NERVES}": "first"})
    late = old | {f"note-{NERVES}": "second", f"verdict-{LIMBS}": "accepted"}
    response = desk.save(fields=late)
    assert response.status_code == 409
    soup = soup_of(response)
    conflict = soup.select_one(f"#conflict_{NERVES}")
    assert conflict is not None
    assert "rhea saved this at" in conflict.get_text(" ", strip=True)
    link = soup.select_one("#error-summary a")
    assert link is not None
    assert link["href"] == f"#line-{NERVES}"
    assert "Ask: first" in conflict.get_text(" ", strip=True)
    assert soup.select_one(f"#note_{NERVES}").get_text().strip() == "second"  # type: ignore[union-attr]
    assert kept() == {NERVES: ("ask", "first"), LIMBS: ("accepted", "")}


def test_the_person_chooses_which_of_both_stays(desk: Reviewer) -> None:
    old = desk.fields()
    desk.save(fields=desk.fields() | {f"note-{NERVES}": "first"})
    late = old | {f"note-{NERVES}": "second"}
    page = soup_of(desk.save(fields=late))
    keep = page.select_one("button[name=overwrite]")
    assert keep is not None
    left = desk.save(fields=late | {"leave": NERVES, f"verdict-{LIMBS}": "accepted"})
    assert left.status_code == 302
    assert kept() == {NERVES: ("", "first"), LIMBS: ("accepted", "")}
    assert desk.save(fields=late | {"overwrite": str(keep["value"])}).status_code == 302
    assert kept()[NERVES] == ("", "second")


def test_saving_again_does_not_win_by_itself(desk: Reviewer) -> None:
    old = desk.fields()
    desk.save(fields=desk.fields() | {f"note-{NERVES}": "first"})
    late = old | {f"note-{NERVES}": "second"}
    soup = soup_of(desk.save(fields=late))
    seen = str(soup.select_one(f"#seen_{NERVES}")["value"])  # type: ignore[index]
    assert desk.save(fields=late | {f"seen-{NERVES}": seen}).status_code == 409
    assert kept() == {NERVES: ("", "first")}


def test_an_old_window_does_not_undo_what_it_never_showed(desk: Reviewer) -> None:
    """It saves another line while typing, and must not learn the token of the first one."""
    old = desk.fields()
    desk.save(fields=desk.fields() | {f"note-{NERVES}": "first"})
    late = old | {f"note-{LIMBS}": "other"}
    soup = soup_of(desk.save(fields=late, htmx=True))
    seen = {str(field["name"]): str(field["value"]) for field in soup.select("input")}
    assert desk.save(fields=late | seen | {f"note-{LIMBS}": "more"}).status_code == 302
    assert kept() == {NERVES: ("", "first"), LIMBS: ("", "more")}


# When it cannot be saved


def test_the_practice_submitted_again(desk: Reviewer) -> None:
    fields = desk.fields() | {f"verdict-{NERVES}": "ask", f"note-{NERVES}": "Which nerve?"}
    resubmitted(request_of(desk))
    response = desk.save(fields=fields)
    assert response.status_code == 409
    assert kept() == {}
    soup = soup_of(response)
    assert "submitted again" in soup.select_one("#error-summary").get_text()  # type: ignore[union-attr]
    assert soup.select_one(f"#note_{NERVES}").get_text().strip() == "Which nerve?"  # type: ignore[union-attr]
    assert soup.select_one("input[name=submission]")["value"] == "2"  # type: ignore[index]
    sent = {str(x["name"]): str(x["value"]) for x in soup.select("form#dispositions [type=hidden]")}
    assert desk.save(fields=fields | sent).status_code == 302
    assert Disposition.objects.get().submission.number == 2
    assert kept() == {NERVES: ("ask", "Which nerve?")}


def test_while_typing_the_person_is_led_to_the_new_submission(desk: Reviewer) -> None:
    fields = desk.fields() | {f"note-{NERVES}": "Which nerve?"}
    resubmitted(request_of(desk))
    response = desk.save(fields=fields, htmx=True)
    assert response.status_code == 409
    assert not soup_of(response).select("input, textarea"), "the boxes stay as they are"
    again = soup_of(response).select_one("button[name=again]")
    assert again is not None
    assert again["form"] == "dispositions"
    assert desk.save(fields=fields | {"again": "1"}).status_code == 409
    assert kept() == {}


def test_a_line_that_is_gone_keeps_its_words(desk: Reviewer) -> None:
    fields = desk.fields() | {f"note-{NERVES}": "Which nerve?"}
    asked(request_of(desk))
    other = {"diagnosis": {"indication": "gbs", "icd10": "G61.0"}}
    submitted_as_typed(factory.saved(request_of(desk), other))
    response = desk.save(fields=fields)
    assert response.status_code == 409
    unsaved = soup_of(response).select_one(".unsaved")
    assert unsaved is not None
    assert "1.4.1 Prolonged motor distal latency" in unsaved.get_text(" ", strip=True)
    assert "Which nerve?" in unsaved.get_text(" ", strip=True)


def test_another_reviewer_took_it_over(desk: Reviewer) -> None:
    fields = desk.fields() | {f"verdict-{NERVES}": "ask", f"note-{NERVES}": "Which nerve?"}
    take_over_request(request=request_of(desk), holder_id=rhea().pk, by=rob())
    response = desk.save(fields=fields)
    assert response.status_code == 409
    assert kept() == {}
    for part in ("rob reviews this request", "Which nerve?", "1.4.1 Prolonged motor"):
        assert part in words(response)
    assert desk.save(fields=fields, htmx=True).status_code == 409


@pytest.mark.parametrize("status", ["approved", "denied", "withdrawn"])
def test_a_closed_request_keeps_the_words_on_the_screen(desk: Reviewer, status: str) -> None:
    fields = desk.fields() | {f"note-{NERVES}": "Which nerve?"}
    close(request_of(desk), status)
    response = desk.save(fields=fields)
    assert response.status_code == 409
    assert "Which nerve?" in words(response)
    assert kept() == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict-criteria-no_such": "ask"},
        {"note-elsewhere-cidp_limbs": "x"},
        {f"verdict-{LIMBS}": "denied"},
        {f"note-{LIMBS}": "x" * (LONGEST_NOTE + 1)},
        {f"note-{LIMBS}": "a\0b"},
    ],
)
def test_what_is_no_view_is_refused_and_the_rest_stays(
    desk: Reviewer, changed: dict[str, str]
) -> None:
    fields = desk.fields() | {f"note-{NERVES}": "Which nerve?"} | changed
    response = desk.save(fields=fields)
    assert response.status_code == 422
    assert soup_of(response).select_one(f"#note_{NERVES}").get_text().strip() == "Which nerve?"  # type: ignore[union-attr]
    assert kept() == {}


@pytest.mark.parametrize("submission", ["", "0", "2", "-1", "1.0", "٢", "9" * 30])
def test_a_submission_that_is_not_the_last_is_refused(desk: Reviewer, submission: str) -> None:
    fields = desk.fields() | {f"verdict-{NERVES}": "ask", "submission": submission}
    assert desk.save(fields=fields).status_code == 409
    assert kept() == {}


@pytest.mark.parametrize("seen", ["", "~", "yesterday~x", "2026-11-20T10:00:00~x", "x" * 300])
def test_a_token_that_is_none_writes_over_nothing(desk: Reviewer, seen: str) -> None:
    desk.save(fields=desk.fields() | {f"note-{NERVES}": "first"})
    late = desk.fields() | {f"note-{NERVES}": "second", f"seen-{NERVES}": seen}
    assert desk.save(fields=late).status_code == 409
    assert kept() == {NERVES: ("", "first")}


@pytest.mark.parametrize("who", [people.prescriber, paula])
def test_only_reviewers_save(who: Any, desk: Reviewer) -> None:
    fields = desk.fields() | {f"verdict-{NERVES}": "ask"}
    desk.client.force_login(who())
    assert desk.save(fields=fields).status_code == 403
    assert kept() == {}


def test_signed_out_while_typing_says_so(desk: Reviewer) -> None:
    fields = desk.fields()
    desk.client.logout()
    response = desk.save(fields=fields, htmx=True)
    assert response.status_code == 422
    assert "signed out" in words(response)


def test_the_address_alone_leads_back(desk: Reviewer) -> None:
    response = desk.client.get(desk.url("disposition"))
    assert response.headers["Location"] == desk.url()
