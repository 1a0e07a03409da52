"""Where a part stands: the way from the edition down to it."""

from django.db import models

from criteria.models import (
    CriteriaTree,
    Criterion,
    DosingLimit,
    Indication,
    Part,
    Pathway,
    ReviewerNote,
    TreeUse,
)


def trail_of(row: models.Model) -> list[models.Model]:
    """The rows above one and the row itself, outermost first."""
    above = owner_of(row)
    return [row] if above is None else [*trail_of(above), row]


def short(row: models.Model) -> str:
    """A row by its own name, without what stands above it."""
    return row.name if isinstance(row, Pathway) else str(row)


def owner_of(row: models.Model) -> models.Model | None:
    """The row whose screen leads to this one."""
    match row:
        case Pathway():
            return row.indication
        case DosingLimit():
            return row.pathway
        case ReviewerNote():
            return row.pathway or row.indication or row.version
        case CriteriaTree():
            return row.pathway or row.limit or row.note or row.version
        case Criterion():
            tree = row.tree
            return tree.pathway if tree.use == TreeUse.PATHWAY else tree
        case Indication() | Part():
            return row.version
    return None
