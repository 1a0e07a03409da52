"""The codes in what was typed into a field of several, told from words to search for."""

from criteria.policies.codes.spelling import normalized_icd10


def split_codes(typed: str) -> tuple[list[str], str]:
    """The codes already typed, and what is still being typed.

    "E11.9, hyperten" is E11.9, and "hyperten" to search for.
    """
    done, _, last = typed.rpartition(",")
    codes, words = _begun(last)
    return [*code_texts(done), *codes], words


def code_texts(typed: str) -> list[str]:
    """Each code as it was typed; words that are none stay together, to be refused as one."""
    found: list[str] = []
    for part in typed.split(","):
        codes, words = _begun(part)
        found += [*codes, words] if words else codes
    return found


def _begun(part: str) -> tuple[list[str], str]:
    """The codes a part begins with, and the rest: its last word, or words.

    "H1N1 flu" has the shape of a code and a word: before words only a dot makes a code.
    """
    codes, words = [], part.split()
    while len(words) > 1 and normalized_icd10(words[0]):
        if "." not in words[0] and not normalized_icd10(words[1]):
            break
        codes.append(words.pop(0))
    return codes, " ".join(words)
