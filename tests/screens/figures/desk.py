"""Requests as the desk has them, laid down row by row: when they came, were asked, decided."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from criteria.models import (
    AuthorizationRequest,
    Determination,
    Letter,
    LetterKind,
    MissedCriterion,
    Outcome,
    PolicyVersion,
    RequestStatus,
    Submission,
    WorklistGroup,
)
from tests.factories.people import prescriber
from tests.factories.policy import published
from tests.factories.review import reviewer

DECIDED = {Outcome.APPROVED: RequestStatus.APPROVED, Outcome.DENIED: RequestStatus.DENIED}
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """A moment in the site's zone, such as "2026-03-02 09:00"."""
    return timezone.make_aware(datetime.fromisoformat(text), timezone.get_default_timezone())


def item(title: str) -> dict[str, str]:
    """A criterion as a letter names it."""
    return {"block": "criteria", "key": title.lower(), "number": "1", "title": title}


class Desk:
    """A desk on which requests are laid down, past the actions: nobody typed them."""

    def __init__(self, version: PolicyVersion | None = None) -> None:
        """The people and the edition."""
        self.version = version or published()
        self.ann, self.rhea = prescriber(), reviewer()
        self.count = 0

    def received(self, on: str, **columns: Any) -> AuthorizationRequest:
        """A request submitted at a moment; due after a week."""
        self.count += 1
        moment = at(on)
        kind = {
            "line_of_business": columns.pop("line_of_business", "commercial"),
            "urgency": columns.get("urgency", "standard"),
            "indication_key": columns.pop("indication_key", "immune"),
            "overall": columns.pop("overall", "meets"),
        }
        group, _ = WorklistGroup.objects.get_or_create(**kind)
        request = AuthorizationRequest.objects.create(
            number=f"R-2026-{self.count:05}",
            practice=self.ann.membership_set.get().practice,
            owner=self.ann,
            version=self.version,
            status=RequestStatus.SUBMITTED,
            patient_name="Doe, Jane",
            worklist_group=group,
            created_at=moment,
            created_by=self.ann,
            updated_at=moment,
            updated_by=self.ann,
            submitted_at=moment,
            submitted_by=self.ann,
            **({"due_at": moment + timedelta(days=7)} | kind | columns),
        )
        self.submit(request, moment)
        return request

    def submit(self, request: AuthorizationRequest, moment: datetime) -> Submission:
        """Another submission of a request."""
        return Submission.objects.create(
            request=request,
            version=self.version,
            number=request.submissions.count() + 1,
            case={},
            assessment={},
            content={},
            content_hash="",
            overall="meets",
            attested_name="Ann Lee",
            attested_at=moment,
            attested_by=self.ann,
        )

    def asked(self, request: AuthorizationRequest, on: str, *titles: str) -> None:
        """A letter asks about these criteria."""
        self._letter(request, LetterKind.INFORMATION, at(on), [item(title) for title in titles])
        request.status = RequestStatus.INFORMATION_REQUESTED
        request.save()

    def answered(self, request: AuthorizationRequest, on: str) -> None:
        """The practice submits again."""
        self.submit(request, at(on))
        request.status = RequestStatus.SUBMITTED
        request.save()

    def decided(
        self,
        request: AuthorizationRequest,
        on: str,
        outcome: Outcome = Outcome.APPROVED,
        *titles: str,
        is_as_asked: bool = False,
    ) -> None:
        """A decision; a denial rests on these criteria."""
        moment = at(on)
        is_approved = outcome is Outcome.APPROVED
        days = (moment.date(), moment.date()) if is_approved else (None, None)
        request.status, request.decided_at, request.decided_by = DECIDED[outcome], moment, self.rhea
        request.approved_from, request.approved_until = days
        request.save()
        kind = LetterKind.APPROVAL if is_approved else LetterKind.DENIAL
        Determination.objects.create(
            request=request,
            submission=request.submissions.get(number=request.submissions.count()),
            letter=self._letter(request, kind, moment, []),
            outcome=outcome,
            is_as_asked=is_as_asked,
            starts_on=days[0],
            ends_on=days[1],
            reason="Read and judged.",
            rests_on=[item(title) for title in titles],
            decided_at=moment,
            decided_by=self.rhea,
        )

    def missed(self, request: AuthorizationRequest, title: str, state: str = "not_met") -> None:
        """The last submission missed a criterion."""
        MissedCriterion.objects.create(
            submission=request.submissions.get(number=request.submissions.count()),
            block="criteria",
            key=title.lower(),
            title=title,
            state=state,
        )

    def _letter(
        self, request: AuthorizationRequest, kind: str, moment: datetime, items: list[Any]
    ) -> Letter:
        return Letter.objects.create(
            request=request,
            submission=request.submissions.get(number=request.submissions.count()),
            sequence=request.letters.count() + 1,
            kind=kind,
            text="The letter.",
            items=items,
            code="7F3K-92QX",
            pdf=b"%PDF",
            sha256="0" * 64,
            page_count=1,
            issued_at=moment,
            issued_by=self.rhea,
        )
