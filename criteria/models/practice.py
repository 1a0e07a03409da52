"""Practices and the people who work in them."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

from criteria.models.check import check, filled


class PracticeQuerySet(models.QuerySet["Practice"]):
    """Practices by who works there."""

    def of(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The practices a user works in."""
        return self.filter(membership__user_id=user.pk)


class Practice(models.Model):
    """Where prescribers work. A request belongs to one practice and is seen by it alone."""

    name = models.CharField(max_length=200)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [check("practice_named", filled(["name"]), "Give the practice a name.")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One user of one practice. Whoever is a member prepares the requests of the practice."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"],
                name="membership_unique",
                violation_error_message="This user is already a member of the practice.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.practice}"
