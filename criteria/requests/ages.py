"""Age: one reading of it everywhere."""

from datetime import date

OLDEST_YEARS = 120


def years_between(born: date, day: date) -> int:
    """Completed years. Who was born on 29 February has the birthday on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def typed_age(text: str) -> int | None:
    """The years typed; None if that is no age."""
    is_number = text.isdecimal() and len(text) <= 3
    return int(text) if is_number and int(text) <= OLDEST_YEARS else None
