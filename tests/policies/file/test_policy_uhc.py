"""The commercial policy as it is shipped: whole, cited, and consistent with itself."""

import pytest

from criteria.policies.edition import Edition, IndicationDefinition, PathwayDefinition
from criteria.policies.file.yamlfile import dump_policy_file, read_policy_file
from criteria.rules.lint import LintSeverity, problems, unused_questions
from criteria.rules.terms import CodeSystem, Coverage
from criteria.rules.walk import node_parts, walk
from tests.helpers.policies.shipped import FILE, cited, pathways, shipped, trees

GENERAL_PART, CRITERIA_PART = range(31, 110), range(111, 616)
LAST_LINE = 1617
CODE_LIST = range(696, 1223)


@pytest.fixture
def edition() -> Edition:
    return shipped()[1]


def indications(edition: Edition, *coverages: Coverage) -> list[IndicationDefinition]:
    return [i for i in edition.indications.values() if i.coverage in coverages]


def test_edition_is_the_one_of_2021(edition: Edition) -> None:
    assert (edition.policy_key, edition.line_of_business) == ("uhc", "commercial")
    assert (edition.number, str(edition.effective_from)) == ("2021D0035AD", "2021-01-01")
    assert (edition.authorization_months, edition.rounding_allowance_percent) == (12, 0)


def test_every_indication_is_there(edition: Edition) -> None:
    assert len(indications(edition, Coverage.CRITERIA)) == 29
    assert len(indications(edition, Coverage.GENERAL)) == 10
    assert len(indications(edition, Coverage.UNPROVEN)) == 45
    assert len(list(pathways(edition))) == 38


def test_indications_stand_in_the_order_of_the_policy(edition: Edition) -> None:
    starts = [cited(indication.lines)[0] for indication in edition.indications.values()]
    assert starts == sorted(set(starts))
    assert starts[-45:] == [*range(619, 642), *range(643, 665)]


def test_every_listed_code_is_there_once(edition: Edition) -> None:
    listed = [code for code in edition.codes.values() if code.listed]
    counts = {system: sum(code.system is system for code in listed) for system in CodeSystem}
    assert counts == {CodeSystem.ICD10: 502, CodeSystem.HCPCS: 14, CodeSystem.CPT: 2}
    lines = [int(code.lines) for code in listed]
    assert len(set(lines)) == len(lines) == 518
    assert all(int(c.lines) in CODE_LIST for c in listed if c.system is CodeSystem.ICD10)


def test_code_is_clear_only_when_nothing_else_fits(edition: Edition) -> None:
    for code in edition.codes.values():
        if code.clear:
            assert len(code.indications) == 1 and not code.unproven, code.code


def test_every_covered_indication_is_suggested_by_some_code(edition: Edition) -> None:
    suggested = {key for code in edition.codes.values() for key in code.indications}
    covered = indications(edition, Coverage.CRITERIA, Coverage.GENERAL)
    assert {i.key for i in covered} == suggested


@pytest.mark.parametrize(
    ("code", "indication", "unproven"),
    [
        ("G70.00", "myasthenia-gravis", "ocular-myasthenia"),
        ("D80.3", "primary-immunodeficiency", "isolated-igg4-deficiency"),
        ("D80.4", "primary-immunodeficiency", "isolated-igm-deficiency"),
        ("L50.8", "delayed-pressure-urticaria", "chronic-urticaria"),
        ("J45.50", "asthma", "non-steroid-dependent-asthma"),
        ("G61.89", "igm-anti-mag-neuropathy", "demyelinating-neuropathy-monoclonal-igm"),
        ("Z94.84", "bmt", "autologous-bmt-infection"),
        ("M05.20", "rheumatoid-arthritis", "vasculitides"),
        ("B20", "pediatric-hiv", "hiv-viral-load"),
    ],
)
def test_code_of_an_easily_confused_pair_names_both(
    edition: Edition, code: str, indication: str, unproven: str
) -> None:
    found = edition.codes[CodeSystem.ICD10, code]
    assert indication in found.indications
    assert unproven in found.unproven
    assert not found.clear


def test_codes_that_changed_end_and_begin_on_their_day(edition: Edition) -> None:
    codes = edition.codes
    assert str(codes[CodeSystem.ICD10, "G35"].last_day) == "2025-09-30"
    assert str(codes[CodeSystem.ICD10, "G35.A"].first_day) == "2025-10-01"
    assert str(codes[CodeSystem.HCPCS, "C9072"].last_day) == "2021-03-31"
    assert not codes[CodeSystem.ICD10, "G61.82"].listed


def test_excluded_products_say_so(edition: Edition) -> None:
    excluded = {p.brand: p for p in edition.products.values() if p.excluded}
    assert set(excluded) == {"Asceniv", "Cutaquig", "Panzyga"}
    for product in excluded.values():
        assert product.brand in product.exclusion_words
        assert product.exclusion_lines == "40, 103"


def test_unproven_uses_name_their_line_and_a_way_on(edition: Edition) -> None:
    contradicted = {
        key: f"{point.one_side_lines}, {point.other_side_lines}"
        for point in edition.contradictions.values()
        for key in point.indications
    }
    for use in indications(edition, Coverage.UNPROVEN):
        told = contradicted.get(use.key, use.route_words)
        assert use.lines in told
        assert "(line 1232)" in use.route_words


def test_every_tree_is_sound(edition: Edition) -> None:
    wrong = [
        (name, problem)
        for name, tree in trees(edition)
        for problem in problems(tree, edition.questions)
        if problem.severity is LintSeverity.ERROR
    ]
    assert wrong == []


def test_every_criterion_cites_its_part_of_the_policy(edition: Edition) -> None:
    for phase, tree in edition.general.items():
        for place in walk(tree, node_parts):
            assert set(cited(place.item.citation.lines)) <= set(GENERAL_PART), phase
    for indication, pathway in pathways(edition):
        first, last = cited(indication.lines)[0], cited(indication.lines)[-1]
        for place in walk(pathway.criteria, node_parts):
            lines = cited(place.item.citation.lines)
            assert first <= lines[0] and lines[-1] <= last, (indication.key, place.item.key)


def test_every_limit_cites_its_pathway(edition: Edition) -> None:
    for indication, pathway in pathways(edition):
        first, last = cited(indication.lines)[0], cited(indication.lines)[-1]
        for limit in pathway.dose.limits:
            lines = cited(limit.lines)
            assert first <= lines[0] and lines[-1] <= last, limit.key
            assert limit.words


def test_every_note_and_entry_cites_the_policy(edition: Edition) -> None:
    owners: list[Edition | IndicationDefinition | PathwayDefinition] = [
        edition,
        *edition.indications.values(),
    ]
    owners += [pathway for _, pathway in pathways(edition)]
    citations = [note.lines for owner in owners for note in owner.notes]
    citations += [entry.lines for entry in edition.history]
    citations += [entry.lines for entries in edition.diseases.values() for entry in entries]
    for lines in citations:
        assert cited(lines)[0] >= 1 and cited(lines)[-1] <= LAST_LINE, lines


def test_primary_immunodeficiencies_are_those_of_the_list(edition: Edition) -> None:
    lines = [int(disease.lines) for disease in edition.diseases["primary_immunodeficiency"]]
    assert lines == [*range(1456, 1473), *range(1474, 1481)]


def test_no_question_is_kept_for_nothing(edition: Edition) -> None:
    unused = unused_questions((tree for _, tree in trees(edition)), edition.questions)
    asked_by_role = {key for key, q in edition.questions.items() if q.role is not None}
    assert {problem.path[0] for problem in unused} <= asked_by_role


def test_shipped_file_is_in_its_canonical_spelling() -> None:
    text = FILE.read_text(encoding="utf-8")
    file = shipped()[0]
    assert dump_policy_file(file) == text
    assert read_policy_file(text, FILE.name) == file
