"""Approvals that end soon, and those that ended and may still be continued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils import timezone

from criteria.actions.requests.renew import standing_renewals
from criteria.models import AuthorizationRequest, RequestStatus
from criteria.policies.stored.load import edition_of
from criteria.requests.marks import NOT_ANSWERED, NOT_MET, PLEASE_CHECK, STATUS, StateMark
from criteria.requests.renewal import RENEWABLE_DAYS, left_text
from criteria.screens.forms import DrawnForm, HelpedField
from criteria.screens.layout import LineField
from criteria.screens.wizard.renewal_due import USUAL_DAYS, Requests, ended_unrenewed

A_PAGE = 50
DAYS = (30, 60, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One approval: what was approved, how long it lasts, and what continues it."""

    request: AuthorizationRequest
    indication: str
    approved: str
    left: StateMark
    renewal: AuthorizationRequest | None
    renewal_state: StateMark | None


class AheadForm(DrawnForm):
    """How far ahead one looks."""

    days = forms.ChoiceField(
        label="Look ahead",
        choices=[(str(days), f"{days} days") for days in DAYS],
        required=False,
        error_messages={
            "invalid_choice": "Choose 30, 60 or 90 days. Shown are the approvals of "
            f"{USUAL_DAYS} days."
        },
    )
    bound_field_class = HelpedField
    lines = (LineField("days", label_class=""),)


class EndingList:
    """The approvals of ``requests`` that end within so many days, page by page, soonest first."""

    def __init__(self, requests: Requests, asked: str, page: str, *, only_sent: bool) -> None:
        """``asked``: the days, as they were asked for. ``only_sent``: no renewal still typed."""
        self._requests, self._asked, self._page = requests, asked.strip(), page
        self._only_sent, self.today = only_sent, timezone.localdate()

    @property
    def form(self) -> AheadForm:
        """How far ahead one may look."""
        return AheadForm(initial={"days": self.days}, auto_id="%s")

    @property
    def problem(self) -> str:
        """What is wrong with the days asked for; empty if nothing is."""
        return " ".join(map(str, self._read.errors.get("days", ())))

    @property
    def days(self) -> int:
        """How far ahead the list looks."""
        return USUAL_DAYS if self.problem else int(self._read.cleaned_data["days"] or USUAL_DAYS)

    @cached_property
    def _read(self) -> AheadForm:
        return AheadForm({"days": self._asked})

    @property
    def days_after_end(self) -> int:
        """How long after its end an approval is still continued."""
        return RENEWABLE_DAYS

    @cached_property
    def page(self) -> Page[AuthorizationRequest]:
        """One page of those that still last."""
        last = self.today + timedelta(days=self.days)
        found = self._requests.filter(approved_until__range=(self.today, last))
        found = self._joined(found).order_by("approved_until", "pk")
        return Paginator(found, A_PAGE).get_page(self._page)

    @cached_property
    def entries(self) -> tuple[Ending, ...]:
        """The lines of the page."""
        return tuple(self._lines(self.page.object_list))

    @cached_property
    def ended(self) -> tuple[Ending, ...]:
        """Those that ended and were not continued, the latest first, as many as a page has."""
        found = ended_unrenewed(self._requests, self._renewals, self.today)
        found = found.order_by("-approved_until", "-pk")
        return tuple(self._lines(self._joined(found)[:A_PAGE]))

    @property
    def _renewals(self) -> Requests:
        """The renewals that whoever reads the list may know of."""
        found = standing_renewals()
        return found.filter(submitted_at__isnull=False) if self._only_sent else found

    def _joined(self, found: Requests) -> Requests:
        """With all a line needs, in three queries however many lines there are."""
        found = found.filter(status=RequestStatus.APPROVED)
        found = found.select_related("version__policy", "practice", "determination")
        return found.prefetch_related(Prefetch("renewals", self._renewals, to_attr="standing"))

    def _lines(self, found: Iterable[AuthorizationRequest]) -> list[Ending]:
        return [_line(request, self.today) for request in found]


def _line(request: AuthorizationRequest, today: date) -> Ending:
    edition = None if request.version is None else edition_of(request.version)
    known = {} if edition is None else edition.indications
    indication = known.get(request.indication_key)
    found: list[AuthorizationRequest] = getattr(request, "standing", [])
    renewal = found[0] if found else None
    state = None if renewal is None else STATUS[RequestStatus(renewal.status)]
    return Ending(
        request=request,
        indication="Diagnosis not in the policy" if indication is None else indication.name,
        approved=_approved(request),
        left=_left(request.approved_until or today, today, is_renewed=renewal is not None),
        renewal=renewal,
        renewal_state=state,
    )


def _approved(request: AuthorizationRequest) -> str:
    """What was approved: product and dose; as asked for where the decision names none."""
    decision: Any = getattr(request, "determination", None)
    said = (
        "" if decision is None else ", ".join(filter(None, (decision.product, decision.dose_text)))
    )
    return said or request.dose_text


def _left(last: date, today: date, *, is_renewed: bool) -> StateMark:
    """How long it lasts: amber while something is to be done, red once it has ended."""
    words = left_text(last, today)
    if is_renewed:
        return NOT_ANSWERED.saying(words)
    if last < today:
        return NOT_MET.saying(words)
    return PLEASE_CHECK.saying(words)
