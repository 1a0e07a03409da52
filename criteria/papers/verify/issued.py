"""What was issued, found by its code or its fingerprint; nothing of whom it is for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from criteria.models import Letter, Packet
from criteria.papers.packet.code import ALPHABET, LENGTH
from criteria.papers.packet.content import moment_text
from criteria.rules.formats import counted

_LEFT_OUT = re.compile(r"[\s\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}.]+")


@dataclass(frozen=True, slots=True)
class Issued:
    """One packet or letter as it was issued. ``has_newer``: another one followed it."""

    kind: str
    number: str
    sequence: int
    issued_at: datetime
    pages: int
    has_newer: bool

    @property
    def name(self) -> str:
        """Packet 2 of R-2026-00042, as it begins a sentence."""
        return f"{self.kind} {self.sequence} of {self.number}"

    @property
    def issued(self) -> str:
        """When: 20 Nov 2026 10:44 EST."""
        return moment_text(timezone.localtime(self.issued_at))

    @property
    def length(self) -> str:
        """How many pages: 7 pages."""
        return counted(self.pages, "page")


def code_from(typed: str) -> str:
    """A code as it is kept, from however it was typed; empty for what is no code."""
    signs = _LEFT_OUT.sub("", typed).upper()
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return ""
    return f"{signs[:4]}-{signs[4:]}"


def by_code(code: str) -> list[Issued]:
    """Everything that carries a code, the latest first."""
    packets = Packet.objects.filter(content_code=code)
    letters = Letter.objects.filter(code=code)
    return [*_packets(packets), *_letters(letters)]


def by_fingerprint(sha256: str) -> list[Issued]:
    """The packet or letter whose file has this SHA-256."""
    packets = Packet.objects.filter(sha256=sha256)
    letters = Letter.objects.filter(sha256=sha256)
    return [*_packets(packets), *_letters(letters)]


def _packets(found: QuerySet[Packet]) -> Iterator[Issued]:
    """A submitted packet is followed by a submitted one only: drafts between them are no news."""
    for packet in found.select_related("request").defer("content").order_by("-sequence"):
        newer = Packet.objects.filter(request=packet.request_id, sequence__gt=packet.sequence)
        if not packet.is_draft:
            newer = newer.filter(is_draft=False)
        yield Issued(
            kind="Draft packet" if packet.is_draft else "Packet",
            number=packet.request.number,
            sequence=packet.sequence,
            issued_at=packet.issued_at,
            pages=packet.page_count,
            has_newer=newer.exists(),
        )


def _letters(found: QuerySet[Letter]) -> Iterator[Issued]:
    for letter in found.select_related("request").defer("pdf", "text").order_by("-sequence"):
        newer = Letter.objects.filter(request=letter.request_id, sequence__gt=letter.sequence)
        yield Issued(
            kind="Letter",
            number=letter.request.number,
            sequence=letter.sequence,
            issued_at=letter.issued_at,
            pages=letter.page_count,
            has_newer=newer.exists(),
        )
