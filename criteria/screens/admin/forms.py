"""Forms of the parts of an edition: every rule of the database is checked before saving."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar, Unpack

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet

from criteria.policies.stored.spelling import plain
from criteria.screens.admin.seen import changed_words, differences
from criteria.screens.forms import FormOptions, SentFiles, Typed

F = TypeVar("F", bound=forms.BaseForm)


class RowFormOptions(FormOptions, total=False):
    """Those a form of one row takes."""

    instance: Model | None


def form_knowing(form: type[F], **known: object) -> type[F]:
    """The same form, with what is known of the row and the request as its attributes."""
    return type(form.__name__, (form,), known)


class PartForm(forms.ModelForm):
    """Checks the columns it does not show as well, so that no rule is left to the database."""

    version_id: int | None = None  # of a new part; set by the admin
    fixed: dict[str, Any] = {}  # columns of a new part that are not asked for
    refused: Sequence[str] = ()  # what the action said when the form was sent
    seen_now: str = ""  # the mark of what is stored

    def __init__(
        self,
        data: Typed | None = None,
        files: SentFiles | None = None,
        **options: Unpack[RowFormOptions],
    ) -> None:
        """A new part belongs to the edition it is added to."""
        super().__init__(data, files, **options)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = plain(value)
        if self.instance.pk is None:
            if self.version_id is not None:
                self.instance.version_id = self.version_id
            for name, value in self.fixed.items():
                setattr(self.instance, name, value)

    def clean(self) -> dict[str, Any]:
        """Say what the action refused, and that somebody else changed the part meanwhile."""
        cleaned: dict[str, Any] = super().clean() or {}
        for words in self.refused:
            self.add_error(None, words)
        seen = self.data.get("seen", "")
        if seen and self.seen_now and seen != self.seen_now:
            for words in (changed_words(self.instance), *differences(self)):
                self.add_error(None, words)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return {name for name in excluded if name in self.fields}

    def _update_errors(self, errors: ValidationError) -> None:
        """Put what concerns a field that is not shown at the top."""
        if hasattr(errors, "error_dict"):
            shown: dict[str, list[ValidationError]] = {}
            for name, found in errors.error_dict.items():
                place = name if name in self.fields else NON_FIELD_ERRORS
                shown.setdefault(place, []).extend(found)
            errors = ValidationError(shown)
        super()._update_errors(errors)  # type: ignore[misc]


class PartFormSet(BaseInlineFormSet):
    """Rows inside a part: they belong to its edition."""

    def _construct_form(self, i: int, **kwargs: object) -> forms.ModelForm:
        form: forms.ModelForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.version_id = self._version_id()
        return form

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """A field in a table is named by its column and row, for those who hear the page."""
        super().add_fields(form, index)
        row = "new row" if index is None else f"row {index + 1}"
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", f"{field.label or 'Row'}, {row}")

    def _version_id(self) -> int | None:
        owner = self.instance
        return owner.version_id if hasattr(owner, "version_id") else owner.pk
