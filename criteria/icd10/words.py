"""What is typed, and what a description says, as words that can be compared."""

import re
import unicodedata

LONGEST_WORD = 98
# Accents, once letters are taken apart, and apostrophes.
_MARKS = re.compile("[\u0300-\u036f'’]")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Words in small letters without accents and apostrophes: crohns, barre."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain)]


def code_start(typed: str) -> str:
    """The code, or the start of one, that was typed: "g6181*" is G61.81. Empty when it is none."""
    bare = re.sub(r"[\s.*]", "", typed).upper()
    if not re.fullmatch(r"[A-Z]\d[0-9A-Z]{0,5}", bare, re.ASCII):
        return ""
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare
