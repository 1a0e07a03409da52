"""Two payers disagree about the same patient."""

from dataclasses import replace
from decimal import Decimal

import pytest

from criteria.dosing import Route
from criteria.requests.comparison import FactKind, Relevance
from criteria.requests.comparison.rows import Rank
from criteria.rules import FindingState, NumberAnswer
from criteria.rules.terms import Overall
from tests.requests.comparison.policies import (
    COMMERCIAL,
    MEDICARE,
    hiv,
    only,
    request,
    row,
    side_by_side,
)


def test_thirteen_year_old_with_hiv_passes_one_and_fails_the_other() -> None:
    found = side_by_side(hiv(13))
    commercial, medicare = (only(cell) for cell in found.differing[0].cells)
    assert found.differing[0].fact == "age_years"
    assert found.differing[0].answer == "13 years"
    assert (commercial.required, commercial.state) == ("at most 13 years", FindingState.MET)
    assert (medicare.required, medicare.state) == ("below 13 years", FindingState.NOT_MET)
    assert commercial.place.endswith("line 248") and medicare.place.endswith("line 156")
    assert medicare.bearing is Relevance.FAILS
    assert [c.overall for c in found.columns] == [Overall.MEETS, Overall.DOES_NOT_MEET]


@pytest.mark.parametrize(
    "age,rank", [(12, Rank.WORDS), (13, Rank.FAILS), (14, Rank.WORDS), (0, Rank.WORDS)]
)
def test_age_below_at_and_above_the_limits(age: int, rank: Rank) -> None:
    assert row(side_by_side(hiv(age)), "age_years").rank is rank


def test_code_of_multifocal_motor_neuropathy_is_listed_by_one_only() -> None:
    case = request(indication="mmn", pathway="initial", icd10=("G61.82",))
    found = side_by_side(case)
    first = found.differing[0]
    commercial, medicare = (only(cell) for cell in first.cells)
    assert (first.fact, first.answer) == ("code G61.82", "G61.82")
    assert (commercial.bearing, commercial.place) == (Relevance.WARNS, "line 670")
    assert "not in the policy's code list" in commercial.why
    assert (medicare.bearing, medicare.place) == (Relevance.PASSES, "line 106")


def test_code_of_the_commercial_list_alone_fails_medicare() -> None:
    found = side_by_side(request(indication="asthma", icd10=("J45.51",)))
    commercial, medicare = (only(cell) for cell in row(found, "code J45.51").cells)
    assert commercial.bearing is Relevance.PASSES
    assert (medicare.bearing, medicare.state) == (Relevance.FAILS, FindingState.NOT_MET)


def test_code_beside_a_listed_one_does_no_harm() -> None:
    found = side_by_side(hiv(12, icd10=("B20", "J45.51")))
    assert only(row(found, "code J45.51").cells[1]).bearing is Relevance.WARNS
    assert "another code" in only(row(found, "code J45.51").cells[1]).context[0]


def test_what_fails_one_policy_stands_before_warnings() -> None:
    answers = {"neuropathy_diabetes": True}
    case = request(indication="cidp", icd10=("G61.81", "E11.42"), answers=answers)
    found = side_by_side(case, MEDICARE, COMMERCIAL)
    assert found.differing[0].fact == "neuropathy_diabetes"
    assert row(found, "code E11.42").rank is Rank.WORDS


def test_no_code_is_open_where_the_list_binds() -> None:
    found = side_by_side(hiv(12, icd10=()))
    code = row(found, FactKind.CODE)
    assert code.cells[0] == ()
    assert only(code.cells[1]).bearing is Relevance.OPEN


def test_list_does_not_bind_the_diseases_it_leaves_out() -> None:
    case = request(indication="autoimmune-bullous", icd10=("L10.0",))
    need = only(row(side_by_side(case), "code L10.0").cells[1])
    assert need.bearing is Relevance.IDLE
    assert "does not bind" in need.context[0]


def test_one_of_several_ways_says_so() -> None:
    igg = only(row(side_by_side(hiv(12)), "igg_mg_dl").cells[0])
    assert igg.context == (
        "Low IgG or functional antibody deficiency: at least 1 of these 2 · 1 met",
    )
    titers = only(row(side_by_side(hiv(12)), "hiv_poor_titers").cells[0])
    assert len(titers.context) == 2
    assert titers.bearing is Relevance.IDLE, "the IgG is enough"


