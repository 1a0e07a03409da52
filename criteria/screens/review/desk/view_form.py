"""What a reviewer says of one criterion, as the desk draws it."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from criteria.models import Verdict
from criteria.requests.marks import ASK, MET, NOT_MET
from criteria.screens.forms import DrawnForm, StyledField, Unseen
from criteria.screens.widgets import Radios

VERDICTS = {
    Verdict.ACCEPTED: MET.saying("Accept"),
    Verdict.ASK: ASK.saying("Ask"),
    Verdict.NOT_ACCEPTED: NOT_MET.saying("Not accepted"),
}


class VerdictRadios(Radios):
    """Each verdict in the color of its state, side by side."""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Their labels are short; the markup in them is not read."""
        context = super().get_context(name, value, attrs)
        context["widget"]["is_stacked"] = False
        return context

    def create_option(
        self,
        name: str,
        value: object,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """One of them."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["label_class"] = VERDICTS[Verdict(str(value))].css if value else ""
        return option


class ViewForm(DrawnForm):
    """The names of its fields end with the criterion's."""

    bound_field_class = StyledField

    verdict = forms.ChoiceField(
        choices=[
            (
                verdict.value,
                format_html('<span aria-hidden="true">{}</span> {}', mark.sign, mark.word),
            )
            for verdict, mark in VERDICTS.items()
        ],
        widget=VerdictRadios,
        required=False,
    )
    note = forms.CharField(widget=forms.Textarea({"rows": 1, "cols": False}), required=False)
    seen = Unseen()

    def __init__(self, line_id: str, **said: str) -> None:
        """``said``: verdict and note, and what they were typed over."""
        self.line_id = line_id
        super().__init__(initial=said)
        for name, begin in (("verdict", "id"), ("note", "note"), ("seen", "seen")):
            self.fields[name].widget.attrs["id"] = f"{begin}_{line_id}"

    def add_prefix(self, field_name: str) -> str:
        """verdict-general-history."""
        return f"{field_name}-{self.line_id}"

    @property
    def seen_anew(self) -> SafeString:
        """What it was typed over, for a page that htmx has saved."""
        return self["seen"].as_widget(attrs={"hx-swap-oob": "true"})
