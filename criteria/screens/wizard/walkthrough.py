"""A request as it is walked page by page: its pages, their addresses, and what was drawn of it."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django import forms

from criteria.requests.answers.typed import Typed
from criteria.requests.stated_request import StatedRequest
from criteria.screens.wizard.addresses import Addresses
from criteria.screens.wizard.pages import WizardPage, pages_of

T = TypeVar("T")


class Walkthrough:
    """The pages of one draft. It changes nothing and knows no rule: the draft does."""

    # Forms of its own in the place of the wizard's, by the page.
    own_forms: Mapping[str, Callable[["Walkthrough", WizardPage], forms.Form]] = {}

    def __init__(self, draft: StatedRequest) -> None:
        """``draft``: of a stored request, or of one that begins."""
        self.draft = draft
        # By the page. Whoever walks has forms of their own.
        self.forms: dict[str, forms.Form] = {}

    @property
    def addresses(self) -> Addresses:
        """Where its pages are."""
        return Addresses(self.draft.request.number)

    def with_typed(self, now_typed: Typed) -> "Walkthrough":
        """The same walk with what was typed just now."""
        return type(self)(self.draft.with_typed(now_typed))

    @property
    def pages(self) -> tuple[WizardPage, ...]:
        """Every page of the request as it stands, in order."""
        return self.once(("pages",), lambda: pages_of(self.draft))

    def page(self, slug: str) -> WizardPage | None:
        """One page; None if the request has none of that name."""
        return next((page for page in self.pages if page.slug == slug), None)

    def once(self, key: tuple[str, ...], work_out: Callable[[], T]) -> T:
        """What depends on nothing but this draft, worked out when it is first asked for."""
        known = self.draft.worked_out
        if key not in known:
            known[key] = work_out()
        return cast("T", known[key])
