"""What publishing an edition would change of the requests there are."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from criteria.models.check import one_of
from criteria.models.request import AuthorizationRequest
from criteria.models.version import PolicyVersion


class ImpactState(models.TextChoices):
    """How far a run is."""

    RUNNING = "running", "Running"
    DONE = "done", "Finished"
    STOPPED = "stopped", "Stopped"


class ImpactRun(models.Model):
    """One look at every request an edition touches; nothing of a request is ever changed by it.

    ``content_hash`` is that of the edition as it was judged by: a later change makes it stale.
    """

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.CASCADE, related_name="impacts", verbose_name="edition"
    )
    content_hash = models.CharField(max_length=64)
    decided_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Also requests decided in the last so many months."
    )
    state = models.CharField(max_length=8, choices=ImpactState, default=ImpactState.RUNNING)
    last_id = models.PositiveBigIntegerField(default=0, help_text="The last request judged.")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = [one_of("impact", "state", ImpactState.values, "State")]

    def __str__(self) -> str:
        return f"{self.version}: {self.done} of {self.total} requests"


class ImpactRow(models.Model):
    """A request whose result the edition would change, or which it cannot judge."""

    run = models.ForeignKey(ImpactRun, on_delete=models.CASCADE, related_name="rows")
    request = models.ForeignKey(AuthorizationRequest, on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16, blank=True)
    words = models.TextField(blank=True, help_text="What changes, criterion by criterion.")

    class Meta:
        ordering = ("run", "id")
        constraints = [UniqueConstraint(fields=["run", "request"], name="impactrow_unique")]

    def __str__(self) -> str:
        return f"{self.request}: {self.before} → {self.after}"
