"""Which changes concern a request."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from criteria.policies.difference import RequestScope, difference, touches
from criteria.policies.edition import Edition
from criteria.rules.terms import CodeSystem, TherapyPhase
from tests.policies.difference.small import small

MINE = RequestScope(
    phase=TherapyPhase.INITIAL,
    indication="immune",
    pathway="initial",
    questions=frozenset({"stated", "igg"}),
    codes=frozenset({(CodeSystem.ICD10, "D80.0")}),
    product="alpha",
)


def touched(new: Edition, scope: RequestScope = MINE) -> list[str]:
    return [c.side.name for c in difference(small(), new).changes if touches(c, scope)]


def question(key: str) -> Edition:
    edition = small()
    changed = replace(edition.questions[key], wording="Other words")
    return replace(edition, questions={**edition.questions, key: changed})


def product(key: str) -> Edition:
    edition = small()
    changed = replace(edition.products[key], note="New.")
    return replace(edition, products={**edition.products, key: changed})


def without(field: str, key: Any) -> Edition:
    edition = small()
    parts = {k: part for k, part in getattr(edition, field).items() if k != key}
    return replace(edition, **{field: parts})


def test_own_question_and_no_other() -> None:
    assert touched(question("igg")) == ["Other words"]
    assert not touched(question("steroid"))


def test_own_product_and_no_other() -> None:
    assert touched(product("alpha")) == ["Alpha 16.5 %"]
    assert not touched(product("beta"))


def test_own_code_that_leaves() -> None:
    key = (CodeSystem.ICD10, "D80.0")
    assert touched(without("codes", key)) == ["D80.0"]
    assert not touched(without("codes", key), replace(MINE, codes=frozenset()))


def test_own_indication_that_leaves() -> None:
    assert "Immune deficiency" in touched(without("indications", "immune"))
    assert not touched(without("indications", "asthma"))


def test_own_phase() -> None:
    assert touched(without("general", TherapyPhase.INITIAL))
    assert not touched(without("general", TherapyPhase.CONTINUATION))


def test_dose_of_the_own_pathway() -> None:
    edition = small()
    immune = edition.indications["immune"]
    first, again = immune.pathways
    regimen = first.dose.regimens[1]
    limit = replace(regimen.phases[0], max_mg_per_kg=Decimal(900))
    dose = replace(first.dose, regimens=(first.dose.regimens[0], replace(regimen, phases=(limit,))))
    immune = replace(immune, pathways=(replace(first, dose=dose), again))
    new = replace(edition, indications={**edition.indications, "immune": immune})
    assert touched(new) == [
        "Or at most 900 mg/kg a week, only for an induction course of a first request, only if "
        "the IgG is 100 mg/dL or less"
    ]
    assert not touched(new, replace(MINE, pathway="again"))
    # While it is open which criteria apply, all that could count.
    assert touched(new, replace(MINE, pathway=""))


def test_rule_for_everybody_touches_and_a_lesser_change_does_not() -> None:
    assert touched(replace(small(), authorization_months=6)) == ["The edition"]
    assert not touched(replace(small(), number="2"))
    assert not touched(replace(small(), diseases={}))
