"""An offer as a button: the whole regimen in its words, and the fields that one press fills."""

import re
from dataclasses import dataclass

from criteria.dosing import DoseBasis, Offer
from criteria.dosing.ceilings import WEEK_DAYS
from criteria.dosing.figures import excess, grams_text, mg_per_kg_text
from criteria.dosing.sentences import offer_schedule
from criteria.requests.dose.second_part import BEFORE

# 139.5 g;5;yes;4 weeks;6: amount, days, in a row, how often, courses.
REGIMEN = re.compile(
    r"(\d{1,6}(?:\.\d{1,12})?) (g|mg/kg);(\d{1,3});(yes|no|);"
    r"(?:once|(\d{1,3}) (days|weeks|months));(\d{0,3})(?:;(\d{0,3}))?"
)
# Between the first part and what follows; what follows ends with the days until it begins.
SEPARATOR = " > "


@dataclass(frozen=True, slots=True)
class OfferButton:
    """``value`` is sent when it is pressed; it says the same as ``words``."""

    value: str
    words: str


def offer_button(offer: Offer) -> OfferButton:
    """Use 139.5 g over 5 days in a row, every 4 weeks (0.5 g less than asked in each course)."""
    first, *others = map(_words, offer.each)
    use = f"Then use {first}" if offer.is_what_follows else f"Use {first}"
    words = "; ".join((use, *(f"then {other}" for other in others)))
    return OfferButton(SEPARATOR.join(map(_value, offer.each)), words)


def _words(offer: Offer) -> str:
    amount = offer.grams_per_course
    shown = mg_per_kg_text(offer.mg_per_kg_per_course) if amount is None else grams_text(amount)
    less = _less_words(offer)
    whole = f"{shown} {offer_schedule(offer)}"
    return f"{whole} ({less})" if less else whole


def _less_words(offer: Offer) -> str:
    """How much less treatment it is; empty where it is all that was asked for."""
    less_g, less = offer.less_by_g, offer.less_by_mg_per_kg
    amount = f"{excess(less, 1)} mg/kg" if less_g is None else f"{excess(less_g, 2)} g"
    parts = [f"{amount} less than asked {offer.less_over}"] if less > 0 else []
    return ", ".join([*parts, *(["given fewer times"] if offer.fewer_courses else [])])


def _value(offer: Offer) -> str:
    grams = offer.grams_per_course
    amount = offer.mg_per_kg_per_course if grams is None else grams
    unit = "mg/kg" if grams is None else "g"
    runs_on = {True: "yes", False: "no", None: ""}[offer.consecutive]
    courses = "" if offer.interval_days is None or offer.courses is None else str(offer.courses)
    often = _often(offer)
    regimen = f"{amount.normalize():f} {unit};{offer.days};{runs_on};{often};{courses}"
    return f"{regimen};{offer.begins_after_days or ''}" if offer.is_what_follows else regimen


def _often(offer: Offer) -> str:
    days = offer.interval_days
    if days is None:
        return "once"
    if offer.monthly:
        return "1 months"
    return f"{days} days" if days % WEEK_DAYS else f"{days // WEEK_DAYS} weeks"


def fields_of_regimen(value: str) -> dict[str, list[str]]:
    """What a button fills in; nothing for a value that no button sends."""
    found = [REGIMEN.fullmatch(part) for part in value.split(SEPARATOR)]
    filled: dict[str, list[str]] = {}
    for part in found:
        if part is None or len(found) > 2:
            return {}
        begins = part.groups()[-1]
        fields = _fields(*part.groups()[:-1])
        if begins is None:
            filled |= fields
        else:
            filled |= {f"{BEFORE}{name}": values for name, values in fields.items()}
            filled |= {f"{BEFORE}begins": [begins]} if begins else {}
    return filled


def _fields(
    amount: str, unit: str, days: str, runs_on: str, count: str, often: str, courses: str
) -> dict[str, list[str]]:
    filled = {
        "dose": amount,
        "dose_unit": unit,
        "basis": DoseBasis.TOTAL.value,
        "days": days,
        "interval": count or "",
        "interval_unit": often or "once",
    }
    # What the offer does not know it leaves as it was typed, perhaps after the offer was made.
    if runs_on:
        filled["consecutive"] = runs_on
    if courses or often is None:
        filled["courses"] = courses
    return {name: [text] for name, text in filled.items()}
