"""CSV files that a spreadsheet opens as what they are."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from criteria.papers.csvfile import csv_lines, csv_response, safe


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_begins_as_a_formula_is_quoted(first: str) -> None:
    assert safe(f"{first}1") == f"'{first}1"
    assert safe(f"1{first}") == f"1{first}"


@pytest.mark.parametrize("number", [0, -5, Decimal("-1.25"), Decimal("2.50")])
def test_a_number_stays_a_number(number: int | Decimal) -> None:
    assert safe(number) == number
    assert "".join(csv_lines([[number]])) == f"\ufeff{number}\r\n"


def test_commas_quotes_lines_and_nothing_are_read_back_as_they_were() -> None:
    row = ['a,b "c"', "two\nlines", "ü", None]
    text = "".join(csv_lines([row])).removeprefix("\ufeff")
    assert list(csv.reader(StringIO(text, newline=""))) == [['a,b "c"', "two\nlines", "ü", ""]]


def test_the_file_has_a_name_and_says_it_is_utf_8() -> None:
    response = csv_response([["ü"]], "figures")
    assert response["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.getvalue() == "\ufeffü\r\n".encode()
