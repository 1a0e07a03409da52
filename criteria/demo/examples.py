"""Example requests as files: what is typed into each page, as a person types it.

``pages`` maps the address of a page to its fields. Every value is text, as typed; a list is a field
with several values. "30 days ago" and "in 2 weeks" stand for the date on the day the example is
made, so that the time windows of a policy stay plausible.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta
from django.conf import settings
from pydantic import BaseModel, ConfigDict

from criteria.models import Block, LetterKind, Verdict
from criteria.rules.terms import Overall

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"
_COUNT = r"(?P<count>\d{1,4}) (?P<unit>day|week|month|year)s?"
_RELATIVE = re.compile(rf"(?P<today>today)|(?P<ahead>in )?{_COUNT}(?(ahead)| ago)")
# Every value as it is written: a person types "yes", not a truth value.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class ExampleState(StrEnum):
    """How far an example has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ASKED = "information_requested"
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paper(_Part):
    """A document enclosed; ``text`` is what it says, a paragraph a line, a line --- a new page."""

    title: str
    dated: str
    text: str
    is_picture: bool = False


class ExampleView(_Part):
    """What the reviewer says of one criterion."""

    block: Block = Block.CRITERIA
    criterion: str
    verdict: Verdict
    note: str = ""


class Review(_Part):
    """What a reviewer makes of it. ``fields``: typed beside the letter, by the names of its form.

    What is not typed stays as the form offers it. ``accepts_met``: whether everything that is met
    and not named in ``views`` is accepted.
    """

    letter: LetterKind
    accepts_met: bool = False
    views: tuple[ExampleView, ...] = ()
    fields: dict[str, str | list[str]] = {}


class ExampleRequest(_Part):
    """One request. ``shows``: why it is there; ``expect``: what is found of it.

    ``is_renewed``: whether the practice has begun the request that continues it.
    """

    shows: str
    state: ExampleState = ExampleState.DRAFT
    is_quick_check: bool = False
    expect: Overall
    pages: dict[str, dict[str, str | list[str]]]
    papers: tuple[Paper, ...] = ()
    review: Review | None = None
    is_renewed: bool = False

    @property
    def is_sent(self) -> bool:
        """Whether it was submitted, whatever became of it."""
        return self.state not in (ExampleState.DRAFT, ExampleState.WITHDRAWN)


def examples() -> Iterator[tuple[str, ExampleRequest]]:
    """Each example with the name of its file, which it is recognised by."""
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
        yield path.stem, ExampleRequest.model_validate(data)


def typed_on(today: date, value: str | list[str]) -> list[str]:
    """The values of a field, relative dates as days."""
    values = value if isinstance(value, list) else [value]
    return [_day(today, text) for text in values]


def _day(today: date, text: str) -> str:
    found = _RELATIVE.fullmatch(text)
    if found is None:
        return text
    if found["today"]:
        return today.isoformat()
    span = relativedelta(**{f"{found['unit']}s": int(found["count"])})  # type: ignore[arg-type]
    return (today + span if found["ahead"] else today - span).isoformat()
