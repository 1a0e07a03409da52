"""The canonical JSON of a content, and the short code that stands for it on every page."""

import json
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from criteria.papers.packet.content import PacketContent

# Without the signs that a fax or an ear confuses: 0 O, 1 I, 2 Z, 5 S, 8 B.
ALPHABET = "34679ACDEFGHJKLMNPQRTUVWXY"
LENGTH = 8
# When and by whom it was issued does not change what it says: the same request issued twice
# carries the same code. Nor does what changed since another packet: it repeats what both say.
_ISSUE = ("issued_at", "issued_by", "changes")


def as_json(content: PacketContent) -> dict[str, Any]:
    """The whole content as plain JSON values, to be kept with the PDF."""
    kept: dict[str, Any] = json.loads(canonical(asdict(content)))
    return kept


def canonical_json(content: PacketContent) -> str:
    """What the content says, in one spelling: sorted keys, no spaces, without the issue."""
    return canonical({k: v for k, v in asdict(content).items() if k not in _ISSUE})


def content_code(content: PacketContent) -> str:
    """A short code of the content, such as 7F3K-94QX: different words, different code."""
    return code_of(canonical_json(content))


def code_of(text: str) -> str:
    """A short code of a text; two texts share one as good as never."""
    number = int(sha256(text.encode("utf-8", "replace")).hexdigest(), 16)
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"


def canonical(value: object) -> str:
    """Plain values, days and moments as JSON in one spelling: sorted keys, no spaces."""
    return json.dumps(
        value, default=_iso, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a packet")
