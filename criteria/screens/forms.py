"""What every form shares: how the template pack draws its fields, and values sent back unseen."""

from collections.abc import Mapping, MutableMapping
from typing import Any, ClassVar, TypedDict, Unpack

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorList
from django.utils.datastructures import MultiValueDict

from criteria.requests.answers.typed import number_sent
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.widgets import Hidden

# What is typed into a form, and the files sent with it.
Typed = Mapping[str, Any]
SentFiles = MultiValueDict[str, Any]


class FormOptions(TypedDict, total=False):
    """The keyword arguments a form takes."""

    auto_id: bool | str
    prefix: str | None
    initial: MutableMapping[str, Any] | None
    error_class: type[ErrorList]
    label_suffix: str | None
    empty_permitted: bool
    use_required_attribute: bool | None
    renderer: BaseRenderer | None


class StyledField(BoundField):
    """A field in the look of our pages. What is said of it stands elsewhere."""

    @property
    def described_by(self) -> str:
        """Ids of what is read out with the field."""
        return ""

    @property
    def aria_describedby(self) -> str:
        """The same, where Django asks for it."""
        is_said = self.is_hidden or "aria-describedby" in self.field.widget.attrs
        return "" if is_said else self.described_by

    @property
    def drawn_by(self) -> str:
        """A template of its own, where its kind has one."""
        return str(getattr(self.field, "drawn_by", ""))

    @property
    def css(self) -> str:
        """How wide it is."""
        return str(getattr(self.field, "css", "field-text"))

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """With the class of its kind."""
        found = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if shown.is_hidden or isinstance(shown, forms.RadioSelect):
            return found
        kinds = {forms.CheckboxInput: "form-check-input", forms.Select: "form-select"}
        css = next((css for kind, css in kinds.items() if isinstance(shown, kind)), "form-control")
        return {"class": css} | found


class HelpedField(StyledField):
    """A field with its help; there is no room for a note."""

    @property
    def described_by(self) -> str:
        """The id of its help."""
        return f"help-{self.html_name}" if self.help_text else ""


class NotedField(StyledField):
    """A field with the note that stands under it."""

    @property
    def note(self) -> Note:
        """What is wrong with it."""
        wrong = (FieldProblem(name=self.html_name, text=str(e)) for e in self.errors)
        return Note(name=self.html_name, problems=tuple(wrong))

    @property
    def described_by(self) -> str:
        """Ids of its help, and of what is said under it."""
        help_id = f"help-{self.html_name} " if self.help_text else ""
        return f"{help_id}note-{self.html_name}"

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """What a screen reader is told of it."""
        found = super().build_widget_attrs(attrs, widget)
        found.pop("aria-invalid", None)
        is_told = self.use_fieldset or self.is_hidden
        return found if is_told or not self.note.problems else found | {"aria-invalid": "true"}


class DrawnForm(forms.Form):
    """A form that crispy draws by our template pack; the form element around it is the page's."""

    bound_field_class: type[StyledField] = NotedField
    # How the fields stand, unless one after the other.
    lines: ClassVar[tuple[LayoutObject, ...]] = ()

    def __init__(
        self,
        data: Typed | None = None,
        files: SentFiles | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        """Labels end as they are written."""
        options.setdefault("label_suffix", "")
        super().__init__(data, files, **options)

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the fields."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        if self.lines:
            helper.layout = Layout(*self.lines)
        return helper


class Unseen(forms.Field):
    """A value that a page sends back as it was."""

    widget = Hidden

    def clean(self, value: object) -> str:
        """The text; empty where it is missing."""
        return "" if value is None else str(value)


class UnseenNumber(forms.Field):
    """A whole number that a page sends back; anything else is 0."""

    widget = Hidden

    def clean(self, value: str | None) -> int:
        """The number."""
        return number_sent(value)


class UnseenValues(forms.Field):
    """Several values that a page sends back."""

    widget = forms.MultipleHiddenInput({"id": False})


class UnseenForm(forms.Form):
    """Values that a page sends back as they were. Nothing of them is wrong, only unknown."""

    @property
    def values(self) -> dict[str, Any]:
        """What was sent."""
        _ = self.errors
        return self.cleaned_data


class SeenForm(UnseenForm):
    """The state of things that a page was drawn from, as a short sum."""

    seen = Unseen()


def unseen(values: Mapping[str, object], **attrs: str) -> UnseenForm:
    """Such values under names that are known only now. ``attrs``: of each input."""
    form = UnseenForm(initial=dict(values))
    widget = Hidden(attrs)
    form.fields |= {name: Unseen(widget=widget) for name in values}
    return form
