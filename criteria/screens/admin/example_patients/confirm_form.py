"""Results of example patients that somebody says are right, with the reason."""

from collections.abc import Iterable

from django import forms
from django.utils.safestring import SafeString

from criteria.screens.admin.example_patients.words import OutcomeRow
from criteria.screens.forms import Unseen, UnseenForm, UnseenValues, unseen


class ConfirmForm(UnseenForm):
    """``outcome``: those ticked; ``shown``: those not confirmed when the page was drawn."""

    outcome = UnseenValues(required=False)
    shown = UnseenValues(required=False)
    every = forms.BooleanField(required=False, widget=forms.CheckboxInput({"value": "1"}))
    reason = Unseen(widget=forms.Textarea({"rows": 2, "cols": 70, "id": "reason"}))

    @property
    def chosen(self) -> list[str]:
        """The marks of those confirmed: one reason may count for all that were shown."""
        found = self.values
        return list(found["shown"] if found["every"] else found["outcome"])


def with_ticks(
    rows: Iterable[OutcomeRow], form: ConfirmForm
) -> list[tuple[OutcomeRow, SafeString, SafeString]]:
    """Each row with its box, and with what says that it was shown."""
    ticked = set(form.values["outcome"] or ()) if form.is_bound else set()
    return [(row, _box(row, row.mark in ticked), _shown(row)) for row in rows]


def _box(row: OutcomeRow, is_ticked: bool) -> SafeString:
    told = {"aria-label": f"The result of {row.outcome.patient} is right"}
    widget = forms.CheckboxInput(told, check_test=lambda _: is_ticked)
    return widget.render("outcome", row.mark)


def _shown(row: OutcomeRow) -> SafeString:
    return SafeString("" if row.outcome.confirmed_at else unseen({"shown": row.mark}))
