"""The screens of policy staff."""

from django.contrib import admin

from criteria.admin import (
    clock,
    codes,
    contradiction,
    criterion,
    dosing,
    impact,
    indication,
    patient,
    policy,
    practice,
    product,
    question,
    version,
)

__all__ = [
    "clock",
    "codes",
    "contradiction",
    "criterion",
    "dosing",
    "impact",
    "indication",
    "patient",
    "policy",
    "practice",
    "product",
    "question",
    "version",
]

admin.site.site_header = "ivigportal policies"
admin.site.site_title = "ivigportal"
admin.site.index_title = "Policies"
