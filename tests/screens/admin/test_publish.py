"""The publishing page: what it shows before the button, and what it refuses."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import publish_version
from criteria.actions.policies.drafts import copy_to_draft, send_to_review
from criteria.models import AcceptedWarning, Criterion, Event, PolicyVersion, Question, Status
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published, reviewed
from tests.helpers.admin.pages import list_of, screen, visit
from tests.screens.library.shelf import soup_of

pytestmark = pytest.mark.django_db


def page_url(version: PolicyVersion) -> str:
    return reverse("admin:criteria_publish", args=[version.pk])


def shown(version: PolicyVersion, by: User | None = None) -> str:
    """What the page says, on one line."""
    return said(visit(by or peter()).get(page_url(version)))


def said(response: Any) -> str:
    assert response.status_code == 200
    content: Any = soup_of(response).select_one("#content")
    return " ".join(content.get_text(" ").split())


def press(version: PolicyVersion, do: str = "publish", by: User | None = None, **typed: str) -> Any:
    """Send the form as it is drawn, with some of its fields typed."""
    client = visit(by or peter())
    soup = soup_of(client.get(page_url(version)))
    fields = {f["name"]: f.text.strip() for f in soup.select(".publish textarea")}
    fields["seen"] = str(soup.select_one("[name=seen]")["value"])  # type: ignore[index]
    if soup.select_one("[name=close_previous]"):
        fields["close_previous"] = "on"
    response = client.post(page_url(version), {**fields, **typed, "do": do}, follow=True)
    version.refresh_from_db()
    return response


def reasons(version: PolicyVersion, words: str = "Looked at.") -> dict[str, str]:
    page = soup_of(visit(peter()).get(page_url(version)))
    names = [str(field["name"]) for field in page.select(".publish textarea")]
    return {name: words for name in names if name.startswith("reason-")}


def second(number: str = "2", first: str = "2023-01-01") -> PolicyVersion:
    """A changed copy of a published edition, in review."""
    old = published()
    day = date.fromisoformat(first)
    copy = copy_to_draft(version=old, number=number, effective_from=day, by=paula())
    Question.objects.filter(version=copy, key="igg").update(wording="IgG, lowest")
    send_to_review(version=copy, by=paula())
    return copy


# What it shows


def test_everything_is_shown_before_the_button() -> None:
    words = shown(second())
    assert "3 warnings without a reason" in words
    assert "is in force from 1 Jan 2023 with no last day" in words
    assert "edition 2021D0035AD ends: 1 Jan 2023 is the first day it is no longer" in words
    assert "Against edition 2021D0035AD" in words and "1 question changed" in words
    assert "its source is still the document of edition 2021D0035AD" in words
    assert "Example patients: none kept" in words
    assert "nobody has looked at which it would change" in words


def test_nothing_changes_is_said() -> None:
    old = published()
    copy = copy_to_draft(version=old, number="2", effective_from=date(2023, 1, 1), by=paula())
    assert "Nothing differs that a request is judged by." in shown(copy)


def test_first_edition_is_compared_with_nothing() -> None:
    assert "No edition of this policy was published before." in shown(reviewed())


def test_unfinished_draft_lists_what_is_missing() -> None:
    published(number="1")
    version = draft(number="2", effective_from="2023-01-01")
    Criterion.objects.filter(version=version, tree__pathway__key="again").delete()
    words = shown(version)
    assert "mistake to mend" in words and "cannot be compared yet" in words


def test_mistake_leads_to_its_criterion() -> None:
    version = draft()
    some = Criterion.objects.get(version=version, key="some")
    some.members.exclude(question__key="kind").delete()
    Criterion.objects.filter(pk=some.pk).update(n=1)
    page = visit(paula()).get(page_url(version))
    assert screen(some) in page.text


def test_stale_draft_says_what_it_would_undo() -> None:
    old = published()
    stale = copy_to_draft(version=old, number="3", effective_from=date(2024, 1, 1), by=paula())
    newer = copy_to_draft(version=old, number="2", effective_from=date(2023, 1, 1), by=paula())
    Question.objects.filter(version=newer, key="igg").update(wording="IgG, lowest")
    publish_version(version=newer, by=peter(), close_previous=True)
    words = shown(stale)
    assert "What 2 changed and this edition would change again: changed: IgG level" in words
    edition = visit(paula()).get(screen(stale)).text
    assert "is no longer the newest" in edition
    changes = reverse("library:changes", args=["commercial-ig", "2"])
    assert f"{changes}?from=2021D0035AD" in edition


def test_same_page_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    version = second()
    client = visit(peter())
    with django_assert_max_num_queries(120):
        client.get(page_url(version))


@pytest.mark.parametrize("make", [paula, lambda: person("rhea", Role.REVIEWERS)])
def test_others_read_it_without_the_button(make: Any) -> None:
    page = visit(make()).get(page_url(reviewed()))
    assert "does not publish policies" in page.text
    assert 'value="publish"' not in page.text


def test_other_staff_do_not_read_it() -> None:
    otto = User.objects.create(username="otto", is_staff=True)
    assert visit(otto).get(page_url(reviewed())).status_code == 404


def test_publisher_reads_what_was_done_and_drafts() -> None:
    version = second()
    changes = reverse("library:changes", args=["commercial-ig", version.number])
    for address in (list_of(Event), changes):
        assert visit(peter()).get(address).status_code == 200
    assert visit(person("rhea", Role.REVIEWERS)).get(list_of(Event)).status_code == 403


# The button


def test_publish() -> None:
    version = second()
    response = press(version, **reasons(version))
    assert "is published, in force from 1 Jan 2023." in response.text
    assert version.status == Status.PUBLISHED
    edition = said(visit(paula()).get(screen(version)))
    assert "Published peter" in edition
    assert "Warnings that were accepted" in edition and "Looked at." in edition
    old = PolicyVersion.objects.get(number="2021D0035AD")
    assert "Superseded by edition 2 on 1 Jan 2023" in said(visit(paula()).get(screen(old)))


def test_missing_reason_is_asked_for_in_its_place_and_nothing_typed_is_lost() -> None:
    version = second()
    typed = reasons(version)
    kept, blank = list(typed)[0], list(typed)[-1]
    response = press(version, **typed | {kept: "Typed once", blank: "   "})
    assert "1 warning without a reason" in response.text
    assert response.text.count("Say why this may stand.") == 1
    assert "The reasons you gave are kept." in response.text
    assert version.status == Status.IN_REVIEW
    later = visit(peter()).get(page_url(version))
    assert "Typed once" in later.text
    assert "1 warning without a reason" in said(later)


def test_null_characters_are_no_reason() -> None:
    version = reviewed()
    press(version, **reasons(version, "\0 \0"))
    assert version.status == Status.IN_REVIEW
    press(version, **reasons(version, "Looked\0 at."))
    assert AcceptedWarning.objects.get().reason == "Looked at."


def test_one_reason_for_all_of_a_kind() -> None:
    version = draft()
    for key in ("spare", "another"):
        Question.objects.create(version=version, key=key, wording=f"{key}?", type="yes_no")
    send_to_review(version=version, by=paula())
    names = reasons(version)
    rest = dict.fromkeys(names, "") | {list(names)[-1]: "Looked at."}
    press(version, **rest | {"all-unused-question": "Asked from next year on."})
    assert version.status == Status.PUBLISHED
    told = list(AcceptedWarning.objects.values_list("reason", flat=True))
    assert sorted(told) == ["Asked from next year on.", "Asked from next year on.", "Looked at."]


def test_reasons_are_kept_without_publishing() -> None:
    version = reviewed()
    response = press(version, do="save", by=paula(), **reasons(version))
    assert "The reasons are kept." in response.text
    assert AcceptedWarning.objects.get().accepted_by == paula()
    assert "✓ Nothing is in the way." in shown(version)
    assert "no reason is new" in press(version, do="save").text


def test_old_reason_is_offered_again() -> None:
    old = draft()
    Question.objects.create(version=old, key="spare", wording="Spare?", type="yes_no")
    send_to_review(version=old, by=paula())
    press(old, **reasons(old, "Asked from 2023 on."))
    copy = copy_to_draft(version=old, number="2", effective_from=date(2023, 1, 1), by=paula())
    page = visit(peter()).get(page_url(copy)).text
    assert "The reason given for edition 2021D0035AD by peter" in page
    assert re.search(r"<textarea[^>]*>\nAsked from 2023 on.</textarea>", page)


def test_overlap_is_refused_when_the_tick_is_taken_out() -> None:
    version = second()
    typed = reasons(version)
    client = visit(peter())
    seen = str(soup_of(client.get(page_url(version))).select_one("[name=seen]")["value"])  # type: ignore[index]
    response = client.post(page_url(version), {**typed, "seen": seen, "do": "publish"})
    assert "in force from 1 Oct 2021 with no last day" in response.text
    assert "Looked at." in response.text
    version.refresh_from_db()
    assert version.status == Status.IN_REVIEW


def test_stale_page_is_refused() -> None:
    version = reviewed()
    assert "changed after you opened" in press(version, seen="2020-01-01T00:00").text
    assert version.status == Status.IN_REVIEW


@pytest.mark.parametrize("make", [paula, lambda: person("rhea", Role.REVIEWERS)])
def test_posted_by_hand_without_permission(make: Any) -> None:
    version = reviewed()
    given = {"do": "publish", "seen": "", "reason-0": "Because."}
    assert visit(make()).post(page_url(version), given).status_code == 403
    version.refresh_from_db()
    assert version.status == Status.IN_REVIEW


def test_reasons_posted_by_hand_without_permission() -> None:
    version = reviewed()
    typed = reasons(version)
    rhea = visit(person("rhea", Role.REVIEWERS))
    assert rhea.post(page_url(version), {**typed, "do": "save"}).status_code == 403
    assert not AcceptedWarning.objects.exists()


def test_published_edition_has_no_such_page() -> None:
    version = published()
    for response in (
        visit(peter()).get(page_url(version), follow=True),
        visit(peter()).post(page_url(version), {"do": "publish"}, follow=True),
    ):
        assert response.redirect_chain[-1][0] == screen(version)
        assert "is published already, by peter on" in response.text


def test_unknown_edition_is_not_found() -> None:
    url = reverse("admin:criteria_publish", args=[9])
    assert visit(peter()).get(url).status_code == 404
