"""How a product is billed: its code on the first day, and codes whose days run into each other."""

from collections.abc import Collection
from datetime import date
from typing import Any

from criteria.models import Code, Product, ProductCode
from criteria.rules.formats import date_text
from criteria.rules.terms import CodeSystem
from criteria.screens.admin.links import list_url
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.products.days import OneADayFormSet, overlaps

BILLING_CODE = "billing code"


class CodeFormSet(OneADayFormSet):
    """The billing codes of a product: on each day there is one."""

    of_each_day = BILLING_CODE


def billed_words(product: Product, codes: Collection[ProductCode]) -> str:
    """Billed as J1561 on 1 Jan 2021, the first day of the edition."""
    day = product.version.effective_from
    used = [code.code for code in codes if _is_used(code, day)]
    of_day = f"{date_text(day)}, the first day of the edition"
    return f"Billed as {used[0]} on {of_day}." if used else f"No billing code on {of_day}."


def _is_used(code: ProductCode, day: date) -> bool:
    return (code.first_day or date.min) <= day <= (code.last_day or date.max)


def unlisted(product: Product, codes: Collection[ProductCode]) -> list[str]:
    """The billing codes that are not in the edition's list of HCPCS codes, where it has one."""
    rows = Code.objects.filter(version=product.version_id, system=CodeSystem.HCPCS, listed=True)
    listed = set(rows.values_list("code", flat=True))
    return list(dict.fromkeys(c.code for c in codes if listed and c.code not in listed))


def unlisted_words(product: Product, codes: Collection[ProductCode]) -> str:
    """What is to be said of them; empty when all are listed."""
    found = unlisted(product, codes)
    if not found:
        return ""
    verb = "is" if len(found) == 1 else "are"
    return f"{', '.join(found)} {verb} not in the HCPCS codes of this edition."


def billing(product: Product) -> AdminPanel:
    """What stands above the form of a product."""
    codes = list(product.codes.all())
    filters: dict[str, Any] = {"version": product.version_id, "system__exact": "hcpcs"}
    context = {
        "words": billed_words(product, codes),
        "warnings": [
            w for w in (unlisted_words(product, codes), *overlaps(codes, BILLING_CODE)) if w
        ],
        "codes_url": list_url(Code, **filters),
    }
    return AdminPanel("criteria/admin/_billing.html", context)
