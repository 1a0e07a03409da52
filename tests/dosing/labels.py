"""Products of the shipped policies with the rules of their labels, and doses by label."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from criteria.dosing import DoseAssessment, DoseFacts, DoseRequest, DoseRule, Route, judge
from criteria.dosing.label import EarlierLabelDose, EarlierTreatment, LabelRules
from criteria.policies.edition import Edition, ProductDefinition
from tests.dosing.policy import RULES
from tests.factories.shipped import load_shipped

DAY = date(2026, 11, 20)
BY_LABEL = DoseRule(RULES[523].regimens, iv_only=True, label_lines="523")


@cache
def edition(name: str = "uhc-2021D0035AD") -> Edition:
    return load_shipped(Path(settings.BASE_DIR) / "fixtures" / "policies" / f"{name}.yaml")[1]


def product_of(brand: str) -> ProductDefinition:
    (found,) = [p for p in edition().products.values() if p.brand == brand]
    return found


def labels_of(brand: str, **fields: Any) -> list[LabelRules]:
    """The labels of a product that say this."""
    return [
        label
        for label in product_of(brand).labels
        if all(getattr(label, name) == value for name, value in fields.items())
    ]


def label_of(brand: str, day: date = DAY) -> LabelRules:
    found = product_of(brand).label_on(day)
    assert found is not None
    return found


def after(kind: str, grams: Any = None, days: int | None = None, **more: Any) -> EarlierTreatment:
    """What was given before: after("iv", 40, 28)."""
    levels = {f"igg_{name}_mg_per_dl": Decimal(value) for name, value in more.items()}
    return EarlierTreatment(
        kind=EarlierLabelDose(kind),
        grams=None if grams is None else Decimal(grams),
        interval_days=days,
        **levels,
    )


def judged(
    brand: str,
    request: DoseRequest | None,
    earlier: EarlierTreatment | None,
    day: date = DAY,
    **facts: Any,
) -> DoseAssessment:
    """A dose of a product under the skin, where the label is the measure."""
    product = product_of(brand)
    facts = {"weight_kg": Decimal(70)} | facts
    found = DoseFacts(
        route=Route.SC,
        label=product.label_on(day),
        ml_per_g=product.ml_per_g,
        earlier=earlier,
        **facts,
    )
    return judge(BY_LABEL, request, found)


def said(assessment: DoseAssessment) -> str:
    """no_limit; outside/above_label."""
    if assessment.outcome == "no_limit":
        return assessment.outcome
    return f"{assessment.outcome}/{assessment.reason}"
