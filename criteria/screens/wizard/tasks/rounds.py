"""What was sent and what came back, round by round: each submission, its packets, its letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from criteria.models import (
    AuthorizationRequest,
    Determination,
    Letter,
    LetterKind,
    Packet,
    RequestStatus,
    Submission,
)
from criteria.requests.marks import STATUS, StateMark

LETTERS = {
    LetterKind.INFORMATION: STATUS[RequestStatus.INFORMATION_REQUESTED],
    LetterKind.APPROVAL: STATUS[RequestStatus.APPROVED],
    LetterKind.DENIAL: STATUS[RequestStatus.DENIED],
}
DECIDED = (RequestStatus.APPROVED, RequestStatus.DENIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter with its mark."""

    letter: Letter
    mark: StateMark


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRound:
    """One submission with the packets issued of it and the letters it was answered by."""

    submission: Submission
    packets: tuple[Packet, ...]
    letters: tuple[SentLetter, ...]


def rounds_of(request: AuthorizationRequest) -> tuple[SubmissionRound, ...]:
    """Every round, the latest first; three queries, without what the files say."""
    submissions = list(
        request.submissions.order_by("number")
        .select_related("version", "rejudged_by")
        .defer("case", "assessment", "content")
    )
    packets = list(request.packets.order_by("sequence").defer("content"))
    letters = list(request.letters.order_by("sequence").defer("pdf", "text", "items"))
    return tuple(_round(at, submissions, packets, letters) for at in range(len(submissions)))[::-1]


def _round(
    at: int, submissions: Sequence[Submission], packets: list[Packet], letters: list[Letter]
) -> SubmissionRound:
    this = submissions[at]
    until = submissions[at + 1].since if at + 1 < len(submissions) else None
    return SubmissionRound(
        submission=this,
        packets=tuple(
            p
            for p in packets
            if not p.is_draft
            and p.issued_at >= this.since
            and (until is None or p.issued_at < until)
        ),
        letters=tuple(
            SentLetter(letter=letter, mark=LETTERS[LetterKind(letter.kind)])
            for letter in letters
            if letter.submission_id == this.pk
        ),
    )


def decision_of(request: AuthorizationRequest) -> Determination | None:
    """The decision; None, without a query, while there is none."""
    if request.status not in DECIDED:
        return None
    return Determination.objects.select_related("decided_by").filter(request=request).first()
