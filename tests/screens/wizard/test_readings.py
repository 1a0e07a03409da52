"""What was typed becomes an answer, or a sentence about what is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from criteria.requests.answers.readings import Reading, evidence_of, names_of, read
from criteria.rules import (
    AnswerChoice,
    AnswerType,
    ListAnswer,
    NumberAnswer,
    QuestionDefinition,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.kinds.fields import DateBounds
from criteria.rules.parse import UnreadableError, date_of, number_of

KNOWN = DateBounds(latest=date(2026, 5, 14), born=date(1961, 3, 12))
YES_NO = QuestionDefinition(key="k", wording="?", type=AnswerType.YES_NO)
IGG = QuestionDefinition(
    key="k",
    wording="?",
    type=AnswerType.NUMBER,
    unit="mg/dL",
    other_units=(("g/L", Decimal(100)),),
    minimum=Decimal(0),
    maximum=Decimal(5000),
    dated=True,
)
NERVES = QuestionDefinition(
    key="k", wording="?", type=AnswerType.NUMBER, whole=True, maximum=Decimal(20)
)
DAY = QuestionDefinition(key="k", wording="?", type=AnswerType.DATE)
PICK = QuestionDefinition(
    key="k", wording="?", type=AnswerType.CHOICE, choices=(AnswerChoice("a", "A"),)
)
THERAPY = QuestionDefinition(key="k", wording="?", type=AnswerType.THERAPY)
DRUGS = QuestionDefinition(key="k", wording="?", type=AnswerType.LIST)


def reading(question: QuestionDefinition, **parts: str | list[str]) -> Reading:
    """``v`` is the answer itself; the others are its parts."""
    typed = {
        "q-k" if part == "v" else f"q-k-{part}": value if isinstance(value, list) else [value]
        for part, value in parts.items()
    }
    return read(question, typed, KNOWN)


def test_yes_no_can_be_cleared() -> None:
    assert reading(YES_NO, v="yes").answer is True
    assert reading(YES_NO, v="no").answer is False
    assert reading(YES_NO, v="").answer is None
    assert reading(YES_NO, v="perhaps").problems


def test_number_is_turned_into_the_policys_unit() -> None:
    found = reading(IGG, v="5", unit="g/L", measured_on="2026-05-01")
    assert found.answer == NumberAnswer(Decimal(500), date(2026, 5, 1), "5 g/L")
    assert found.echo == "5 g/L = 500 mg/dL"


@pytest.mark.parametrize("typed", ["0", "5000", "1,234.5", " 400 "])
def test_number_in_range_is_read(typed: str) -> None:
    assert reading(IGG, v=typed, unit="mg/dL").answer is not None


@pytest.mark.parametrize("unit", ["", "mmol/L"])
def test_number_of_several_units_has_none_until_one_is_chosen(unit: str) -> None:
    found = reading(IGG, v="4", unit=unit)
    assert (found.answer, found.problems) == (
        None,
        {"q-k-unit": "Choose the unit: mg/dL or g/L."},
    )


def test_number_of_one_unit_needs_no_choice() -> None:
    assert reading(NERVES, v="2").answer == NumberAnswer(Decimal(2), None, "2")


@pytest.mark.parametrize(
    "typed", ["-1", "5000.1", "abc", "1,23", "1.2.3", "inf", "NaN", "4e2", "9" * 30]
)
def test_number_out_of_range_or_unreadable_is_refused(typed: str) -> None:
    found = reading(IGG, v=typed, unit="mg/dL")
    assert found.answer is None
    assert found.problems["q-k"]


def test_number_in_a_wrong_unit_is_refused() -> None:
    assert (
        reading(IGG, v="500", unit="g/L").problems["q-k"].startswith("50,000 mg/dL cannot be right")
    )


def test_whole_number_has_no_half() -> None:
    assert reading(NERVES, v="2.5").problems["q-k"] == "Enter a whole number."


def test_date_without_its_figure_is_asked_about() -> None:
    assert "figure" in reading(IGG, v="", measured_on="2026-05-01").problems["q-k"]


@pytest.mark.parametrize(
    "typed",
    ["2026-05-14", "14 May 2026", "14 may 2026", "May 14, 2026", "5/14/2026", "14th May 2026"],
)
def test_date_is_read_in_several_forms(typed: str) -> None:
    assert date_of(typed) == date(2026, 5, 14)


@pytest.mark.parametrize(
    "typed", ["14.5.", "31 Feb 2026", "2026", "26-05-14", "tomorrow", "14/05/2026"]
)
def test_other_dates_are_refused(typed: str) -> None:
    with pytest.raises(UnreadableError):
        date_of(typed)


@pytest.mark.parametrize(
    "typed,words",
    [
        ("2026-05-15", "is after the date of the request"),
        ("1961-03-11", "before the patient was born"),
    ],
)
def test_date_outside_the_patients_life_is_refused(typed: str, words: str) -> None:
    assert words in reading(DAY, v=typed).problems["q-k"]


@pytest.mark.parametrize("typed", ["2026-05-14", "1961-03-12"])
def test_date_at_the_ends_is_read(typed: str) -> None:
    assert reading(DAY, v=typed).answer == date.fromisoformat(typed)


def test_choice_is_one_of_the_choices() -> None:
    assert reading(PICK, v="a").answer == "a"
    assert reading(PICK, v="b").problems


def test_therapy_has_outcome_drug_and_dates() -> None:
    found = reading(
        THERAPY,
        v="failure",
        drug="rituximab",
        reason="relapse",
        **{"from": "2020-01", "to": "Sep 2020"},
    )
    assert found.answer == TherapyAnswer(
        TherapyOutcome.FAILURE, "rituximab", date(2020, 1, 1), date(2020, 9, 1), "relapse"
    )


def test_therapy_that_stops_before_it_starts_is_refused() -> None:
    found = reading(THERAPY, v="failure", **{"from": "2020-09-02", "to": "2020-09-01"})
    assert found.problems == {"q-k-to": "The therapy stops before it starts. Check both dates."}


def test_therapy_without_outcome_is_not_an_answer_and_not_wrong() -> None:
    found = reading(THERAPY, drug="rituximab")
    assert (found.answer, found.problems) == (None, {})


def test_list_counts_its_rows() -> None:
    found = reading(
        DRUGS, drug=["azathioprine", "", "rituximab"], outcome=["failure", "", "intolerance"]
    )
    assert isinstance(found.answer, ListAnswer)
    assert found.answer.count == 2


def test_list_row_needs_drug_and_outcome() -> None:
    assert list(reading(DRUGS, drug=["x"], outcome=[""]).problems) == ["q-k-outcome-0"]
    assert list(reading(DRUGS, drug=[""], outcome=["failure"]).problems) == ["q-k-drug-0"]


def test_list_may_say_that_there_is_none() -> None:
    assert reading(DRUGS, v="none").answer == ListAnswer((), 0)


def test_long_reason_is_refused_with_its_length() -> None:
    found = reading(THERAPY, v="failure", reason="x" * 100_000)
    assert "it has 100,000" in found.problems["q-k-reason"]


def test_evidence_reads_as_one_line() -> None:
    typed = {"q-k-source": ["EMG report"], "q-k-encl": ["B"], "q-k-page": ["2"]}
    assert evidence_of(YES_NO, typed).text == "EMG report, encl. B, p. 2"


def test_names_cover_every_input() -> None:
    assert names_of(IGG) == tuple(
        f"q-k{part}" for part in ("", "-unit", "-measured_on", "-source", "-encl", "-page")
    )


@pytest.mark.parametrize("typed,value", [("12.5", "12.5"), ("+3", "3"), (".5", "0.5"), ("", None)])
def test_number_of(typed: str, value: str | None) -> None:
    assert number_of(typed) == (None if value is None else Decimal(value))
