"""A new request under another policy, with everything typed."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client

from criteria.actions.requests.copy import CopiedPage, copy_request
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.requests.enclosures import CheckedDocument, add_enclosure, remove_enclosure
from criteria.models import AuthorizationRequest, Event, PolicyVersion
from criteria.requests.loading import draft_of
from criteria.screens.wizard.compare.page import ComparePage
from criteria.screens.wizard.saving import summary_of
from criteria.screens.wizard.tasks.check_again import CARRIED, CHANGED
from criteria.screens.wizard.tasks.list import TaskList
from tests.factories import people
from tests.factories import request as factory
from tests.screens.wizard.compare.conftest import HIV, of, started_under
from tests.screens.wizard.conftest import Walker


def test_it_works(hiv: Walker, medicare: PolicyVersion) -> None:
    before = AuthorizationRequest.objects.values().get(number=hiv.number)
    shown = ComparePage(hiv.draft, {}).columns[1].column
    made = of(hiv, started_under(hiv))
    assert made.request.version == medicare
    assert made.request.line_of_business == "medicare"
    assert AuthorizationRequest.objects.values().get(number=hiv.number) == before
    found = made.draft.assessment
    assert found is not None
    assert found == shown.found, "the draft is judged as the column was"
    assert made.request.overall == shown.overall


def test_everything_typed_comes_along(ready: Walker, medicare: PolicyVersion) -> None:
    made = of(ready, started_under(ready))
    changed = {"line_of_business", "product", "other_product", "route", "pathway"}
    for name, values in ready.draft.typed.items():
        assert name in changed or made.draft.typed[name] == values, name
    assert made.request.patient_name == "Doe, Jane"
    assert made.walk.page("general-records") is None or made.draft.answers["history_physical"]
    checked = {row.slug for row in made.request.pages.filter(please_check=True)}
    assert {"diagnosis", "dose", "coverage"} <= checked
    assert "patient" not in checked


def test_pages_carried_over_say_so_until_they_are_saved(
    ready: Walker, medicare: PolicyVersion
) -> None:
    made = of(ready, started_under(ready))
    tasks = {t.title: t.detail for _, part in TaskList(made.walk).parts for t in part}
    assert tasks["Diagnosis"] == tasks["Weight and dose"] == CARRIED
    assert CARRIED in made.soup("dose").get_text()
    assert any(CARRIED in gap.text for gap in TaskList(made.walk).gaps)
    made.post("diagnosis")
    made.post("dose")
    made.post("diagnosis", indication="mmn", icd10="G61.82")
    assert CARRIED not in made.soup("dose").get_text()
    assert CHANGED in made.soup("dose").get_text()


def test_there_and_back_finds_the_same(cidp: Walker, medicare: PolicyVersion) -> None:
    made = of(cidp, started_under(cidp))
    back = of(made, started_under(made, policy="commercial", press="b"))
    first, last = cidp.draft.assessment, back.draft.assessment
    assert first is not None and last is not None
    assert (last.overall, last.facts.answers) == (first.overall, first.facts.answers)


def test_both_requests_say_so(hiv: Walker) -> None:
    made = of(hiv, started_under(hiv))
    events = Event.objects.filter(object_type="authorizationrequest")
    (start,) = events.filter(object_id=str(made.request.pk))
    copy = events.filter(object_id=str(hiv.request.pk), verb="copy").get()
    assert hiv.number in start.summary and made.number in copy.summary
    assert "hiv" not in (start.summary + copy.summary).casefold()


def test_documents_come_along_with_their_letters(ready: Walker, medicare: PolicyVersion) -> None:
    ann = ready.request.owner
    document = CheckedDocument(
        content=b"%PDF-1", file_name="labs.pdf", media_type="application/pdf", pages=1
    )
    with_file = {"title": "Labs", "dated": date(2024, 1, 2), "document": document, "by": ann}
    gone = add_enclosure(request=ready.request, title="Wrong", dated=None, document=None, by=ann)
    remove_enclosure(enclosure=gone, by=ann)
    add_enclosure(request=ready.request, **with_file)  # type: ignore[arg-type]
    made = of(ready, started_under(ready)).request
    known = [(e.letter, e.title, e.removed_at is None) for e in made.enclosures.all()]
    assert known == [("A", "EMG report", True), ("B", "Wrong", False), ("C", "Labs", True)]
    labs = made.enclosures.get(letter="C")
    with labs.file.open() as content:
        assert content.read() == b"%PDF-1"
    assert labs.file.name != ready.request.enclosures.get(letter="C").file.name
    added = add_enclosure(request=made, title="More", dated=None, document=None, by=ann)
    assert added.letter == "D"


def test_document_whose_file_is_lost_is_attached_again(
    ready: Walker, medicare: PolicyVersion
) -> None:
    document = CheckedDocument(
        content=b"%PDF-1", file_name="l.pdf", media_type="application/pdf", pages=1
    )
    kept = add_enclosure(
        request=ready.request, title="Labs", dated=None, document=document, by=ready.request.owner
    )
    kept.file.storage.delete(kept.file.name)
    labs = of(ready, started_under(ready)).request.enclosures.get(title="Labs")
    assert (bool(labs.file), labs.sha256) == (False, "")


def test_one_press_makes_one_draft(hiv: Walker) -> None:
    first, again = of(hiv, started_under(hiv)), of(hiv, started_under(hiv))
    assert first.number == again.number
    other = of(hiv, started_under(hiv, press="another"))
    assert other.number != first.number


def test_another_press_is_drawn_each_time(hiv: Walker) -> None:
    drawn = [hiv.soup("compare").select_one('[name="press"]') for _ in range(2)]
    assert drawn[0] is not None and drawn[1] is not None
    assert drawn[0]["value"] != drawn[1]["value"]


@pytest.mark.parametrize("policy", ["", "commercial", "nowhere", "\x00", "x" * 5000])
def test_no_such_policy_is_said_in_place(hiv: Walker, policy: str) -> None:
    before = AuthorizationRequest.objects.count()
    response = started_under(hiv, policy=policy)
    assert response.status_code == 422
    assert "Choose one of the policies shown here" in response.content.decode()
    assert AuthorizationRequest.objects.count() == before


def test_request_that_is_closed_is_compared_and_started_anew(hiv: Walker) -> None:
    withdraw_request(request=hiv.request, by=hiv.request.owner)
    assert hiv.get("compare").status_code == 200
    made = of(hiv, started_under(hiv))
    assert made.request.status == "draft"
    assert hiv.request.status == "withdrawn"


def test_wrong_text_comes_along_as_it_was_typed(hiv: Walker) -> None:
    hiv.post("dose", weight="4o")
    made = of(hiv, started_under(hiv))
    assert made.draft.typed["weight"] == ["4o"]


def test_choice_is_started_with(iga: Walker) -> None:
    made = of(iga, started_under(iga, **{"diagnosis-medicare": "2"}))
    assert made.request.indication_key == "primary-immunodeficiency-home"


def test_none_of_these_is_started_as_not_listed(iga: Walker) -> None:
    made = of(iga, started_under(iga, **{"diagnosis-medicare": "0"}))
    assert made.draft.is_not_listed
    assert made.draft.typed["other_diagnosis"] == ["Isolated IgA deficiency"]


def test_quick_check_is_compared_and_stays_one(
    ann: Client, uhc_version: PolicyVersion, medicare: PolicyVersion
) -> None:
    started = factory.started(uhc_version, is_quick_check=True)
    found = Walker(ann, factory.saved(started, {"diagnosis": HIV["diagnosis"]}).number)
    assert of(found, started_under(found)).request.is_quick_check


# Who may


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_anonymous_is_sent_to_login(hiv: Walker, method: str) -> None:
    response = Client().generic(method, hiv.url("compare"))
    assert response["Location"].startswith("/accounts/login/?next=/requests/")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_prescriber_gets_404(hiv: Walker, method: str) -> None:
    other = Client()
    other.force_login(people.ben())
    assert other.generic(method, hiv.url("compare")).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_method_is_refused(hiv: Walker, method: str) -> None:
    assert hiv.client.generic(method, hiv.url("compare")).status_code == 405


def test_post_without_token_is_refused(hiv: Walker) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hiv.request.owner)
    assert strict.post(hiv.url("compare"), {"policy": "medicare"}).status_code == 403


def copy_as(hiv: Walker, medicare: PolicyVersion, by: User) -> AuthorizationRequest:
    pages = [CopiedPage(slug="start", data={})]
    summary = summary_of(hiv.draft, "medicare")
    return copy_request(
        request=hiv.request, version=medicare, pages=pages, summary=summary, press="", by=by
    )


def test_action_refuses_whoever_is_not_of_the_practice(
    hiv: Walker, medicare: PolicyVersion
) -> None:
    with pytest.raises(PermissionDenied):
        copy_as(hiv, medicare, people.ben())
    assert copy_as(hiv, medicare, people.prescriber("cara")).owner.username == "cara"


def test_press_of_another_practice_gives_nothing_away(
    hiv: Walker, uhc_version: PolicyVersion
) -> None:
    made = of(hiv, started_under(hiv))
    ben = people.ben()
    own = factory.saved(factory.started(uhc_version, by=ben), {"diagnosis": HIV["diagnosis"]})
    client = Client()
    client.force_login(ben)
    theirs = of(Walker(client, own.number), started_under(Walker(client, own.number)))
    assert theirs.number != made.number
    assert draft_of(theirs.request).request.practice == own.practice
