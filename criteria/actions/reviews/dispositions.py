"""What a reviewer says of each gate and each criterion of the last submission."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import check_holds
from criteria.actions.events import record_event
from criteria.actions.reviews.hold import locked_for_review
from criteria.models import AuthorizationRequest, Disposition, Submission, Verdict
from criteria.requests.dispositions.criterion_views import CriterionView
from criteria.requests.dispositions.criterion_views import Place as Place
from criteria.requests.dispositions.gates import GATE
from criteria.rules import FindingState

LONGEST_NOTE = 4000


class SubmittedAgainError(Exception):
    """The practice submitted again since the page was opened; nothing was written."""


class RefusedDispositionError(Exception):
    """What was sent is no disposition of this submission; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionEntry:
    """A verdict and a note on one criterion, either of which may be empty.

    ``seen`` is the ``at`` of the disposition it was written over, None where there was none.
    """

    block: str
    key: str
    verdict: str = ""
    note: str = ""
    seen: datetime | None = None

    @property
    def place(self) -> Place:
        """Which criterion it is about."""
        return self.block, self.key

    @property
    def words(self) -> tuple[str, str]:
        """What is said."""
        return self.verdict, self.note


@dataclass(frozen=True, slots=True)
class Stale:
    """What was not written, and what another window had saved meanwhile; None if it cleared it."""

    said: DispositionEntry
    stored: Disposition | None


@transaction.atomic
def save_dispositions(
    *,
    request: AuthorizationRequest,
    submission_number: int,
    said: Iterable[DispositionEntry],
    by: User,
) -> tuple[Stale, ...]:
    """Keep what the reviewer says; a criterion of which nothing is said any more loses its row.

    Gives those that were saved from elsewhere since they were seen: they are not written, the
    others are. Raises PermissionDenied, ClosedRequestError, HeldByOtherError, SubmittedAgainError
    and RefusedDispositionError; then nothing is written.
    """
    wanted = tuple(said)
    submission = _open_submission(request, submission_number, by)
    lines = lines_of(submission)
    for one in wanted:
        _check(one, lines)
        _refuse_idle(one, lines[one.place])
    stored = {(d.block, d.key): d for d in submission.dispositions.select_related("by")}
    stale = []
    for one in wanted:
        before = stored.get(one.place)
        if one.words == (("", "") if before is None else (before.verdict, before.note)):
            continue
        if one.seen != (None if before is None else before.at):
            stale.append(Stale(one, before))
            continue
        _write(submission, one, before, lines[one.place], by)
    return tuple(stale)


@transaction.atomic
def accept_met(
    *,
    request: AuthorizationRequest,
    submission_number: int,
    places: Collection[Place],
    by: User,
) -> int:
    """Accept those of ``places`` that the submission met and that have no verdict yet.

    Notes stay. Gives how many were accepted. Raises as ``save_dispositions`` does.
    """
    submission = _open_submission(request, submission_number, by)
    lines = lines_of(submission)
    stored = {(d.block, d.key): d for d in submission.dispositions.all()}
    accepted = 0
    for block, key in places:
        said = DispositionEntry(block=block, key=key, verdict=Verdict.ACCEPTED)
        _check(said, lines)
        before = stored.get(said.place)
        if lines[said.place]["state"] != FindingState.MET or (
            before is not None and before.verdict
        ):
            continue
        note = "" if before is None else before.note
        kept = DispositionEntry(block=block, key=key, verdict=Verdict.ACCEPTED, note=note)
        _write(submission, kept, before, lines[said.place], by, is_told=False)
        accepted += 1
    if accepted:
        summary = f"Submission {submission.number}: {accepted} that are met"
        record_event(verb="accept_met", obj=submission.request, summary=summary, by=by)
    return accepted


def lines_of(submission: Submission) -> dict[Place, Mapping[str, Any]]:
    """Every gate and every criterion as it was found when it was submitted, by block and key."""
    found = submission.assessment
    gates = ({"block": GATE, "kind": GATE, "number": ""} | g for g in found.get("gates", ()))
    return {(f["block"], f["key"]): f for f in (*gates, *found.get("findings", ()))}


def views_of(submission: Submission) -> dict[Place, CriterionView]:
    """What was said of each criterion of a submission, by block and key."""
    rows = submission.dispositions.values_list("block", "key", "verdict", "note")
    return {(block, key): CriterionView(verdict, note) for block, key, verdict, note in rows}


def _open_submission(request: AuthorizationRequest, number: int, by: User) -> Submission:
    """The last submission, of a request that ``by`` holds and that is still open, locked."""
    found = locked_for_review(request, by)
    check_holds(by, found)
    last = Submission.objects.filter(request=found).order_by("number").last()
    if last is None or last.number != number:
        raise SubmittedAgainError
    last.request = found
    return last


def _check(said: DispositionEntry, lines: Mapping[Place, Any]) -> None:
    if said.place not in lines:
        raise RefusedDispositionError("This submission has no such criterion.")
    if said.verdict not in ("", *Verdict.values):
        raise RefusedDispositionError("Choose Accept, Ask or Not accepted.")
    if len(said.note) > LONGEST_NOTE:
        line = lines[said.place]
        raise RefusedDispositionError(
            f"The note on {line['number'] or line['title']} has {len(said.note):,} letters,"
            f" {LONGEST_NOTE:,} fit. Shorten it and save again."
        )
    if "\0" in said.note:
        raise RefusedDispositionError("The note holds a sign that cannot be kept. Type it anew.")


def _refuse_idle(said: DispositionEntry, line: Mapping[str, Any]) -> None:
    """Nothing is said of what does not apply; what was said of it before can be cleared."""
    if line["state"] == FindingState.NOT_APPLICABLE and said.words != ("", ""):
        named = f"{line['number']} {line['title']}".strip()
        raise RefusedDispositionError(f"{named} does not apply: there is nothing to say of it.")


def _write(
    submission: Submission,
    said: DispositionEntry,
    before: Disposition | None,
    line: Mapping[str, Any],
    by: User,
    *,
    is_told: bool = True,
) -> None:
    """Write one row, or remove it where nothing is said any more."""
    if said.words == ("", ""):
        if before is not None:
            before.delete()
        word = "cleared"
    else:
        Disposition.objects.update_or_create(
            submission=submission,
            block=said.block,
            key=said.key,
            defaults={
                "number": line["number"],
                "title": line["title"],
                "verdict": said.verdict,
                "note": said.note,
                "at": timezone.now(),
                "by": by,
            },
        )
        word = Verdict(said.verdict).label.lower() if said.verdict else "note only"
    if is_told:
        place = f"{said.block} {line['number'] or line['title']}"
        summary = f"Submission {submission.number}, {place}: {word}"
        record_event(verb="disposition", obj=submission.request, summary=summary, by=by)
