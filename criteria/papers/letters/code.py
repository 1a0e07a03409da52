"""The short code that stands for what a letter says, on each of its pages."""

from dataclasses import asdict

from criteria.papers.letters.content import LetterContent
from criteria.papers.packet.code import canonical, code_of

# When and by whom it was sent, and the lines it was written from, do not change what it says.
_ISSUE = ("issued_at", "issued_by", "is_sent")


def letter_code(content: LetterContent) -> str:
    """A short code of a letter, such as 7F3K-94QX: other words, another code."""
    said = {name: value for name, value in asdict(content).items() if name not in _ISSUE}
    said["basis"] = {name: value for name, value in said["basis"].items() if name != "items"}
    return code_of(canonical(said))
