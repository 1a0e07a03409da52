"""What would bring a request further: nothing is coached, nothing cut off, nothing idle listed."""

import re
from itertools import combinations

import pytest

from criteria.papers.packet.steps import steps
from criteria.requests.assessment.trees import named_trees
from criteria.requests.stated_request import StatedRequest
from criteria.rules.formats import sentence_case
from criteria.rules.terms import TherapyPhase
from criteria.screens.wizard.next_steps import NextStep
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.screens.wizard.typed_draws import drawn_draft, every_pathway, typed_request

pytestmark = pytest.mark.django_db
EVENTS = (
    "nmo_optic_neuritis",
    "nmo_acute_myelitis",
    "nmo_area_postrema",
    "nmo_brainstem",
    "nmo_diencephalic",
    "nmo_cerebral",
)
TITLES = re.compile("myelitis|neuritis|postrema|brainstem|diencephalic|Cerebral", re.IGNORECASE)


def draft_of(antibody: str, *events: str, answered: bool = True) -> StatedRequest:
    """Of a first request for NMO with some of the six events, the others answered no."""
    typed = {"phase": "initial", "indication": "neuromyelitis-optica", "q-nmo_records": "yes"}
    typed |= {"q-nmo_aqp4_tested": "yes", "q-nmo_aqp4_result": antibody}
    typed |= {f"q-{key}": "no" for key in EVENTS if answered}
    typed |= {f"q-{key}": "yes" for key in events}
    draft = drawn_draft(
        "uhc-2021D0035AD", TherapyPhase.INITIAL, {name: [text] for name, text in typed.items()}
    )
    draft.request.number = "R-1"
    return draft


def tasks(antibody: str, *events: str, answered: bool = True) -> list[NextStep]:
    return list(LivePanel(Walkthrough(draft_of(antibody, *events, answered=answered))).tasks)


def about_events(found: list[NextStep]) -> list[str]:
    return [task.text for task in found if TITLES.search(task.text) or "core event" in task.text]


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("antibody", ["positive", "negative", ""])
def test_no_fact_that_was_answered_is_named_as_one_to_change(number: int, antibody: str) -> None:
    for events in list(combinations(EVENTS, number))[:3]:
        texts = [task.text for task in tasks(antibody, *events)]
        assert not [text for text in texts if TITLES.search(text)]
        is_met = antibody == "positive" and number == 1
        is_open = antibody == "" and number == 1
        assert any("as answered" in text for text in texts) is not (is_met or is_open)
        # With no event the antibody changes nothing; with one it decides.
        assert any("AQP4" in text or "antibod" in text for text in texts) is is_open
        assert not [text for text in texts if "Antibody positive" in text]


def test_what_is_open_is_named_with_the_number_of_the_rest() -> None:
    (text,) = about_events(tasks("positive", answered=False))
    assert text.startswith("One of: ") and text.endswith(" and 3 more")


@pytest.mark.parametrize("antibody", ["positive", "negative", ""])
def test_the_packet_names_none_either(antibody: str) -> None:
    found = draft_of(antibody).assessment
    assert found is not None and found.specific is not None
    (tree,) = [tree for tree in named_trees(found) if tree.block == "criteria"]
    texts = list(steps(tree, dose=""))
    assert not [text for text in texts if TITLES.search(text) or "ntibody positive" in text]
    assert any(text.endswith("as answered") for text in texts)


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_cut_off(seed: int) -> None:
    """Of any set of criteria, whatever was typed."""
    for policy, indication, pathway, phase in every_pathway():
        draft = drawn_draft(policy, phase, typed_request(policy, indication, pathway, phase, seed))
        draft.request.number = "R-1"
        for task in LivePanel(Walkthrough(draft)).tasks:
            assert "…" not in task.text, indication.key
            assert task.text == sentence_case(task.text), indication.key
