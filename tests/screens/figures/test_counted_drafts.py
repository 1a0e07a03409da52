"""A draft is in no figure before it is submitted."""

from criteria.models import PolicyVersion, WorklistGroup
from criteria.screens.figures.counted import by_state
from criteria.screens.figures.scope import FigureScope
from tests.factories.request import cidp


def test_a_draft_made_by_the_wizard_has_no_place_yet(uhc_version: PolicyVersion) -> None:
    cidp(uhc_version)
    groups = {group.pk: group for group in WorklistGroup.objects.all()}
    assert not by_state(FigureScope(groups=groups))
