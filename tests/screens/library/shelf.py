"""Stored editions of the small policy."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse

from criteria.actions.policies.base import close_version
from criteria.models import PolicyVersion
from tests.factories.people import peter
from tests.factories.policy import published
from tests.factories.policy_file import CODES

KEY = "commercial-ig"
MORE_CODES = {"icd10": {**CODES["icd10"], "D83.9": {"description": "CVID", "lines": "62"}}}
SAID = [
    {"day": "2021-09-01", "summary": "First edition.", "lines": "80"},
    {"day": "2022-01-01", "summary": "D83.9 joins.", "lines": "81"},
]


def ended(until: date, **said: Any) -> PolicyVersion:
    """A published edition with a last day."""
    version = published(**said)
    close_version(version=version, effective_until=until, by=peter())
    return version


def first_and_second() -> tuple[PolicyVersion, PolicyVersion]:
    """Two published editions: the second one lists a code more."""
    first = ended(date(2022, 1, 1), number="1")
    second = published(
        number="2/b", effective_from="2022-01-01", codes={**CODES, **MORE_CODES}, history=SAID
    )
    return first, second


def soup_of(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response: HttpResponse) -> str:
    """What the main part of the page says."""
    main = soup_of(response).main
    assert main is not None
    return " ".join(main.get_text(" ").split())
