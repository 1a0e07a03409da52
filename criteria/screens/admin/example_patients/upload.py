"""The form that uploads files of cases."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 2 * 1024 * 1024


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class CaseFiles(forms.FileField):
    """Text files, read whole."""

    widget = ManyFiles

    def clean(
        self, data: UploadedFile | list[UploadedFile] | None, initial: object = None
    ) -> dict[str, str]:
        """The texts by name of file. Raises ValidationError."""
        files: Sequence[UploadedFile] = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise ValidationError("Choose one or more files.")
        return {str(file.name): _text(file) for file in files}


def _text(file: UploadedFile) -> str:
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(f"{file.name} is larger than 2 MB.")
    content: bytes = file.read()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValidationError(f"{file.name}:{line}: expected UTF-8 text.") from None


class UploadForm(forms.Form):
    """The files, and whether what differs is written over."""

    cases = CaseFiles(
        label="Files of cases",
        help_text="One or more YAML files, chosen together. Cases that say “general: met” need the "
        "file general.yaml among them.",
    )
    replace = forms.BooleanField(
        required=False, label="Write over patients that are stored and differ"
    )

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes, once the form is valid."""
        return {"texts": self.cleaned_data["cases"], "replace": self.cleaned_data["replace"]}
