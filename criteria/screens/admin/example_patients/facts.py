"""The fields of a patient beside the answers: the day, age, weight, codes, product and dose."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from criteria.dosing import DoseBasis, EarlierLabelDose
from criteria.dosing.limits import Route
from criteria.policies.edition import Edition
from criteria.requests.case import SiteOfCare
from criteria.requests.case_files.dose import AMOUNTS
from criteria.screens.admin.example_patients.answers import day, number, pick, text

# Headings, and under each the lines of fields that stand side by side.
FACTS = (
    (
        "The patient",
        (
            ("on",),
            ("age_years", "date_of_birth"),
            ("weight", "weight_unit"),
            ("icd10", "place"),
        ),
    ),
    ("The prescriber", (("specialty", "consultant_specialty", "consulted"),)),
    (
        "The dose asked for",
        (
            ("product", "route"),
            ("amount", "amount_unit", "basis"),
            ("days", "consecutive"),
            ("interval", "interval_days"),
            ("courses", "courses_before"),
            ("induction", "authorization_months"),
            ("then_amount", "then_amount_unit", "then_basis"),
            ("then_days", "then_consecutive"),
            ("then_interval", "then_interval_days"),
            ("then_courses", "then_begins_after_days"),
            ("day_of_therapy", "day_after_transplant", "day_after_discontinuation"),
            ("before_kind", "before_g", "before_interval", "before_interval_days"),
            ("igg_trough_mg_per_dl", "igg_target_mg_per_dl"),
        ),
    ),
)
UNITS = {"mg_per_kg": "mg/kg", "g_per_kg": "g/kg", "g": "g"}
BASES = {
    DoseBasis.TOTAL.value: "in all, each course",
    DoseBasis.PER_DAY.value: "a day",
    DoseBasis.PER_DOSE.value: "each infusion",
}
NUMBERS = ("days", "interval_days", "courses", "courses_before", "authorization_months")
THEN_NUMBERS = ("days", "interval_days", "courses", "begins_after_days")
PLANNED = ("day_of_therapy", "day_after_transplant", "day_after_discontinuation")
BEFORE = {
    "kind": "before_kind",
    "g": "before_g",
    "interval": "before_interval",
    "interval_days": "before_interval_days",
    "igg_trough_mg_per_dl": "igg_trough_mg_per_dl",
    "igg_target_mg_per_dl": "igg_target_mg_per_dl",
}
KINDS = (
    ("", "not stated"),
    (EarlierLabelDose.IV.value, "into a vein"),
    (EarlierLabelDose.SC.value, "under the skin"),
    (EarlierLabelDose.NEW.value, "none"),
)
MAYBE = (("", "not stated"), ("yes", "Yes"), ("no", "No"))


def fact_fields(edition: Edition, product: str) -> dict[str, forms.Field]:
    """The fields, in order. ``product``: the one that is stated, known to the edition or not."""
    products = [("", "none stated"), *((p.key, p.name) for p in edition.products.values())]
    if product not in dict(products):
        products.append((product, product))
    routes = [("", "not stated"), *((route.value, route.value) for route in Route)]
    places = [("", "not stated"), *((place.value, place.words) for place in SiteOfCare)]
    return {
        "on": day("Date of the request"),
        "age_years": text("Age in years", size=5),
        "date_of_birth": day("or born on"),
        "weight": text("Weight", size=8),
        "weight_unit": pick("Unit", [("kg", "kg"), ("lb", "lb")]),
        "icd10": text("Diagnosis codes", size=40, help="Such as G61.81, one or several."),
        "specialty": text("Specialty", size=24),
        "consultant_specialty": text("Specialty of who was consulted", size=24),
        "consulted": pick("A specialist was consulted", MAYBE),
        "place": pick("Place of treatment", places),
        "product": forms.CharField(
            label="Product", required=False, widget=forms.Select(choices=products)
        ),
        "route": pick("Route", routes),
        "amount": text("Dose", size=8),
        "amount_unit": pick("Unit", list(UNITS.items())),
        "basis": pick("Counted", list(BASES.items())),
        "days": text("Over how many days", size=5),
        "consecutive": pick("In a row", MAYBE),
        "interval": text(
            "How often", size=16, help="Such as monthly, weekly, every 3 weeks, once."
        ),
        "interval_days": text("or every so many days", size=5),
        "courses": text("How many courses", size=5),
        "courses_before": text("Courses given before", size=5, help="Left open: none."),
        "induction": pick("Induction", MAYBE),
        "authorization_months": text("Months asked for", size=5),
        "then_amount": text("Then, dose (blank: nothing follows)", size=8),
        "then_amount_unit": pick("Unit", list(UNITS.items())),
        "then_basis": pick("Counted", list(BASES.items())),
        "then_days": text("Then, over how many days", size=5),
        "then_consecutive": pick("In a row", MAYBE),
        "then_interval": text("Then, how often", size=16),
        "then_interval_days": text("or every so many days", size=5),
        "then_courses": text("Then, how many courses", size=5),
        "then_begins_after_days": text(
            "Days after the last course before",
            size=5,
            help="Blank: as often as it is given.",
        ),
        "day_of_therapy": text("Last planned dose: day of therapy", size=5),
        "day_after_transplant": text("day after the transplant", size=5),
        "day_after_discontinuation": text("day after therapy was stopped", size=5),
        "before_kind": pick("Immune globulin before", KINDS),
        "before_g": text("Dose before, g", size=5),
        "before_interval": text("How often", size=16),
        "before_interval_days": text("or every so many days", size=5),
        "igg_trough_mg_per_dl": text("IgG trough, mg/dL", size=5),
        "igg_target_mg_per_dl": text("its target, mg/dL", size=5),
    }


def fact_initial(stated: Mapping[str, Any]) -> dict[str, str]:
    """What the fields show of a patient."""
    patient, dose = stated.get("patient") or {}, stated.get("dose") or {}
    shown = {key: stated.get(key) for key in ("on", "place", "product")}
    shown |= {key: patient.get(key) for key in ("age_years", "date_of_birth")}
    prescriber = stated.get("prescriber") or {}
    shown |= {key: prescriber.get(key) for key in ("specialty", "consultant_specialty")}
    unit = "lb" if patient.get("weight_lb") is not None else "kg"
    shown |= {"weight": patient.get(f"weight_{unit}"), "weight_unit": unit}
    codes = stated.get("icd10")
    shown["icd10"] = ", ".join(codes) if isinstance(codes, list) else codes
    then = dose.get("then") or {}
    for key in AMOUNTS:
        if dose.get(key) is not None:
            shown |= {"amount": dose[key], "amount_unit": key}
        if then.get(key) is not None:
            shown |= {"then_amount": then[key], "then_amount_unit": key}
    shown |= {key: dose.get(key) for key in (*NUMBERS, "basis", "interval", "route")}
    shown |= {f"then_{key}": then.get(key) for key in (*THEN_NUMBERS, "basis", "interval")}
    shown |= {key: (dose.get("planned") or {}).get(key) for key in PLANNED}
    shown |= {field: (dose.get("earlier") or {}).get(key) for key, field in BEFORE.items()}
    said = {True: "yes", False: "no"}
    shown["consulted"] = said.get(prescriber.get("consulted", ""), "")
    shown["induction"] = said.get(dose.get("induction", ""), "")
    # A stored patient whose dose says nothing else has days that run on: the format states it.
    shown["consecutive"] = said.get(dose.get("consecutive", True), "") if dose else ""
    shown["then_consecutive"] = said.get(then.get("consecutive", True), "") if then else ""
    return {key: "" if value is None else str(value) for key, value in shown.items()}


def facts_stated(form: forms.Form, typed: dict[str, str]) -> dict[str, Any]:
    """What the fields state; a number that is none is said at its field."""
    codes = [code for code in typed.get("icd10", "").replace(",", " ").split() if code]
    weight = _number(form, typed, "weight")
    patient = {
        "age_years": _number(form, typed, "age_years"),
        "date_of_birth": typed.get("date_of_birth"),
        f"weight_{_unit(form, typed, 'weight_unit', weight)}": weight,
    }
    said = ("specialty", "consultant_specialty")
    prescriber: dict[str, Any] = {key: typed.get(key) for key in said}
    prescriber |= {"consulted": {"yes": True, "no": False}.get(typed.get("consulted", ""))}
    return {
        "on": typed.get("on"),
        "icd10": codes[0] if len(codes) == 1 else codes or None,
        "patient": _said(patient),
        "prescriber": _said(prescriber),
        "place": typed.get("place"),
        "product": typed.get("product"),
        "dose": _dose(form, typed),
    }


def _dose(form: forms.Form, typed: dict[str, str]) -> dict[str, Any]:
    dose = {
        **_part(form, typed, "", NUMBERS),
        "induction": {"yes": True, "no": False}.get(typed.get("induction", "")),
        "route": typed.get("route"),
        "then": _said(_part(form, typed, "then_", THEN_NUMBERS)),
        "planned": _said({key: _number(form, typed, key) for key in PLANNED}),
        "earlier": _said(_before(form, typed)),
    }
    return _said(dose)


def _before(form: forms.Form, typed: dict[str, str]) -> dict[str, Any]:
    """Immune globulin before."""
    words = {key: typed.get(BEFORE[key]) for key in ("kind", "interval")}
    figures = [key for key in BEFORE if key not in words]
    return words | {key: _number(form, typed, BEFORE[key]) for key in figures}


def _part(
    form: forms.Form, typed: dict[str, str], before: str, numbers: Sequence[str]
) -> dict[str, Any]:
    """Courses that are alike, from the fields whose names begin with ``before``."""
    amount = _number(form, typed, f"{before}amount")
    found = {key: _number(form, typed, f"{before}{key}") for key in numbers}
    runs_on = {"yes": True, "no": False}.get(typed.get(f"{before}consecutive", ""))
    if amount is not None and runs_on is None and found["days"] not in (None, 1):
        form.add_error(f"{before}consecutive", "Say whether the days run on.")
    return {
        _unit(form, typed, f"{before}amount_unit", amount): amount,
        "basis": typed.get(f"{before}basis") if amount is not None else None,
        "consecutive": None if amount is None else runs_on,
        "interval": typed.get(f"{before}interval"),
        **found,
    }


def _unit(form: forms.Form, typed: dict[str, str], name: str, figure: object) -> str:
    """The unit of a figure; a figure without one is no figure."""
    unit = typed.get(name, "")
    if figure is not None and not unit:
        form.add_error(name, "Choose the unit.")
    return unit


def _number(form: forms.Form, typed: dict[str, str], name: str) -> object:
    try:
        return number(typed.get(name, ""))
    except forms.ValidationError as error:
        form.add_error(name, error)
        return None


def _said(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if value not in (None, "", {})}


def field_of(key: str) -> str:
    """The field a mistake of a stated request stands at: "answers.igg.value" is q-igg."""
    first, *inner = key.replace("[", ".").split(".")
    if first == "answers" and inner:
        part = inner[-1]
        beside = part in ("measured_on", "unit", "drug", "from", "to", "reason") and len(inner) == 2
        return f"q-{inner[0]}-{part}" if beside else f"q-{inner[0]}"
    last = inner[-1] if inner else first
    if inner[:1] == ["earlier"]:
        return BEFORE.get(last, BEFORE["kind"])
    if first == "dose" and "then" in inner:
        return "then_amount" if last in AMOUNTS or last == "then" else f"then_{last}"
    if last in AMOUNTS:
        return "amount"
    if first == "dose" and not inner:
        return "amount"
    known = {"weight_kg": "weight", "weight_lb": "weight"}
    return first if first == "icd10" else known.get(last, last)
