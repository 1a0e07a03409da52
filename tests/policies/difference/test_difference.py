"""What is told of a change, and what is not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.policies.difference import ChangeKind, EditionChange, EditionSection, difference
from criteria.policies.edition import CodeDefinition, Edition, PathwayDefinition
from criteria.rules import Citation, CriteriaGroup, GroupKind, Leaf, NamesCode, Node, When
from criteria.rules.terms import CodeSystem, TherapyPhase
from tests.policies.difference.small import NAMED, small


def changes(new: Edition, old: Edition | None = None) -> tuple[EditionChange, ...]:
    return difference(old or small(), new).changes


def only(new: Edition) -> EditionChange:
    (change,) = changes(new)
    return change


def rows(change: EditionChange) -> list[tuple[str, str, str]]:
    return [(row.label, row.old, row.new) for row in change.rows]


def first_pathway(edition: Edition) -> PathwayDefinition:
    return edition.indications["immune"].pathways[0]


def with_pathway(**parts: Any) -> Edition:
    edition = small()
    immune = edition.indications["immune"]
    pathways = (replace(immune.pathways[0], **parts), *immune.pathways[1:])
    indications = {**edition.indications, "immune": replace(immune, pathways=pathways)}
    return replace(edition, indications=indications)


def root() -> CriteriaGroup:
    node = first_pathway(small()).criteria
    assert isinstance(node, CriteriaGroup)
    return node


def with_members(*members: Node) -> Edition:
    return with_pathway(criteria=replace(root(), members=members))


def some() -> CriteriaGroup:
    node = root().members[1]
    assert isinstance(node, CriteriaGroup)
    return node


# Criteria


def test_threshold_stands_side_by_side_with_both_citations() -> None:
    igg = some().members[0]
    assert isinstance(igg, Leaf)
    test = replace(igg.test, threshold=Decimal(300))
    changed = replace(igg, test=test, citation=Citation("12"))
    group = replace(some(), members=(changed, *some().members[1:]))
    found = changes(with_members(root().members[0], group, *root().members[2:]))
    needed, cited = found
    assert rows(needed) == [
        (
            "Needed",
            "below 400.5 mg/dL, measured within 1 month before the request",
            "below 300 mg/dL, measured within 1 month before the request",
        )
    ]
    assert needed.old is not None
    assert needed.new is not None
    assert (needed.old.citation, needed.new.citation) == ("lines 10-12", "line 12")
    assert needed.side.name == "2.1 Title of igg"
    assert needed.side.place == "Immune deficiency · First request"
    assert needed.concerns.questions == {"igg"}
    assert needed.concerns.phases == {TherapyPhase.INITIAL}
    assert not needed.is_lesser
    assert cited.is_lesser
    assert rows(cited) == [("Citation", "lines 10-12", "line 12")]


def test_one_more_member_changes_the_member_not_the_group() -> None:
    left = replace(some(), members=some().members[:2])
    change = only(with_members(root().members[0], left, *root().members[2:]))
    assert (change.kind, change.side.name) == (ChangeKind.REMOVED, "2.3 Title of steroid")
    assert change.concerns.questions == {"steroid"}


def test_conjunction_and_number() -> None:
    group = replace(some(), kind=GroupKind.ALL, n=1)
    change = only(with_members(root().members[0], group, *root().members[2:]))
    assert rows(change) == [("Needed", "At least 2 of these 3", "All of these 3")]


def test_moved_to_another_group_is_not_removed_and_added() -> None:
    *others, steroid = some().members
    group = replace(some(), members=tuple(others))
    change = only(with_members(root().members[0], group, *root().members[2:], steroid))
    assert rows(change) == [("Stands", "in “Some of these”", "in “Criteria”")]


def test_other_branch_of_a_condition() -> None:
    fork = root().members[2]
    assert isinstance(fork, When)
    assert fork.otherwise is not None
    turned = replace(fork, then=fork.otherwise, otherwise=fork.then)
    found = changes(with_members(*root().members[:2], turned, *root().members[3:]))
    assert {row.label for change in found for row in change.rows} == {"Stands"}
    assert len(found) == 2


def test_order_is_a_lesser_change() -> None:
    change = only(with_members(*reversed(root().members)))
    assert change.is_lesser
    assert [row.label for row in change.rows] == ["Order"]


def test_new_group_is_told_whole() -> None:
    inner = replace(some(), key="more", members=(replace(some().members[0], key="igg-again"),))
    found = changes(with_members(*root().members, inner))
    assert [(c.kind, c.concerns.criterion) for c in found] == [(ChangeKind.ADDED, "more")]
    assert "Title of igg" in found[0].side.words
    assert found[0].concerns.questions == {"igg"}


def test_number_shifts_are_no_change() -> None:
    new = with_members(*root().members[1:])
    assert [change.kind for change in changes(new)] == [ChangeKind.REMOVED]


def test_new_pathway_brings_its_criteria_and_its_limits() -> None:
    edition = small()
    immune = edition.indications["immune"]
    more = replace(immune.pathways[0], key="acute", name="Acute")
    immune = replace(immune, pathways=(*immune.pathways, more))
    found = changes(replace(edition, indications={**edition.indications, "immune": immune}))
    assert {change.kind for change in found} == {ChangeKind.ADDED}
    assert [c.section for c in found if c.section is EditionSection.CRITERIA] == []
    assert [c.side.name for c in found if c.section is EditionSection.PATHWAYS] == [
        "Immune deficiency · Acute"
    ]
    assert len([c for c in found if c.section is EditionSection.DOSING]) == 3


def test_main_code_and_any_code_are_told_apart() -> None:
    test = NamesCode(frozenset({"B20", "E11"}), principal=False)
    change = only(with_members(*root().members[:-1], replace(NAMED, test=test)))
    assert rows(change) == [
        ("Needed", "B20 or E11 (as the main code)", "B20 or E11 (among the codes)")
    ]


# Questions


def test_shared_question_is_told_once() -> None:
    edition = small()
    stated = replace(edition.questions["stated"], wording="Is the diagnosis stated?")
    new = replace(edition, questions={**edition.questions, "stated": stated})
    change = only(new)
    assert change.section is EditionSection.QUESTIONS
    assert rows(change) == [("Wording", "Is it diagnosed?", "Is the diagnosis stated?")]


def test_choice_of_another_key_with_the_same_label_is_told_apart() -> None:
    edition = small()
    kind = edition.questions["kind"]
    renamed = (replace(kind.choices[0], key="usual"), *kind.choices[1:])
    questions = {**edition.questions, "kind": replace(kind, choices=renamed)}
    ((_, old, new),) = rows(only(replace(edition, questions=questions)))
    assert "common: Common" in old
    assert "usual: Common" in new


# Doses


def test_limit_in_words_with_units() -> None:
    rule = first_pathway(small()).dose
    regimen = rule.regimens[0]
    limit = replace(regimen.phases[0], max_mg_per_kg=Decimal(1800), max_days=4)
    phases = replace(regimen, phases=(limit, *regimen.phases[1:]))
    new = with_pathway(dose=replace(rule, regimens=(phases, *rule.regimens[1:])))
    assert rows(only(new)) == [
        ("At most", "2,000 mg/kg", "1,800 mg/kg"),
        ("Spread over at most", "5 days", "4 days"),
    ]


# Codes


def with_code(**parts: Any) -> Edition:
    edition = small()
    key = (CodeSystem.ICD10, "J45.9")
    return replace(edition, codes={**edition.codes, key: replace(edition.codes[key], **parts)})


def test_mapped_code_that_becomes_listed_is_added() -> None:
    new = with_code(listed=True)
    change = only(new)
    assert (change.kind, change.is_lesser) == (ChangeKind.ADDED, False)
    assert change.concerns.codes == {(CodeSystem.ICD10, "J45.9")}
    (back,) = changes(small(), new)
    assert (back.kind, back.is_lesser) == (ChangeKind.REMOVED, False)


def test_mapped_code_alone_is_a_lesser_change() -> None:
    edition = small()
    mapped = CodeDefinition(
        system=CodeSystem.ICD10, code="Z29.8", description="Other", listed=False
    )
    new = replace(edition, codes={**edition.codes, (CodeSystem.ICD10, "Z29.8"): mapped})
    change = only(new)
    assert (change.kind, change.is_lesser) == (ChangeKind.ADDED, True)


def test_counts() -> None:
    edition = small()
    listed = {
        (CodeSystem.ICD10, code): CodeDefinition(
            system=CodeSystem.ICD10, code=code, description=code
        )
        for code in ("D80.1", "D80.2")
    }
    codes = {**edition.codes, **listed}
    del codes[CodeSystem.ICD10, "D80.0"]
    new = replace(edition, codes=codes, authorization_months=6, codes_bind=True)
    assert [count.text for count in difference(edition, new).counts] == [
        "2 rules of the edition changed",
        "2 ICD-10-CM codes added, 1 removed",
    ]


# The edition


def test_which_edition_it_is_is_a_lesser_change() -> None:
    new = replace(small(), number="2", effective_from=date(2022, 1, 1), source="Another PDF")
    assert only(new).is_lesser


def test_history_stands_beside_the_changes() -> None:
    edition = small()
    entry = replace(edition.history[0], day=date(2022, 1, 1), summary="Second edition.")
    found = difference(edition, replace(edition, history=(*edition.history, entry)))
    assert [side.words for side in found.said] == ["Second edition."]
    assert not found.substantial
    assert not found.lesser
