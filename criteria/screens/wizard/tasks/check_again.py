"""Why a page asks for another look."""

from criteria.models import RequestPage
from criteria.requests.stated_request import StatedRequest

CHANGED = "An answer it depends on was changed."
RENEWED = "It came along from the approved request."
CARRIED = "The request was carried over to another policy."


def why_check(draft: StatedRequest, row: RequestPage | None) -> str:
    """A sentence; empty for a page that needs no other look.

    A page that was carried over and not saved since is as old as its request.
    """
    if row is None or not row.please_check:
        return ""
    if row.check_because:
        return row.check_because
    made, is_renewal = draft.request.created_at, draft.request.renewal_of_id is not None
    if made is None or row.saved_at != made:
        return CHANGED
    return RENEWED if is_renewal else CARRIED
