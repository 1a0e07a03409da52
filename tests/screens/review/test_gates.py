"""What stands before the criteria is viewed as they are: every kind of gate, and contradictions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from criteria.actions.reviews.dispositions import (
    DispositionEntry,
    RefusedDispositionError,
    save_dispositions,
)
from criteria.actions.reviews.hold import take_request
from criteria.models import AuthorizationRequest, Determination, Disposition, Letter, PolicyVersion
from criteria.requests.case import GateKind
from criteria.requests.loading import draft_of
from criteria.rules import FindingState
from criteria.screens.review.desk.form import field_id
from criteria.screens.wizard.information_items import wanted_of
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.factories.medicare import DAY, publish_medicare_policies
from tests.factories.people import rhea, rob
from tests.helpers.review.letter_page import text_of
from tests.screens.review.desk import Reviewer, submitted_as_typed
from tests.screens.review.reviewed import APPROVAL, DENIAL, INFORMATION, Desk, accept_all, unsay
from tests.screens.wizard.conftest import soup_of

ALONE = {"specialty": "Family medicine", "consulted": "no"}


@dataclass(frozen=True)
class Kind:
    """A request with one thing before its criteria. ``changed``: a page that settles it."""

    edition: str
    gate: GateKind
    state: FindingState
    pages: dict[str, dict[str, str]]
    changed: tuple[str, dict[str, str]]


KINDS = {
    "a missing code": Kind(
        "R3",
        GateKind.CODE,
        FindingState.NOT_ANSWERED,
        {"diagnosis": {"indication": "cidp", "icd10": ""}},
        ("diagnosis", {"indication": "cidp", "icd10": "G61.81"}),
    ),
    "an unlisted code": Kind(
        "R3",
        GateKind.CODE,
        FindingState.NOT_MET,
        {"diagnosis": {"indication": "cidp", "icd10": "J45.909"}},
        ("diagnosis", {"indication": "cidp", "icd10": "G61.81"}),
    ),
    "an unproven use": Kind(
        "uhc",
        GateKind.INDICATION,
        FindingState.NOT_MET,
        {"diagnosis": {"indication": "autism-spectrum-disorders", "icd10": "F84.0"}},
        ("diagnosis", {"indication": "cidp", "icd10": "G61.81"}),
    ),
    "an excluded product": Kind(
        "uhc",
        GateKind.PRODUCT,
        FindingState.NOT_MET,
        factory.CIDP | {"dose": factory.CIDP["dose"] | {"product": "panzyga-10"}},
        ("dose", factory.CIDP["dose"]),
    ),
    "an open set of criteria": Kind(
        "uhc",
        GateKind.PATHWAY,
        FindingState.NOT_ANSWERED,
        {"diagnosis": {"indication": "myasthenia-gravis", "icd10": "G70.01"}},
        ("pathway", {"pathway": "myasthenia-gravis-exacerbation"}),
    ),
    "facts that disagree": Kind(
        "uhc",
        GateKind.CONTRADICTION,
        FindingState.FOR_REVIEWER,
        factory.CIDP | {"prescriber": factory.PEOPLE["prescriber"] | ALONE},
        ("prescriber", factory.PEOPLE["prescriber"]),
    ),
    "a policy that contradicts itself": Kind(
        "uhc",
        GateKind.CONTRADICTION,
        FindingState.FOR_REVIEWER,
        {"diagnosis": {"indication": "isolated-igm-deficiency", "icd10": "D80.4"}},
        ("diagnosis", {"indication": "cidp", "icd10": "G61.81"}),
    ),
}
NOTE = "Read, and weighed."


def versions() -> dict[str, PolicyVersion]:
    return publish_medicare_policies() | {"uhc": publish_commercial_policy()}


@pytest.fixture(scope="module")
def stored(medicare_policies: object, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """A submitted request of each kind, held by Rhea; each test's changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        editions, made = versions(), {}
        for name, kind in KINDS.items():
            day = {"request_date": DAY} if kind.edition != "uhc" else {}
            request = factory.saved(factory.started(editions[kind.edition], **day), kind.pages)
            take_request(request=submitted_as_typed(request), by=rhea())
            made[name] = request.pk
        yield made
        transaction.set_rollback(True)


@dataclass
class Held:
    """One of them at Rhea's desk."""

    kind: Kind
    request: AuthorizationRequest
    key: str
    text: str
    desk: Reviewer
    letters: Desk

    @property
    def id(self) -> str:
        return field_id(("gate", self.key))

    def say(self, verdict: str, note: str = "") -> None:
        """Rhea's view of the gate, as the page sends it."""
        fields = self.desk.fields() | {f"verdict-{self.id}": verdict, f"note-{self.id}": note}
        assert self.desk.save(fields=fields).status_code == 302


@pytest.fixture(params=KINDS)
def held(request: Any, stored: dict[str, int], client: Client, db: None) -> Held:
    kind = KINDS[request.param]
    found = AuthorizationRequest.objects.get(pk=stored[request.param])
    assessment = draft_of(found).assessment
    assert assessment is not None
    (gate,) = [g for g in assessment.gates if g.gate is kind.gate and g.state is kind.state]
    desk = Reviewer(client, found.number, rhea())
    return Held(kind, found, gate.key, gate.text, desk, Desk(client, found))


def test_it_has_a_view_and_a_note_at_the_desk(held: Held) -> None:
    page = held.desk.soup()
    boxes = page.select(f"[id='line-{held.id}'] input[type=radio]")
    assert [box["value"] for box in boxes] == ["accepted", "ask", "not_accepted", ""]
    held.say("not_accepted", NOTE)
    kept = Disposition.objects.get(block="gate", key=held.key)
    assert (kept.verdict, kept.note, kept.number) == ("not_accepted", NOTE, "")
    line = held.desk.soup().select_one(f"[id='line-{held.id}']")
    assert line is not None and kept.title in line.get_text()
    assert line.select_one("input[checked][value=not_accepted]")
    assert "1 not accepted" in held.desk.text()
    held.say("")
    assert not Disposition.objects.filter(block="gate", note="").exists()


