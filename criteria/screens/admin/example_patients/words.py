"""Example patients in words: how they stand, and where that is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from criteria.actions.example_outcomes import Standing
from criteria.models import ExamplePatient, PatientOutcome, PolicyVersion
from criteria.requests.case_files.patient import PatientFinding
from criteria.requests.marks import MET

NOT_JUDGED = "cannot be judged"


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome as a table shows it."""

    outcome: PatientOutcome
    is_expected: bool

    @property
    def found(self) -> str:
        """The result found, in words."""
        return self.outcome.found or NOT_JUDGED

    @property
    def why(self) -> str:
        """The first criterion that decides, or why there is no result."""
        return self.outcome.problem or self.outcome.decided_by

    @property
    def mark(self) -> str:
        """What is sent back to say which result was looked at."""
        return f"{self.outcome.pk}:{self.outcome.found}"


def rows(outcomes: Iterable[PatientOutcome]) -> list[OutcomeRow]:
    """Outcomes as a table shows them."""
    return [OutcomeRow(o, o.found == o.patient.expected) for o in outcomes]


def outcome_rows(patient: ExamplePatient) -> list[OutcomeRow]:
    """What each edition found of one patient."""
    found = PatientOutcome.objects.filter(patient=patient)
    return rows(found.select_related("version__policy", "patient", "confirmed_by"))


def found_words(patient: ExamplePatient, finding: PatientFinding) -> str:
    """A finding beside what is expected: finds “meets”, as expected."""
    if not finding.found:
        return f"cannot judge it: {finding.problem}"
    why = f" {finding.decided_by}" if finding.decided_by else ""
    if finding.found == patient.expected:
        return f"finds “{finding.found}”, as expected.{why}"
    return f"finds “{finding.found}”, where “{patient.expected}” is expected.{why}"


def standing_words(found: Standing, is_locked: bool = False) -> str:
    """How the patients of an edition stand: 12 ✓, 2 changed; of a published one, as it was."""
    if not found.total:
        return "none yet"
    parts = [f"{found.as_expected} {MET.sign}"]
    parts += [f"{found.changed} changed"] if found.changed else []
    parts += [f"{found.confirmed} changed and confirmed"] if found.confirmed else []
    waits = "kept since it was published, not judged" if is_locked else "still to judge"
    parts += [f"{found.waiting} {waits}"] if found.waiting else []
    return ", ".join(parts)


def outcomes_url(version: PolicyVersion) -> str:
    """What an edition finds of its patients."""
    return reverse("admin:criteria_patients", args=[version.pk])
