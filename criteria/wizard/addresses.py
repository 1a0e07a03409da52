"""Addresses of the wizard. They carry the request's number and never anything of a patient."""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

# Pages that are more than a form have a view of their own.
OWN = {"result", "check", "submit"}


def page_url(draft: "Draft", slug: str, name: str = "") -> str:
    """A page of a request, at one of its fields."""
    address = _address(draft.request.number, slug)
    return f"{address}#id_{name}" if name else address


@lru_cache(maxsize=4096)
def _address(number: str, slug: str) -> str:
    """A panel has a link for each criterion; finding an address costs more than the rest of it."""
    if slug in OWN:
        return reverse(f"wizard:{slug}", args=[number])
    return reverse("wizard:page", args=[number, slug])
