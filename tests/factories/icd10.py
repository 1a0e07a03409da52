"""A few dozen real codes of ICD-10-CM, as the release of April 2026 has them."""

import csv
from pathlib import Path

from criteria.actions.icd10 import NewCode, load_codes
from criteria.actions.roles import command_line_user

RELEASE = "April 2026"
FILE = Path(__file__).parents[1] / "cases" / "icd10-codes.csv"


def new_codes() -> list[NewCode]:
    """The codes, each below the longest heading there is among them."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    headings = [row["code"] for row in rows if row["kind"] == "heading"]
    return [
        NewCode(
            code=row["code"],
            description=row["description"],
            billable=row["kind"] == "billable",
            parent=_above(row["code"], headings),
        )
        for row in rows
    ]


def _above(code: str, headings: list[str]) -> str:
    above = (heading for heading in headings if code != heading and code.startswith(heading))
    return max(above, key=len, default="")


def load_small_table() -> None:
    """Put these codes into the table."""
    load_codes(codes=new_codes(), release=RELEASE, by=command_line_user())
