"""What was changed in an edition: by whom, when, the old and the new value of every column.

The rows are written by django-auditlog as parts are saved. Nothing about a patient stands here.
"""

from typing import Any

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models

from criteria.models.history.places import places_of
from criteria.models.part import Part
from criteria.models.policy import Policy
from criteria.models.version import PolicyVersion


class ChangeManager(LogEntryManager):
    """Writes a row for each change, with the edition, the place and the person."""

    def log_create(self, instance: models.Model, force_log: bool = False, **said: Any) -> Any:
        """Take down what became of one row."""
        return super().log_create(instance, force_log, **about(instance) | said)

    def log_m2m_changes(
        self, changed_queryset: Any, instance: models.Model, *given: Any, **said: Any
    ) -> Any:
        """Take down what a row was linked to, or no longer is."""
        return super().log_m2m_changes(changed_queryset, instance, *given, **about(instance) | said)

    def tell(self, row: models.Model, words: str, by: User | None) -> None:
        """Say in words what ``by`` did to a row, where no column tells it, such as a move.

        Of an edition and its policy several people may be the author of a change; the action that
        made it comes here afterwards, with words or without, and names them.
        """
        who = {"actor": by, "actor_name": "" if by is None else by.get_username()}
        if isinstance(row, PolicyVersion):
            self._nameless(row.policy).update(**who)
        is_told = False
        if isinstance(row, PolicyVersion | Policy):
            is_told = bool(self._nameless(row).update(words=words, **who))
        if words and not is_told and not isinstance(row, Policy):
            self._create_words(row, words, who)

    def of_row(self, row: models.Model) -> models.QuerySet[Any]:
        """The changes of one row itself, not of what stands in it."""
        kind = ContentType.objects.get_for_model(row)
        found: models.QuerySet[Any] = self.filter(content_type=kind, object_id=row.pk)
        return found

    def _nameless(self, row: models.Model) -> models.QuerySet[Any]:
        return self.of_row(row).filter(actor_name="")

    def _create_words(self, row: models.Model, words: str, who: dict[str, Any]) -> None:
        version = row if isinstance(row, PolicyVersion) else getattr(row, "version", None)
        if version is not None:
            words = words.removesuffix(f" in {version}.").removesuffix(".") + "."
        self.create(
            content_type=ContentType.objects.get_for_model(row),
            object_pk=row.pk,
            object_id=row.pk,
            object_repr=str(row),
            action=Change.Action.UPDATE,
            words=words,
            **about(row) | who,
        )


class Change(AbstractLogEntry):
    """One change of one row. It goes with its edition, and a published edition never goes.

    ``words``: what no column tells, such as a move. ``places``: the row and those it stood in,
    as ``tree-9 pathway-7``, with a space around each. ``gone_with``: the row whose deletion took
    this one along.
    """

    version = models.ForeignKey(
        PolicyVersion,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="edition",
    )
    actor_name = models.CharField(max_length=150, blank=True)
    words = models.TextField(blank=True)
    places = models.TextField(blank=True)
    gone_with = models.CharField(max_length=60, blank=True)

    objects = ChangeManager()

    class Meta:
        verbose_name = "change"
        verbose_name_plural = "changes"
        ordering = ("-timestamp", "-id")
        indexes = [models.Index(fields=["version", "timestamp"], name="change_of_version")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.object_repr}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if self.pk is not None:
            raise TypeError("A change is written once and never changed.")
        super().save(*args, **kwargs)


def about(row: models.Model) -> dict[str, Any]:
    """What every change of a row says of it: the edition, its last editor, the place.

    Whoever changes a part is the editor its edition remembers: every action says so first.
    """
    if isinstance(row, PolicyVersion):
        return {"version_id": row.pk}
    if not isinstance(row, Part):
        return {}
    edited = PolicyVersion.objects.filter(pk=row.version_id)
    editor, name = edited.values_list("edited_by", "edited_by__username").first() or (None, None)
    said = getattr(row, "going", None) or {"places": places_of(row)}
    return {"version_id": row.version_id, "actor_id": editor, "actor_name": name or ""} | said
