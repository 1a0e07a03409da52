"""What people paste: codes with labels, words, other signs for the dot, letters for digits."""

from collections.abc import Collection, Mapping

import pytest

from criteria.policies.codes.pasted import MOST_TYPED, Pasted, code_start, read_pasted

# Whether each is a code, and no heading.
TABLE = {
    **dict.fromkeys(("G61.81", "G70.00", "G70.01", "D80.0", "D83.9", "B20", "O36.8210"), True),
    **dict.fromkeys(("I10", "S52.521A", "G35.B0", "G35.B2", "M08.0A", "C7A.00"), True),
    **dict.fromkeys(
        ("G61", "G61.8", "D80", "D83", "C11", "C02", "I16", "F18", "D25", "H20"), False
    ),
}


def known(codes: Collection[str]) -> Mapping[str, bool]:
    return {code: TABLE[code] for code in codes if code in TABLE}


def read(typed: str) -> Pasted:
    return read_pasted(typed, known)


@pytest.mark.parametrize(
    "typed,code",
    [
        *((text, "G61.81") for text in ("ICD G61.81", "ICD-10: G61.81", "ICD10CM G61.81")),
        *((text, "G61.81") for text in ("ICD-10-CM code: G61.81", "Dx: G61.81", "icd 10 g61.81")),
        *((text, "G70.01") for text in ("G70-01", "G70,01", "G70 01", "G70_01", "G70:01")),
        *((text, "G70.01") for text in ("g7001", "G70..01", "G70.01.", "G70.01*", "G70·01")),
        *((text, "G70.01") for text in ("G70–01", "(G70.01)", "“G70.01”", "#G70.01", "G 70.01")),
        *((text, "G70.01") for text in ("Ｇ７０．０１", "G70.0l", "G7O.OI", "  g70.01\t\n")),
        *((text, "D80.0") for text in ("D80.O", "D8O.o", "d80,O", "D80O")),
        ("G6l.8I", "G61.81"),
        ("036.8210", "O36.8210"),
        ("S52.521 A", "S52.521A"),
        ("m08.0a", "M08.0A"),
        ("c7a00", "C7A.00"),
        ("i1O", "I10"),
        ("D8O", "D80"),
    ],
)
def test_one_code_however_it_is_pasted(typed: str, code: str) -> None:
    found = read(typed)
    assert (found.codes, found.words) == ((code,), "")
    same = typed.strip().upper() == code
    assert found.read_as == ("" if same else code)


@pytest.mark.parametrize(
    "typed,codes,words",
    [
        ("G61.81 CIDP", ["G61.81"], "CIDP"),
        ("CIDP G61.81", ["G61.81"], "CIDP"),
        ("Dx: CIDP (G61.81) - active", ["G61.81"], "CIDP active"),
        ("D80.O hypogam", ["D80.0"], "hypogam"),
        ("B20 HIV disease", ["B20"], "HIV disease"),
        ("G61.81, D83.9", ["G61.81", "D83.9"], ""),
        ("G61.81/D83.9;G70.01", ["G61.81", "D83.9", "G70.01"], ""),
        ("G61.81 D83.9", ["G61.81", "D83.9"], ""),
        ("D80, D83", ["D80", "D83"], ""),
        ("G35.B0-G35.B2", ["G35.B0", "G35.B2"], ""),
        ("G61.81 " * 40, ["G61.81"], ""),
        ("G70.01: Myasthenia gravis with", ["G70.01"], "Myasthenia gravis with"),
    ],
)
def test_codes_are_told_from_words(typed: str, codes: list[str], words: str) -> None:
    found = read(typed)
    assert (list(found.codes), found.words) == (codes, words)


@pytest.mark.parametrize(
    "typed",
    [
        *("CLL", "ILL", "CO2", "IL6", "IL-6", "H2O level", "F18 PET", "vitamin D25 level"),
        *("H1N1 flu", "B12 deficiency", "T1DM x", "E10-E14", "C1-INH", "ICD", "code", "dx"),
        *("G61.8111 x", "XG61.81", "G61.81X9", "", "myasthenia", "٣", "😀"),
    ],
)
def test_words_are_no_codes(typed: str) -> None:
    found = read(typed)
    assert (found.codes, found.words, found.read_as) == ((), typed, "")


@pytest.mark.parametrize(
    "typed,start",
    [("g6", "G6"), ("g61.", ""), ("G99.12", "G99.12"), ("S52.52", "S52.52"), ("ICD t3", "T3")],
)
def test_start_of_a_code_is_kept(typed: str, start: str) -> None:
    assert read(typed).start == start


def test_only_so_much_is_read() -> None:
    assert len(read("x" * 800).words) == MOST_TYPED
    assert read("x " * MOST_TYPED + "G61.81").codes == ()


@pytest.mark.parametrize(
    "typed,start",
    [
        ("G61.81", "G61.81"),
        ("g6181", "G61.81"),
        (" g61.81* ", "G61.81"),
        ("g61 81", "G61.81"),
        ("g6", "G6"),
        ("g61.", "G61"),
        ("s52521a", "S52.521A"),
        ("g", ""),
        ("61.81", ""),
        ("gout", ""),
        ("G61.81111", ""),
        ("g٦1", ""),
        ("H1N1 flu", ""),
    ],
)
def test_start_of_a_code(typed: str, start: str) -> None:
    assert code_start(typed) == start
