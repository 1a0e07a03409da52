"""A desk's year as rows, written past the actions: nobody typed them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.models import (
    AuthorizationRequest,
    Determination,
    Letter,
    MissedCriterion,
    PolicyVersion,
    Practice,
    Submission,
    WorklistGroup,
)

BATCH = 2000
TITLES = [f"Criterion number {n} of the policy" for n in range(40)]
STATUSES = ("approved", "approved", "approved", "denied", "submitted", "information_requested")
# A file and a submitted request are some kilobytes: their rows are not read for nothing.
FILE, CONTENT = b"%PDF" * 1000, {"text": "x" * 4000}


class Rows:
    """Requests of the last two years, each with its submissions, letters and decision."""

    def __init__(self, days: int = 730) -> None:
        """Chance is the same every time."""
        self.random, self.now, self.days = Random(7), timezone.now(), days
        self.by = User.objects.get(username="rhea")
        self.practice = Practice.objects.earliest("pk")
        self.version = PolicyVersion.objects.published().earliest("pk")
        self.groups = [*self._groups()]

    def write(self, count: int) -> None:
        """So many requests."""
        for start in range(0, count, BATCH):
            self._write(range(start, min(start + BATCH, count)))

    def _groups(self) -> Iterator[WorklistGroup]:
        for line in ("commercial", "medicare"):
            for urgency in ("standard", "expedited"):
                for key in ("cidp", "mmn", "itp"):
                    for overall in ("meets", "incomplete", "does not meet"):
                        found = {"line_of_business": line, "urgency": urgency}
                        found |= {"indication_key": key, "overall": overall}
                        yield WorklistGroup.objects.get_or_create(**found)[0]

    def _write(self, numbers: range) -> None:
        requests = AuthorizationRequest.objects.bulk_create(map(self._request, numbers))
        first = Submission.objects.bulk_create(self._sent(r, 1, r.submitted_at) for r in requests)
        asked = [sent for sent in first if self.random.random() < 0.25]
        letters = [self._letter(s, "information", 1, self._after(s)) for s in asked]
        Letter.objects.bulk_create(letters)
        Submission.objects.bulk_create(
            self._sent(each.request, 2, each.issued_at + timedelta(hours=20)) for each in letters
        )
        decided = [sent for sent in first if sent.request.decided_at]
        issued = Letter.objects.bulk_create(
            self._letter(s, "approval", 2, s.request.decided_at) for s in decided
        )
        Determination.objects.bulk_create(map(self._determination, issued))
        MissedCriterion.objects.bulk_create(self._missed(first))

    def _request(self, number: int) -> AuthorizationRequest:
        came = self.now - timedelta(minutes=self.random.randrange(self.days * 1440))
        status, group = self.random.choice(STATUSES), self.random.choice(self.groups)
        is_decided, is_approved = status in ("approved", "denied"), status == "approved"
        took = timedelta(minutes=self.random.randrange(30, 12_000))
        return AuthorizationRequest(
            number=f"Y-{number:07}",
            practice=self.practice,
            owner=self.by,
            version=self.version,
            status=status,
            line_of_business=group.line_of_business,
            urgency=group.urgency,
            indication_key=group.indication_key,
            worklist_group=group,
            overall=group.overall,
            created_at=came,
            created_by=self.by,
            updated_at=came,
            updated_by=self.by,
            submitted_at=came,
            submitted_by=self.by,
            due_at=came + timedelta(days=7 if group.urgency == "standard" else 3),
            decided_at=came + took if is_decided else None,
            decided_by=self.by if is_decided else None,
            approved_from=came.date() if is_approved else None,
            approved_until=came.date() + timedelta(days=180) if is_approved else None,
        )

    def _sent(self, request: AuthorizationRequest, number: int, at: Any) -> Submission:
        return Submission(
            request=request,
            version=self.version,
            number=number,
            case=CONTENT,
            assessment={},
            content={},
            content_hash="",
            overall=request.overall,
            attested_name="Ann Lee",
            attested_at=at,
            attested_by=self.by,
        )

    def _letter(self, sent: Submission, kind: str, sequence: int, at: Any) -> Letter:
        if kind == "approval" and sent.request.status == "denied":
            kind = "denial"
        return Letter(
            request=sent.request,
            submission=sent,
            sequence=sequence,
            kind=kind,
            text="The letter.",
            items=self._items() if kind == "information" else [],
            code="7F3K-92QX",
            pdf=FILE,
            sha256="0" * 64,
            page_count=1,
            issued_at=at,
            issued_by=self.by,
        )

    def _determination(self, letter: Letter) -> Determination:
        request, is_approved = letter.request, letter.kind == "approval"
        return Determination(
            request=request,
            submission_id=letter.submission_id,
            letter=letter,
            outcome="approved" if is_approved else "denied",
            is_as_asked=is_approved and self.random.random() < 0.8,
            starts_on=request.approved_from,
            ends_on=request.approved_until,
            reason="Read and judged.",
            rests_on=[] if is_approved else self._items(),
            decided_at=request.decided_at,
            decided_by=self.by,
        )

    def _items(self) -> list[dict[str, str]]:
        chosen = self.random.sample(TITLES, 3)
        return [{"block": "criteria", "key": t, "title": t, "note": "x" * 200} for t in chosen]

    def _after(self, sent: Submission) -> datetime:
        return sent.attested_at + timedelta(minutes=self.random.randrange(10, 3000))

    def _missed(self, submissions: list[Submission]) -> Iterator[MissedCriterion]:
        for sent in submissions:
            for title in self.random.sample(TITLES, 2):
                state = self.random.choice(("not_met", "not_answered"))
                yield MissedCriterion(
                    submission=sent, block="criteria", key=title, title=title, state=state
                )
