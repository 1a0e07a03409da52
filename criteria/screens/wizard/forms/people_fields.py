"""Fields of people: their names and telephones."""

import re

from django.core.exceptions import ValidationError

from criteria.requests.answers.identifiers import phone_problem
from criteria.screens.fields import Text

NAME = re.compile(r"[^\W\d_][^\d_<>@#$%^*=+{}\[\]\\|/:;\"]*")


def refuse(problem: str) -> None:
    """Raise what is wrong with an identifier, if anything is."""
    if problem:
        raise ValidationError(problem)


class PersonName(Text):
    """Letters of any script, spaces, hyphens and apostrophes."""

    def validate(self, value: str) -> None:
        """Refuse digits and signs."""
        super().validate(value)
        if value and not NAME.fullmatch(value):
            raise ValidationError("Use letters, spaces, hyphens and apostrophes only.")


class Phone(Text):
    """Ten digits, however they are written."""

    def __init__(self, label: str) -> None:
        """Drawn as a telephone field."""
        super().__init__(label, wide=False, most=40, inputmode="tel")

    def validate(self, value: str) -> None:
        """Refuse anything but ten digits."""
        super().validate(value)
        refuse(phone_problem(value) if value else "")
