"""The example requests as they stand in their files."""

from datetime import date

import pytest

from criteria.demo.examples import ExampleState, examples, typed_on
from criteria.requests.answers.identifiers import npi_problem
from criteria.rules.terms import Overall

EXAMPLES = dict(examples())


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_name_nobody_real(name: str) -> None:
    for fields in EXAMPLES[name].pages.values():
        for field, value in fields.items():
            text = str(value)
            assert "555-01" in text or not field.endswith(("phone", "fax"))
            assert field != "npi" or not npi_problem(text)


def test_examples_stand_for_every_result_and_state() -> None:
    assert {e.expect for e in EXAMPLES.values()} == set(Overall)
    assert {e.state for e in EXAMPLES.values()} == set(ExampleState)


def test_relative_dates_are_those_of_the_day_it_is_made() -> None:
    def on(text: str) -> str:
        return typed_on(date(2026, 3, 31), text)[0]

    assert on("today") == "2026-03-31"
    assert on("30 days ago") == "2026-03-01"
    assert on("1 month ago") == "2026-02-28"
    assert on("in 2 weeks") == "2026-04-14"
    assert on("30 days") == "30 days"
    assert on("seen 3 days ago") == "seen 3 days ago"
