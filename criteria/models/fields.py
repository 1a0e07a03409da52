"""Columns that many parts have."""

from django.core.validators import RegexValidator
from django.db import models

KEY_WORDS = "Small letters and digits, in groups joined by - or _."
LINES_WORDS = "A line or lines such as 156, 154-162 or 154-162, 170."

is_key = RegexValidator(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", KEY_WORDS)
is_lines = RegexValidator(r"^\d+(-\d+)?(, ?\d+(-\d+)?)*$", LINES_WORDS)


# Django's fields are generic for the type checker only.
class KeyField(models.SlugField):  # type: ignore[type-arg]
    """The stable name of a part: never shown to a prescriber, and kept when words change."""

    description = "Stable name"
    default_validators = [is_key]

    def __init__(self, help_text: str = "Stable name, never shown.", **options: object) -> None:
        """The same length everywhere."""
        options |= {"max_length": 80, "help_text": help_text}
        super().__init__(**options)  # type: ignore[arg-type]


class LinesField(models.CharField):  # type: ignore[type-arg]
    """Where the policy says so."""

    description = "Line or lines of the source"
    default_validators = [is_lines]

    def __init__(self, help_text: str = "Line or lines of the source.", **options: object) -> None:
        """The same length everywhere."""
        options |= {"max_length": 60, "help_text": help_text}
        super().__init__(**options)  # type: ignore[arg-type]
