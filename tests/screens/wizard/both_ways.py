"""One request typed into the pages and stated to ``evaluate``, and what its findings differ in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest

from criteria.dosing import OutcomeReason
from criteria.policies.codes.stored_codebook import CODEBOOK
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case_files.parse import parse_case
from criteria.requests.stated_request import StatedRequest
from criteria.rules import DoseLeaf, FactRole, Finding, FindingState, Leaf
from criteria.rules.explain import numbered
from criteria.rules.terms import Overall
from tests.policies.shipped.cases import Json, edition, every_case
from tests.screens.wizard.typed_out import NotTypedError, draft_of_stated, fields_of_stated

POLICIES = ("uhc", "cms")


@dataclass(frozen=True)
class Both:
    """One request by either way in."""

    draft: StatedRequest
    typed: Assessment
    stated: Assessment


def both_of(stated: Json, **typed: list[str]) -> Both:
    """The two findings. ``typed``: fields typed otherwise than they are stated."""
    parsed = parse_case(stated, edition)
    draft = draft_of_stated(parsed.edition, stated, **typed)
    assert draft.assessment is not None
    return Both(draft, draft.assessment, assess(parsed.edition, parsed.case, CODEBOOK))


def differences(both: Both) -> list[str]:
    """What differs though everything it rests on was stated."""
    waiting, found = waits(both), []
    stated = lines(both.stated)
    for place, finding in lines(both.typed).items():
        one, other = finding.state, stated[place].state
        # What waits leaves its groups open, and may decide whether others apply.
        is_left = waiting and not isinstance(finding.node, Leaf)
        is_left = is_left or (waiting and FindingState.NOT_APPLICABLE in (one, other))
        if one is not other and place not in waiting and not is_left:
            found.append(f"{place}: {one}, {other}")
    for name, one, other in said(both, waiting):
        if one != other:
            found.append(f"{name}: typed {one!r}, stated {other!r}")
    # The page's own result: it waits for the product as well.
    result = both.draft.overall if both.draft.product_is_open else both.typed.overall
    if waiting and result not in (both.stated.overall, Overall.INCOMPLETE):
        found.append(f"overall: typed {result}, stated {both.stated.overall}")
    return found


def said(both: Both, waiting: set[tuple[str, str]]) -> Iterator[tuple[str, Any, Any]]:
    """What stands beside the criteria by either way; of a dose that is unsaid nothing is said."""
    one, other = both.typed, both.stated
    unsaid = bool(both.draft.dose_unsaid) or both.draft.case.dose is None or is_of_no_product(both)
    yield "gates", [*gates(one, unsaid)], [*gates(other, unsaid)]
    yield "code notes", one.code_notes, other.code_notes
    yield "notes", {note.key for note in one.notes}, {note.key for note in other.notes}
    yield "product", one.product, other.product
    if not waiting:
        yield "overall", one.overall, other.overall
    if not unsaid:
        yield "months", one.authorization_months, other.authorization_months
        yield "dose", (one.dose.outcome, one.dose.text), (other.dose.outcome, other.dose.text)


def gates(found: Assessment, without_dose: bool) -> Iterator[tuple[str, ...]]:
    for gate in found.gates:
        if not (without_dose and "planned" in gate.about):
            yield gate.key, gate.state.value, gate.text, gate.lines


def lines(found: Assessment) -> dict[tuple[str, str], Finding]:
    trees = (("general", found.general), ("criteria", found.specific))
    return {
        (block, line.finding.node.key): line.finding
        for block, tree in trees
        if tree is not None
        for line in numbered(tree)
    }


def waits(both: Both) -> set[tuple[str, str]]:
    """The criteria that the pages still ask for, and a file of cases may leave out."""
    found = set()
    for block, one, other in (
        ("general", both.typed.general, both.stated.general),
        ("criteria", both.typed.specific, both.stated.specific),
    ):
        if one is None or other is None:
            assert one is other
            continue
        for typed, stated in zip(numbered(one), numbered(other), strict=True):
            node, state = typed.finding.node, typed.finding.state
            if state is stated.finding.state:
                continue
            if isinstance(node, DoseLeaf) and is_of_no_product(both):
                found.add((block, node.key))
            if state is not FindingState.NOT_ANSWERED:
                continue
            is_unsaid = both.draft.dose_unsaid or both.draft.case.dose is None
            is_dose = isinstance(node, DoseLeaf) and is_unsaid
            if is_dose or (isinstance(node, Leaf) and is_left_out(node, both)):
                found.add((block, node.key))
    return found


def is_of_no_product(both: Both) -> bool:
    """Whether the dose goes by a label, and the product is still to be chosen on the page."""
    return both.draft.product_is_open and both.typed.dose.reason is OutcomeReason.LABEL_NOT_HELD


def is_left_out(leaf: Leaf, both: Both) -> bool:
    """Whether nobody states what only contradicts, or where it is given."""
    key = leaf.question.key
    is_asked = key in both.typed.facts.answers or key in both.stated.facts.answers
    return not is_asked and bool(leaf.contradiction or leaf.question.role is FactRole.GIVEN_AT_HOME)


# A request that meets, for every pathway


@dataclass(frozen=True)
class Path:
    """A pathway with a request that meets it."""

    policy: str
    key: str
    request: Json

    @property
    def id(self) -> str:
        return f"{self.policy} {self.key}"


@cache
def paths() -> tuple[Path, ...]:
    """Each pathway of both policies that a case meets, by its first such case."""
    found: dict[tuple[str, str], Path] = {}
    for policy in POLICIES:
        for case in every_case(policy):
            stated = case.request
            key = f"{stated['indication']} {stated.get('pathway')} {stated['phase']}"
            is_met = case.expected.get("expect") == "meets"
            is_whole = stated["indication"] != "general-requirements"
            if is_met and is_whole and (policy, key) not in found and can_be_typed(stated):
                found[policy, key] = Path(policy, key, stated)
    return tuple(found.values())


def can_be_typed(stated: Json) -> bool:
    try:
        dict(fields_of_stated(edition(stated["policy"], date.fromisoformat(stated["on"])), stated))
    except NotTypedError:
        return False
    return True


def asking(role: FactRole) -> list[Path]:
    """The pathways that ask what the request may hold elsewhere, and one more of each policy."""
    others = [next(path for path in paths() if path.policy == policy) for policy in POLICIES]
    return [path for path in paths() if role in roles(path)] + others


def roles(path: Path) -> set[FactRole | None]:
    parsed = parse_case(path.request, edition)
    found = assess(parsed.edition, parsed.case)
    asked = (line.finding.node for tree in found.trees for line in numbered(tree))
    return {node.question.role for node in asked if isinstance(node, Leaf)}


def over(found: Iterable[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", found, ids=lambda path: path.id)
