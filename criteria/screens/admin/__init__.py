"""The screens of policy staff."""

from django.contrib import admin

from criteria.screens.admin import (
    clock,
    contradiction,
    criterion,
    impact,
    indication,
    policy,
    practice,
)
from criteria.screens.admin.codes import admin as codes
from criteria.screens.admin.dosing import admin as dosing
from criteria.screens.admin.example_patients import admin as patient
from criteria.screens.admin.products import admin as product
from criteria.screens.admin.questions import admin as question
from criteria.screens.admin.versions import admin as version

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
