"""The rows an event changed: which one, in which edition, old and new value of every column.

Nothing about a patient stands here: rows of policies, of editions and of their parts only.
"""

from typing import Self

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from criteria.models.event import Event
from criteria.models.version import PolicyVersion
from criteria.models.written_once import WrittenOnce, WrittenOnceQuerySet


class ChangeQuerySet(WrittenOnceQuerySet["Change"]):
    """Finds what became of rows."""

    def of_row(self, row: models.Model) -> Self:
        """The changes of one row itself, not of what stands in it."""
        return self.filter(object_type=row._meta.model_name, object_id=row.pk)


class Change(WrittenOnce):
    """One row that an event changed; ``version`` is emptied when a draft is discarded.

    ``changes``: the name of each column with its old and its new value. ``places``: the row and
    those it stood in, as ``criteriatree-9 pathway-7``, with a space around each. ``gone_with``: the
    row whose deletion took this one along.
    """

    class Action(models.TextChoices):
        """What became of the row."""

        CREATE = "create", "Added"
        UPDATE = "update", "Changed"
        DELETE = "delete", "Deleted"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="rows")
    version = models.ForeignKey(
        PolicyVersion, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=6, choices=Action.choices)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    name = models.TextField(help_text="What the row was called then.")
    places = models.TextField(blank=True)
    gone_with = models.CharField(max_length=60, blank=True)
    changes = models.JSONField(encoder=DjangoJSONEncoder)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["object_type", "object_id"], name="change_object")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.name}"

    @property
    def kind(self) -> type[models.Model]:
        """The model of the row."""
        return apps.get_model("criteria", self.object_type)

    @property
    def own_name(self) -> str:
        """The row as places name it."""
        return f"{self.object_type}-{self.object_id}"


def name_of(model: type[models.Model], pk: object) -> str:
    """How a row is named among the places."""
    return f"{model._meta.model_name}-{pk}"
