"""The field that takes documents, and what is said when they did not come whole."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from criteria.requests.enclosures.settings import MOST_AT_ONCE, file_limits
from criteria.requests.enclosures.uploading import Stopped

ACCEPTED = ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"


class FilesInput(forms.FileInput):
    """Takes several files. Its limits stand on it, for the script that asks before it sends."""

    allow_multiple_selected = True

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The limits as they are set now."""
        limits = {
            "accept": ACCEPTED,
            "multiple": True,
            "data-most-bytes": file_limits().file_bytes,
            "data-most-files": MOST_AT_ONCE,
        }
        return super().get_context(name, value, {**(attrs or {}), **limits})


class Files(forms.FileField):
    """Any number of files up to a limit. What they hold is not looked at here."""

    def __init__(self, label: str) -> None:
        """None is needed."""
        # An empty file, or one with a long name, is told as such where the content is checked.
        super().__init__(label=label, required=False, widget=FilesInput, allow_empty_file=True)

    def clean(self, data: object, initial: object = None) -> list[Any]:
        """The files, as they came. Raises ValidationError for too many."""
        sent: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(sent) > MOST_AT_ONCE:
            raise ValidationError(
                f"Add at most {MOST_AT_ONCE} documents at once. You chose {len(sent)}."
            )
        return [super(Files, self).clean(one, initial) for one in sent]


def stopped_text(why: Stopped) -> str:
    """Why there is no file, and what to do."""
    return {
        Stopped.TOO_LARGE: (
            f"What was sent is larger than {settings.UPLOAD_MB} MB, so it was not taken. Nothing "
            f"else was lost. Choose files of at most {file_limits().megabytes} MB."
        ),
        Stopped.TOO_MANY: (
            f"Add at most {MOST_AT_ONCE} documents at once. Nothing else was lost. Choose fewer."
        ),
        Stopped.LOST: "The upload stopped. Nothing else was lost. Choose the file again.",
    }[why]
