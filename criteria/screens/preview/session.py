"""What was typed into a preview, kept in the session and nowhere else."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase

from criteria.models import AuthorizationRequest, RequestPage
from criteria.screens.wizard.page_store import NotKeptError

KEY = "previews"
# The one that was touched longest ago makes room for another.
MOST_PREVIEWS = 4
# A whole walk takes a few thousand.
MOST_CHARACTERS = 60_000
FULL = "this preview holds too much text. Shorten it, or start again."

Stored = list[dict[str, Any]]


class PreviewSession:
    """The pages of one preview, in the order they were saved."""

    def __init__(self, session: SessionBase, pk: int) -> None:
        """``pk``: of the edition."""
        self.session, self.name = session, str(pk)

    @property
    def _pages(self) -> Stored:
        found: Stored = self.session.get(KEY, {}).get(self.name, [])
        return found

    def rows(self, request: AuthorizationRequest, by: User) -> list[RequestPage]:
        """As pages of a request that is never saved."""
        return [
            RequestPage(
                **{**page, "saved_at": datetime.fromisoformat(page["saved_at"])},
                request=request,
                saved_by=by,
            )
            for page in self._pages
        ]

    def put(self, row: RequestPage, please_check: Collection[str] = ()) -> None:
        """Keep a page as the last one saved. Raises NotKeptError when there is no more room."""
        others = [
            {**page, "please_check": page["please_check"] or page["slug"] in please_check}
            for page in self._pages
            if page["slug"] != row.slug
        ]
        pages = [*others, _page_of(row)]
        if _length(pages) > MOST_CHARACTERS:
            raise NotKeptError(FULL)
        previews = {k: v for k, v in self.session.get(KEY, {}).items() if k != self.name}
        latest = list(previews.items())[-(MOST_PREVIEWS - 1) :]
        self.session[KEY] = {**dict(latest), self.name: pages}

    def clear(self) -> None:
        """Start again."""
        previews = self.session.get(KEY, {})
        self.session[KEY] = {k: v for k, v in previews.items() if k != self.name}


def _page_of(row: RequestPage) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "data": dict(row.data),
        "revision": row.revision,
        "tab": row.tab,
        "press": row.press,
        "please_check": row.please_check,
        "saved_at": row.saved_at.isoformat(),
    }


def _length(pages: Stored) -> int:
    """Names count too: they come from the browser while an edition is unfinished."""
    return sum(
        len(page["slug"]) + sum(len(name) + sum(map(len, v)) for name, v in page["data"].items())
        for page in pages
    )
