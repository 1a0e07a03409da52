"""A policy file as YAML: every mistake is found, placed on its line and said in plain words."""

from pathlib import Path

import pytest
import yaml

from criteria.policies.file.yamlfile import (
    PolicyFileError,
    dump_policy_file,
    load_edition,
    read_edition,
    read_policy_file,
)
from criteria.rules import Compares, CriteriaGroup, Leaf
from tests.factories.policy_file import policy_file

CASES = Path(__file__).parents[2] / "cases" / "policyfile"
GOOD = (CASES / "good.yaml").read_text()
BAD = yaml.safe_load((CASES / "bad.yaml").read_text())


def problems_of(text: str) -> list[str]:
    with pytest.raises(PolicyFileError) as caught:
        read_edition(text, "bad.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_good_file_becomes_an_edition() -> None:
    file, edition = read_edition(GOOD, "good.yaml")
    assert file.policy.key == edition.policy_key == "acme"
    pathway = edition.indications["cidp"].pathways[0]
    assert isinstance(pathway.criteria, CriteriaGroup)
    first = pathway.criteria.members[0]
    assert isinstance(first, Leaf) and isinstance(first.test, Compares)
    assert str(first.test.threshold) == "400.5"


@pytest.mark.parametrize("name", BAD)
def test_mistake_is_placed_and_explained(name: str) -> None:
    case = BAD[name]
    assert GOOD.count(case["replace"]) == 1
    text = GOOD.replace(case["replace"], case["with"])
    line = next(i for i, each in enumerate(text.splitlines(), 1) if case["line"] in each)
    assert any(
        problem.startswith(f"bad.yaml:{line}: ")
        and f"{case['where']}: " in problem
        and case["says"] in problem
        for problem in problems_of(text)
    ), problems_of(text)


def test_mistakes_of_types_and_of_references_are_reported_together() -> None:
    text = (
        GOOD.replace("authorization_months: 12", "authorization_months: 12\n  color: red")
        .replace("vial_sizes_g: [2.5, 10]", "vial_sizes_g: []")
        .replace("indications: [cidp]", "indications: [cipd]")
        .replace("  asthma: {", "  asthma: {pathways: 3, ")
    )
    found = problems_of(text)
    assert [p.split(": ")[1] for p in found] == [
        "edition.color",
        "indications.asthma.pathways",
        "products.gammadel-10.vial_sizes_g",
    ]
    assert len(problems_of(text.replace("\n  color: red", ""))) == 3


def test_one_bad_question_is_not_reported_again_by_its_criteria() -> None:
    found = problems_of(GOOD.replace("ask: IgG level", "ask: [IgG, level]"))
    assert found == ["bad.yaml:12: questions.igg.ask: expected text, got a list of 2"]


def test_empty_file_is_refused() -> None:
    assert problems_of("") == ["bad.yaml:1: the file: expected a policy file, got an empty one"]


def test_list_is_no_policy_file() -> None:
    assert "expected a mapping, got a list of 2" in problems_of("[1, 2]")[0]


def test_nesting_without_end_is_refused() -> None:
    assert "deep" in problems_of("[" * 200 + "]" * 200)[0]


def test_aliases_that_grow_are_refused() -> None:
    grown = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12)
    )
    assert "expected at most" in problems_of(grown)[0]


def test_alias_of_another_part_is_read() -> None:
    text = GOOD.replace("lines: 145-174\n    path", "lines: &all 145-174\n    path").replace(
        "lines: 145-174\n        crit", "lines: *all\n        crit"
    )
    assert read_policy_file(text, "good.yaml") == read_policy_file(GOOD, "good.yaml")


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"policy:\n  name: Guillain-Barr\xe9\n")
    with pytest.raises(PolicyFileError, match="latin.yaml:2: the file: expected UTF-8 text"):
        load_edition(path)


def test_written_file_reads_back_the_same() -> None:
    file = read_policy_file(GOOD, "good.yaml")
    text = dump_policy_file(file)
    again = read_policy_file(text, "again.yaml")
    assert again == file
    assert dump_policy_file(again) == text


def test_every_form_of_a_policy_file_survives_writing() -> None:
    file = policy_file()
    assert read_policy_file(dump_policy_file(file), "again.yaml") == file


@pytest.mark.parametrize(
    "words",
    ["yes", "no", "12", "1.50", "2021-01-01", "null", "a: b # c", " led by a space", "{a, b}"]
    + ["two\nlines\n", "Guillain-Barré ≥ 2", "'quoted'", '"quoted"', "x" * 300, "- dash", "@at"],
)
def test_any_words_survive_writing(words: str) -> None:
    file = read_policy_file(GOOD, "good.yaml")
    changed = file.model_copy(
        update={"policy": file.policy.model_copy(update={"name": words, "payer": f"{words}."})}
    )
    text = dump_policy_file(changed)
    assert read_policy_file(text, "again.yaml") == changed
    assert dump_policy_file(read_policy_file(text, "again.yaml")) == text


def test_keys_that_look_like_other_values_survive_writing() -> None:
    text = GOOD.replace("{one: The first, two: The second}", '{no: "No", 1: Once, null: None}')
    text = text.replace("passes: [one], reviewer: [two]", 'passes: ["no"], reviewer: ["1", "null"]')
    file = read_policy_file(text, "good.yaml")
    assert list(file.questions["kind"].choices) == ["no", "1", "null"]
    assert read_policy_file(dump_policy_file(file), "again.yaml") == file


def test_codes_are_written_one_a_line_and_numbers_plain() -> None:
    text = dump_policy_file(read_policy_file(GOOD, "good.yaml"))
    assert "G61.81: {description: CIDP, lines: 857, indications: [cidp], clear: yes}\n" in text
    assert "max_mg_per_kg: 2000\n" in text
    assert "vial_sizes_g: [2.5, 10]\n" in text
    assert "effective_from: 2021-01-01\n" in text
