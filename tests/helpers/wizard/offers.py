"""Offers of a dose, asked for and taken."""

from criteria.requests.stated_request import StatedRequest
from criteria.rules.terms import TherapyPhase
from criteria.screens.wizard.dose.offer_button import fields_of_regimen
from criteria.screens.wizard.dose.view import DoseView
from tests.screens.wizard.typed_draws import drawn_draft

PLAIN = {"phase": "initial", "product": "gammagard-liquid-10", "route": "IV", "months": "6"}


ONCE = {"interval": "", "interval_unit": "once", "courses": ""}


MONTHLY = {"interval": "4", "interval_unit": "weeks", "courses": "3"}


def asked(
    indication: str, pathway: str, kg: str, dose: str, days: str, **more: str
) -> StatedRequest:
    """A course in grams on days in a row."""
    typed = {"indication": indication, "pathway": pathway, "weight": kg, "weight_unit": "kg"}
    typed |= {"dose": dose, "dose_unit": "g", "basis": "total", "days": days}
    typed |= {"consecutive": "yes", "courses_before": "0"} | PLAIN | more
    return drawn_draft("uhc-2021D0035AD", TherapyPhase.INITIAL, {n: [v] for n, v in typed.items()})


def words(draft: StatedRequest) -> list[str]:
    return [offer.words for offer in DoseView(draft).offers]


def taken(draft: StatedRequest, value: str) -> StatedRequest:
    """The same request after a button was pressed."""
    return drawn_draft(
        "uhc-2021D0035AD", TherapyPhase.INITIAL, draft.typed | fields_of_regimen(value)
    )
