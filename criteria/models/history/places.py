"""Where a part stands, as its changes keep it after it is gone."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

# The columns that lead to the row a part stands in: the first of them that is set.
OWNERS = {
    "synonym": ("indication",),
    "pathway": ("indication",),
    "dosinglimit": ("pathway",),
    "reviewernote": ("pathway", "indication"),
    "reviewernotecode": ("note",),
    "criteriatree": ("pathway", "limit", "note"),
    "criterion": ("tree",),
    "questionchoice": ("question",),
    "questionunit": ("question",),
    "vialsize": ("product",),
    "productcode": ("product",),
    "productlabel": ("product",),
    "nameddisease": ("list",),
}


def name_of(model: type[models.Model], pk: Any) -> str:
    """How a row is named among the places."""
    return f"{model._meta.model_name}-{pk}"


def places_of(row: models.Model) -> str:
    """The row and those it stands in, innermost first, with a space around each."""
    return f" {' '.join(_way(row))} "


def _way(row: models.Model) -> Iterator[str]:
    yield name_of(type(row), row.pk)
    for column in OWNERS.get(row._meta.model_name or "", ()):
        try:
            owner = getattr(row, column)
        except ObjectDoesNotExist:
            return
        if owner is not None:
            yield from _way(owner)
            return
