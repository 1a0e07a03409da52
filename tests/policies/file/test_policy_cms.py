"""The Medicare article as it is shipped: eight editions, each whole, cited and in one spelling."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from criteria.policies.edition import Edition
from criteria.policies.file.schema import PolicyFile
from criteria.policies.file.yamlfile import dump_policy_file
from criteria.policies.stored.export import export
from criteria.policies.stored.load import load
from criteria.rules import Leaf, NamesCode
from criteria.rules.lint import problems, unused_questions
from criteria.rules.terms import CodeSystem, Coverage
from criteria.rules.walk import node_parts, walk
from tests.factories.shipped import load_shipped
from tests.helpers.policies.shipped import cited, pathways, shipped, trees

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "policies"
PATHS = sorted(FOLDER.glob("cms-*.yaml"))
FILES = {path.stem: load_shipped(path) for path in PATHS}
ALL = [edition for _, edition in FILES.values()]
NEWEST = ALL[-1]
LAST_LINE = 212
DAY = timedelta(days=1)

# The day a revision takes effect, the codes that leave its lists and those that come.
REVISIONS = {
    "R1": ("2020-02-01", "", ""),
    "R2": ("2020-10-01", "D59.1", "D59.11 D59.12 D59.13 D59.19"),
    "R3": ("2021-01-01", "", "C9072"),
    "R4": ("2021-10-01", "M31.1", "M31.10 M31.19"),
    "R5": ("2022-10-01", "", "D81.82"),
    "R6": ("2022-10-01", "", "J1554"),
    "R7": ("2023-07-01", "", "J1576"),
    "R8": ("2023-07-01", "", ""),
}

every_edition = pytest.mark.parametrize("edition", ALL, ids=[e.number for e in ALL])


def listed(edition: Edition) -> set[str]:
    return {code for _, code in edition.codes}


def in_force(day: date) -> list[str]:
    return [edition.number for edition in ALL if edition.in_force_on(day)]


def test_editions_take_effect_one_after_the_other() -> None:
    starts = [(edition.number, str(edition.effective_from)) for edition in ALL]
    assert starts == [(number, start) for number, (start, _, _) in REVISIONS.items()]
    ends = [edition.effective_until for edition in ALL]
    assert ends == [edition.effective_from for edition in ALL[1:]] + [None]


def test_edition_is_the_one_of_the_day() -> None:
    for edition in ALL:
        if edition.effective_until != edition.effective_from:
            assert in_force(edition.effective_from) == [edition.number]
    assert in_force(ALL[0].effective_from - DAY) == []
    assert in_force(date(2022, 9, 30)) == ["R4"]
    assert in_force(date(2022, 10, 1)) == ["R6"]
    assert in_force(date(2023, 7, 1)) == ["R8"]


def test_lists_change_as_the_history_says() -> None:
    for before, after in zip(ALL, ALL[1:], strict=False):
        _, left, came = REVISIONS[after.number]
        assert listed(before) - listed(after) == set(left.split()), after.number
        assert listed(after) - listed(before) == set(came.split()), after.number


def test_nothing_else_changes_between_revisions() -> None:
    def rest(file: PolicyFile) -> PolicyFile:
        kept = file.model_fields_set - {"edition", "history", "codes"}
        return PolicyFile.model_construct(**{name: getattr(file, name) for name in kept})

    assert all(rest(file) == rest(FILES["cms-R8"][0]) for file, _ in FILES.values())
    for before, after in zip(ALL, ALL[1:], strict=False):
        shared = before.codes.keys() & after.codes.keys()
        assert all(before.codes[key] == after.codes[key] for key in shared), after.number
        assert after.history[:-1] == before.history


@every_edition
def test_history_ends_with_the_revision_itself(edition: Edition) -> None:
    last = edition.history[-1]
    assert last.summary.startswith(f"{edition.number}: ")
    assert last.day == edition.effective_from
    _, left, came = REVISIONS[edition.number]
    assert {*left.split(), *came.split()} <= {c.strip(",.;:") for c in last.summary.split()}


@every_edition
def test_edition_says_where_it_comes_from(edition: Edition) -> None:
    assert (edition.policy_key, edition.line_of_business) == ("cms", "medicare")
    assert "draft" in edition.source and f"revision {edition.number} " in edition.source
    assert ("(LCD)" in edition.source) is (edition.number == "R8")
    assert edition.codes_bind
    assert (edition.codes_lines, edition.products_lines) == ("53-153, 165", "13, 26")


@every_edition
def test_edition_is_sound(edition: Edition) -> None:
    found = [p for _, tree in trees(edition) for p in problems(tree, edition.questions)]
    found += unused_questions((tree for _, tree in trees(edition)), edition.questions)
    assert found == []


@every_edition
def test_every_code_is_listed_in_a_line_of_the_article(edition: Edition) -> None:
    for code in edition.codes.values():
        assert code.listed and 1 <= int(code.lines) <= LAST_LINE, code.code
        if code.system is CodeSystem.ICD10:
            assert set(code.indications) <= edition.indications.keys()
            assert code.clear is (len(code.indications) == 1), code.code


def test_indications_stand_in_the_order_of_the_article() -> None:
    starts = [cited(indication.lines)[0] for indication in NEWEST.indications.values()]
    assert starts == sorted(set(starts))
    coverages = {i.key: i.coverage for i in NEWEST.indications.values()}
    own = {"autoimmune-bullous", "primary-immunodeficiency-home"}
    own |= {"pediatric-hiv", "pure-red-cell-aplasia", "cidp"}  # a rule of their code follows them
    own |= {"primary-immunodeficiency"}  # at home the list of the benefit binds it
    assert {key for key, found in coverages.items() if found is Coverage.CRITERIA} == own
    assert set(coverages.values()) == {Coverage.CRITERIA, Coverage.GENERAL}


def test_indication_cites_the_lines_of_its_codes() -> None:
    clear = [code for code in NEWEST.codes.values() if code.clear]
    for code in clear:
        lines = NEWEST.indications[code.indications[0]].lines
        assert int(code.lines) in numbers(lines), code.code


def numbers(lines: str) -> set[int]:
    spans = [re.findall(r"\d+", part) for part in lines.split(",")]
    return {n for span in spans for n in range(int(span[0]), int(span[-1]) + 1)}


def test_every_criterion_cites_its_part_of_the_article() -> None:
    for tree in NEWEST.general.values():
        for place in walk(tree, node_parts):
            assert numbers(place.item.citation.lines) <= {*range(36, 40), *range(156, 160)}
    for indication, pathway in pathways(NEWEST):
        for place in walk(pathway.criteria, node_parts):
            own = numbers(indication.lines)
            if indication.key == "primary-immunodeficiency":
                own |= numbers(NEWEST.indications["primary-immunodeficiency-home"].lines)
            assert numbers(place.item.citation.lines) <= own, place.item.key


def test_no_dose_is_limited() -> None:
    assert not [limit for _, pathway in pathways(NEWEST) for limit in pathway.dose.limits]


def test_products_are_intravenous_and_none_is_excluded() -> None:
    commercial = shipped()[1].products
    assert {key for key, p in commercial.items() if "IV" in p.routes} == NEWEST.products.keys()
    for key, product in NEWEST.products.items():
        assert list(product.routes) == ["IV"] and product.listed and not product.excluded, key
        for fact in ("vial_sizes_g", "unconfirmed_vial_sizes_g", "billing_unit_mg", "codes"):
            assert getattr(product, fact) == getattr(commercial[key], fact), key


def test_question_of_both_policies_is_the_same_question() -> None:
    commercial = shipped()[1].questions
    shared = commercial.keys() & NEWEST.questions.keys()
    assert shared == {"age_years", "history_physical", "pid_diagnosis"}
    assert all(commercial[key] == NEWEST.questions[key] for key in shared)


def test_codes_are_asked_of_the_request_alone() -> None:
    asked = [
        place.item.question
        for _, tree in trees(NEWEST)
        for place in walk(tree, node_parts)
        if isinstance(place.item, Leaf) and isinstance(place.item.test, NamesCode)
    ]
    assert {(question.key, question.role) for question in asked} == {
        ("icd10_codes", "diagnosis_codes")
    }


@pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
def test_shipped_file_is_in_its_canonical_spelling(path: Path) -> None:
    assert dump_policy_file(FILES[path.stem][0]) == path.read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["cms-R1", "cms-R8"])
def test_stored_edition_comes_back_to_the_byte(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert dump_policy_file(export(load(FILES[name][0]))) == text
