"""The checked cases of tests/cases/dosing-cases.csv, one row each."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from criteria.dosing import (
    DoseBasis,
    DoseFacts,
    DoseRequest,
    DoseUnit,
    EarlierCourses,
    Route,
    Sex,
    Vials,
    WeightUnit,
    kilograms,
)

FILE = Path(__file__).resolve().parent.parent / "cases" / "dosing-cases.csv"
CRITERION = "criterion"


@dataclass(frozen=True)
class Case:
    """One row, its columns by name."""

    id: str
    row: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.row[column]

    def number(self, column: str) -> Decimal:
        return Decimal(self.row[column])

    def count(self, column: str) -> int | None:
        return int(self.row[column]) if self.row[column] else None

    def in_other(self, word: str) -> Decimal:
        """The number after a word in the column of further inputs: "factor 1.37"."""
        return Decimal(self["other"].partition(word)[2].split()[0])

    @property
    def weight_kg(self) -> Decimal | None:
        if not self["weight"]:
            return None
        return kilograms(self.number("weight"), WeightUnit(self["weight_unit"]))

    @property
    def is_child(self) -> bool:
        return self["note"] == "child"

    @property
    def age_years(self) -> int:
        return 5 if self.is_child else 40

    @property
    def sex(self) -> Sex | None:
        return Sex(self["sex"]) if self["sex"] else None

    @property
    def facts(self) -> DoseFacts:
        allowance = self.in_other("allowance") if "rounding allowance" in self["other"] else 0
        return DoseFacts(
            weight_kg=self.weight_kg,
            route=Route.SC if self["product"] == "Hizentra" else Route.IV,
            initial=self["phase"] != "continuation",
            rounding_allowance_percent=Decimal(allowance),
            before=EarlierCourses(elsewhere=0),
            conditions={"fnait-high-risk": self.high_risk},
        )

    @property
    def high_risk(self) -> bool | None:
        return {"yes": True, "no": False}.get(self["other"].removeprefix("high risk: "))

    @property
    def request(self) -> DoseRequest:
        monthly = self["interval_days"] == "monthly"
        return DoseRequest(
            amount=self.number("dose"),
            unit=DoseUnit(self["dose_unit"]),
            basis=DoseBasis(self["basis"] or "total"),
            days=self.count("days"),
            consecutive=True,  # the rows are of days that run on
            interval_days=28 if monthly else self.count("interval_days"),
            monthly=monthly,
        )

    @property
    def vials(self) -> Vials:
        return PRODUCTS[self["product"].removesuffix(" 10 %")]


def _vials(sizes: str, unit: int) -> Vials:
    return Vials(sizes_g=tuple(Decimal(s) for s in sizes.split()), billing_unit_mg=unit)


PRODUCTS = {
    "Asceniv": _vials("5", 500),
    "Cutaquig": _vials("1 1.65 2 3.3 4 8", 100),
    "Flebogamma DIF": _vials("0.5 2.5 5 10 20", 500),
    "Gammagard Liquid": _vials("1 2.5 5 10 20 30", 500),
    "Gammagard S/D": _vials("5 10", 500),
    "Gamunex-C": _vials("1 2.5 5 10 20 40", 500),
    "HyQvia": _vials("2.5 5 10 20 30", 100),
    "Hizentra": _vials("1 2 4 10", 100),
    "Privigen": _vials("5 10 20 40", 500),
}


def load() -> list[Case]:
    """Every row of the file, in its order."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return [Case(row["id"], row) for row in csv.DictReader(file)]


def dosing_cases() -> list[Case]:
    """Rows the dose arithmetic answers."""
    return [case for case in load() if case["group"] != CRITERION]


def criterion_cases() -> list[Case]:
    """Rows about one criterion of the policy, answered by the criteria tree."""
    return [case for case in load() if case["group"] == CRITERION]
