"""How dates, numbers, units and lists are written."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from criteria.rules.question import Citation, TimeSpan

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_POWER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def date_text(day: date) -> str:
    """A day as 14 May 2026."""
    return f"{day.day} {month_text(day)}"


def month_text(day: date) -> str:
    """The month of a day as May 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def number_text(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros."""
    text = f"{value:,f}" if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_text(unit: str) -> str:
    """A unit with its powers of ten written out: ×10⁹/L."""
    return re.sub(r"(?:[x×*] ?)?10\^(\d+)", lambda found: "×10" + found[1].translate(_POWER), unit)


def amount_text(value: Decimal, unit: str) -> str:
    """A number with its unit: 1 month, 2 months."""
    is_one = value == 1 and unit.isalpha() and unit.endswith("s")
    return f"{number_text(value)} {unit_text(unit[:-1] if is_one else unit)}".rstrip()


def counted(count: int, noun: str, several: str = "") -> str:
    """1 day, 2 days; ``several`` where it is no s that makes it many: 1 criterion, 2 criteria."""
    return f"{count:,} {noun if count == 1 else several or f'{noun}s'}"


def span_text(span: TimeSpan) -> str:
    """A length of time in words."""
    months = [counted(span.months, "month")] if span.months else []
    days = [counted(span.days, "day")] if span.days or not span.months else []
    return " and ".join(months + days)


def sentence_case(text: str) -> str:
    """With a capital first letter; the rest as it stands."""
    return f"{text[:1].upper()}{text[1:]}"


def joined(words: Sequence[str], by: str = "or") -> str:
    """Words in a list: a, b or c."""
    return f" {by} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def codes_text(codes: Iterable[str]) -> str:
    """Codes in order, three or more that follow each other as one: D80.0, D80.2-D80.7 or G11.3."""
    runs: list[list[str]] = []
    for code in sorted(codes):
        if runs and _follows(runs[-1][-1], code):
            runs[-1].append(code)
        else:
            runs.append([code])
    words = (([f"{run[0]}-{run[-1]}"] if len(run) > 2 else run) for run in runs)
    return joined([word for run in words for word in run])


def _follows(code: str, after: str) -> bool:
    """Whether two codes differ by one in their last digit alone."""
    digits = code[-1] + after[-1]
    alike = code[:-1] == after[:-1] and "." in code
    return alike and digits.isdecimal() and int(digits[1]) == int(digits[0]) + 1


def citation_text(citation: Citation) -> str:
    """Where the policy says so: CIDP, initial, lines 154-162."""
    several = "s" if re.search(r"[-–,]", citation.lines) else ""
    lines = f"line{several} {citation.lines}" if citation.lines else ""
    return ", ".join(filter(None, (citation.section, lines)))


def says_something(text: str) -> bool:
    """Whether a text has a letter or a digit: blanks, dots and signs nobody sees say nothing."""
    return any(sign.isalnum() for sign in text)
