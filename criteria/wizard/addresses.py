"""Addresses of the wizard. They carry the request's number and never anything of a patient."""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

# Pages that are more than a form have a view of their own.
OWN = {"result", "check", "submit"}


class Addresses:
    """Where the pages of a stored request are; a draft of another kind has its own."""

    def page(self, draft: "Draft", slug: str) -> str:
        """One page."""
        return _address(draft.request.number, slug)

    def tasks(self, draft: "Draft") -> str:
        """The task list."""
        return reverse("wizard:tasks", args=[draft.request.number])


def page_url(draft: "Draft", slug: str, name: str = "") -> str:
    """A page of a request, at one of its fields."""
    address = draft.addresses.page(draft, slug)
    return f"{address}#id_{name}" if name else address


def tasks_url(draft: "Draft") -> str:
    """The task list of a request."""
    return draft.addresses.tasks(draft)


@lru_cache(maxsize=4096)
def _address(number: str, slug: str) -> str:
    """A panel has a link for each criterion; finding an address costs more than the rest of it."""
    if slug in OWN:
        return reverse(f"wizard:{slug}", args=[number])
    return reverse("wizard:page", args=[number, slug])
