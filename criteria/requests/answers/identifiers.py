"""Identifiers with a rule of their own."""

import re

MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d"
    r"[AC-HJKMNP-RT-Y]{2}\d{2}",
    re.ASCII,
)
MEMBER_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{1,79}")
# What the Luhn sum of the prefix 80840 of health identifiers comes to.
_PREFIX_SUM = 24


def bare(typed: str) -> str:
    """Without the spaces and hyphens people put in."""
    return re.sub(r"[\s-]", "", typed)


def member_key(member_id: str) -> str:
    """A member number as it is compared: letters and digits, whatever stands between them."""
    return "".join(sign for sign in member_id.casefold() if sign.isalnum())


def npi_problem(typed: str) -> str:
    """What is wrong with an NPI; empty if nothing is."""
    npi = bare(typed)
    if not re.fullmatch(r"[0-9]{10}", npi):
        return f"An NPI has 10 digits; this has {len(npi)} characters."
    if npi[0] not in "12":
        return "An NPI starts with 1 or 2."
    if (_luhn(npi) + _PREFIX_SUM) % 10:
        return "This NPI cannot be right: its check digit does not fit. Compare it digit by digit."
    return ""


def _luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def mbi_problem(typed: str) -> str:
    """What is wrong with a Medicare number; empty if nothing is."""
    mbi = bare(typed).upper()
    if len(mbi) != 11:
        return f"A Medicare number (MBI) has 11 characters; this has {len(mbi)}."
    if MBI.fullmatch(mbi):
        return ""
    if set(mbi) & set("SLOIBZ"):
        return "A Medicare number (MBI) never has the letters S, L, O, I, B or Z. Look for digits."
    return "This is not a Medicare number (MBI). It looks like 1EG4-TE5-MK73."


def mbi_text(typed: str) -> str:
    """A Medicare number as it stands on the card: 1EG4-TE5-MK73."""
    mbi = bare(typed).upper()
    return f"{mbi[:4]}-{mbi[4:7]}-{mbi[7:]}"


def phone_problem(typed: str) -> str:
    """What is wrong with a telephone number; empty if nothing is."""
    digits = phone_digits(typed)
    if len(digits) == 10:
        return ""
    return f"Enter a telephone number of 10 digits, such as 555 010 1234; this has {len(digits)}."


def phone_digits(typed: str) -> str:
    """The digits, without a leading +1."""
    digits = re.sub(r"[^0-9]", "", typed)
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
