"""Exact figures inside, plain figures outside.

Everything is compared as a fraction, so no quotient is ever rounded before a test. A figure that
leaves the package as a maximum is cut off, never rounded up.
"""

from decimal import Decimal
from fractions import Fraction

Number = Fraction | Decimal | int
PLACES = 12
KG_PLACES = 3


def usable(value: Decimal | None) -> bool:
    """A stated, finite, positive figure."""
    return value is not None and value.is_finite() and value > 0


def decimal_below(value: Fraction, places: int = PLACES) -> Decimal:
    """The fraction as a decimal: exact where ``places`` suffice, otherwise cut off below it."""
    return Decimal(_digits(value.numerator * 10**places // value.denominator, places))


def cut_off(value: Number, places: int = 2) -> str:
    """A figure for people, never above the true one: 139.706 becomes 139.7."""
    exact = Fraction(value)
    return _grouped(exact.numerator * 10**places // exact.denominator, places)


def rounded(value: Number, places: int = 2) -> str:
    """A figure for people, rounded half up, without trailing zeros: 2004.20 becomes 2,004.2."""
    exact = Fraction(value)
    scaled = (2 * exact.numerator * 10**places + exact.denominator) // (2 * exact.denominator)
    return _grouped(scaled, places)


def told_apart(value: Number, limit: Number, places: int = 1) -> str:
    """``value`` rounded, with as many places as show that it is not ``limit``."""
    while rounded(value, places) == rounded(limit, places) and places < PLACES:
        places += 1
    return rounded(value, places)


# One way to write each kind of figure, on every screen, paper and report, whether it is asked for,
# offered, or the most that is allowed: the same amount is all three. It is cut off, because a
# maximum must not be shown above the true figure; and never onto a whole number, because
# 2,000.02 mg/kg is not the 2,000 that a policy may allow.


def grams_text(value: Number) -> str:
    """Grams: 140 g, 139.7 g."""
    return f"{_cut_above_whole(value, 2)} g"


def mg_per_kg_text(value: Number) -> str:
    """mg/kg: 2,004.2 mg/kg, 666.6 mg/kg."""
    return f"{_cut_above_whole(value, 1)} mg/kg"


def limit_text(value: Number) -> str:
    """mg/kg as a policy states them, every place of them: 2,000 mg/kg."""
    return f"{rounded(value, 4)} mg/kg"


def kg_text(value: Number) -> str:
    """A body weight, to the gram: 69.853 kg."""
    return f"{cut_off(value, KG_PLACES)} kg"


def formula_kg_text(weight_kg: Fraction, mg_per_kg: Fraction) -> str:
    """A body weight in a formula, with as many places as give the very grams shown beside it.

    83.914 kg for 167.82 g at 2,000 mg/kg; with more places where those to the gram give less.
    """
    grams, places = grams_text(mg_per_kg * weight_kg / 1000), KG_PLACES
    while places < PLACES:
        shown = Fraction(weight_kg * 10**places // 1, 10**places)
        if grams_text(mg_per_kg * shown / 1000) == grams:
            break
        places += 1
    return f"{cut_off(weight_kg, places)} kg"


def _cut_above_whole(value: Number, places: int) -> str:
    """Cut off; with more places where that would hide an excess over a whole number."""
    exact = Fraction(value)
    whole = cut_off(exact, 0)
    while exact.denominator != 1 and cut_off(exact, places) == whole and places < PLACES:
        places += 1
    return cut_off(exact, places)


def excess(value: Number, places: int) -> str:
    """A difference for people: never shown as nothing."""
    return told_apart(value, 0, places)


def _digits(scaled: int, places: int) -> str:
    """``scaled`` / 10**places written out, without trailing zeros."""
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, part = divmod(scaled, 10**places)
    tail = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def _grouped(scaled: int, places: int) -> str:
    """Thousands separators, no trailing zeros."""
    whole, _, tail = _digits(scaled, places).partition(".")
    text = f"{int(whole):,}"
    if whole.startswith("-") and not text.startswith("-"):
        text = f"-{text}"
    return f"{text}.{tail}" if tail else text
