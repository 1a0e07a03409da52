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
    """A figure for people, never above the true one: 139.706 becomes 139.70."""
    exact = Fraction(value)
    return _grouped(exact.numerator * 10**places // exact.denominator, places, keep_zeros=True)


def rounded(value: Number, places: int = 2) -> str:
    """A figure for people, rounded half up, without trailing zeros: 2004.20 becomes 2,004.2."""
    exact = Fraction(value)
    scaled = (2 * exact.numerator * 10**places + exact.denominator) // (2 * exact.denominator)
    return _grouped(scaled, places, keep_zeros=False)


def told_apart(value: Number, limit: Number, places: int = 1) -> str:
    """``value`` rounded, with as many places as show that it is not ``limit``."""
    while rounded(value, places) == rounded(limit, places) and places < PLACES:
        places += 1
    return rounded(value, places)


def excess(value: Number, places: int) -> str:
    """A difference for people: never shown as nothing."""
    return told_apart(value, 0, places)


def _digits(scaled: int, places: int) -> str:
    """``scaled`` / 10**places written out, without trailing zeros."""
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, part = divmod(scaled, 10**places)
    tail = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def _grouped(scaled: int, places: int, *, keep_zeros: bool) -> str:
    """Thousands separators; a whole number loses its zeros either way."""
    whole, _, tail = _digits(scaled, places).partition(".")
    if tail and keep_zeros:
        tail = tail.ljust(places, "0")
    text = f"{int(whole):,}"
    if whole.startswith("-") and not text.startswith("-"):
        text = f"-{text}"
    return f"{text}.{tail}" if tail else text
