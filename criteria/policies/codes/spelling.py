"""A code of ICD-10-CM as people write it."""

import re
import unicodedata

ICD10_SHAPE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
# Three signs, what stands for the dot, the rest, and what ends a sentence or marks a footnote.
# "E10-E14" is a range: behind a sign that is no dot comes a digit or a single letter.
TYPED_SHAPE = re.compile(
    r"([A-Z][0-9ILO][0-9A-Z])"
    r"(?:(\.{0,2}|[-,:;_·\u2010-\u2014](?=[0-9ILO]|[A-Z]\b))([0-9A-Z]{1,4}))?"
    r"[.,;:*]*"
)
LOOKALIKES = str.maketrans("ILO", "110")


def normalized_icd10(typed: str) -> str | None:
    """ICD-10-CM code in its standard form; None when it has not the shape of one.

    Upper case, the dot put in or in the place of another sign, and what stands behind it taken
    off: "g6181", "G61-81" and "G61.81*" are G61.81. No code has the letters I, L or O behind its
    first letter: where a number stands first they are digits, "D80.O" is D80.0. A code may be
    typed with spaces in it, but "H1N1 flu" is none.
    """
    text = unicodedata.normalize("NFKC", typed).upper()
    if any(len(word) > 1 and word.isalpha() for word in text.split()[1:]):
        return None
    found = TYPED_SHAPE.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    head, sign, tail = found.groups()
    if not head[1].isdigit() and sign != ".":
        return None
    code = head[0] + head[1:].translate(LOOKALIKES)
    code += f".{tail.translate(LOOKALIKES)}" if tail else ""
    return code if ICD10_SHAPE.fullmatch(code) else None
