"""ICD-10-CM as it was loaded: its codes, and which of them a word stands in.

Not part of any policy: a release as a whole is put in the place of the one before.
"""

from django.db import models


class IcdCode(models.Model):
    """A code or a heading. ``rank``: its place among all, billable and short ones first."""

    code = models.CharField(max_length=8, unique=True)
    description = models.TextField()
    billable = models.BooleanField()
    parent = models.CharField(max_length=8, blank=True)
    release = models.CharField(max_length=40)
    rank = models.PositiveIntegerField(unique=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


class IcdWord(models.Model):
    """A start of words of descriptions. ``ranks``: the codes they stand in, as packed bits."""

    start = models.CharField(max_length=100, unique=True)
    ranks = models.BinaryField()

    def __str__(self) -> str:
        return self.start
