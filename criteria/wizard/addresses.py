"""Addresses of the wizard. They carry the request's number and never anything of a patient."""

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft


def page_url(draft: "Draft", slug: str, name: str = "") -> str:
    """A page of a request, at one of its fields."""
    number = draft.request.number
    fixed = {"result", "check", "submit"}
    address = (
        reverse(f"wizard:{slug}", args=[number])
        if slug in fixed
        else reverse("wizard:page", args=[number, slug])
    )
    return f"{address}#id_{name}" if name else address
