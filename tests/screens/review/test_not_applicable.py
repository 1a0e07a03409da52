"""What does not apply has no boxes on the desk, keeps no view, and no letter speaks of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from criteria.actions.reviews.decisions import UngroundedError
from criteria.actions.reviews.dispositions import (
    DispositionEntry,
    RefusedDispositionError,
    save_dispositions,
)
from criteria.models import AuthorizationRequest, Disposition, LetterKind, Submission
from criteria.papers.letters.basis import ReadSubmission, read_submission
from criteria.requests.assessment.trees import named_trees
from criteria.requests.dispositions.asked import viewable
from criteria.requests.dispositions.criterion_views import Place
from criteria.rules import FindingState, evaluate
from criteria.rules.explain import LinePart, numbered
from criteria.screens.review.desk.desk import ReviewDesk as ReviewDesk
from criteria.screens.review.desk.lines import Run
from criteria.screens.review.letters.choices import no_reasons, why_not
from tests.actions.letters import finished, send, write
from tests.factories import request as factory
from tests.factories.medicare import DAY, publish_medicare_policies
from tests.factories.people import rhea
from tests.rules.build import any_of, at_least, facts, when, yes
from tests.rules.build import every as all_of
from tests.screens.review.desk import Reviewer, held, submitted_as_typed
from tests.screens.review.reviewed import Desk
from tests.screens.wizard.conftest import soup_of
from tests.screens.wizard.medicare import DOSE, RECORDS

NOTE = "Please send the HIV test."


@pytest.fixture(scope="module")
def number(medicare_policies: object, django_db_blocker: Any) -> Iterator[str]:
    """A Medicare request for CIDP: rules of other diseases do not apply to it."""
    pages = {"diagnosis": {"indication": "cidp", "icd10": "G61.81"}, "dose": DOSE} | RECORDS
    with django_db_blocker.unblock(), transaction.atomic():
        started = factory.started(publish_medicare_policies()["R3"], request_date=DAY)
        yield submitted_as_typed(factory.saved(started, pages)).number
        transaction.set_rollback(True)


def read_of(number: str) -> ReadSubmission:
    return read_submission(Submission.objects.get(request__number=number))


def switched_off(read: ReadSubmission) -> set[Place]:
    """All that does not apply, with the conditions of rules that another disease's code rules."""
    return {
        (tree.block, line.finding.node.key)
        for tree in named_trees(read.assessment)
        for line in numbered(tree.finding)
        if line.finding.state is FindingState.NOT_APPLICABLE
        or (line.part is LinePart.CONDITION and line.finding.state is FindingState.NOT_MET)
    }


def everything_at_ask(request: AuthorizationRequest) -> None:
    """As it may have been kept before: every line of both trees, whatever it is."""
    read = read_of(request.number)
    for item in read.basis.items:
        Disposition.objects.create(
            submission=read.submission,
            block=item.block,
            key=item.key,
            title=item.title,
            verdict="ask",
            note=NOTE,
            at=timezone.now(),
            by=rhea(),
        )


def test_only_what_applies_has_boxes(desk: Reviewer, number: str) -> None:
    held(number)
    read = read_of(number)
    off, found = switched_off(read), viewable(read.assessment)
    assert off
    assert not off & found
    soup = desk.soup()
    for item in read.basis.items:
        boxes = soup.select(f"[name='verdict-{item.block}-{item.key}']")
        shown = soup.select_one(f"#line-{item.block}-{item.key}")
        assert bool(boxes) is (shown is not None and item.place in found), item.heading


def test_a_view_of_what_does_not_apply_is_refused(desk: Reviewer, number: str) -> None:
    request = held(number)
    block, key = next(
        (tree.block, line.finding.node.key)
        for tree in named_trees(read_of(number).assessment)
        for line in numbered(tree.finding)
        if line.finding.state is FindingState.NOT_APPLICABLE
    )
    for said in (
        DispositionEntry(block=block, key=key, verdict="ask"),
        DispositionEntry(block=block, key=key, note=NOTE),
    ):
        with pytest.raises(RefusedDispositionError, match="does not apply"):
            save_dispositions(request=request, submission_number=1, said=[said], by=rhea())
    assert not Disposition.objects.exists()
    fields = desk.fields() | {f"verdict-{block}-{key}": "ask", f"note-{block}-{key}": NOTE}
    response = desk.save(fields=fields)
    assert response.status_code == 422
    assert NOTE in response.content.decode()


def test_what_was_said_before_can_be_cleared(number: str, db: None) -> None:
    request = held(number)
    everything_at_ask(request)
    block, key = next(iter(switched_off(read_of(number))))
    at = Disposition.objects.get(block=block, key=key).at
    said = [DispositionEntry(block=block, key=key, seen=at)]
    assert save_dispositions(request=request, submission_number=1, said=said, by=rhea()) == ()
    assert not Disposition.objects.filter(block=block, key=key).exists()


def test_no_letter_asks_about_it(number: str, db: None) -> None:
    request = held(number)
    everything_at_ask(request)
    read = read_of(number)
    asked = {item.place for item in read.asked}
    assert asked == {item.place for item in read.basis.items} - switched_off(read)


