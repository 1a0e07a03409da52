"""A walk that is no request: what was typed, judged by the edition that is previewed."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.urls import reverse

from criteria.models import AuthorizationRequest, PolicyVersion, Practice, RequestPage
from criteria.policies.edition import Edition
from criteria.requests.stated_request import StatedRequest
from criteria.screens.preview.start import PreviewStartForm, first_typed
from criteria.screens.wizard.addresses import Addresses
from criteria.screens.wizard.walkthrough import Walkthrough

NUMBER = "PREVIEW"


class PreviewAddresses(Addresses):
    """They carry the edition."""

    def __init__(self, pk: int) -> None:
        """``pk``: of the edition."""
        self.pk = pk

    def tasks(self) -> str:
        """The task list."""
        return reverse("preview:tasks", args=[self.pk])

    def _page(self, slug: str) -> str:
        return _address(self.pk, slug)


class PreviewedRequest(StatedRequest):
    """A quick check that is stored nowhere."""

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


class PreviewWalkthrough(Walkthrough):
    """The wizard's pages, but for the first one's form."""

    own_forms = {"start": PreviewStartForm}

    @property
    def addresses(self) -> Addresses:
        """Where the pages of the preview are."""
        pk = self.draft.request.version_id
        assert pk is not None  # noqa: S101
        return PreviewAddresses(pk)


def unsaved(version: PolicyVersion) -> AuthorizationRequest:
    """What a preview has in the place of a request."""
    practice = Practice(name=f"Preview of edition {version.number}")
    return AuthorizationRequest(
        number=NUMBER, practice=practice, version=version, is_quick_check=True
    )


@lru_cache(maxsize=1024)
def _address(pk: int, slug: str) -> str:
    """A panel has a link for each criterion."""
    if slug == "result":
        return reverse("preview:result", args=[pk])
    return reverse("preview:page", args=[pk, slug])
