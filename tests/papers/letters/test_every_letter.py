"""The letters of every case of both policies, read against what was found of it.

Each pathway comes in with each of its criteria failed alone: nobody had to list what a letter may
say of it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

import pytest

from criteria.papers.letters.basis import judged_items
from criteria.papers.letters.compose import approval_text, denial_text, information_text
from criteria.papers.letters.content import LetterItem
from criteria.papers.letters.items import NOTHING_ADDED, items_of
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import named_trees
from criteria.requests.dispositions.criterion_views import CriterionView, Place
from criteria.requests.dispositions.gates import GATE
from criteria.requests.dispositions.grounds import denial_gaps, grounds_of
from criteria.rules import AnswerType, DoseLeaf, Finding, FindingState, Leaf, NamesCode
from criteria.rules.explain import LinePart, NumberedFinding, numbered
from criteria.rules.guidance import leaves
from tests.helpers.papers.letters import BASIS
from tests.policies.shipped.cases import every_case, judged

EVERY = [case for policy in ("uhc", "cms") for case in every_case(policy)]
FILES = {name: [*group] for name, group in groupby(EVERY, key=lambda case: case.file)}
of_files = pytest.mark.parametrize("name", FILES)
COACHES = re.compile(r"\bneeds? (to be )?(yes|no)\b|would need to be|should be answered|Only if:")
# Enough of each file where every criterion of a case is refused in turn.
MOST = 8
NO = CriterionView("not_accepted", "The records do not show it.")


@cache
def found_in(name: str) -> tuple[Assessment, ...]:
    return tuple(judged(case.request).assessment for case in FILES[name])


def lines_of(found: Assessment) -> dict[Place, NumberedFinding]:
    return {
        (tree.block, line.finding.node.key): line
        for tree in named_trees(found)
        for line in numbered(tree.finding)
    }


def chains(found: Assessment) -> dict[Place, list[FindingState]]:
    """The states of what stands above each criterion."""

    return {
        (tree.block, key): above
        for tree in named_trees(found)
        for key, above in _below(tree.finding, [])
    }


def _below(finding: Finding, above: list[FindingState]) -> Iterator[tuple[str, list[FindingState]]]:
    yield finding.node.key, above
    for part in (*finding.members, *filter(None, [finding.condition])):
        yield from _below(part, [*above, finding.state])


def is_required(line: NumberedFinding) -> bool:
    is_idle = line.is_advised or line.part is LinePart.CONDITION
    return not is_idle and line.finding.state is not FindingState.NOT_APPLICABLE


def rests_on(found: Assessment, views: dict[Place, CriterionView]) -> list[LetterItem]:
    items = judged_items(items_of(found, {}), found, views)
    places = set(grounds_of(found, views))
    return [item for item in items if item.place in places]


@of_files
def test_a_denial_says_only_what_has_to_be_met_and_is_not(name: str) -> None:
    for found in found_in(name):
        lines, above = lines_of(found), chains(found)
        items = rests_on(found, {})
        for item in items:
            if item.block == GATE:
                (gate,) = (g for g in found.gates if g.key == item.key)
                assert gate.state is FindingState.NOT_MET
            else:
                assert is_required(lines[item.place])
                states = [lines[item.place].finding.state, *above[item.place]]
                assert set(states) == {FindingState.NOT_MET}, item.heading
        text = denial_text(BASIS, items, "So it is.")
        assert not COACHES.search(text)
        read(items, text, found)


def read(items: list[LetterItem], text: str, found: Assessment) -> None:
    """No other disease, age or code is asked for, and nothing of a rule that does not apply."""
    for item in items:
        is_said = item.question or not item.answered
        label = "Asked for" if item.is_dose else "Stated" if is_said else "Found"
        assert f"\n- {label}: {item.answered or 'nothing'}" in text
        assert is_said or f"Stated: {item.answered}" not in text
        read_question(item, text, found)
    route = "" if found.indication is None else found.indication.route_words
    assert not route or route not in text
    switched_off = [
        line.finding.node.title for line in lines_of(found).values() if not is_required(line)
    ]
    required = {line.finding.node.title for line in lines_of(found).values() if is_required(line)}
    for title in set(switched_off) - required:
        assert not re.search(rf"^(General )?[\d.a]+ {re.escape(title)}$", text, re.MULTILINE)
    wanted = [
        line.split(": ", 1)[1]
        for line in text.splitlines()
        if line.startswith("- What would change")
    ]
    for line in lines_of(found).values():
        for leaf in leaves(line.finding):
            node = leaf.node
            is_fact = isinstance(node, Leaf) and node.question.is_unchangeable
            if is_fact and leaf.state is FindingState.NOT_MET:
                assert not [w for w in wanted if f"{node.title}:" in w], node.title
            if isinstance(node, Leaf) and isinstance(node.test, NamesCode):
                assert not [w for w in wanted if any(code in w for code in node.test.codes)]


def read_question(item: LetterItem, text: str, found: Assessment) -> None:
    """A yes or no stands under its question, on the lines of its own heading."""
    node = None if item.block == GATE else lines_of(found)[item.place].finding.node
    if isinstance(node, Leaf) and node.question.type is AnswerType.YES_NO:
        assert f"\n{item.heading}\n- Question: {node.question.wording}\n" in f"\n{text}\n"


@of_files
def test_what_nobody_can_change_is_not_to_be_changed(name: str) -> None:
    for found in found_in(name):
        lines = lines_of(found)
        for item in rests_on(found, {}):
            line = lines.get(item.place)
            node = None if line is None else line.finding.node
            if isinstance(node, Leaf) and node.question.is_unchangeable:
                assert item.way == NOTHING_ADDED


@of_files
def test_what_is_not_accepted_is_said_with_the_note_and_nothing_else_of_it(name: str) -> None:
    """Each criterion refused alone: where it has to be met the denial rests on it, else never."""
    for found in found_in(name)[:MOST]:
        standing = set(grounds_of(found, {}))
        for place, line in lines_of(found).items():
            said = {place: NO}
            items = {item.place: item for item in rests_on(found, said)}
            if not is_required(line):
                assert set(items) == standing
            elif place in items:
                assert not denial_gaps(found, said, [place])
                text = denial_text(BASIS, [items[place]], "So it is.")
                assert f"- Why it is not accepted: {NO.note}" in text
                assert not COACHES.search(text)


@of_files
def test_a_request_for_information_needs_only_what_has_to_be_met(name: str) -> None:
    for found in found_in(name):
        lines = lines_of(found)
        items = [item for item in items_of(found, {}) if item.block != GATE]
        assert not COACHES.search(information_text(BASIS, items))
        for item in items:
            line = lines[item.place]
            assert bool(item.required) is is_required(line), item.heading
            assert item.needs_words or line.finding.state is not FindingState.MET
            assert item.needs_words or is_required(line)


def test_an_approval_of_less_says_what_speaks_against_the_whole() -> None:
    case = next(case for case in EVERY if "exceeds" in str(case.expected.get("dose_outcome")))
    dose = [i for i in rests_on(judged(case.request).assessment, {}) if "ose" in i.title]
    text = approval_text(BASIS, None, "Less is enough.", dose)
    assert "What speaks against the whole:" in text
    assert f"- Asked for: {dose[0].answered}" in text


@of_files
def test_no_approval_says_that_its_own_dose_would_change_it(name: str) -> None:
    """The dose that fits is offered to whoever asks again, not to whom it is given."""
    for found in found_in(name):
        for item in rests_on(found, {}):
            text = approval_text(BASIS, None, "Less is enough.", [item])
            is_dose = item.block != GATE and isinstance(
                lines_of(found)[item.place].finding.node, DoseLeaf
            )
            assert item.is_dose is is_dose
            is_told = "- What would change it: " in text
            assert is_told is (bool(item.way) and not is_dose)
            assert "for example" not in text or not is_dose


@of_files
def test_what_stands_before_the_criteria_is_found_and_by_nobody_stated(name: str) -> None:
    """In all three letters, of every gate; and no closed door is left ajar in a final letter."""
    for found in found_in(name):
        for item in (item for item in items_of(found, {}) if item.block == GATE):
            for text in (
                denial_text(BASIS, [item], "So it is."),
                information_text(BASIS, [item]),
                approval_text(BASIS, None, "So it is.", [item]),
            ):
                assert f"Stated: {item.answered}" not in text or not item.answered
                assert "A reviewer can still" not in text


@of_files
def test_every_failed_criterion_of_a_case_can_carry_a_denial(name: str) -> None:
    """What a case file says fails is among the reasons offered."""
    for case, found in zip(FILES[name], found_in(name), strict=True):
        offered = {key for _, key in grounds_of(found, {})}
        assert judged(case.request).failed <= offered, case.id
