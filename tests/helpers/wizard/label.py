"""Requests whose dose follows a label."""

from tests.factories.request import WEIGHED

FORMULA = "1.37 × 40 g / 4 weeks = 13.7 g a week = 68.5 mL at 200 mg/mL"


BEFORE = {
    "earlier": "iv",
    "earlier_grams": "40",
    "earlier_interval": "4",
    "earlier_interval_unit": "weeks",
}


PID: dict[str, dict[str, str]] = {
    "diagnosis": {"indication": "primary-immunodeficiency", "icd10": "D83.9"},
    "general-records": {"q-history_physical": "yes", "q-lab_evidence": "yes"},
    "criteria-pid_diagnosis": {"q-pid_diagnosis": "yes"},
    "criteria-humoral-deficiency": {"q-pid_antibody_failure": "yes"},
    "criteria-pid_igm_alone": {"q-pid_igm_alone": "no"},
    "dose": {
        "weight": "70",
        "weight_unit": "kg",
        "weight_on": WEIGHED,
        "product": "hizentra-20",
        "dose": "13",
        "dose_unit": "g",
        "basis": "per_dose",
        "days": "1",
        "interval": "1",
        "interval_unit": "weeks",
        "months": "12",
        **BEFORE,
    },
}
