from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from criteria.requests.answers.readings import read
from criteria.requests.renewal_words import (
    StatedThen,
    body_thens,
    fields_again,
    stated_again,
    thens,
)
from criteria.rules import AnswerType, NumberAnswer
from criteria.rules.kinds.fields import DateBounds
from tests.requests.renewal.snapshots import (
    DRUG,
    DRUGS,
    IGG,
    SCORE,
    STARTED,
    WALKS,
    chain,
    figure,
    one,
    snapshot,
    worded,
)

KNOWN = DateBounds(latest=date(2026, 9, 10))
AT = "At the approval of R-2026-00042 (12 Mar 2026)"


def then(said: str, button: str = "", use: str = "", when: str = AT) -> StatedThen:
    return StatedThen(when=when, said=said, button=button, use=use)


def beside(baseline: Any, question: Any, **typed: list[str]) -> tuple[StatedThen, ...]:
    return tuple(thens(baseline, question, "uhc", typed, KNOWN))


def test_what_was_answered_stands_there_with_number_and_day() -> None:
    assert beside(one(snapshot(walks=True)), WALKS) == (then("Yes"),)


def test_what_was_not_answered_says_nothing() -> None:
    assert beside(one(snapshot(score=figure("6"))), WALKS) == ()


def test_of_two_approvals_each_says_what_was_answered() -> None:
    first = snapshot("R-2025-00007", walks=False, day=date(2025, 3, 1))
    assert beside(chain(first, snapshot(walks=True)), WALKS) == (
        then("No", when="At the first approval, R-2025-00007 (1 Mar 2025)"),
        then("Yes", when="At the last approval, R-2026-00042 (12 Mar 2026)"),
    )


MEASURED = {"q-score": ["6"], "q-score-measured_on": ["2026-03-01"]}


def measured(**said: Any) -> Any:
    typed = MEASURED | {"q-score-source": ["Old report"], "q-score-page": ["2"]}
    score = NumberAnswer(Decimal(6), date(2026, 3, 1), "6 points")
    return snapshot(score=score, typed=typed, **said)


def test_a_figure_with_its_day_can_be_used_again() -> None:
    (found,) = beside(one(measured()), SCORE)
    assert found == then("6 points, measured 1 Mar 2026", "R-2026-00042 score", "Use 6 points")


def test_where_the_records_say_so_is_not_used_again() -> None:
    assert fields_again(measured(), SCORE, "uhc", KNOWN) == MEASURED


def test_once_it_is_used_the_button_is_gone() -> None:
    (found,) = beside(one(measured()), SCORE, **MEASURED)
    assert (found.button, found.use) == ("", "")


def test_a_question_that_has_another_key_now_is_filled_under_that() -> None:
    renamed = worded(SCORE, key="incat")
    assert fields_again(measured(), renamed, "uhc", KNOWN) == {
        "q-incat": ["6"],
        "q-incat-measured_on": ["2026-03-01"],
    }


def test_a_figure_that_reads_otherwise_today_is_not_offered() -> None:
    before = worded(IGG, dated=True)
    typed = {"q-igg": ["5"], "q-igg-unit": ["g/L"], "q-igg-measured_on": ["2026-03-01"]}
    old = snapshot(
        "R-2026-00042",
        before,
        typed=typed,
        igg=NumberAnswer(Decimal(500), date(2026, 3, 1), "5 g/L"),
    )
    other = worded(before, unit="g/L", other_units=())
    assert fields_again(old, other, "uhc", KNOWN) == {}


def test_a_figure_out_of_range_today_is_not_offered() -> None:
    narrow = worded(SCORE, maximum=Decimal(5))
    assert fields_again(measured(), narrow, "uhc", KNOWN) == {}


def test_a_question_of_another_kind_today_is_not_offered() -> None:
    assert fields_again(measured(), worded(SCORE, type=AnswerType.DATE), "uhc", KNOWN) == {}


@pytest.mark.parametrize(
    ("question", "typed", "use"),
    [
        (STARTED, {"q-started": ["2026-03-15"]}, "Use 15 Mar 2026"),
        (
            DRUG,
            {"q-drug": ["failure"], "q-drug-drug": ["prednisone"], "q-drug-from": ["Jan 2020"]},
            "Use what was stated then",
        ),
        (
            DRUGS,
            {
                "q-drugs-drug": ["prednisone", "azathioprine", ""],
                "q-drugs-outcome": ["failure", "intolerance", ""],
            },
            "Use what was stated then",
        ),
    ],
)
def test_dates_and_earlier_therapies_can_be_used_again(
    question: Any, typed: dict[str, list[str]], use: str
) -> None:
    answer = read(question, typed, KNOWN).answer
    old = snapshot(typed=typed, **{question.key: answer})
    (found,) = beside(one(old), question)
    assert found.use == use
    assert read(question, fields_again(old, question, "uhc", KNOWN), KNOWN).answer == answer


def test_a_planned_start_is_told_as_planned_and_can_be_used() -> None:
    old = snapshot(planned_start=date(2026, 3, 15), typed={"planned_start": ["2026-03-15"]})
    (found,) = beside(one(old), STARTED)
    assert found == then(
        "first dose planned for 15 Mar 2026", "R-2026-00042 started", "Use 15 Mar 2026"
    )
    assert beside(one(old), SCORE) == ()


def test_a_planned_start_still_to_come_is_told_and_not_used() -> None:
    day = KNOWN.latest + timedelta(days=1)
    old = snapshot(planned_start=day, typed={"planned_start": [day.isoformat()]})
    (found,) = beside(one(old), STARTED)
    assert (found.said, found.button) == ("first dose planned for 11 Sep 2026", "")


@pytest.mark.parametrize("button", ["", "R-2026-00042", "R-2026-00099 score", "R-2026-00042 no"])
def test_a_button_that_was_not_offered_fills_nothing(button: str) -> None:
    assert stated_again(one(measured()), button, {"score": SCORE}, "uhc", KNOWN) == {}


def test_a_button_that_was_offered_fills_its_question() -> None:
    found = stated_again(one(measured()), "R-2026-00042 score", {"score": SCORE}, "uhc", KNOWN)
    assert found == MEASURED


def test_the_dose_page_tells_weight_product_and_dose() -> None:
    old = snapshot(weight_kg=Decimal(70), product="Gamunex-C 10 %")
    assert tuple(body_thens(one(old))) == (then("70 kg · Gamunex-C 10 %"),)
    assert tuple(body_thens(one(snapshot()))) == ()
