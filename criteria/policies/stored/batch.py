"""Rows on their way into the database: checked first, then inserted in few statements."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models as django_models

from criteria.models import (
    Code,
    Contradiction,
    CriteriaTree,
    Criterion,
    DiseaseList,
    DosingLimit,
    HistoryEntry,
    Indication,
    NamedDisease,
    Part,
    Pathway,
    PolicyVersion,
    Product,
    ProductCode,
    ProductLabel,
    Question,
    QuestionChoice,
    QuestionUnit,
    ReviewerNote,
    ReviewerNoteCode,
    Synonym,
    VialSize,
)
from criteria.policies.file.problem import FileProblem, Path

# What refers to something comes after it.
ORDER: tuple[type[Part], ...] = (
    HistoryEntry,
    Question,
    QuestionChoice,
    QuestionUnit,
    Indication,
    Synonym,
    Pathway,
    DosingLimit,
    ReviewerNote,
    ReviewerNoteCode,
    Contradiction,
    CriteriaTree,
    DiseaseList,
    NamedDisease,
    Product,
    VialSize,
    ProductCode,
    ProductLabel,
    Code,
)
PartT = TypeVar("PartT", bound=Part)


class Batch:
    """Collects the rows of one version; mistakes are kept with their place in the file."""

    def __init__(self, version: PolicyVersion) -> None:
        """Start empty."""
        self.version = version
        self.problems: list[FileProblem] = []
        self._rows: dict[type[Part], list[Any]] = defaultdict(list)
        self._criteria: dict[int, list[Criterion]] = defaultdict(list)
        self._links: list[tuple[Any, str, list[Any]]] = []

    def add(self, row: PartT, path: Path) -> PartT:
        """Take a row; it gets its position among the rows of its kind."""
        self._take(row, self._rows[type(row)], path)
        return row

    def add_criterion(self, row: Criterion, depth: int, path: Path) -> Criterion:
        """Take a node of a tree; a parent has a smaller depth."""
        self._take(row, self._criteria[depth], path)
        return row

    def link(self, row: Part, name: str, others: list[Any]) -> None:
        """Remember many-to-many links, in this order."""
        self._links.append((row, name, others))

    def insert(self) -> None:
        """Write everything."""
        for model in ORDER:
            model._default_manager.bulk_create(self._rows[model])
        for depth in sorted(self._criteria):
            Criterion.objects.bulk_create(self._criteria[depth])
        for through, links in self._through().items():
            through._default_manager.bulk_create(links)

    def _take(self, row: Part, rows: list[Any], path: Path) -> None:
        row.version = self.version
        row.position = len(rows) + 1
        relations = [f.name for f in row._meta.fields if f.is_relation]
        try:
            row.clean_fields(exclude=relations)
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                self.problems.append(FileProblem((*path, field), " ".join(messages)))
        rows.append(row)

    def _through(self) -> dict[type[django_models.Model], list[django_models.Model]]:
        found: dict[type[django_models.Model], list[django_models.Model]] = defaultdict(list)
        for row, name, others in self._links:
            through = getattr(type(row), name).through
            found[through].extend(_pairs(through, row, others))
        return found


def _pairs(
    through: type[django_models.Model], row: Part, others: Iterable[Any]
) -> Iterable[django_models.Model]:
    owner = type(row)._meta.model_name
    for other in others:
        yield through(**{f"{owner}_id": row.pk, f"{other._meta.model_name}_id": other.pk})
