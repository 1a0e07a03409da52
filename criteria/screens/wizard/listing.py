"""The list of a practice's requests."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.utils import timezone

from criteria.models import AuthorizationRequest, Practice, RequestStatus
from criteria.policies.stored.load import edition_of
from criteria.requests.marks import MARKS, OVERALL, STATUS, StateMark
from criteria.rules import FindingState
from criteria.rules.formats import date_text
from criteria.rules.terms import Overall
from criteria.screens.ticked import with_boxes
from criteria.screens.wizard.forms.search import RequestSearch
from criteria.screens.wizard.renewal_due import waiting_count

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """One request as a line of the list."""

    request: AuthorizationRequest
    policy: str
    indication: str
    status: StateMark
    overall: StateMark

    @property
    def detail(self) -> str:
        """What the state leaves open: the days of an approval, or what to do next."""
        request = self.request
        if request.approved_from is not None and request.approved_until is not None:
            return f"{date_text(request.approved_from)} to {date_text(request.approved_until)}"
        if request.status == RequestStatus.INFORMATION_REQUESTED:
            return "Open it to see what is asked"
        return ""


class RequestList:
    """The requests of a user's practices that fit what was searched, page by page."""

    def __init__(self, user: User, searched: str, page: str) -> None:
        """``searched``: a number or a part of one. A name would stand in an address and its log."""
        self.user, self.searched, self._page = user, searched.strip()[:60], page

    @cached_property
    def practice(self) -> Practice | None:
        """Where the user works."""
        return Practice.objects.of(self.user).first()

    @cached_property
    def page(self) -> ListPage[AuthorizationRequest]:
        """One page of requests, the latest first."""
        found = AuthorizationRequest.objects.of_practices_of(self.user)
        found = found.select_related("version__policy", "owner")
        if self.searched:
            found = found.filter(number__icontains=self.searched)
        return Paginator(found, A_PAGE).get_page(self._page)

    @cached_property
    def ending(self) -> int:
        """How many approvals end soon, or ended, and are not renewed."""
        own = AuthorizationRequest.objects.of_practices_of(self.user)
        return waiting_count(own, timezone.localdate())

    @cached_property
    def entries(self) -> tuple[RequestEntry, ...]:
        """The lines of the page."""
        return tuple(entry_of(request) for request in self.page.object_list)

    @cached_property
    def lines(self) -> list[tuple[RequestEntry, object]]:
        """Each with the box that takes it into a ZIP."""
        return with_boxes((entry.request.number, entry) for entry in self.entries)

    @property
    def search(self) -> RequestSearch:
        """Where a request is searched for."""
        return RequestSearch(self.searched)

    @property
    def has_sent(self) -> bool:
        """Whether a request of the page was submitted, and so may have a packet to download."""
        return any(entry.request.submitted_at for entry in self.entries)


def entry_of(request: AuthorizationRequest) -> RequestEntry:
    """What a line of a list says of a request."""
    edition = None if request.version is None else edition_of(request.version)
    known = {} if edition is None else edition.indications
    indication = known.get(request.indication_key)
    overall = (
        OVERALL[Overall(request.overall)] if request.overall else MARKS[FindingState.NOT_ANSWERED]
    )
    return RequestEntry(
        request,
        "" if edition is None else edition.label,
        "No diagnosis yet" if indication is None else indication.name,
        STATUS[RequestStatus(request.status)],
        overall,
    )
