"""Every case of tests/cases/<policy>/*.yaml, judged by the edition of its policy."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.management import call_command

from criteria.requests.assessment.contradicted import (
    contradictions_by_fact,
    fact_of,
    is_contradicted,
)
from criteria.requests.case_files.editions import EditionFinder
from criteria.requests.case_files.parse import parse_case
from criteria.rules import SATISFIED, Finding, FindingState
from criteria.rules.guidance import leaves
from criteria.rules.json_values import CaseProblemError
from criteria.rules.terms import Overall
from tests.helpers.policies.citations import cited, lines_of
from tests.policies.shipped.cases import POLICIES, Judged, PolicyCase, every_case, judged

EVERY = [case for policy in ("uhc", "cms") for case in every_case(policy)]


def param(case: PolicyCase) -> Any:
    marks = [pytest.mark.xfail(reason=case.known_fault)] if case.known_fault else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [param(case) for case in EVERY])
def test_case(case: PolicyCase) -> None:
    found = judged(case.request)
    assert stated(found, case) == case.expected, found.report["failed"]
    if case.line and "fails" in case.expected:
        assert lines_of(case.line) <= cited(found), "the line is not where it fails"


@pytest.mark.parametrize("policy", ["uhc", "cms"])
def test_nothing_that_meets_leaves_a_decision_to_a_reviewer(policy: str) -> None:
    """Either a reviewer decides, and the result says so, or nobody is told that one does.

    Where something else fails, what is left to a reviewer is named as it stands: never what another
    answer made superfluous.
    """
    for case in every_case(policy):
        found = judged(case.request)
        said = found.report["for_reviewer"]
        if found.report["overall"] == "meets":
            text = " ".join(note["text"] for note in said)
            assert not re.search(r"reviewer (decides|judges|holds|does that)", text), case.id
            states = {gate["state"] for gate in found.report["gates"]}
            assert "for_reviewer" not in states, case.id
        superfluous = {*_superfluous(found.assessment.trees)}
        assert not superfluous & {note["text"].split(":")[0] for note in said}, case.id


@pytest.mark.parametrize("policy", ["uhc", "cms"])
def test_nothing_contradicted_is_called_met(policy: str) -> None:
    """Neither the criterion, nor what is met by it alone, nor the count of those that are met."""
    shown = 0
    for case in every_case(policy):
        found = judged(case.request).assessment
        facts = contradictions_by_fact(found)
        for tree in found.trees if facts else ():
            every = [finding for finding in _all(tree) if fact_of(finding) in facts]
            shown += len(every)
            for finding in every:
                is_met = finding.state is FindingState.MET
                assert is_met is is_contradicted(finding, facts), case.id
            if every and tree.state is FindingState.MET and found.overall is Overall.NEEDS_REVIEW:
                is_off = all(f.state is not FindingState.MET for f in every)
                assert is_contradicted(tree, facts) or is_off, case.id
    assert shown


def _all(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in (*finding.members, *filter(None, [finding.condition])):
        yield from _all(part)


def _superfluous(trees: Iterable[Finding]) -> Iterator[str]:
    """Titles of what is for a reviewer below something that is met without it."""
    for finding in trees:
        if finding.state in SATISFIED:
            yield from (
                f.node.title for f in leaves(finding) if f.state is FindingState.FOR_REVIEWER
            )
        yield from _superfluous(finding.members)


def test_names_are_used_once() -> None:
    ids = [case.id for case in EVERY]
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2020-01-31", "2019-12-31"])
def test_day_before_the_first_edition_is_refused(day: str) -> None:
    call_command("load_policy", "--publish", str(POLICIES / "cms-R1.yaml"))
    request = {"policy": "cms", "on": day, "indication": "mmn", "phase": "initial"}
    with pytest.raises(CaseProblemError, match="the first begins on 2020-02-01"):
        parse_case(request, EditionFinder())


def stated(found: Judged, case: PolicyCase) -> dict[str, Any]:
    """What was found, of the things the case says something about."""
    report, dose = found.report, found.report["dose"]
    gates = " ".join(gate["text"] for gate in report["gates"])
    shown = {
        "expect": report["overall"],
        "edition": report["edition"],
        "says": [each for each in case.expected.get("says", []) if each in gates],
        "fails": found.failed,
        "open": set(report["open"]),
        "not_stated": set(report["not_stated"]),
        "dose_outcome": dose["outcome"].replace("_", " "),
        "dose_reason": (dose["reason"] or "").replace("_", " "),
        "dose_note": found.dose_note,
        "notes": found.notes,
        "code_notes": found.code_notes,
        "authorization_months": report["authorization_months"],
        "authorization_shortened": report["authorization_shortened"],
    }
    return {key: _as_listed(shown[key], value) for key, value in case.expected.items()}


def _as_listed(found: Any, expected: Any) -> Any:
    """A set in the order of the case, with whatever it does not name at the end."""
    if not isinstance(found, set):
        return found
    return [key for key in expected if key in found] + sorted(found - set(expected))
