"""A dose that was typed and cannot be judged yet: each reason in a sentence of its own."""

from typing import Any

import pytest

from criteria.dosing import DoseOutcome
from criteria.papers.packet.dose import worksheet
from criteria.requests.case_files.dose_report import dose_report
from criteria.requests.dose.open import (
    AMOUNT_UNREADABLE,
    NOTHING_TYPED,
    STRENGTH_UNKNOWN,
    WEIGHT_UNREADABLE,
)
from criteria.requests.dose.values import BASIS_UNSAID, OFTEN_UNSAID, ROUTE_UNSAID
from criteria.rules import DoseLeaf
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.result import ResultView
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.helpers.wizard.offers import asked

pytestmark = pytest.mark.django_db
ONCE = {"interval_unit": "once", "product": "gamunex-c", "route": "IV"}
NOT_STATED = "not stated"

# What is typed otherwise, and what the sentence must hold; the dose itself is always typed.
CASES: list[tuple[str, dict[str, str], str]] = [
    ("route", {"route": ""}, ROUTE_UNSAID),
    ("basis", {"basis": ""}, BASIS_UNSAID),
    ("how often", {"interval_unit": ""}, OFTEN_UNSAID),
    ("route and basis", {"route": "", "basis": ""}, f"{BASIS_UNSAID} {ROUTE_UNSAID}"),
    ("unit", {"dose_unit": ""}, "the dose has none"),
    ("unreadable", {"dose": "some"}, AMOUNT_UNREADABLE),
    ("nothing", {"dose": "0"}, "more than 0"),
    ("days", {"days": "40"}, "1 to 10 is accepted"),
    ("strength", {"dose_unit": "mL", "product": ""}, STRENGTH_UNKNOWN),
    ("weight", {"weight": ""}, "the weight is needed"),
    ("weight unreadable", {"weight": "heavy"}, WEIGHT_UNREADABLE),
    ("weight unit", {"weight_unit": ""}, "unit"),
    ("weight impossible", {"weight": "4000"}, "4,000"),
    ("weight and route", {"weight": "", "route": ""}, "weight"),
]


def told(**changed: str) -> dict[str, str]:
    """What each screen and paper says of the dose."""
    draft = asked("kawasaki", "standard", "20", "40", "1", **ONCE).with_typed(
        {name: [text] for name, text in changed.items()}
    )
    draft.request.number = "R-1"
    found, walk = draft.assessment, Walkthrough(draft)
    assert found is not None and found.dose.outcome is DoseOutcome.NOT_ENOUGH_INFORMATION
    result = ResultView(walk)
    leaf = next(
        line for tree in draft.numbered for line in tree if isinstance(line.finding.node, DoseLeaf)
    )
    report: dict[str, Any] = dose_report(found)
    return {
        "page": DoseView(draft).text,
        "result": result._detail(leaf),
        "sidebar": next(
            task.text for task in LivePanel(walk).tasks if task.url.endswith("#id_dose")
        ),
        "packet": worksheet(found, ()).text,
        "report": report["text"],
    }


@pytest.mark.parametrize("changed,said", [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_what_is_missing_is_said_everywhere(changed: dict[str, str], said: str) -> None:
    texts = told(**changed)
    assert len(set(texts.values())) == 1, texts
    text = texts["page"]
    assert said in text
    assert NOT_STATED not in text


def test_only_where_nothing_is_typed_the_dose_is_not_stated() -> None:
    texts = told(dose="")
    assert NOT_STATED in texts["page"]
    assert told(dose="", weight="")["sidebar"] == NOTHING_TYPED
