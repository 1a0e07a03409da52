"""Everything a request says of itself, in words, ready to be shown or printed.

Plain data: made once from what was typed, kept with the submission, drawn by the check page, the
reviewer's desk and the packet. What the rules find of the request is the Assessment's, not here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from criteria.requests.renewal import BaselineTable

# A page as people type it: 2, p. 2, page 2, pp. 2-3, pages 2 and 5.
_PAGE_WORD = re.compile(r"^\s*(pages?|pgs?|pp?)\b\.?\s*|^\s*pp?(?=\d)", re.IGNORECASE)
_SEVERAL = re.compile(r"\d+\s*(-|–|,|;|&|to\b|and\b)\s*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedLine:
    """One thing said. An empty value was not stated: shown as such, never left out.

    ``required`` lines that are empty block a submission.
    """

    label: str
    value: str = ""
    required: bool = False
    # Where it is asked, for the change link: slug of the page and name of the field.
    page: str = ""
    name: str = ""


# Title of the section that answers a reviewer's letter; its number follows.
REPLIES = "Answers to the reviewer"


@dataclass(frozen=True, slots=True)
class StatedSection:
    """Lines under one heading. ``key``: patient, coverage, prescriber, consulting, site, ..."""

    key: str
    title: str
    lines: tuple[StatedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedEvidence:
    """Where in the records the answer to a question is found. Any part may be empty."""

    source: str = ""
    enclosure: str = ""
    page: str = ""

    @property
    def text(self) -> str:
        """EMG report, encl. B, p. 2."""
        enclosure = f"encl. {self.enclosure}" if self.enclosure else ""
        return ", ".join(filter(None, (self.source, enclosure, self.page_text)))

    @property
    def page_text(self) -> str:
        """p. 2, pp. 2-3: however it was typed; what names no number stays as it is."""
        page = _PAGE_WORD.sub("", self.page)
        if not re.search(r"\d", page):
            return self.page
        return f"pp. {page}" if _SEVERAL.match(page) else f"p. {page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedDocument:
    """One enclosure. ``id`` finds its file; without a file it is announced, not enclosed."""

    letter: str
    title: str
    dated: date | None = None
    id: int | None = None
    file_name: str = ""
    media_type: str = ""
    pages: int | None = None
    sha256: str = ""

    @property
    def has_file(self) -> bool:
        """Whether the document itself is there."""
        return bool(self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAttestation:
    """Who said that it is true, and when."""

    name: str
    statement: str
    attested_at: datetime
    attested_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContent:
    """All displayable data of a request. Names, dates and answers as a person reads them."""

    number: str
    status: str
    practice: str
    is_quick_check: bool = False
    line_of_business: str = ""
    phase: str = ""
    urgency: str = ""
    request_date: date | None = None
    edition_number: str = ""
    indication: str = ""
    pathway: str = ""
    patient_name: str = ""  # Doe, Jane
    date_of_birth: date | None = None
    member_id: str = ""
    prescriber_name: str = ""
    weighed_on: date | None = None
    product: str = ""
    dose: str = ""  # 140 g over 5 days every 4 weeks, 6 times
    sections: tuple[StatedSection, ...] = ()
    enclosures: tuple[EnclosedDocument, ...] = ()
    # By key of the question.
    evidence: Mapping[str, StatedEvidence] = field(default_factory=dict)
    # What the prescriber confirmed after being asked twice ("1.4 kg is right").
    confirmations: tuple[str, ...] = ()
    notes: str = ""
    attestation: StatedAttestation | None = None
    # Of a request that continues an approved one.
    baseline: BaselineTable | None = None

    def section(self, key: str) -> StatedSection | None:
        """One section by its key."""
        return next((s for s in self.sections if s.key == key), None)

    @property
    def missing(self) -> tuple[StatedLine, ...]:
        """Every required line that is empty, in order."""
        return tuple(
            line for s in self.sections for line in s.lines if line.required and not line.value
        )


_CONTENT: TypeAdapter[RequestContent] = TypeAdapter(RequestContent)


def content_to_json(content: RequestContent) -> dict[str, Any]:
    """As plain JSON values."""
    data: dict[str, Any] = _CONTENT.dump_python(content, mode="json")
    return data


def content_from_json(data: Mapping[str, Any]) -> RequestContent:
    """Back from JSON. Raises pydantic.ValidationError for anything that is none."""
    return _CONTENT.validate_python(data)
