"""Dose arithmetic: what a policy allows, what is asked for, and how the two compare.

Plain Python, exact throughout. Amounts are mg/kg of actual body weight unless a name says grams.
"""

from criteria.dosing.calendar import grams_by_day
from criteria.dosing.course_count import counts_requests, courses_left
from criteria.dosing.dose_guards import DoseEntry, EntryUnit, courses_guard, dose_guards
from criteria.dosing.earlier import NONE_STATED, ApprovedCourses, EarlierCourses
from criteria.dosing.guards import Guard, GuardCode, GuardSeverity, strictest
from criteria.dosing.infusion import InfusionCourse, InfusionDay, VialPlan
from criteria.dosing.infusion_days import course_by_day, whole_course
from criteria.dosing.judge import judge
from criteria.dosing.label import EarlierLabelDose, EarlierTreatment, LabelRules
from criteria.dosing.label_finding import LabelFinding
from criteria.dosing.limits import (
    CoursesCounted,
    DoseRule,
    Joined,
    Limit,
    Per,
    Regimen,
    RegimenEvent,
    Route,
)
from criteria.dosing.maxima import maxima
from criteria.dosing.offer import Offer, ShortfallSpan
from criteria.dosing.outcome import (
    Amount,
    AskedPart,
    DoseAssessment,
    DoseOutcome,
    LimitFinding,
    Maximum,
    Obstacle,
    OutcomeReason,
)
from criteria.dosing.request import (
    DoseBasis,
    DoseFacts,
    DosePart,
    DoseRequest,
    DoseUnit,
    FollowingDose,
    Vials,
)
from criteria.dosing.vials import billing_units, covering, not_above, volume_ml
from criteria.dosing.weight import (
    HeightUnit,
    Sex,
    WeightFigures,
    WeightUnit,
    bmi,
    centimetres,
    ideal_weight,
    kilograms,
    pounds,
    weight_figures,
)
from criteria.dosing.weight_guards import WeightEntry, weight_guards

__all__ = [
    "ApprovedCourses",
    "CoursesCounted",
    "EarlierCourses",
    "NONE_STATED",
    "counts_requests",
    "courses_left",
    "whole_course",
    "course_by_day",
    "ShortfallSpan",
    "Offer",
    "Obstacle",
    "InfusionDay",
    "InfusionCourse",
    "Amount",
    "AskedPart",
    "DoseBasis",
    "DoseAssessment",
    "DoseEntry",
    "DoseFacts",
    "DosePart",
    "DoseRequest",
    "DoseRule",
    "DoseUnit",
    "EntryUnit",
    "EarlierLabelDose",
    "EarlierTreatment",
    "RegimenEvent",
    "Guard",
    "FollowingDose",
    "GuardCode",
    "HeightUnit",
    "Joined",
    "LabelFinding",
    "LabelRules",
    "Limit",
    "LimitFinding",
    "Maximum",
    "DoseOutcome",
    "Per",
    "OutcomeReason",
    "Regimen",
    "Route",
    "GuardSeverity",
    "Sex",
    "VialPlan",
    "Vials",
    "WeightEntry",
    "WeightFigures",
    "WeightUnit",
    "billing_units",
    "bmi",
    "centimetres",
    "covering",
    "courses_guard",
    "dose_guards",
    "grams_by_day",
    "ideal_weight",
    "judge",
    "kilograms",
    "maxima",
    "not_above",
    "pounds",
    "strictest",
    "volume_ml",
    "weight_figures",
    "weight_guards",
]
