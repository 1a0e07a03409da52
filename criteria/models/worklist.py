"""What submitted requests have in common that a worklist is filtered by."""

from django.db import models

from criteria.models.check import one_of
from criteria.models.request import Urgency


class WorklistGroup(models.Model):
    """Line of business, urgency, indication and overall result of a submission.

    There are as many groups as combinations that occur, some hundreds at most, however many
    requests there are: whatever is filtered by, a page is put together from the first requests of
    each group, never by looking through all of them.
    """

    line_of_business = models.CharField(max_length=80, blank=True)
    urgency = models.CharField(max_length=12, choices=Urgency)
    indication_key = models.CharField(max_length=80, blank=True)
    overall = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ("line_of_business", "urgency", "indication_key", "overall")
        constraints = [
            models.UniqueConstraint(
                fields=["line_of_business", "urgency", "indication_key", "overall"],
                name="worklist_group_unique",
            ),
            one_of("worklist_group", "urgency", Urgency.values, "Urgency"),
        ]

    def __str__(self) -> str:
        return " ".join((self.line_of_business, self.urgency, self.indication_key, self.overall))
