"""The rounds of a request: what was said of earlier submissions, and what changed since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from criteria.accounts.people import name_of
from criteria.actions.reviews.dispositions import Place, lines_of
from criteria.models import Disposition, Submission, Verdict
from criteria.requests.content import StatedEvidence
from criteria.requests.marks import OVERALL, StateMark
from criteria.rules.terms import Overall
from criteria.screens.review.desk.changes import ChangesSince

WORDS: dict[str, str] = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.ASK: "Ask",
    Verdict.NOT_ACCEPTED: "Not accepted",
}
NOT_ANSWERED = "not answered"
NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """A criterion whose answer differs between two submissions, with the evidence it names."""

    block: str
    number: str
    title: str
    since: int
    old: str
    new: str

    @property
    def cited(self) -> str:
        """Its number as it is spoken of: "General 2", "3.1"."""
        return cited(self.block, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierView:
    """What was said of a criterion of an earlier submission, and by whom."""

    submission: int
    cited: str
    title: str
    verdict: str
    note: str
    by: str
    at: datetime

    @classmethod
    def of(cls, one: Disposition, submission: Submission) -> "EarlierView":
        """A disposition as it is read back."""
        return cls(
            submission=submission.number,
            cited=cited(one.block, one.number),
            title=one.title,
            verdict=word_of(one.verdict),
            note=one.note,
            by=name_of(one.by),
            at=one.at,
        )


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """An earlier submission, what the reviewer said of it, and what then changed."""

    overall: StateMark
    told: tuple[EarlierView, ...]
    since: ChangesSince

    @property
    def submission(self) -> Submission:
        """The earlier one."""
        return self.since.old


def rounds_of(
    changes: Iterable[ChangesSince], said: Mapping[int, Sequence[Disposition]]
) -> tuple[EarlierRound, ...]:
    """Every submission but the last one, the latest first. ``said``: by id of the submission."""
    return tuple(
        EarlierRound(
            OVERALL[Overall(since.old.overall)],
            tuple(
                EarlierView.of(one, since.old)
                for one in in_order(said.get(since.old.pk, ()), since.old)
            ),
            since,
        )
        for since in changes
    )


def in_order(said: Iterable[Disposition], submission: Submission) -> list[Disposition]:
    """Dispositions in the order of the trees they are about."""
    order = {place: at for at, place in enumerate(lines_of(submission))}
    return sorted(said, key=lambda one: order.get((one.block, one.key), len(order)))


def cited(block: str, number: str) -> str:
    """The number of a criterion as it is spoken of: "General 2", "3.1"; empty without one."""
    return f"General {number}" if block == "general" and number else number


def word_of(verdict: str) -> str:
    """A verdict as it is read back; empty for none."""
    return WORDS.get(verdict, "")


def changes_between(old: Submission, new: Submission) -> dict[Place, AnswerChange]:
    """Every criterion whose answer or evidence differs, in the order of the newer submission."""
    before, after = dict(_answers(old)), dict(_answers(new))
    titles = {**lines_of(old), **lines_of(new)}
    places = [*after, *(place for place in before if place not in after)]
    return {
        place: AnswerChange(
            block=place[0],
            number=titles[place]["number"],
            title=titles[place]["title"],
            since=old.number,
            old=before.get(place, NOT_ASKED),
            new=after.get(place, NOT_ASKED),
        )
        for place in places
        if before.get(place) != after.get(place)
    }


def _answers(submission: Submission) -> Iterator[tuple[Place, str]]:
    """What was answered to each criterion, and where the records say so."""
    evidence: Mapping[str, Any] = submission.content.get("evidence", {})
    for place, found in lines_of(submission).items():
        if "answered" not in found:
            continue
        answer = found["answered"] or NOT_ANSWERED
        shown = StatedEvidence(**evidence.get(found.get("question", ""), {})).text
        yield place, f"{answer} ({shown})" if shown else answer
