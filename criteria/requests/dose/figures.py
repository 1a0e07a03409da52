"""Figures of the dose page as they were typed, each if it can be read."""

import re
from decimal import Decimal

from criteria.dosing import HeightUnit, centimetres
from criteria.requests.answers.typed import Typed, one
from criteria.rules.parse import UnreadableError, number_of

COURSES_BEFORE = "courses_before"
FEET = re.compile(r"(\d)\s*(?:'|′|ft|feet)\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|''|in|inches)?)?")


def number(typed: Typed, name: str) -> Decimal | None:
    """A number, if it can be read."""
    try:
        return number_of(one(typed, name))
    except UnreadableError:
        return None


def whole(typed: Typed, name: str) -> int | None:
    """A whole number above 0, if it can be read."""
    found = number(typed, name)
    if found is None or found != found.to_integral_value() or not 0 < found <= 1000:
        return None
    return int(found)


def courses_before(typed: Typed) -> int | None:
    """Courses given before, 0 among them; None where nothing can be read."""
    found = number(typed, COURSES_BEFORE)
    if found is None or found != found.to_integral_value() or not 0 <= found <= 1000:
        return None
    return int(found)


def height_cm(typed: Typed) -> Decimal | None:
    """Height in centimetres: 175 cm, 69 in, or 5'9" whatever unit is chosen."""
    text, unit = one(typed, "height"), one(typed, "height_unit")
    feet = FEET.fullmatch(text)
    if feet is not None:
        inches = int(feet[1]) * 12 + Decimal(feet[2] or 0)
        return centimetres(inches, HeightUnit.INCH)
    value = number(typed, "height")
    if value is None or unit not in set(HeightUnit):
        return None
    return centimetres(value, HeightUnit(unit))


def days_typed(typed: Typed, name: str = "days") -> int | None:
    """Days of a course as typed; 0 and more than allowed reach the guard."""
    found = number(typed, name)
    if found is None or found != found.to_integral_value() or abs(found) > 10_000:
        return None
    return int(found)
