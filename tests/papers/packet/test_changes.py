from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from criteria.papers.packet.assemble import FIT, FOUND
from criteria.papers.packet.changed import Changes
from criteria.papers.packet.changes.changes import (
    NOT_THE_REQUEST,
    ORDER,
    SAME,
    THE_REQUEST,
    changes_since,
)
from criteria.papers.packet.changes.kinds import COMPUTED
from criteria.papers.packet.changes.text import LONG, differing
from criteria.papers.packet.code import as_json, content_code
from criteria.papers.packet.content import PacketContent, Remark
from criteria.papers.packet.dose import worksheet
from criteria.papers.packet.html import packet_html
from criteria.requests.content import EnclosedDocument
from criteria.requests.renewal import Approval, BaselineGroup, BaselineTable, Was
from criteria.requests.renewal import BaselineRow as BaselineRow
from criteria.rules import NumberAnswer
from tests.papers.packet.contents import (
    ANSWERS,
    DATA,
    DOSE,
    complete,
    draft,
    found,
    not_meeting,
    printed_of,
)
from tests.policies.difference.mutations import fields_below, mutations

SINCE = "packet 1"
# When and by whom it was issued is no change, and what changed is not compared itself.
ISSUE = {"issued_at", "issued_by", "changes"}


def between(before: PacketContent, now: PacketContent) -> Changes:
    return changes_since(as_json(before), as_json(now), since=SINCE)


def lines(changes: Changes) -> list[str]:
    return [
        " ".join(f"{c.number} {c.title} {v.label}".split()) + f": {v.before} -> {v.now}"
        for group in changes.groups
        for c in group.changes
        for v in c.lines
    ]


def said(before: PacketContent, now: PacketContent) -> list[str]:
    return lines(between(before, now))


def answered(**answers: Any) -> PacketContent:
    return printed_of(DATA, found(answers=ANSWERS | answers))


def test_same_content_has_no_changes_whenever_and_by_whom_it_is_issued() -> None:
    again = replace(
        complete(), issued_at=complete().issued_at + timedelta(days=1), issued_by="Someone else"
    )
    assert between(complete(), again) == Changes(since=SINCE, sentence=SAME)


def full() -> PacketContent:
    """Complete, with remarks, a baseline and a contradicted answer no other of them has."""
    was = Was("R-2026-00001", "69 kg", "1.2 % less")
    row = BaselineRow(label="Body weight", then=(was,), now="69.85 kg", warning="Look at it.")
    approval = Approval("R-2026-00001", date(2026, 3, 12), "First approval")
    packet = complete()
    general, *others = packet.parts
    first, *rest = general.criteria
    disputed = replace(first, contradictions=("The code is of another disease.",))
    return replace(
        packet,
        parts=(replace(general, criteria=(disputed, *rest)), *others),
        summary=replace(packet.summary, blocks=("Age: 13 where below 13 is needed",)),
        dose=replace(complete().dose, notes=("Round down.",)),
        code_notes=(Remark("A code ends.", "line 9"),),
        baseline=BaselineTable((approval,), (BaselineGroup("Body", (row,)),)),
    )


CONTENTS = (full(), not_meeting(), draft())


@pytest.mark.parametrize("content", CONTENTS)
def test_every_field_changed_alone_shows(content: PacketContent) -> None:
    silent = [
        one.path
        for one in mutations(content, "content")
        if one.path.split(".")[1] not in ISSUE
        and between(content, one.value).sentence in (SAME, "")
    ]
    assert not silent


def test_every_field_of_a_content_was_changed_somewhere() -> None:
    reached = {
        field
        for content in CONTENTS
        for one in mutations(content, "content")
        for field in one.through
    }
    unreached = {
        f"{kind.__name__}.{name}"
        for kind, name in fields_below(PacketContent) - reached
        if kind.__module__ != "criteria.papers.packet.changed"
    }
    assert unreached <= {"PacketContent.changes"}


def test_a_changed_value_stands_as_old_and_new() -> None:
    for one in mutations(full(), "content"):
        if one.path.split(".")[1] in ISSUE:
            continue
        changes = between(complete(), one.value)
        if not changes.groups:
            assert changes.sentence == f"{SAME} {ORDER}"
        assert all(v.before != v.now for g in changes.groups for c in g.changes for v in c.lines)


def test_an_answer_is_told_with_its_number_title_and_finding() -> None:
    changes = between(complete(), answered(nerves=NumberAnswer(Decimal(1))))
    assert changes.sentence == THE_REQUEST
    told = lines(changes)
    assert "1.1 Prolonged latency Answer: 2 nerves -> 1 nerve" in told
    assert "1.1 Prolonged latency Finding: met -> not met" in told
    assert told[0] == (
        "Finding: Meets the criteria, as entered -> Incomplete: not everything is answered yet"
    )


