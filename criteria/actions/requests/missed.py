"""Keeps which criteria a submission missed, so that they can be counted."""

from criteria.models import MissedCriterion, MissedState, Submission
from criteria.rules import FindingState

MISSED = {
    FindingState.NOT_MET: MissedState.NOT_MET,
    FindingState.NOT_ANSWERED: MissedState.NOT_ANSWERED,
}


def note_missed(submission: Submission) -> None:
    """Write down what decided against a submission, and what it still needed an answer to.

    A question that nothing depends on any more was not missed, nor was a condition.
    """
    report = submission.assessment
    failed = {(found.get("block"), found.get("key")) for found in report.get("failed", [])}
    is_open = set(report.get("open", []))
    MissedCriterion.objects.bulk_create(
        MissedCriterion(
            submission=submission,
            block=found["block"],
            key=found["key"],
            title=found["title"],
            state=MISSED[FindingState(found["state"])],
        )
        for found in report.get("findings", [])
        if (found["state"] == FindingState.NOT_MET and (found["block"], found["key"]) in failed)
        or (found["state"] == FindingState.NOT_ANSWERED and found.get("question") in is_open)
    )
