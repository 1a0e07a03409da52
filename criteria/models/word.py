"""The words a submitted request is found by."""

from django.db import models

from criteria.models.request import AuthorizationRequest

LONGEST = 40


class RequestWord(models.Model):
    """A word of a request's number, patient, member number or prescriber, folded for search."""

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.CASCADE, related_name="words"
    )
    word = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "request"], name="request_word_unique")
        ]

    def __str__(self) -> str:
        return self.word
