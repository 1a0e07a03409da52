"""The shape of what an edition lists: products with their labels, codes, diseases."""

from datetime import date
from typing import Annotated

from pydantic import Field

from criteria.dosing.limits import Route
from criteria.policies.file.schema_criterion import Days, FilePart, Key, Lines, Positive, Words


class ProductCodePart(FilePart):
    """A billing code with its first and last day of service."""

    code: Words
    first_day: date | None = None
    last_day: date | None = None


class LabelPart(FilePart):
    """The subcutaneous rules of one label; see criteria.dosing.label.LabelRules for each."""

    source: Words
    first_day: date | None = None
    last_day: date | None = None
    confirmed: bool = True
    iv_to_sc_factor: Positive | None = None
    same_from_sc: bool = False
    min_mg_per_kg: Positive | None = None
    max_mg_per_kg: Positive | None = None
    shortest_interval_days: Days | None = None
    longest_interval_days: Days | None = None
    days_after_iv: Days | None = None
    ramp_weeks: list[Days] = []
    trough_ml_per_kg: Positive | None = None
    trough_least_mg_per_dl: Days | None = None
    note: str = ""


class ProductPart(FilePart):
    """One brand and strength."""

    brand: Words
    routes: Annotated[list[Route], Field(min_length=1)]
    form: Words
    concentration_percent: Positive | None = None
    vial_sizes_g: Annotated[list[Positive], Field(min_length=1)]
    unconfirmed_vial_sizes_g: list[Positive] = []
    billing_unit_mg: Annotated[int, Field(gt=0)] | None = None
    codes: list[ProductCodePart] = []
    listed: bool = True
    excluded: bool = False
    exclusion_words: str = ""
    exclusion_lines: Lines | None = None
    labels: list[LabelPart] = []
    ml_per_g: Positive | None = None
    note: str = ""


class CodePart(FilePart):
    """A listed code (``listed`` no: only mapped), what it suggests, and when it is valid."""

    description: Words
    lines: Lines | None = None
    listed: bool = True
    first_day: date | None = None
    last_day: date | None = None
    indications: list[Key] = []
    unproven: list[Key] = []
    clear: bool = False
    note: str = ""


class CodesPart(FilePart):
    """The code lists, by system."""

    icd10: dict[str, CodePart] = {}
    hcpcs: dict[str, CodePart] = {}
    cpt: dict[str, CodePart] = {}


class DiseasePart(FilePart):
    """An entry of a list given for help."""

    name: Words
    lines: Lines
    note: str = ""
