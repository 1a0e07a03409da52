"""From a letter to the HTML that is printed, and to the same text as a page shows it."""

import re
from typing import Any

from django.template.loader import get_template

from criteria.papers.letters.code import letter_code
from criteria.papers.letters.content import LetterContent
from criteria.papers.letters.text import blocks_of
from criteria.papers.packet.html import width
from criteria.papers.pdf.checking import check_words

# Signs that are no text at all: controls and halves of a pair. Shown as such, never dropped.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Columns of text that a line of the head holds, and the least and most lines it is given.
_HEAD_LINE = 55
LEAST_HEAD, MOST_HEAD = 2, 16


def letter_html(content: LetterContent, unprintable: str = "") -> str:
    """The whole letter as one document without an address in it.

    ``unprintable`` signs, those no font has, stand as their numbers: [U+D55C].
    """
    html = get_template("criteria/letters/letter.html").render(context_of(content))
    numbers = {ord(sign): f"[U+{ord(sign):04X}]" for sign in unprintable}
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", html.translate(numbers))


def context_of(content: LetterContent) -> dict[str, Any]:
    """What the template reads."""
    return {
        "content": content,
        "blocks": blocks_of(content.text),
        "code": letter_code(content),
        "check": check_words("letter"),
        "issued_iso": content.issued_at.isoformat(timespec="seconds"),
        "body_class": f"{'head' if content.is_sent else 'unsent'}-{_head_lines(content)}",
    }


def _head_lines(content: LetterContent) -> int:
    """Lines the head of each page takes: it is given room and never cut off."""
    patient, payer = content.basis.patient, content.basis.payer
    words = f"Patient {patient.name} · born {patient.born} · member {patient.member_id}"
    lines = sum(-(-width(text) // _HEAD_LINE) for text in (payer, words))
    return min(max(lines, LEAST_HEAD), MOST_HEAD)
