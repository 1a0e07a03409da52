"""Every case of tests/cases/<policy>/*.yaml, judged by the edition of its policy."""

from typing import Any

import pytest

from tests.policies.cases import Judged, PolicyCase, every_case, judged

UHC = every_case("uhc")


def lines_of(text: str) -> set[int]:
    """The line numbers of a citation: "138-140, 144"."""
    found: set[int] = set()
    for part in filter(None, text.replace(" ", "").split(",")):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize("case", UHC, ids=[case.id for case in UHC])
def test_case(case: PolicyCase) -> None:
    found = judged(case.request)
    assert stated(found, case) == case.expected, found.report["failed"]


def stated(found: Judged, case: PolicyCase) -> dict[str, Any]:
    """What was found, of the things the case says something about."""
    shown = {
        "expect": found.report["overall"],
        "fails": found.failed,
        "open": set(found.report["open"]),
        "dose_outcome": found.report["dose"]["outcome"].replace("_", " "),
        "dose_reason": (found.report["dose"]["reason"] or "").replace("_", " "),
        "notes": found.notes,
        "authorization_months": found.report["authorization_months"],
    }
    return {key: _as_listed(shown[key], value) for key, value in case.expected.items()}


def _as_listed(found: Any, expected: Any) -> Any:
    """A set in the order of the case, with whatever it does not name at the end."""
    if not isinstance(found, set):
        return found
    return [key for key in expected if key in found] + sorted(found - set(expected))


@pytest.mark.parametrize("case", UHC, ids=[case.id for case in UHC])
def test_case_is_complete(case: PolicyCase) -> None:
    """A failing case names what fails, an open one what is open, and the line is where it fails."""
    needed = {"does not meet": "fails", "incomplete": "open"}.get(case.expected["expect"])
    assert needed is None or case.expected.get(needed), f"{needed} is not named"
    if case.line and needed == "fails":
        cited = {
            n for found in judged(case.request).report["failed"] for n in lines_of(found["lines"])
        }
        assert lines_of(case.line) <= cited


def test_names_are_used_once() -> None:
    ids = [case.id for case in UHC]
    assert len(ids) == len(set(ids))
