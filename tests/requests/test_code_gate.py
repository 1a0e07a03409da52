"""What the gate of a code list says of the codes of a request, and when it is open."""

import re
from datetime import date

import pytest

from criteria.policies.codes.code_list import is_listed
from criteria.requests.assessment.codes import code_gate
from criteria.requests.case import GateKind
from criteria.rules import FindingState
from criteria.rules.terms import CodeSystem
from tests.factories.medicare import FilesCodebook, edition_on, medicare_files
from tests.helpers.requests.code_gates import DAY, UHC_DAY, commercial, why


def gate_text(*codes: str, day: date = DAY, indication: str = "cidp") -> str:
    edition = edition_on(day)
    found = code_gate(edition, codes, edition.indications[indication], day, FilesCodebook())
    assert found is not None and found.gate is GateKind.CODE
    assert found.lines == edition.codes_lines
    return found.text


def test_gate_is_open_for_one_listed_code_and_asks_nobody() -> None:
    edition, book = edition_on(DAY), FilesCodebook()
    use = edition.indications["cidp"]
    assert code_gate(edition, ("G61.81",), use, DAY, book) is None
    assert book.asked == []
    assert code_gate(edition, ("E11.9", "G61.81"), use, DAY, book) is None
    assert book.asked == []


def test_gate_waits_for_a_code() -> None:
    edition = edition_on(DAY)
    found = code_gate(edition, (), None, DAY, FilesCodebook())
    assert found is not None
    assert found.state is FindingState.NOT_ANSWERED
    assert found.text == "State the ICD-10-CM code: only a code of the policy's list is covered."


def test_gate_says_why_and_what_the_policy_says() -> None:
    words = edition_on(DAY).codes_words
    assert gate_text("L12.0") == f"L12.0 is not in the policy's code list. {words}"


@pytest.mark.parametrize("number", [f"R{n}" for n in range(1, 9)])
def test_longest_gate_is_three_sentences_with_every_fact(number: str) -> None:
    words = medicare_files()[number][1].codes_words
    assert words.count(". ") == 0
    for fact in ("attached article", "reasonable and necessary", "routine", "bears the cost"):
        assert fact in words
    text = why("G35", date(2026, 2, 1))
    assert text.count(". ") == 1
    assert "-," not in text and "G35.B0-G35.B2" in text


def test_codes_of_which_nothing_else_is_known_share_a_sentence() -> None:
    words = edition_on(DAY).codes_words
    assert gate_text("I10", "D59.1", "E11.9") == (
        "D59.1 left the policy's code list on 1 Oct 2020. It is a heading of codes that are in "
        "the list: D59.11, D59.12, D59.13 or D59.19. I10 and E11.9 are not in the policy's code "
        f"list. {words}"
    )


def test_gate_does_not_bind_what_the_list_leaves_out() -> None:
    edition = edition_on(DAY)
    use = edition.indications["autoimmune-bullous"]
    assert code_gate(edition, ("L10.0",), use, DAY, FilesCodebook()) is None
    missing = code_gate(edition, (), use, DAY, FilesCodebook())
    assert missing is not None and missing.state is FindingState.FOR_REVIEWER
    assert "the claim needs one" in missing.text and missing.lines == edition.codes_lines


def test_gate_is_none_where_the_list_is_for_reference() -> None:
    edition = commercial()
    use = edition.indications["cidp"]
    assert code_gate(edition, ("Q99.9",), use, UHC_DAY, FilesCodebook()) is None


@pytest.mark.parametrize("code", ["L12.0", "D59.1", "D81.82", "D59", "G35.A", "M05"])
def test_gate_never_decides(code: str) -> None:
    assert not re.search(r"den(y|ied)|not eligible|reject", gate_text(code), re.IGNORECASE)


def test_code_of_the_commercial_list_alone_is_outside_here() -> None:
    known = commercial().codes
    assert (CodeSystem.ICD10, "L12.0") in known
    assert not is_listed(edition_on(DAY), "L12.0", DAY)
    assert not is_listed(commercial(), "G61.82", UHC_DAY)
    assert is_listed(edition_on(DAY), "G61.82", DAY)
