"""Layout objects of the template pack: fields under a heading, and fields in one line."""

from typing import Any

from crispy_forms.layout import Div, LayoutObject
from django.template.loader import render_to_string


class FieldSection(Div):
    """Fields under one heading."""

    template = "%s/layout/section.html"

    def __init__(self, heading: str, *fields: LayoutObject | str) -> None:
        """Keep the heading and the fields."""
        self.heading = heading
        super().__init__(*fields)


class FieldRow(Div):
    """Fields side by side, with what is said of them below: nothing moves when that changes."""

    template = "%s/layout/row.html"

    def render(self, form: Any, context: object, template_pack: str, **kwargs: object) -> str:
        """The fields, then their notes."""
        found = {
            "fields": self.get_rendered_fields(
                form, context, template_pack, extra_context={"in_row": True}
            ),
            "notes": [form[name].note for name in self.fields],
        }
        return render_to_string(self.get_template_name(template_pack), found)


class LineField(Div):
    """One field in the line of a short form: its label, its help, itself, without room for a note.

    ``button``: the words of the button that stands beside it; empty where the page has its own.
    """

    template = "%s/layout/line.html"

    def __init__(self, name: str, *, button: str = "", label_class: str = "form-label") -> None:
        """``label_class``: how the label looks; "visually-hidden" is read out all the same."""
        self.button, self.label_class = button, label_class
        super().__init__(name)

    def render(self, form: Any, context: object, template_pack: str, **kwargs: object) -> str:
        """The parts, one after the other."""
        (name,) = self.fields
        form.rendered_fields.add(name)
        found = {"field": form[name], "line": self}
        return render_to_string(self.get_template_name(template_pack), found)
