"""Addresses of the wizard. They carry the request's number and never anything of a patient."""

from functools import lru_cache

from django.urls import reverse

# Pages that are more than a form have a view of their own.
OWN = {"result", "check", "submit"}


class Addresses:
    """Where the pages of a stored request are; a walk of another kind has its own."""

    def __init__(self, number: str) -> None:
        """``number``: of the request."""
        self.number = number

    def page(self, slug: str, name: str = "") -> str:
        """One page, at one of its fields."""
        address = self._page(slug)
        return f"{address}#id_{name}" if name else address

    def tasks(self) -> str:
        """The task list."""
        return reverse("wizard:tasks", args=[self.number])

    def _page(self, slug: str) -> str:
        return _address(self.number, slug)


@lru_cache(maxsize=4096)
def _address(number: str, slug: str) -> str:
    """A panel has a link for each criterion; finding an address costs more than the rest of it."""
    if slug in OWN:
        return reverse(f"wizard:{slug}", args=[number])
    return reverse("wizard:page", args=[number, slug])
