"""What was done, by whom and when. Nothing about a patient stands here."""

from django.conf import settings
from django.db import models

from criteria.models.written_once import WrittenOnce, WrittenOnceQuerySet

# What the changed columns tell needs no words in the history of an edition.
IN_COLUMNS = ("add", "change", "delete", "save")


class Event(WrittenOnce):
    """One thing done to one object; the object is named without a foreign key, so it may go."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_name = models.CharField(max_length=150, blank=True)
    verb = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    summary = models.TextField(blank=True, help_text="In words; no patient details.")

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["object_type", "object_id"], name="event_object")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"
