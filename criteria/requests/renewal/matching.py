"""Which question of an earlier request is the one that is asked today."""

from criteria.requests.renewal.snapshot import Snapshot
from criteria.rules import QuestionDefinition


def same_question(
    question: QuestionDefinition, then: Snapshot, policy: str
) -> QuestionDefinition | None:
    """The question ``then`` was asked for the same fact; None if there is none.

    ``policy``: key of the policy ``question`` belongs to. Within a policy the key of a question is
    its identity; under another policy, or where an edition gave it another key, its wording.
    """
    if then.policy == policy and question.key in then.questions:
        return then.questions[question.key]
    wording = _plain(question.wording)
    alike = [q for q in then.questions.values() if _plain(q.wording) == wording]
    answered = (q for q in alike if q.key in then.answers)
    return next(answered, alike[0] if alike else None)


def _plain(wording: str) -> str:
    return " ".join(wording.casefold().split())
