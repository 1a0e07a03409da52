"""Widgets of the template pack: what Django's own do not draw the way our pages need it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from criteria.rules.parse import UnreadableError, date_of

Context = dict[str, Any]
CLEAR = "Clear"
LONG_LABEL = 24
# More than this many stand one under the other.
MOST_BESIDE = 4


class NamedByValue(forms.widgets.ChoiceWidget):
    """Its buttons are named by their values: ``id_sex_female``; ``id_sex_none`` clears."""

    option_inherits_attrs = False

    def create_option(
        self,
        name: str,
        value: object,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> Context:
        """One button."""
        option: Context = super().create_option(
            name, value, label, selected, index, subindex, attrs
        )
        begin = self.attrs.get("id") or (attrs or {}).get("id")
        named = {"id": f"{begin}_{value or 'none'}"} if begin else {}
        option["attrs"] |= {"class": "form-check-input"} | named
        return option


class Ticks(NamedByValue, forms.CheckboxSelectMultiple):
    """Boxes to tick, drawn one by one."""


class NamedRadios(NamedByValue, forms.RadioSelect):
    """Radio buttons, drawn one by one."""


class Radios(NamedByValue, forms.RadioSelect):
    """Radio buttons, with one beside them that clears the answer."""

    template_name = "ivig/widgets/radios.html"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> Context:
        """With the button that clears, and how the answers stand."""
        context: Context = super().get_context(name, value, attrs)
        labels = [str(label) for key, label in self.choices]
        context["widget"] |= {
            "clear": self.create_option(name, "", CLEAR, False, len(labels), attrs=attrs),
            "is_stacked": are_long(labels),
        }
        return context


class ManyRadios(Radios):
    """Stacked also where they are many: the answers of a policy's questions."""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> Context:
        """More than four stand one under the other."""
        context = super().get_context(name, value, attrs)
        context["widget"]["is_stacked"] |= len(list(self.choices)) > MOST_BESIDE
        return context


def are_long(labels: Iterable[str]) -> bool:
    """Whether answers are too long to stand side by side."""
    return any(len(label) > LONG_LABEL for label in labels)


class TickBox(forms.CheckboxInput):
    """A box with the words that stand beside it."""

    template_name = "ivig/widgets/tick.html"
    use_fieldset = True

    def __init__(self, words: str, *, ticked: str = "yes") -> None:
        """``ticked``: what is sent when it is ticked."""
        self.words, self.ticked = words, ticked
        super().__init__()

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> Any:
        """What was sent, as it was sent."""
        return data.get(name, "")

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> Context:
        """With its words."""
        checked = {"checked": True} if value == self.ticked else {}
        context: Context = super().get_context(name, None, {**(attrs or {}), **checked})
        context["widget"] |= {"words": self.words, "value": self.ticked}
        return context


class Hidden(forms.HiddenInput):
    """A value that is sent back, also where it is empty. Without an id: a page may hold several."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """``attrs``: more of it, such as an id."""
        super().__init__({"id": False} | (attrs or {}))

    def format_value(self, value: object) -> str:
        """As text."""
        return "" if value is None else str(value)


class SearchInput(forms.TextInput):
    """Words to search for. None is a value as well."""

    input_type = "search"

    def format_value(self, value: object) -> str:
        """As text."""
        return "" if value is None else str(value)


class DayInput(forms.TextInput):
    """A date picker; it shows no text that it cannot read, so that is shown in a plain field."""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> Context:
        """The day as the picker needs it, or the text."""
        context: Context = super().get_context(name, value, attrs)
        kind, shown = _shown(str(value or ""))
        context["widget"] |= {"type": kind, "value": shown}
        return context


def _shown(typed: str) -> tuple[str, str]:
    try:
        day = date_of(typed)
    except UnreadableError:
        return "text", typed
    return "date", "" if day is None else day.isoformat()
