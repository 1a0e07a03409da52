"""A letter in print: what stands on each page, and what a sign without a font becomes."""

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from criteria.papers.letters.code import letter_code
from criteria.papers.letters.content import LetterContent
from criteria.papers.letters.html import letter_html
from criteria.papers.letters.pdf import printed_letter
from tests.helpers.papers.letters import BASIS, JANE, LETTER


def pages(content: LetterContent) -> list[str]:
    reader = PdfReader(BytesIO(printed_letter(content).pdf))
    return [page.extract_text() for page in reader.pages]


def test_patient_number_code_and_page_stand_on_every_page() -> None:
    found = pages(LETTER)
    assert len(found) > 1
    for place, text in enumerate(found, start=1):
        words = " ".join(text.split())
        assert "Patient Doe, Jane · born 12 Mar 1961 · member 123456789" in words
        assert f"page {place} of {len(found)}" in words
        assert letter_code(LETTER) in words
        assert "R-2026-00042" in words
        assert "NOT SENT" not in words
    assert "Rhea Roe" in found[-1]


def test_a_preview_says_on_every_page_that_it_was_not_sent() -> None:
    for text in pages(replace(LETTER, is_sent=False)):
        assert "NOT SENT" in text
        assert "not a decision" in text
        assert letter_code(LETTER) not in text


def test_the_same_letter_is_the_same_bytes() -> None:
    assert printed_letter(LETTER).pdf == printed_letter(LETTER).pdf


def test_the_code_stands_for_what_is_said() -> None:
    code = letter_code(LETTER)
    assert letter_code(replace(LETTER, issued_by="Rob", is_sent=False)) == code
    assert letter_code(replace(LETTER, text="Other words.")) != code
    assert letter_code(replace(LETTER, facts=())) != code


def test_the_title_names_nothing_of_the_patient() -> None:
    reader = PdfReader(BytesIO(printed_letter(LETTER).pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Not approved R-2026-00042"


def test_what_is_typed_is_text_and_never_markup() -> None:
    html = letter_html(replace(LETTER, text='<img src="http://example.org/x">\n- <b>'))
    assert "<img" not in html
    assert "&lt;img" in html


def test_signs_that_cannot_be_printed_are_named() -> None:
    text = " ".join(pages(replace(LETTER, text="One \x01 and \u0378.")))
    assert "\N{REPLACEMENT CHARACTER}" in text
    assert "[U+0378]" in text


def test_a_long_name_has_room_in_the_head() -> None:
    long = replace(JANE, name="Featherstonehaugh-" * 9 + "Jones")
    words = " ".join(" ".join(pages(replace(LETTER, basis=replace(BASIS, patient=long)))).split())
    assert "Jones" in words
    assert "Reason" in words