def test_way_not_met_beside_one_still_open_is_no_failure() -> None:
    answers = {"hiv_poor_titers": False}
    need = only(row(side_by_side(hiv(12, answers=answers)), "hiv_poor_titers").cells[0])
    assert (need.state, need.bearing) == (FindingState.NOT_MET, Relevance.UNDECIDED)


def test_every_way_not_met_fails() -> None:
    answers = {
        "igg_mg_dl": NumberAnswer(Decimal(400)),
        "hiv_poor_titers": False,
        "hiv_recurrent_bacterial_infections": False,
    }
    need = only(row(side_by_side(hiv(12, answers=answers)), "hiv_poor_titers").cells[0])
    assert need.bearing is Relevance.FAILS


def test_rule_of_another_code_does_not_apply() -> None:
    found = side_by_side(hiv(40, indication="mmn", pathway="initial", icd10=("G61.82",)))
    age = row(found, "age_years")
    assert age.cells[0] == ()
    assert only(age.cells[1]).state is FindingState.NOT_APPLICABLE
    assert only(age.cells[1]).context[0].startswith("does not apply")
    assert age.rank is Rank.PARTLY
    facts = {one.fact for one in found.rows}
    assert not {"neuropathy_diabetes", "first_line_therapies_failed", "icd10_codes"} & facts


def test_advice_is_no_requirement() -> None:
    found = side_by_side(hiv(12))
    need = only(row(found, "progress_notes").cells[1])
    assert need.is_advised and need.bearing is Relevance.ADVISED
    assert row(found, "progress_notes").rank is Rank.PARTLY


def test_what_is_missing_for_the_other_is_still_asked() -> None:
    found = side_by_side(hiv(13))
    assert [q.key for q in found.columns[1].still_asked] == ["necessity_to_start"]
    assert row(found, "necessity_to_start").rank is Rank.OPEN_ALONE
    assert found.columns[0].still_asked == ()


def test_same_answer_wanted_by_both_is_the_same() -> None:
    assert "history_physical" in {one.fact for one in side_by_side(hiv(12)).same}


def test_no_limit_stands_beside_a_limit() -> None:
    found = side_by_side(hiv(12))
    assert [only(cell).required for cell in row(found, FactKind.DOSE).cells] == [
        "At most 400 mg/kg a dose, no more than one dose every 4 weeks",
        "no limit in this policy",
    ]


def test_excluded_product_fails_where_it_is_excluded() -> None:
    excluded = next(p for p in COMMERCIAL.products.values() if p.excluded)
    found = row(side_by_side(hiv(12, product=excluded.key)), FactKind.PRODUCT)
    assert only(found.cells[0]).bearing is Relevance.FAILS
    assert only(found.cells[1]).bearing is not Relevance.FAILS
    assert found.rank is Rank.FAILS


def test_product_of_no_list_is_for_the_reviewer_of_both() -> None:
    found = row(side_by_side(hiv(12, other_product="Newglobin")), FactKind.PRODUCT)
    assert [only(cell).bearing for cell in found.cells] == [Relevance.REVIEW, Relevance.REVIEW]
    assert all("does not list Newglobin" in only(cell).why for cell in found.cells)


def test_route_only_one_lists_is_for_the_reviewer_of_the_other() -> None:
    found = row(side_by_side(hiv(12, product="gamunex-c-10", route=Route.SC)), FactKind.PRODUCT)
    assert [only(cell).bearing for cell in found.cells] == [Relevance.PASSES, Relevance.REVIEW]
    assert "for IV only; SC is asked for" in only(found.cells[1]).why


def test_three_policies_make_three_columns() -> None:
    third = replace(MEDICARE, policy_key="third", line_of_business="medicaid", codes_bind=False)
    found = side_by_side(hiv(13), COMMERCIAL, MEDICARE, third)
    assert all(len(one.cells) == 3 for one in found.rows)
    assert found.differing[0].fact == "age_years"
    assert row(found, "necessity_to_start").rank is Rank.OPEN_ALONE
    assert row(found, "progress_notes").rank is Rank.PARTLY
