"""The name a file came with, made fit to be shown. It is never a path."""

import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 120
UNNAMED = "document"
# Control, format (right-to-left override), surrogate, private and unassigned characters.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
QUOTES = dict.fromkeys(map(ord, "\"'`<>|*?:"), "_")


def shown_line(text: str, most: int = LONGEST_NAME) -> str:
    """One line of visible characters, at most ``most`` of them."""
    composed = unicodedata.normalize("NFC", text)
    visible = (" " if c.isspace() else c for c in composed)
    kept = "".join(c for c in visible if unicodedata.category(c) not in HIDDEN)
    return " ".join(kept.split())[:most].strip()


def shown_name(name: str) -> str:
    """The name without folders, hidden characters and quotes; a long one keeps its ending."""
    last = shown_line(name.replace("\\", "/").rsplit("/", 1)[-1], most=len(name))
    last = last.translate(QUOTES).strip(". ")
    if len(last) <= LONGEST_NAME:
        return last or UNNAMED
    ending = PurePosixPath(last).suffix[:8]
    return last[: LONGEST_NAME - len(ending) - 1].strip() + "…" + ending


def title_from(name: str) -> str:
    """What a document is called when nobody said: its name without the ending."""
    shown = shown_name(name)
    return PurePosixPath(shown).stem.replace("_", " ").strip() or UNNAMED
