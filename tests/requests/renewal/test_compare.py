from datetime import date
from decimal import Decimal
from typing import Any

from criteria.requests.renewal import Approval, BaselineRow, Snapshot, compared
from criteria.requests.renewal.compare import BOTH, ONLY_NOW, ONLY_THEN
from tests.requests.renewal.snapshots import (
    AGE,
    NOW,
    SCORE,
    STARTED,
    THEN,
    WALKS,
    chain,
    figure,
    one,
    snapshot,
    was,
    worded,
)


def today(*asked: Any, **said: Any) -> Snapshot:
    return snapshot("R-2026-00077", *asked, day=NOW, **said)


def rows(table: Any, title: str) -> tuple[BaselineRow, ...]:
    return next((group.rows for group in table.groups if group.title == title), ())


def test_what_was_asked_both_times_stands_with_the_difference() -> None:
    then = snapshot(score=figure("6", date(2026, 3, 1)), walks=False)
    table = compared(one(then), today(score=figure("4", date(2026, 9, 1)), walks=True))
    assert table.approvals == (Approval("R-2026-00042", THEN, "At the approval"),)
    assert not table.is_chain
    assert rows(table, BOTH) == (
        BaselineRow(
            label="Score on the scale",
            then=(was("6 points, measured 1 Mar 2026", "−2 points (−33.3 %)"),),
            now="4 points, measured 1 Sep 2026",
        ),
        BaselineRow(label="Walks unaided?", then=(was("No", "changed"),), now="Yes"),
    )


def test_what_was_answered_once_says_whether_it_was_asked() -> None:
    then = snapshot("R-2026-00042", SCORE, WALKS, score=figure("6"))
    table = compared(one(then), today(WALKS, STARTED, started=THEN))
    assert rows(table, BOTH) == ()
    assert rows(table, ONLY_THEN) == (
        BaselineRow(label="Score on the scale", then=(was("6 points"),), now="not asked"),
    )
    assert rows(table, ONLY_NOW) == (
        BaselineRow(label="First dose on", then=(was("not asked"),), now="12 Mar 2026"),
    )


def test_a_question_asked_and_left_open_is_not_answered() -> None:
    then = snapshot("R-2026-00042", WALKS, walks=True)
    (row,) = rows(compared(one(then), today(WALKS)), ONLY_THEN)
    assert (row.then, row.now) == ((was("Yes"),), "not answered")
    then = snapshot("R-2026-00042", WALKS)
    (row,) = rows(compared(one(then), today(WALKS, walks=True)), ONLY_NOW)
    assert (row.then, row.now) == ((was("not answered"),), "Yes")


def test_nothing_answered_makes_no_rows() -> None:
    assert compared(one(snapshot()), today()).groups == ()


def test_two_approvals_stand_side_by_side_each_with_its_difference() -> None:
    first = snapshot("R-2025-00007", score=figure("8"), day=date(2025, 3, 1))
    last = snapshot("R-2026-00042", score=figure("6"))
    table = compared(chain(first, last), today(score=figure("4")))
    assert table.is_chain
    assert [a.number for a in table.approvals] == ["R-2025-00007", "R-2026-00042"]
    (row,) = rows(table, BOTH)
    assert row.then == (
        was("8 points", "−4 points (−50 %)", "R-2025-00007"),
        was("6 points", "−2 points (−33.3 %)"),
    )


def test_what_only_the_first_approval_was_asked_is_told_once() -> None:
    number = "R-2025-00007"
    first = snapshot(number, SCORE, WALKS, score=figure("8"), walks=True)
    last = snapshot("R-2026-00042", WALKS, walks=True)
    table = compared(chain(first, last), today(STARTED))
    scores = (was("8 points", number=number), was("not asked"))
    walks = (was("Yes", number=number), was("Yes"))
    assert rows(table, ONLY_THEN) == (
        BaselineRow(label="Score on the scale", then=scores, now="not asked"),
        BaselineRow(label="Walks unaided?", then=walks, now="not asked"),
    )


def test_an_edition_that_renamed_its_keys_is_compared_by_the_words() -> None:
    then = snapshot("R-2026-00042", worded(SCORE, key="incat"), incat=figure("6"))
    table = compared(one(then), today(SCORE, score=figure("6")))
    assert rows(table, BOTH) == (
        BaselineRow(
            label="Score on the scale", then=(was("6 points", "no change"),), now="6 points"
        ),
    )
    assert rows(table, ONLY_THEN) == rows(table, ONLY_NOW) == ()


def test_a_converted_figure_says_what_it_was_converted_to() -> None:
    then = snapshot("R-2026-00042", worded(SCORE, unit="tenths"), score=figure("60"), policy="uhc")
    now = worded(SCORE, other_units=(("tenths", Decimal("0.1")),))
    (row,) = rows(compared(one(then), today(now, score=figure("4"))), BOTH)
    assert row.then == (was("60 tenths (= 6 points)", "−2 points (−33.3 %)"),)


def test_an_age_is_not_compared() -> None:
    then = snapshot("R-2026-00042", AGE, age=figure("64"))
    assert compared(one(then), today(AGE, age=figure("65"))).groups == ()
