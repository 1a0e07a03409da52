"""Example patients of the small policy."""

from typing import Any

from criteria.actions.example_patients.edit import save_patient
from criteria.models import ExamplePatient, PolicyVersion
from tests.factories.people import paula

MEETS: dict[str, Any] = {
    "on": "2021-12-01",
    "indication": "kawasaki",
    "phase": "initial",
    "patient": {"weight_kg": 20},
}


def example(
    version: PolicyVersion, name: str = "as ever", expected: str = "meets", **stated: Any
) -> ExamplePatient:
    """A patient of the policy of an edition, saved by Paula; None takes a part away."""
    said = {key: value for key, value in (MEETS | stated).items() if value is not None}
    patient = ExamplePatient(policy=version.policy, name=name, stated=said, expected=expected)
    save_patient(patient=patient, by=paula())
    return patient
