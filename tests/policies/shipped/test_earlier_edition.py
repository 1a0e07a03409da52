"""The commercial edition before the one in force differs as its revision table says: no more."""

from functools import cache

import pytest

from criteria.demo.policies import FOLDER as PUBLISHED_BY_DEMO
from criteria.policies.difference import (
    ChangeKind,
    EditionChange,
    EditionDifference,
    EditionSection,
    difference,
)
from criteria.policies.edition import Edition
from criteria.policies.file.schema import PolicyFile
from criteria.policies.file.yamlfile import dump_policy_file
from criteria.rules import CriteriaGroup
from tests.factories.shipped import load_shipped
from tests.policies.shipped.earlier import EARLIER, LATER, POINTS, Point, place_of, told


@cache
def files() -> tuple[PolicyFile, PolicyFile]:
    return load_shipped(EARLIER)[0], load_shipped(LATER)[0]


@cache
def found() -> EditionDifference:
    return difference(load_shipped(EARLIER)[1], load_shipped(LATER)[1])


@pytest.mark.parametrize("point", POINTS, ids=lambda p: f"{p.of[0].split()[0]} {p.words}")
def test_each_point_is_told_where_it_stands_and_nowhere_else(point: Point) -> None:
    places = sorted(map(place_of, told(found()).by_point[point]))
    assert places == sorted(point.told_in)


@pytest.mark.parametrize("point", POINTS, ids=lambda p: f"{p.of[0].split()[0]} {p.words}")
def test_the_question_of_a_class_names_its_drugs(point: Point) -> None:
    changes = told(found()).by_point[point]
    asked = [question(found().new, c) for c in changes if c.section is EditionSection.QUESTIONS]
    assert asked == [", ".join(point.examples)] * len(asked)


def question(edition: Edition, change: EditionChange) -> str:
    (key,) = change.concerns.questions
    return edition.questions[key].examples


def test_nothing_else_changed() -> None:
    assert told(found()).left_over == []
    assert {change.kind for change in found().substantial} == {ChangeKind.ADDED, ChangeKind.CHANGED}


def test_the_files_differ_in_what_the_table_names_alone() -> None:
    """Without the difference: part by part, as they are written."""
    old, new = files()
    alike = set(PolicyFile.model_fields) - {
        "edition",
        "history",
        "questions",
        "indications",
        "codes",
    }
    assert {name for name in alike if getattr(old, name) != getattr(new, name)} == set()
    assert list(old.indications) == list(new.indications)
    changed = {k for k, part in old.indications.items() if new.indications[k] != part}
    assert changed == {"multiple-sclerosis", "neuromyelitis-optica"}
    assert (old.codes.icd10, old.codes.cpt) == (new.codes.icd10, new.codes.cpt)
    assert set(new.codes.hcpcs) - set(old.codes.hcpcs) == {"C9072"}
    own = {"number", "effective_from", "effective_until", "comparison_only", "source"}
    assert old.edition.model_dump(exclude=own) == new.edition.model_dump(exclude=own)


def test_how_many_must_have_been_tried_is_the_same() -> None:
    for edition, drugs, therapies in ((found().old, 14, 5), (found().new, 16, 7)):
        assert tried(edition, "multiple-sclerosis") == (2, drugs)
        assert tried(edition, "neuromyelitis-optica") == (3, therapies)


def tried(edition: Edition, indication: str) -> tuple[int | None, int]:
    criteria = edition.indications[indication].pathways[0].criteria
    assert isinstance(criteria, CriteriaGroup)
    (group,) = (each for each in criteria.members if each.key.endswith("-therapies"))
    assert isinstance(group, CriteriaGroup)
    return group.n, len(group.members)


def test_earlier_wording_is_cited_where_the_document_tells_it() -> None:
    cited = [change for change in found().lesser if change.section is EditionSection.CRITERIA]
    assert {row.old.rpartition(", ")[2] for c in cited for row in c.rows} == {"line 1607"}
    reworded = [c for c in found().substantial if c.section is EditionSection.CRITERIA and c.rows]
    assert [change.key for change in cited] == [change.key for change in reworded]


def test_the_rest_of_what_is_lesser_is_the_edition_itself() -> None:
    (edition,) = (c for c in found().lesser if c.section is not EditionSection.CRITERIA)
    said = {row.label: (row.old, row.new) for row in edition.rows}
    assert said.pop("Document")[0].count("reconstructed") == 1
    assert said == {
        "Number": ("2020D0035AC", "2021D0035AD"),
        "In force from": ("", "1 Jan 2021"),
        "No longer in force from": ("1 Jan 2021", ""),
    }


def test_the_payer_says_so_beside_it() -> None:
    assert len(found().said) == 5
    assert found().no_longer_said == ()
    assert {side.citation for side in found().said} == {f"line {p.line}" for p in POINTS}


def test_file_is_written_as_it_is_exported() -> None:
    assert dump_policy_file(files()[0]) == EARLIER.read_text(encoding="utf-8")


def test_demonstration_does_not_publish_it() -> None:
    names = {path.name for path in PUBLISHED_BY_DEMO.glob("*.yaml")}
    assert LATER.name in names
    assert EARLIER.name not in names
