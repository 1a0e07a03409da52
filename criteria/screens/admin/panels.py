"""What stands above a form: a template and what it shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from criteria.screens.admin.links import change_url


@dataclass(frozen=True, slots=True)
class AdminPanel:
    """One panel; ``context`` is what its template shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


def listed(
    title: str,
    rows: Iterable[Model],
    add: str = "",
    add_words: str = "",
    more: Callable[[Any], str] = lambda row: "",
) -> AdminPanel:
    """Rows that belong to something, linked, and where to add another; ``more`` is said of each."""
    found = [{"url": change_url(row), "name": str(row), "more": more(row)} for row in rows]
    context = {"title": title, "rows": found, "add": add, "add_words": add_words}
    return AdminPanel("criteria/admin/_listed.html", context)
