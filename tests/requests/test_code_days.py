"""A code on the days it enters and leaves a list, and why it is not in it."""

from datetime import date

import pytest

from criteria.policies.codes.code_list import is_listed, out_of_days, why_not_listed
from criteria.policies.codes.codebook import NO_CODEBOOK
from criteria.policies.edition import CodeDefinition
from criteria.rules.terms import CodeSystem
from tests.factories.medicare import FilesCodebook, edition_on
from tests.helpers.requests.code_gates import DAY, why


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
    code = CodeDefinition(
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
