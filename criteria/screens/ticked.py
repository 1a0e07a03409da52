"""Requests ticked in a list, to take their packets into one ZIP."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict

from criteria.screens.widgets import Ticks

Row = TypeVar("Row")


class TickedNumbers(forms.MultipleChoiceField):
    """Numbers of requests. Whoever hands out packets looks whether there are such requests."""

    widget = Ticks

    def valid_value(self, value: object) -> bool:
        """Any number may be ticked in some list."""
        return True


class TickedForm(forms.Form):
    """The boxes of a list, or what was ticked in one."""

    number = TickedNumbers(required=False)

    def __init__(self, sent: QueryDict | None = None) -> None:
        """A box has its label around it."""
        super().__init__(sent, auto_id="")


def with_boxes(rows: Iterable[tuple[str, Row]]) -> list[tuple[Row, object]]:
    """Each row with its box. ``rows``: with the numbers of their requests."""
    listed = list(rows)
    form = TickedForm()
    field: Any = form.fields["number"]
    field.choices = [(number, number) for number, _ in listed]
    return [(row, box) for (_, row), box in zip(listed, form["number"], strict=True)]