def test_what_is_worked_out_is_left_to_its_own_place_when_the_request_changed() -> None:
    told = said(complete(), answered(nerves=NumberAnswer(Decimal(1))))
    assert not [line for line in told if "would need to be" in line]
    steps = replace(complete().summary, steps=("1 Do this",))
    assert said(complete(), replace(complete(), summary=steps)) == [":  -> 1 Do this"]


def test_enclosures_come_and_go() -> None:
    more = (*DATA.enclosures[:1], EnclosedDocument(letter="C", title="Letter", file_name="c.pdf"))
    told = said(complete(), printed_of(replace(DATA, enclosures=more)))
    assert "C Letter:  -> c.pdf" in told
    assert "B Nerve study: emg.pdf · 1.1 -> " in told


def test_facts_of_the_patient_and_the_dose_are_told() -> None:
    data = replace(DATA, patient_name="Roe, Jane", dose="120 g over 5 days", product="Beta")
    assert said(complete(), printed_of(data)) == [
        "Product: Gamma 10 % -> Beta",
        "Asked for: 139.5 g over 5 days every 4 weeks, 6 times -> 120 g over 5 days",
        "Name: Doe, Jane -> Roe, Jane",
    ]


def test_a_fact_told_in_two_places_is_told_once() -> None:
    told = said(complete(), printed_of(DATA, found(weight_kg=Decimal(60))))
    assert len(told) == len(set(told))


@pytest.mark.parametrize("part", ["policy", "summary", "attestation"])
def test_another_edition_or_attestation_is_no_change_of_the_request(part: str) -> None:
    one = next(m for m in mutations(complete(), "content") if m.path.startswith(f"content.{part}."))
    assert between(complete(), one.value).sentence == NOT_THE_REQUEST


@pytest.mark.parametrize("grams", ["139.5", "200"])
def test_every_figure_worked_out_is_no_change_of_the_request(grams: str) -> None:
    dose = replace(DOSE, amount=Decimal(grams))
    labels = {fact.label for fact in worksheet(found(dose=dose), ()).facts}
    assert labels | FOUND <= COMPUTED | {FIT}


def test_a_packet_of_before_a_field_existed_is_still_compared() -> None:
    before = as_json(complete())
    for part in before["parts"]:
        for line in part["criteria"]:
            del line["advised"], line["key"], line["evidence"]
    del before["code_notes"], before["policy"]
    changes = changes_since(before, as_json(complete()), since=SINCE)
    assert {group.title for group in changes.groups} >= {"Policy edition"}
    assert not [line for line in lines(changes) if "advised" in line.lower()]


def test_a_field_unknown_today_is_told_by_its_name() -> None:
    before, now = as_json(complete()), as_json(complete())
    before["future"], now["future"] = {"some": "thing"}, {"some": "other"}
    now["parts"][0]["criteria"][0]["baseline_value"] = "7"
    told = lines(changes_since(before, now, since=SINCE))
    assert "Future: thing -> other" in told
    assert "1 The fact history Baseline value:  -> 7" in told


def test_states_unknown_today_are_told_as_they_stand() -> None:
    before = as_json(complete())
    before["summary"]["overall"] = before["dose"]["state"] = "of_old"
    before["parts"][0]["criteria"][0]["state"] = "of_old"
    told = lines(changes_since(before, as_json(complete()), since=SINCE))
    assert "Finding: of_old -> Meets the criteria, as entered" in told
    assert "1 The fact history Finding: of_old -> met" in told


def test_long_words_are_told_by_the_sentences_that_differ() -> None:
    same = "She walks with a stick. " * 8
    assert differing(f"{same}It began in May. The end.", f"{same}It began in June. The end.") == (
        "… It began in May. …",
        "… It began in June. …",
    )
    assert differing(f"{same}More.", same.strip()) == ("… More.", "…")
    assert differing("a" * LONG, "b" * LONG) == ("a" * LONG, "b" * LONG)
    assert differing("a" * (LONG + 1), "") == ("a" * (LONG + 1), "")


def test_what_changed_is_no_part_of_the_code_and_not_compared_again() -> None:
    changed = replace(complete(), changes=between(draft(), complete()))
    assert content_code(changed) == content_code(complete())
    assert between(complete(), changed).sentence == SAME


def test_the_packet_tells_it_before_the_criteria() -> None:
    before, now = answered(nerves=NumberAnswer(Decimal(1))), complete()
    assert "What changed since" not in packet_html(now)
    html = packet_html(replace(now, changes=between(before, now)))
    assert html.index("What changed since packet 1") < html.index("<h2>General requirements")
    assert THE_REQUEST in html and "1 nerve" in html


def test_nothing_changed_is_said() -> None:
    html = packet_html(replace(complete(), changes=between(complete(), complete())))
    assert SAME in html
