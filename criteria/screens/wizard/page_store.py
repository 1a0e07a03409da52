"""Where what is typed is kept while someone walks the pages: a stored request, or another place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from criteria.accounts.permissions import get_editable_request
from criteria.actions.requests.edit import keep_page
from criteria.models import AuthorizationRequest, RequestPage
from criteria.requests.answers.typed import Typed
from criteria.requests.loading import draft_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.saving import save_typed
from criteria.screens.wizard.screen import Screen
from criteria.screens.wizard.walkthrough import Walkthrough

GONE = "That page is no longer part of the request. What was typed there is kept."


class NotKeptError(Exception):
    """What was typed cannot be kept; the message says why, after "Not saved:"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAttempt:
    """How a page was sent: from which window, as which save of it, drawn from which revision."""

    tab: str
    number: int
    revision: int
    by_button: bool


class PageStore(Protocol):
    """One request as it is kept. ``walk``: with everything typed before."""

    walk: Walkthrough

    def save(
        self, after: Walkthrough, page: WizardPage, sent: Typed, press: SaveAttempt
    ) -> RequestPage:
        """Keep a page. Raises StaleSaveError, and NotKeptError."""

    def stored(self, slug: str) -> RequestPage:
        """A page as it is kept now."""

    def again(self) -> Self:
        """The same request as it is kept now."""

    def keep(self, slug: str, sent: Typed) -> None:
        """Keep what was typed into a page that is no longer asked."""

    def no_page(self, request: HttpRequest) -> HttpResponse:
        """What answers for a page there is not. May raise Http404."""

    def gone(self, request: HttpRequest) -> HttpResponse:
        """What answers for a page that is no longer asked."""

    def template(self, screen: Screen) -> str:
        """The template of a whole page."""

    def context(self, screen: Screen) -> Mapping[str, Any]:
        """What the template is given beside the screen."""


class RequestPageStore:
    """A request of the user's practice that may be changed."""

    def __init__(self, user: User, found: AuthorizationRequest) -> None:
        """``found``: loaded by its permission check."""
        self.user, self.walk = user, Walkthrough(draft_of(found))

    def save(
        self, after: Walkthrough, page: WizardPage, sent: Typed, press: SaveAttempt
    ) -> RequestPage:
        """By an action. Raises StaleSaveError."""
        return save_typed(
            self.walk,
            after,
            page,
            sent,
            tab=press.tab,
            press=press.number,
            revision=press.revision,
            by_button=press.by_button,
            by=self.user,
        )

    def stored(self, slug: str) -> RequestPage:
        """The row."""
        rows = RequestPage.objects.select_related("saved_by")
        return rows.get(request=self.walk.draft.request, slug=slug)

    def again(self) -> Self:
        """Loaded again. Raises Http404, or PermissionDenied once it was sent."""
        return type(self)(
            self.user, get_editable_request(self.user, self.walk.draft.request.number)
        )

    def keep(self, slug: str, sent: Typed) -> None:
        """By an action."""
        row = self.walk.draft.rows[slug]
        data = {**row.data, **sent}
        keep_page(request=self.walk.draft.request, page=row, data=data, by=self.user)

    def no_page(self, request: HttpRequest) -> HttpResponse:
        """Raises Http404."""
        raise Http404("The request has no such page.")

    def gone(self, request: HttpRequest) -> HttpResponse:
        """To the task list, with a word."""
        messages.warning(request, GONE)
        return redirect(self.walk.addresses.tasks())

    def template(self, screen: Screen) -> str:
        """The screen's own."""
        return screen.template

    def context(self, screen: Screen) -> Mapping[str, Any]:
        """Nothing more."""
        return {}
