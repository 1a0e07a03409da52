from dataclasses import replace
from datetime import date
from decimal import Decimal

from criteria.papers.letters.content import judged
from criteria.papers.letters.items import items_of
from criteria.rules import NumberAnswer
from tests.papers.packet.contents import ANSWERS, DATA, DOSE, found


def test_every_criterion_of_both_trees_is_there_in_their_order() -> None:
    items = items_of(found(), DATA.evidence)
    assert [i.block for i in items] == sorted((i.block for i in items), reverse=True)
    assert [i.number for i in items if i.block == "criteria"][:3] == ["", "1", "1.1"]
    assert all(i.number.startswith("General") for i in items if i.block == "general" and i.number)


def test_a_closed_gate_comes_first() -> None:
    first = items_of(found(product="outside"), {})[0]
    assert (first.block, first.key, first.title) == ("gate", "product", "Product")
    assert first.answered


def test_a_question_names_its_answer_and_its_evidence() -> None:
    nerves = next(i for i in items_of(found(), DATA.evidence) if i.key == "nerves")
    assert (nerves.question, nerves.answered) == ("nerves", "2 nerves")
    assert nerves.evidence == "EMG report, encl. B, p. 2"
    assert (nerves.required, nerves.way) == ("2 or more nerves", "")


def test_an_answer_that_is_too_old_says_so() -> None:
    old = found(answers=ANSWERS | {"igg": NumberAnswer(Decimal(350), date(2026, 10, 1))})
    igg = next(i for i in items_of(old, {}) if i.key == "igg")
    assert igg.answered.startswith("350 mg/dL, measured 1 Oct 2026 (50 days old")


def test_the_dose_names_the_largest_that_fits() -> None:
    dose = next(i for i in items_of(found(), {}, DATA.dose) if i.key == "dose")
    assert dose.answered.startswith("139.5 g over 5 days every 4 weeks, 6 times. 139.5 g is")
    assert dose.way == ""
    over = found(dose=replace(DOSE, amount=Decimal(140)))
    dose = next(i for i in items_of(over, {}, DATA.dose) if i.key == "dose")
    assert dose.way.startswith("for example 139.5 g (1,997.04 mg/kg) over 5 days")


def test_what_the_reviewer_said_is_put_to_its_criterion() -> None:
    nerves = next(i for i in items_of(found(), {}) if i.key == "nerves")
    said = {("criteria", "nerves"): ("ask", " Which nerves? \n"), ("general", "nerves"): ("", "x")}
    assert judged(nerves, said) == replace(nerves, verdict="ask", note="Which nerves?")
    assert judged(nerves, {}) == nerves
