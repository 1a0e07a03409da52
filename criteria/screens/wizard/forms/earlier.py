"""What was given before, asked where the policy sends a subcutaneous dose to the label."""

from decimal import Decimal

from criteria.dosing import EarlierLabelDose, Route
from criteria.requests.dose import earlier as before
from criteria.screens.field_problem import Note
from criteria.screens.fields import Number, Pick
from criteria.screens.wizard.forms.criteria import QuestionsForm

EARLIER = (
    (EarlierLabelDose.IV.value, "Into a vein (IV)"),
    (EarlierLabelDose.SC.value, "Under the skin (SC)"),
    (EarlierLabelDose.NEW.value, "None: it is new to this patient"),
)
EARLIER_INTERVALS = (("", "Choose one"), ("days", "days"), ("weeks", "weeks"), ("months", "months"))


def earlier_fields() -> dict[str, Number | Pick]:
    """The fields by name, in order."""
    return {
        "earlier": Pick(
            "How was it given before?",
            EARLIER,
            help_text="Only for a product given under the skin: its label starts from the dose "
            "before.",
        ),
        "earlier_grams": Number("Dose before, g", least=Decimal("0.1"), most=before.MOST_GRAMS),
        "earlier_interval": Number("Given every", least=1, most=400, whole=True),
        "earlier_interval_unit": Pick("Unit of time before", EARLIER_INTERVALS, as_list=True),
        "igg_trough": Number(
            "IgG trough, mg/dL (optional)",
            least=1,
            most=before.MOST_MG_PER_DL,
            help_text="Under the skin only: labels adjust the dose by it.",
        ),
        "igg_target": Number("Its target, mg/dL (optional)", least=1, most=before.MOST_MG_PER_DL),
    }


class EarlierForm(QuestionsForm):
    """A form with the earlier treatment among its fields, where a label may start from it."""

    def prepare(self) -> None:
        """Ask for it only under a policy that makes the label the measure."""
        super().prepare()
        if self._has_label_measure:
            self.fields.update(earlier_fields())

    def is_asked(self, name: str) -> bool:
        """Of a product given under the skin, and what goes with how it was given before."""
        if name in before.FIELDS:
            return self._is_by_label and before.is_asked(name, self.typed)
        return super().is_asked(name)

    def is_needed(self, name: str) -> bool:
        """What the label cannot be applied without."""
        if name in before.FIELDS:
            return self._is_by_label and before.is_needed(name, self.typed)
        return super().is_needed(name)

    def note(self, name: str) -> Note:
        """Nothing is wrong with what is not asked."""
        is_off = name in before.FIELDS and not self.is_asked(name)
        return Note(name=name) if is_off else super().note(name)

    @property
    def _has_label_measure(self) -> bool:
        pathway = self.draft.pathway
        return pathway is not None and bool(pathway.dose.label_lines)

    @property
    def _is_by_label(self) -> bool:
        return self._has_label_measure and self.draft.dose.route is Route.SC
