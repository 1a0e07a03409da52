"""Where a request is, as columns: for tests of what reads them."""

from datetime import date, datetime, timedelta
from typing import Any

from criteria.models import RequestStatus

DECIDED = (RequestStatus.APPROVED, RequestStatus.DENIED)


def columns_at(status: str, at: datetime, by: Any) -> dict[str, Any]:
    """The columns of a request sent, and decided if ``status`` says so, by ``by`` at ``at``."""
    columns: dict[str, Any] = {"status": status}
    if status != RequestStatus.DRAFT:
        columns |= {"submitted_at": at, "submitted_by": by, "due_at": at + timedelta(days=7)}
    if status in DECIDED:
        columns |= {"decided_at": at, "decided_by": by}
    if status == RequestStatus.APPROVED:
        columns |= {"approved_from": date(2026, 1, 1), "approved_until": date(2026, 12, 31)}
    return columns
