"""Why a page asks for another look."""

from criteria.models import RequestPage
from criteria.wizard.draft import Draft

CHANGED = "An answer it depends on was changed."
CARRIED = "The request was carried over to another policy."


def why_check(draft: Draft, row: RequestPage | None) -> str:
    """A sentence; empty for a page that needs no other look.

    A page that was carried over and not saved since is as old as its request.
    """
    if row is None or not row.please_check:
        return ""
    made = draft.request.created_at
    return CARRIED if made is not None and row.saved_at == made else CHANGED
