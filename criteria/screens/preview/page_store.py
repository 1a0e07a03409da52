"""The walk through a preview: the pages of the wizard, kept in the session."""

from collections.abc import Mapping
from typing import Any, Self

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from criteria.actions.requests.edit import StaleSaveError
from criteria.models import Pathway, PolicyVersion, RequestPage
from criteria.requests.answers.typed import Typed
from criteria.screens.access import is_htmx
from criteria.screens.preview.bar import PreviewBar
from criteria.screens.preview.draft import PreviewedRequest, PreviewWalkthrough, unsaved
from criteria.screens.preview.edition import day_of, edition_now
from criteria.screens.preview.session import PreviewSession
from criteria.screens.preview.start import phase_of
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.page_store import SaveAttempt
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.saving import pages_to_check
from criteria.screens.wizard.screen import Screen
from criteria.screens.wizard.walkthrough import Walkthrough

OWN_TEMPLATES = {"diagnosis", "dose"}
NO_PAGE = "The edition, as it is now, has no such page. What was typed there is kept."
ANYWHERE = SaveAttempt(tab="", number=0, revision=0, by_button=True)


class PreviewPageStore:
    """One person's preview of one edition."""

    walk: Walkthrough

    def __init__(self, request: HttpRequest, version: PolicyVersion) -> None:
        """Raises PolicyFileError while the edition is unfinished."""
        self.request, self.version = request, version
        self.user: Any = request.user
        self.kept = PreviewSession(request.session, version.pk)
        self.edition = edition_now(version)
        self._read()

    def _read(self) -> None:
        """What is typed so far, judged by the edition as it is now."""
        none = unsaved(self.version)
        rows = self.kept.rows(none, self.user)
        today = day_of(self.version, timezone.localdate())
        self.walk = PreviewWalkthrough(PreviewedRequest(none, self.edition, rows, today=today))

    # What a walk is asked for

    def save(
        self, after: Walkthrough, page: WizardPage, sent: Typed, press: SaveAttempt
    ) -> RequestPage:
        """Keep a page in the session. Raises StaleSaveError, and NotKeptError when it is full."""
        row = self.walk.draft.rows.get(page.slug)
        if row is not None and row.data == sent and not row.please_check:
            return row
        if row is not None and not _follows(row, press):
            raise StaleSaveError
        return self._put(page.slug, sent, press, pages_to_check(self.walk, after))

    def stored(self, slug: str) -> RequestPage:
        """The page as it was read from the session."""
        return self.walk.draft.rows[slug]

    def again(self) -> Self:
        """Read again."""
        return type(self)(self.request, self.version)

    def keep(self, slug: str, sent: Typed) -> None:
        """What was typed into a page that is no longer asked. Raises NotKeptError."""
        self._put(slug, {**self.walk.draft.rows[slug].data, **sent}, ANYWHERE)

    def no_page(self, request: HttpRequest) -> HttpResponse:
        """To the task list, with a word: the edition may have been edited meanwhile."""
        messages.warning(request, NO_PAGE)
        address = self.walk.addresses.tasks()
        return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)

    def gone(self, request: HttpRequest) -> HttpResponse:
        """The same."""
        return self.no_page(request)

    def template(self, screen: Screen) -> str:
        """The wizard's, below the bar of the preview."""
        slug = screen.page.slug
        return f"criteria/preview/{slug if slug in OWN_TEMPLATES else 'page'}.html"

    def context(self, screen: Screen) -> Mapping[str, Any]:
        """The bar."""
        return {"bar": self.bar(screen.page)}

    # What only a preview has

    def bar(self, page: WizardPage | None = None) -> PreviewBar:
        """The bar above a page."""
        return PreviewBar(self.user, self.version, self.walk, page)

    def choose(self, pathway: Pathway) -> str:
        """Choose diagnosis, phase and pathway; all else that was typed stays. Its first page.

        Raises NotKeptError.
        """
        chosen = {
            "start": {"phase": phase_of(pathway.serves).value},
            "diagnosis": {"indication": pathway.indication.key},
            "pathway": {"pathway": pathway.key},
        }
        for slug, values in chosen.items():
            page = self.walk.page(slug)
            if page is None:
                continue
            typed = {
                name: self.walk.draft.typed.get(name, [])
                for name in form_of(self.walk, page).names()
            }
            sent = {**typed, **{name: [value] for name, value in values.items()}}
            after = self.walk.with_typed(sent)
            self._put(slug, sent, ANYWHERE, pages_to_check(self.walk, after))
            self._read()
        return self._first_criteria()

    def _first_criteria(self) -> str:
        asked = [page for page in self.walk.pages if page.criteria is not None]
        own = [page for page in asked if page.criteria and not page.criteria.is_general]
        first = next(iter([*own, *asked]), None)
        return (
            self.walk.addresses.tasks() if first is None else self.walk.addresses.page(first.slug)
        )

    def _put(
        self, slug: str, data: Typed, press: SaveAttempt, please_check: tuple[str, ...] = ()
    ) -> RequestPage:
        row = self.walk.draft.rows.get(slug)
        new = RequestPage(
            request=self.walk.draft.request,
            slug=slug,
            data=data,
            revision=1 if row is None else row.revision + 1,
            tab=press.tab,
            press=press.number,
            saved_at=timezone.now(),
            saved_by=self.user,
        )
        self.kept.put(new, please_check)
        return new


def _follows(row: RequestPage, press: SaveAttempt) -> bool:
    """Whether a save may take the place of a page: as for a stored request."""
    if row.revision == press.revision:
        return True
    is_same_window = bool(press.tab) and row.tab == press.tab
    return is_same_window and (press.by_button or row.press <= press.number)
