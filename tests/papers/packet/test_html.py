from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from bs4 import BeautifulSoup

from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.html import head_lines, in_rows, packet_html, width
from criteria.papers.packet.worksheet import LabelledFact
from tests.papers.packet.contents import complete, draft, forty, not_meeting

ALL = (complete, draft, not_meeting, forty)


def text_of(content: PacketContent) -> str:
    return " ".join(BeautifulSoup(packet_html(content), "html.parser").get_text(" ").split())


def tree(html: str) -> Element:
    """The document, read as XML: every element closed, no named entity."""
    return fromstring(html.removeprefix("<!doctype html>"))


def margins(content: PacketContent) -> dict[str, Any]:
    """What the style prints in the margins of every page."""
    body = BeautifulSoup(packet_html(content), "html.parser").body
    assert body is not None
    return dict(body.attrs)


@pytest.mark.parametrize("make", ALL)
def test_every_criterion_stands_with_title_state_and_citation(make: object) -> None:
    content: PacketContent = make()  # type: ignore[operator]
    page = BeautifulSoup(packet_html(content), "html.parser")
    rows = [row.get_text(" ") for row in page.select(".criteria tbody tr")]
    criteria = [line for part in content.parts for line in part.criteria]
    assert len(rows) == len(criteria)
    for row, line in zip(rows, criteria, strict=True):
        for words in (line.number, line.mark.sign, line.mark.word, line.title, line.citation):
            assert words in row
        assert line.answer in row and line.evidence.place in row


def test_signs_and_words_of_every_state() -> None:
    text = text_of(not_meeting()) + text_of(draft()) + text_of(complete())
    for mark in ("✓ met", "✕ not met", "○ not answered", "– not applicable", "– not needed"):
        assert mark in text


def test_conjunction_evidence_note_therapy_and_attestation_are_printed() -> None:
    text = text_of(complete())
    for words in (
        "At least 1 of these 2 · 1 met",
        "Encl. B p. 2",
        "not answered, not needed",
        "does not apply: The fact long_term: No",
        "Lines 12 and 13 disagree on the interval.",
        "No gain after eight months.",
        "2,000 mg/kg × 69.853 kg = 139.7 g",
        "She walks with a stick.",
        "154 lb is right",
        "Attested by Ann Lee, MD",
        "Meets the criteria, as entered",
    ):
        assert words in text


def test_an_empty_fact_is_labelled() -> None:
    assert "Fax not stated" in text_of(complete())
    assert "Not attested yet." in text_of(draft())
    assert (
        margins(draft())["data-patient"]
        == "Patient name not stated · born not stated · member not stated"
    )


def test_an_excluded_product_is_printed_with_its_words() -> None:
    text = text_of(not_meeting())
    assert "Outside is excluded for every diagnosis" in text
    assert "Another product of the list serves the same use." in text


def test_the_page_names_no_address() -> None:
    page = BeautifulSoup(packet_html(complete()), "html.parser")
    assert not page.select("[href], [src], [style], link, script, img")


def test_markup_in_an_answer_is_text() -> None:
    content = replace(complete(), words='<img src="http://example.org/x.png">')
    assert "&lt;img src=" in packet_html(content)


def test_controls_are_shown_as_no_text() -> None:
    html = packet_html(replace(complete(), words="a\x00b\x1bc\ud800d\x0ce"))
    assert "a�b�c�d�e" in html


def test_draft_says_so_in_head_and_foot() -> None:
    printed = margins(draft())
    assert printed["class"] == ["draft-3"]
    assert printed["data-mark"] == "DRAFT · not submitted · not for a decision"
    assert printed["data-number"] == "DRAFT · R-2026-00042"
    assert margins(complete())["class"] == ["head-2"]
    assert margins(complete())["data-number"] == "R-2026-00042"


@pytest.mark.parametrize("make", ALL)
def test_it_is_well_formed(make: object) -> None:
    assert tree(packet_html(make())).tag == "html"  # type: ignore[operator]


def test_signs_of_markup_stay_text_in_the_margins() -> None:
    content = replace(complete(), practice='A & B "x" <i>\x00')
    assert margins(content)["data-practice"] == 'A & B "x" <i>\ufffd'
    assert tree(packet_html(content)).tag == "html"


def test_facts_stand_two_to_a_row_and_long_ones_alone() -> None:
    short, long, lines = (
        LabelledFact("a", "b"),
        LabelledFact("c", "d" * 61),
        LabelledFact("e", "f\ng"),
    )
    assert in_rows([short, short, short, long, short, lines]) == (
        (short, short),
        (short,),
        (long,),
        (short,),
        (lines,),
    )


def test_a_long_name_makes_the_head_taller() -> None:
    content = complete()
    assert head_lines(content) == 2
    assert head_lines(draft()) == 3
    long = replace(content, patient=replace(content.patient, name="王" * 80))
    assert width(long.patient.name) == 160
    assert head_lines(long) == 5
    assert head_lines(long, {ord("王"): "[U+738B]"}) == 14


def test_a_contradicted_answer_is_told_in_the_wide_column() -> None:
    content = complete()
    part = content.parts[0]
    first = replace(part.criteria[0], contradictions=("Nobody of the specialty was named.",))
    disputed = replace(part, criteria=(first, *part.criteria[1:]))
    page = BeautifulSoup(packet_html(replace(content, parts=(disputed,))), "html.parser")
    cells = [c for c in page.select("table.criteria td") if "◇ Contradicted" in c.get_text()]
    assert [cell["class"][0][0] for cell in cells] == ["d"], "beside the title, not the answer"
