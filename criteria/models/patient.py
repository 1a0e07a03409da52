"""Named patients that staff keep with the result a policy must give them."""

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.models.check import check, filled, one_of
from criteria.models.exact import ExactDecoder, ExactEncoder
from criteria.models.policy import Policy
from criteria.models.version import PolicyVersion
from criteria.rules.terms import Overall

USER = settings.AUTH_USER_MODEL


class ExamplePatient(models.Model):
    """A patient of a policy: what is stated, and what must be found. Invented, never a real one.

    ``stated`` has the form of a request to ``evaluate``, without the policy and the edition.
    """

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="patients")
    name = models.CharField(max_length=200, help_text="Such as “IgG of 400 exactly”.")
    words = models.TextField("about the patient", blank=True)
    stated = models.JSONField(encoder=ExactEncoder, decoder=ExactDecoder)
    expected = models.CharField(
        "expected result", max_length=16, choices=[(o.value, o.value) for o in Overall]
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("policy", "name")
        constraints = [
            UniqueConstraint(
                fields=["policy", "name"],
                name="patient_name_unique",
                violation_error_message="This policy already has a patient of that name.",
            ),
            one_of("patient", "expected", Overall, "The expected result"),
            check("patient_named", filled(["name"]), "The patient needs a name."),
        ]

    def __str__(self) -> str:
        return self.name


class PatientOutcome(models.Model):
    """What an edition finds of a patient; another result than expected is confirmed, or mended."""

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.CASCADE, related_name="outcomes", verbose_name="edition"
    )
    patient = models.ForeignKey(ExamplePatient, on_delete=models.CASCADE, related_name="outcomes")
    found = models.CharField(max_length=16, blank=True, help_text="Empty: it cannot be judged.")
    decided_by = models.TextField(
        blank=True, help_text="The first criterion the result rests on, with what was answered."
    )
    problem = models.TextField(blank=True)
    judged_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("patient__name",)
        constraints = [
            UniqueConstraint(fields=["version", "patient"], name="outcome_unique"),
            check(
                "outcome_confirmed_pair",
                Q(confirmed_at__isnull=True, confirmed_by__isnull=True, reason="")
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(reason="")),
                "A confirmed result says by whom, when and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient}: {self.found or 'not judged'}"
