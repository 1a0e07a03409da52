"""What the diagnosis codes of a request say of it: the gate, the warnings, and why."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from criteria.assessment import assess
from criteria.case import Case, Gate, Overall
from criteria.codebook import NO_CODEBOOK
from criteria.codelist import out_of_days
from criteria.codes import (
    CodeNoteKind,
    code_gate,
    code_notes,
    is_listed,
    normalized_icd10,
    rests_on_text,
    stated_codes,
    why_not_listed,
)
from criteria.edition import Code, CodeSystem, Edition, Phase
from criteria.policyfile.yamlfile import load_edition
from criteria.rules import CodesAnswer, State
from tests.factories.commercial import PATH as UHC_PATH
from tests.factories.medicare import FilesCodebook, edition_on, medicare_files

DAY = date(2021, 6, 30)
UHC_DAY = date(2021, 6, 30)


@cache
def commercial() -> Edition:
    return load_edition(UHC_PATH)[1]


def why(code: str, day: date = DAY) -> str:
    return why_not_listed(edition_on(day), code, day, FilesCodebook())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("G61.81", "G61.81"),
        ("g6181", "G61.81"),
        (" g61.81 ", "G61.81"),
        ("B20*", "B20"),
        ("d61.01**", "D61.01"),
        ("g61 81", "G61.81"),
        ("m08.0a", "M08.0A"),
        ("E1037X1", "E10.37X1"),
        ("G61.8", "G61.8"),
    ],
)
def test_code_in_its_standard_form(typed: str, code: str) -> None:
    assert normalized_icd10(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", "G6", "61.81", "G61.81.1", "G61.", "G61.81234", "GG1.8", "G６1.81", "*", "H1N1 flu"],
)
def test_what_has_not_the_shape_of_a_code(typed: str) -> None:
    assert normalized_icd10(typed) is None


# Which code a request rests on


def test_request_rests_on_the_first_code_that_is_listed() -> None:
    edition = edition_on(DAY)
    assert stated_codes(edition, (), DAY) is None
    assert stated_codes(edition, ("E11.9", "G61.81", "B20"), DAY) == CodesAnswer(
        ("E11.9", "G61.81", "B20"), "G61.81"
    )
    assert stated_codes(edition, ("E11.9", "I10"), DAY) == CodesAnswer(("E11.9", "I10"), "E11.9")


def test_request_rests_on_the_first_code_that_is_listed_for_its_diagnosis() -> None:
    edition = edition_on(DAY)
    cidp = edition.indications["cidp"]
    assert stated_codes(edition, ("B20", "G61.81"), DAY, cidp) == CodesAnswer(
        ("B20", "G61.81"), "G61.81"
    )
    assert stated_codes(edition, ("I10", "B20"), DAY, cidp) == CodesAnswer(("I10", "B20"), "B20")
    text = "G61.81, the first of its codes that the policy lists for the diagnosis"
    assert rests_on_text(edition, ("B20", "G61.81"), DAY, cidp) == text


def test_code_of_the_diagnosis_comes_before_another_listed_one() -> None:
    edition, codes = edition_on(DAY), ("B20", "G61.81")
    assert stated_codes(edition, codes, DAY) == CodesAnswer(codes, "B20")
    assert stated_codes(edition, codes, DAY, edition.indications["cidp"]) == CodesAnswer(
        codes, "G61.81"
    )
    assert rests_on_text(edition, codes, DAY, edition.indications["cidp"]) == (
        "G61.81, the first of its codes that the policy lists for the diagnosis"
    )
    assert stated_codes(edition, codes, DAY, edition.indications["mmn"]) == CodesAnswer(
        codes, "B20"
    )


def test_request_outside_the_list_rests_on_no_code() -> None:
    edition = edition_on(DAY)
    blistering = edition.indications["autoimmune-bullous"]
    assert stated_codes(edition, ("B20",), DAY, blistering) == CodesAnswer(("B20",), "")
    assert stated_codes(edition, (), DAY, blistering) == CodesAnswer((), "")


def test_several_codes_say_which_one_counts() -> None:
    edition = edition_on(DAY)
    listed, neither = ("E11.9", "G61.81"), ("E11.9", "I10")
    assert rests_on_text(edition, listed, DAY) == (
        "G61.81, the first of its codes in the policy's list"
    )
    assert rests_on_text(edition, neither, DAY) == "E11.9, the first code stated"
    assert rests_on_text(edition, ("G61.81",), DAY) == ""
    assert rests_on_text(edition, listed, DAY, edition.indications["autoimmune-bullous"]) == ""
    assert rests_on_text(commercial(), listed, DAY) == ""


# On the days a code enters and leaves


@pytest.mark.parametrize(
    ("code", "last", "first"),
    [
        ("D59.1", date(2020, 9, 30), None),
        ("M31.1", date(2021, 9, 30), None),
        ("D59.11", None, date(2020, 10, 1)),
        ("M31.19", None, date(2021, 10, 1)),
        ("D81.82", None, date(2022, 10, 1)),
        ("G35", date(2025, 9, 30), None),
    ],
)
def test_code_is_listed_up_to_its_last_day_or_from_its_first(
    code: str, last: date | None, first: date | None
) -> None:
    if last is not None:
        after = date.fromordinal(last.toordinal() + 1)
        assert is_listed(edition_on(last), code, last)
        assert not is_listed(edition_on(after), code, after)
    if first is not None:
        before = date.fromordinal(first.toordinal() - 1)
        assert is_listed(edition_on(first), code, first)
        assert not is_listed(edition_on(before), code, before)


@pytest.mark.parametrize(
    ("code", "day", "text"),
    [
        ("L12.0", DAY, "L12.0 is not in the policy's code list."),
        (
            "D59.1",
            date(2020, 10, 1),
            "D59.1 left the policy's code list on 1 Oct 2020. It is a heading of codes that are in "
            "the list: D59.11, D59.12, D59.13 or D59.19.",
        ),
        (
            "M31.1",
            date(2021, 10, 1),
            "M31.1 left the policy's code list on 1 Oct 2021. It is a heading of codes that are in "
            "the list: M31.10 or M31.19.",
        ),
        ("D81.82", DAY, "D81.82 is in the policy's code list only from 1 Oct 2022 on."),
        (
            "D81.82",
            date(2022, 9, 30),
            "D81.82 is in the policy's code list only from 1 Oct 2022 on.",
        ),
        (
            "D59.11",
            date(2020, 9, 30),
            "D59.11 is in the policy's code list only from 1 Oct 2020 on. The list has only its "
            "heading D59.1.",
        ),
        (
            "D59",
            DAY,
            "D59 is not in the policy's code list. It is a heading of codes that are in the list: "
            "D59.0, D59.11, D59.12, D59.13 or D59.19.",
        ),
        (
            "G61.8",
            DAY,
            "G61.8 is not in the policy's code list. It is a heading of codes that are in the "
            "list: G61.81 or G61.82.",
        ),
        (
            "L10",
            DAY,
            "L10 is not in the policy's code list. It is a heading: use L10.0 or L10.1.",
        ),
        (
            "M05",
            DAY,
            "M05 is not in the policy's code list. It is a heading: use M05.10, M05.11, M05.12, "
            "M05.13, M05.14, M05.15, M05.16, M05.17 and 4 more.",
        ),
        (
            "G35.A",
            date(2025, 9, 30),
            "G35.A is not in the policy's code list. The list has only its heading G35.",
        ),
        (
            "G35.A",
            date(2026, 2, 1),
            "G35.A is not in the policy's code list. The list has only its heading G35, billable "
            "only up to 30 Sep 2025.",
        ),
    ],
)
def test_why_a_code_is_not_in_the_list(code: str, day: date, text: str) -> None:
    assert why(code, day) == text


def test_listed_code_past_its_last_day_names_what_came_instead() -> None:
    text = why("G35", date(2025, 10, 1))
    assert text.startswith("G35 is billable only up to 30 Sep 2025. From 1 Oct 2025")
    assert "G35.A" in text
    assert why("G35", date(2025, 9, 30)) == ""


def test_code_that_came_later_or_ended_without_a_note() -> None:
    code = Code(
        system=CodeSystem.ICD10,
        code="G35",
        description="Multiple sclerosis",
        first_day=date(2021, 1, 1),
        last_day=date(2021, 12, 31),
    )
    book = FilesCodebook()
    assert out_of_days(code, date(2020, 12, 31), book) == (
        "G35 is billable only from 1 Jan 2021 on. It is a heading: use G35.A or G35.D."
    )
    assert out_of_days(code, date(2021, 1, 1), book) == ""
    assert out_of_days(code, date(2021, 12, 31), book) == ""
    assert out_of_days(code, date(2022, 1, 1), NO_CODEBOOK) == (
        "G35 is billable only up to 31 Dec 2021."
    )


def test_without_a_codebook_only_the_edition_itself_speaks() -> None:
    edition = edition_on(DAY)
    assert why_not_listed(edition, "D59.1", DAY, NO_CODEBOOK) == (
        "D59.1 is not in the policy's code list. It is a heading of codes that are in the list: "
        "D59.11, D59.12, D59.13 or D59.19."
    )
    assert why_not_listed(edition, "L10", DAY, NO_CODEBOOK) == (
        "L10 is not in the policy's code list."
    )


# The gate


def gate_text(*codes: str, day: date = DAY, indication: str = "cidp") -> str:
    edition = edition_on(day)
    found = code_gate(edition, codes, edition.indications[indication], day, FilesCodebook())
    assert found is not None and found.gate is Gate.CODE
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
    assert found.state is State.NOT_ANSWERED
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
    assert code_gate(edition, (), use, DAY, FilesCodebook()) is None


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


# The warnings


def notes(*codes: str, indication: str | None = "cidp", day: date = DAY) -> dict[str, str]:
    found = code_notes(edition_on(day), codes, indication, day, FilesCodebook())
    return {f"{note.kind}:{note.code}": note.text for note in found}


def test_second_code_outside_the_list_is_only_noted() -> None:
    assert notes("G61.81", "E11.9") == {
        "not_listed:E11.9": "E11.9 is not in the policy's code list. The request rests on G61.81."
    }


def test_code_of_a_diagnosis_the_list_leaves_out() -> None:
    assert notes("L10.0", indication="autoimmune-bullous") == {
        "not_listed:L10.0": (
            "L10.0 is not in the policy's code list. The list is not applied to this diagnosis."
        )
    }


def test_code_of_another_diagnosis_asks_for_a_check() -> None:
    (text,) = notes("D80.1", indication="primary-immunodeficiency-home").values()
    assert text == (
        "D80.1 usually goes with Primary immunodeficiency, Chronic lymphocytic leukemia of B-cell "
        "type and 3 more. Check the diagnosis or the code."
    )
    assert notes("D80.1", indication=None) == {}


def test_code_past_its_day_is_a_warning_of_its_own() -> None:
    found = notes("G35", indication="multiple-sclerosis", day=date(2026, 2, 1))
    assert list(found) == ["not_valid_on_date:G35"]


def test_reference_list_says_what_it_is() -> None:
    edition = commercial()
    (note,) = code_notes(edition, ("G61.82",), "mmn", UHC_DAY, NO_CODEBOOK)
    assert note.kind is CodeNoteKind.NOT_LISTED
    assert note.text == f"G61.82 is not in the policy's code list. {edition.codes_words}"


def test_code_of_an_unproven_use_says_so() -> None:
    found = code_notes(commercial(), ("G70.00",), "myasthenia-gravis", UHC_DAY, NO_CODEBOOK)
    assert CodeNoteKind.ALSO_UNPROVEN in {note.kind for note in found}


def test_what_a_closed_gate_says_is_not_said_again() -> None:
    edition = edition_on(DAY)
    case = Case(request_date=DAY, phase=Phase.INITIAL, indication="cidp", icd10=("I10",))
    found = assess(edition, case, FilesCodebook())
    assert [gate.gate for gate in found.gates] == [Gate.CODE]
    assert found.code_notes == ()
    assert found.overall is Overall.DOES_NOT_MEET
    opened = assess(edition, replace(case, icd10=("I10", "G61.81")), FilesCodebook())
    assert [note.code for note in opened.code_notes] == ["I10"]
    assert opened.gates == ()


def test_every_code_of_every_edition_opens_its_gate_on_its_first_day() -> None:
    for _, edition in medicare_files().values():
        day = edition.effective_from
        codes = [code.code for code in edition.codes.values() if code.system is CodeSystem.ICD10]
        assert all(code_gate(edition, (c,), None, day, NO_CODEBOOK) is None for c in codes)
