"""A walk that is no request: what was typed, judged by the edition that is previewed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache

from django.urls import reverse

from criteria.edition import Edition
from criteria.models import AuthorizationRequest, PolicyVersion, Practice, RequestPage
from criteria.preview.start import PreviewStartForm, first_typed
from criteria.wizard.addresses import Addresses
from criteria.wizard.draft import Draft
from criteria.wizard.pages import Page, pages_of

NUMBER = "PREVIEW"


class PreviewAddresses(Addresses):
    """They carry the edition."""

    def page(self, draft: Draft, slug: str) -> str:
        """One page."""
        return _address(_pk(draft), slug)

    def tasks(self, draft: Draft) -> str:
        """The task list."""
        return reverse("preview:tasks", args=[_pk(draft)])


class PreviewDraft(Draft):
    """A quick check that is stored nowhere."""

    addresses = PreviewAddresses()

    def __init__(
        self,
        request: AuthorizationRequest,
        edition: Edition | None,
        rows: Iterable[RequestPage],
        *,
        today: date,
    ) -> None:
        """``request`` is never saved; ``today``: the day of the preview."""
        super().__init__(request, edition, rows, today=today)
        if request.version is not None:
            self.typed = {**first_typed(request.version, today.isoformat()), **self.typed}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The wizard's, but for the first one."""
        return tuple(
            replace(page, form=PreviewStartForm) if page.slug == "start" else page
            for page in pages_of(self)
        )


def unsaved(version: PolicyVersion) -> AuthorizationRequest:
    """What a preview has in the place of a request."""
    practice = Practice(name=f"Preview of edition {version.number}")
    return AuthorizationRequest(
        number=NUMBER, practice=practice, version=version, is_quick_check=True
    )


def _pk(draft: Draft) -> int:
    pk = draft.request.version_id
    assert pk is not None  # noqa: S101
    return pk


@lru_cache(maxsize=1024)
def _address(pk: int, slug: str) -> str:
    """A panel has a link for each criterion."""
    if slug == "result":
        return reverse("preview:result", args=[pk])
    return reverse("preview:page", args=[pk, slug])
