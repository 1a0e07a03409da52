"""The words of the answers that are chosen from a list, by what is stored of them."""

from collections.abc import Iterable

from criteria.models import Urgency

BLANK = ("", "Choose one")
URGENCIES = (
    (Urgency.STANDARD.value, "Standard"),
    (Urgency.EXPEDITED.value, "Expedited: waiting could harm the patient"),
)
DOSE_UNITS = (
    ("", "unit"),
    ("g", "g"),
    ("mg/kg", "mg/kg"),
    ("g/kg", "g/kg"),
    ("mg", "mg"),
    ("mL", "mL"),
)
BASES = (
    BLANK,
    ("total", "in all, each course"),
    ("per_day", "on each day"),
    ("per_dose", "each infusion"),
)
INTERVALS = (
    BLANK,
    ("days", "days"),
    ("weeks", "weeks"),
    ("months", "months"),
    ("once", "one course only"),
    ("as-needed", "as needed"),
)


def chosen_text(choices: Iterable[tuple[str, str]], stored: str) -> str:
    """The words of what was chosen; empty for nothing, and for what is none of them."""
    return dict(choices).get(stored, "") if stored else ""