def test_fragments_are_those_of_the_page(held: Held) -> None:
    fields = held.desk.fields() | {f"verdict-{held.id}": "ask"}
    fragments = soup_of(held.desk.save(fields=fields, htmx=True))
    page = held.desk.soup()
    names = [field["name"] for field in fragments.select("input")]
    assert names == [f"seen-{held.id}"]
    for found in fragments.select("[hx-swap-oob]"):
        if found["id"] != "saved":
            del found["hx-swap-oob"]
            assert str(found) == str(page.select_one(f"[id='{found['id']}']"))


def test_another_window_is_told(held: Held) -> None:
    fields = held.desk.fields() | {f"note-{held.id}": "Mine."}
    held.say("ask", "Theirs.")
    response = held.desk.save(fields=fields)
    assert response.status_code == 409
    page = soup_of(response).get_text(" ", strip=True)
    assert "Mine." in page and "Theirs." in page
    assert Disposition.objects.get(block="gate", key=held.key).note == "Theirs."


def test_whoever_does_not_hold_it_reads_the_view_and_writes_none(held: Held) -> None:
    held.say("ask", NOTE)
    other = Reviewer(Client(), held.desk.number, rob())
    line = other.soup().select_one(f"[id='line-{held.id}']")
    assert line is not None and NOTE in line.get_text()
    assert not line.select("input, textarea")
    fields = held.desk.fields() | {f"verdict-{held.id}": "accepted"}
    assert other.save(fields=fields).status_code == 409


def test_a_denial_rests_on_it_only_with_a_view(held: Held) -> None:
    box = f"gate:{held.key}"
    why = {"reason": "For this.", "criteria": [box]}
    assert held.letters.post(DENIAL, "send", **why).status_code == 422
    held.say("not_accepted")
    is_closed = held.kind.state is FindingState.NOT_MET
    response = held.letters.post(DENIAL, "send", **why)
    assert response.status_code == (302 if is_closed else 422)
    if not is_closed:
        assert "Say in the note why" in text_of(response)
    held.say("not_accepted", NOTE)
    page = soup_of(held.letters.client.get(held.letters.url(DENIAL)))
    assert page.select_one(f"input[name=criteria][value='{box}'][checked]")
    label = page.select_one(f"label[for='id_criteria_{box}']")
    assert label is not None and held.text in label.get_text()
    held.letters.post(DENIAL, "compose", **why)
    assert held.letters.post(DENIAL, "send", **why).status_code == 302
    assert held.letters.send(DENIAL).status_code == 302
    decision = Determination.objects.get(request=held.request)
    assert [(i["block"], i["key"]) for i in decision.rests_on] == [("gate", held.key)]
    text = Letter.objects.get(request=held.request).text
    assert f"- Why it is not accepted: {NOTE}" in text
    is_open = held.kind.state is FindingState.NOT_ANSWERED
    said = f"- Required: {held.text}\n- Stated: nothing" if is_open else f"- Found: {held.text}"
    assert said in text


def test_an_approval_rests_on_it(held: Held) -> None:
    accept_all(held.request)
    unsay(held.request, held.key)
    for verdict, note, words in (
        ("", NOTE, "has no view yet"),
        ("ask", NOTE, "is marked Ask"),
        ("not_accepted", NOTE, "is not accepted. Accept it"),
        ("accepted", "", "Say in the note why you accept it all the same"),
        ("accepted", NOTE, ""),
    ):
        held.say(verdict, note)
        response = held.letters.client.get(held.letters.url(APPROVAL))
        needs = [li.get_text(" ", strip=True) for li in soup_of(response).select("#id_views li")]
        if held.kind.state is FindingState.FOR_REVIEWER and verdict == "accepted":
            words = ""
        assert [words in need for need in needs] == ([True] if words else []), (verdict, needs)
        link = soup_of(response).select_one("#id_views a")
        assert link is None or str(link["href"]).endswith(f"#line-{held.id}")
        assert link is None or f"{held.text}”" in link.get_text()


def test_asking_leads_the_practice_to_where_it_is_settled(held: Held) -> None:
    held.say("ask")
    title = Disposition.objects.get(key=held.key).title
    of_policy = held.kind.gate is GateKind.INDICATION or title.endswith("of the policy")
    response = held.letters.post(INFORMATION, "send")
    assert response.status_code == (422 if of_policy else 302)
    held.say("ask", NOTE)
    held.letters.post(INFORMATION, "compose")
    assert held.letters.post(INFORMATION, "send").status_code == 302
    assert held.letters.send(INFORMATION).status_code == 302
    assert NOTE in Letter.objects.get(request=held.request).text
    slug, fields = held.kind.changed
    (wanted,) = wanted_of(Walkthrough(draft_of(held.letters.again())))
    assert (wanted.slug, wanted.is_answered, wanted.note) == (slug, False, NOTE)
    factory.saved(held.letters.again(), {slug: fields})
    (wanted,) = wanted_of(Walkthrough(draft_of(held.letters.again())))
    assert wanted.is_answered


def test_a_view_of_a_gate_it_does_not_have_is_refused(held: Held) -> None:
    said = [DispositionEntry(block="gate", key="weather", verdict="accepted")]
    number = held.request.submissions.count()
    with pytest.raises(RefusedDispositionError, match="no such criterion"):
        save_dispositions(request=held.request, submission_number=number, said=said, by=rhea())
    assert not Disposition.objects.filter(key="weather").exists()
