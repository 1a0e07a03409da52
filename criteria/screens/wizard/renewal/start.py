"""What a continuing request begins with, and what is said before it begins."""

from datetime import date
from functools import cached_property

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.actions.requests.copy import CopiedPage
from criteria.actions.requests.renew import renew_request, standing_renewals, why_not_renewed
from criteria.models import AuthorizationRequest, PolicyVersion, RequestPage
from criteria.policies.edition import Edition
from criteria.policies.stored.load import edition_of, version_in_force
from criteria.requests.answers.typed import Typed, one
from criteria.requests.record import submitted_draft
from criteria.requests.renewal import RENEWABLE_DAYS, left_text
from criteria.requests.stated_request import StatedRequest
from criteria.rules.formats import date_text
from criteria.rules.terms import Coverage, TherapyPhase
from criteria.screens.wizard.forms.start import why_none_in_force
from criteria.screens.wizard.saving import summary_of

# Who the patient is and who treats: carried along, to be checked. Nothing that was found, judged
# or urged of the patient is here, and nothing of an earlier consultation.
CARRIED: dict[str, tuple[str, ...]] = {
    "patient": (
        "first_name",
        "last_name",
        "born",
        "sex",
        "patient_phone",
        "address",
        "email",
    ),
    "coverage": ("member_id", "mbi", "group_number", "insured_name", "other_coverage"),
    "prescriber": (
        "prescriber_name",
        "credential",
        "npi",
        "specialty",
        "specialty_other",
        "office_phone",
        "office_fax",
        "office_contact",
    ),
    "site": ("place", "place_of_service", "facility", "pharmacy", "buy_and_bill"),
}
DIAGNOSIS = ("indication", "other_diagnosis", "icd10", "icd10_others")


class Renewal:
    """An approved request of the practice, about to be continued."""

    def __init__(self, request: AuthorizationRequest) -> None:
        """``request``: loaded by its permission check."""
        self.request, self.today = request, timezone.localdate()

    @cached_property
    def existing(self) -> AuthorizationRequest | None:
        """The request that continues it already."""
        return standing_renewals().filter(renewal_of=self.request).first()

    @cached_property
    def before(self) -> StatedRequest | None:
        """The request as it was submitted last."""
        last = self.request.submissions.select_related("version__policy").last()
        return None if last is None else submitted_draft(last)

    @cached_property
    def version(self) -> PolicyVersion | None:
        """The edition in force today, of the same line of business."""
        return version_in_force(self.request.line_of_business, self.today)

    @cached_property
    def edition(self) -> Edition | None:
        """The same as plain data."""
        return None if self.version is None else edition_of(self.version)

    @cached_property
    def problem(self) -> str:
        """Why it cannot be continued at all; empty if it can."""
        if why := why_not_renewed(self.request):
            return why
        if self.version is None:
            return why_none_in_force(self.request.line_of_business, self.today)
        return ""

    @cached_property
    def warning(self) -> str:
        """What the edition in force says against the diagnosis; empty if nothing."""
        old = None if self.before is None else self.before.indication
        if old is None or self.edition is None:
            return ""
        new = self.edition.indications.get(old.key)
        since = f"{self.edition.label}, in force since {date_text(self.edition.effective_from)},"
        if new is None:
            return f"{since} no longer names {old.name}."
        if new.coverage is Coverage.UNPROVEN and old.coverage is not Coverage.UNPROVEN:
            return f"{since} lists {old.name} as unproven. {new.route_words}".strip()
        return ""

    @property
    def left(self) -> str:
        """How long the approval still lasts."""
        last = self.request.approved_until
        return "" if last is None else left_text(last, self.today)

    @property
    def days_after_end(self) -> int:
        """How long after its end it is still continued."""
        return RENEWABLE_DAYS

    def start(self, *, by: User) -> AuthorizationRequest:
        """Make the draft. Only without a ``problem``. Raises NotRenewableError."""
        assert self.version is not None  # noqa: S101
        typed = self._typed()
        rows = [RequestPage(slug=slug, data=data) for slug, data in typed.items()]
        unsaved = AuthorizationRequest(practice=self.request.practice, request_date=self.today)
        after = StatedRequest(unsaved, self.edition, rows, today=self.today)
        return renew_request(
            request=self.request,
            version=self.version,
            pages=[
                CopiedPage(slug=slug, data=data, please_check=slug != "start")
                for slug, data in typed.items()
            ],
            summary=summary_of(after, self.version.policy.line_of_business),
            by=by,
        )

    def _typed(self) -> dict[str, dict[str, list[str]]]:
        """The pages of the new request, in their order."""
        typed: Typed = {} if self.before is None else self.before.typed
        start = _start(self.request.line_of_business, self.today)
        carried = {
            slug: {name: list(typed[name]) for name in names if name in typed}
            for slug, names in CARRIED.items()
        }
        return {"start": start, "diagnosis": self._diagnosis(typed), **carried}

    def _diagnosis(self, typed: Typed) -> dict[str, list[str]]:
        """The same with its codes; one the edition does not name any more by its name."""
        page = {name: list(typed[name]) for name in DIAGNOSIS if name in typed}
        old = None if self.before is None else self.before.indication
        known = {} if self.edition is None else self.edition.indications
        if old is not None and old.key not in known:
            page |= {"indication": ["not-listed"], "other_diagnosis": [old.name]}
        elif one(typed, "indication") in known:
            page["other_diagnosis"] = [""]
        return page


def _start(line_of_business: str, today: date) -> dict[str, list[str]]:
    return {
        "line_of_business": [line_of_business],
        "phase": [TherapyPhase.CONTINUATION.value],
        "request_date": [today.isoformat()],
        "planned_start": [""],
    }
