"""Packets that somebody saved again."""

from io import BytesIO
from typing import Any

import pikepdf


def text_of(response: Any) -> str:
    """The main part of the page, one space between words."""
    body = response.content.decode()
    return " ".join(body[body.index("<main") : body.index("</main>")].split())


def resaved(pdf: bytes) -> bytes:
    kept = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(kept)
    return kept.getvalue()