def test_a_question_about_it_is_not_sent(number: str, db: None) -> None:
    request = held(number)
    draft = write(request, LetterKind.INFORMATION)
    block, key = next(iter(switched_off(read_of(number))))
    letter = finished(LetterKind.INFORMATION, items=({"block": block, "key": key},))
    with pytest.raises(UngroundedError, match="does not apply"):
        send(request, LetterKind.INFORMATION, letter=letter, revision=draft.revision)


# Its words


def test_a_line_without_a_number_is_named_without_one(desk: Reviewer, number: str) -> None:
    """No half of a number in the name of a field, of a link, or of what is folded away."""
    held(number)
    soup = desk.soup()
    legends = [legend.get_text() for legend in soup.select(".desk-view legend")]
    assert legends
    assert not [text for text in legends if "General ," in text or "of ," in text]
    folded = [summary.get_text() for summary in soup.select(".desk-aside summary")]
    assert folded
    named = re.compile(r"([\d.a-z]+( to [\d.a-z]+)?: c|C)onditions, not applicable or not needed")
    assert all(named.match(text) for text in folded), folded


@pytest.mark.parametrize(
    "numbers,span",
    [
        (["", "1.5"], "1.5"),
        (["1.2", "", "1.5"], "1.2 to 1.5"),
        (["3", ""], "3"),
        (["", ""], ""),
        (["3.2", "3.7"], "3.2 to 3.7"),
    ],
)
def test_what_is_folded_away_is_named_by_the_numbers_it_has(
    numbers: list[str], span: str, desk: Reviewer, number: str
) -> None:
    held(number)
    at = ReviewDesk(AuthorizationRequest.objects.get(number=number), rhea(), now=timezone.now())
    line = at.lines[0]
    lines = (replace(line, criterion=replace(line.criterion, number=each)) for each in numbers)
    assert Run(is_aside=True, lines=tuple(lines)).span == span


# A denial


def refuse(number: str, *places: Place) -> ReadSubmission:
    """Marked not accepted, as the desk keeps it."""
    read = read_of(number)
    for block, key in places:
        Disposition.objects.create(
            submission=read.submission,
            block=block,
            key=key,
            title=key,
            verdict="not_accepted",
            note=NOTE,
            at=timezone.now(),
            by=rhea(),
        )
    return read_of(number)


def test_every_view_is_a_reason_or_told_why_it_is_none(number: str, db: None) -> None:
    held(number)
    every = [item.place for item in read_of(number).basis.items]
    read = refuse(number, *every)
    told = {each.item.place: each.why for each in no_reasons(read)}
    assert {*told} == {*every} - {item.place for item in read.grounds}
    for place in switched_off(read):
        assert told[place] in ("does not apply", "decides only whether others apply")


def test_page_of_a_denial_says_why_what_is_marked_is_no_reason(desk: Reviewer, number: str) -> None:
    held(number)
    places = sorted(switched_off(read_of(number)))
    one, two = (p for p in places if p[1] != "") if len(places) == 2 else places[:2]
    url = f"/review/{number}/letter/denial/"
    read = refuse(number, one, two)
    names = {item.place: item.heading for item in read.basis.items}
    page = soup_of(desk.client.get(url))
    said = page.select_one(".no-reasons")
    assert said is not None
    for place in (one, two):
        assert names[place] in said.get_text()
        assert not page.select(f"input[type=checkbox][value='{place[0]}:{place[1]}']")
    assert said.get_text().endswith(": neither can be a reason.")
    assert "Nothing is marked as not accepted" not in page.get_text()


def test_sending_asks_for_no_box_where_there_is_none(desk: Reviewer, number: str) -> None:
    request = held(number)
    for item in read_of(number).grounds:
        Disposition.objects.create(
            submission=read_of(number).submission,
            block=item.block,
            key=item.key,
            title=item.title,
            verdict="accepted",
            note=NOTE,
            at=timezone.now(),
            by=rhea(),
        )
    (one,) = sorted(switched_off(read_of(number)))[:1]
    assert not refuse(number, one).grounds
    response = Desk(desk.client, request).post(LetterKind.DENIAL, "send", reason="So it is.")
    problems = soup_of(response).select_one(".error-summary").get_text(" ", strip=True)
    assert "it cannot be a reason" in problems
    assert "Tick at least one" not in problems
    assert "There is nothing yet that the decision can rest on" in problems


WHYS = {
    "advised": (all_of(yes("a"), at_least(0, yes("b"), key="group")), "b", "is only advised"),
    "beside": (all_of(any_of(yes("a"), yes("b"), key="group")), "b", "is not needed beside"),
    "rule": (all_of(when(yes("b"), yes("a"), key="group")), "b", "decides only whether"),
}


@pytest.mark.parametrize("kind", WHYS)
def test_the_reason_why_it_is_none(kind: str) -> None:
    tree, key, words = WHYS[kind]
    finding = evaluate(tree, facts({"a": True, "b": True}))
    (line,) = (x for x in numbered(finding) if x.finding.node.key == key)
    assert why_not(line).startswith(words)
