"""What stands in the worksheet is said once, and what is known of a product is not "not stated"."""

import pytest

from criteria.dosing import Route
from criteria.papers.packet.dose import worksheet
from criteria.rules.terms import TherapyPhase
from criteria.screens.wizard.sections import lines_of
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.policies.shipped.cases import edition
from tests.screens.wizard.typed_draws import drawn_draft, every_pathway, typed_request

pytestmark = pytest.mark.django_db
ONE_ROUTE = [p.key for p in edition("uhc").products.values() if len(p.routes) == 1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_reason_of_a_regimen_is_said_again_as_a_note(seed: int) -> None:
    shown = 0
    for policy, indication, pathway, phase in every_pathway():
        draft = drawn_draft(policy, phase, typed_request(policy, indication, pathway, phase, seed))
        assert draft.assessment is not None
        sheet = worksheet(draft.assessment, ())
        texts = [row.text for row in sheet.regimens if row.text]
        shown += len(texts)
        assert not [note for note in sheet.notes if note in " ".join(texts)], indication.key
    assert shown


@pytest.mark.parametrize("product", ONE_ROUTE)
def test_the_only_route_of_a_product_is_stated(product: str) -> None:
    typed = {"indication": ["primary-immunodeficiency"], "product": [product], "route": [""]}
    walk = Walkthrough(drawn_draft("uhc-2021D0035AD", TherapyPhase.INITIAL, typed))
    page = walk.page("dose")
    assert page is not None
    said = next(line.value for line in lines_of(walk, page) if line.name == "route")
    (route,) = edition("uhc").products[product].routes
    assert said == {Route.IV: "Into a vein (IV)", Route.SC: "Under the skin (SC)"}[route]
