"""Exact figures inside, plain figures outside.

Everything is compared as a fraction, so no quotient is ever rounded before a test. A figure that
leaves the package as a maximum is cut off, never rounded up.
"""

from decimal import Decimal
from fractions import Fraction

Number = Fraction | Decimal | int
PLACES = 12


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


# One way to write each kind of figure, on every screen, paper and report. What is asked for is
# rounded half up, except that it never falls onto a whole number below it: 2,000.02 mg/kg is not
# shown as 2,000, which a policy may allow. The most that is allowed, and an offer, are cut off.


def grams_text(value: Number) -> str:
    """Grams asked for or given: 140 g, 69.85 g."""
    return f"{_asked(value, 2)} g"


def most_grams_text(value: Number) -> str:
    """Grams of a maximum or an offer, never above the true figure: 139.7 g."""
    return f"{cut_off(value, 2)} g"


def mg_per_kg_text(value: Number) -> str:
    """mg/kg asked for: 2,004.2 mg/kg."""
    return f"{_asked(value, 1)} mg/kg"


def most_mg_per_kg_text(value: Number) -> str:
    """mg/kg of a maximum or an offer, never above the true figure: 666.6 mg/kg."""
    return f"{cut_off(value, 1)} mg/kg"


def limit_text(value: Number) -> str:
    """mg/kg as a policy states them, every place of them: 2,000 mg/kg."""
    return f"{rounded(value, 4)} mg/kg"


def kg_text(value: Number) -> str:
    """A body weight, to the gram: 69.853 kg."""
    return f"{rounded(value, 3)} kg"


def _asked(value: Number, places: int) -> str:
    """Rounded half up; with more places where that would hide an excess over a whole number."""
    whole = Fraction(value).numerator // Fraction(value).denominator
    return rounded(value, places) if Fraction(value) == whole else told_apart(value, whole, places)


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
