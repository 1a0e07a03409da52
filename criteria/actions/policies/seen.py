"""The revision of a tree: it counts changes, so that two editors never overwrite each other."""

from django.db.models import F, Q

from criteria.models import CriteriaTree, Criterion, Event


class StaleTreeError(Exception):
    """The tree was changed after the editor saw it; ``changes`` says by whom, newest first."""

    def __init__(self, tree: CriteriaTree, changes: list[Event]) -> None:
        """Keep the tree as it is stored now."""
        self.tree, self.changes = tree, changes
        super().__init__("This outline was changed after you opened it.")


def check_revision(tree: CriteriaTree, revision: int | None) -> None:
    """Refuse, with StaleTreeError, to change a tree that is no longer what the editor saw.

    ``tree`` is read again, and held until the end of the transaction. ``revision`` None: the
    caller has looked for changes in another way.
    """
    held = CriteriaTree.objects.select_for_update().get(pk=tree.pk)
    tree.revision, tree.removed = held.revision, held.removed
    if revision is not None and revision != held.revision:
        raise StaleTreeError(tree, changes_since(tree, revision))


def count_change(tree_id: int) -> None:
    """Count one change of the criteria of a tree. Each goes with one event."""
    CriteriaTree.objects.filter(pk=tree_id).update(revision=F("revision") + 1)


def changes_since(tree: CriteriaTree, revision: int) -> list[Event]:
    """What was done to the tree after a revision, newest first."""
    if not 0 <= revision < tree.revision:
        return []
    rows = Criterion.objects.filter(tree=tree).values_list("pk", flat=True)
    of_rows = Q(object_type="criterion", object_id__in=[str(pk) for pk in rows])
    of_tree = Q(object_type="criteriatree", object_id=str(tree.pk))
    found = Event.objects.filter(of_rows | of_tree).order_by("-pk")
    return list(found[: tree.revision - revision])
