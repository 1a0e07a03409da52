"""Writes a question while the line that asks it is written."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from criteria.actions.policies.keys import key_from, unused
from criteria.actions.policies.parts import save_part
from criteria.models import Question, QuestionChoice


@transaction.atomic
def write_question(*, question: Question, choices: Sequence[str], by: User) -> None:
    """Save a new question of a draft with its choices, in their order.

    Raises PermissionDenied, EditionRefusedError, PublishedVersionError, or ValidationError for a
    question that breaks a rule.
    """
    save_part(part=question, by=by)
    taken: set[str] = set()
    for position, label in enumerate(choices, start=1):
        key = unused(key_from(label) or "choice", taken)
        taken.add(key)
        choice = QuestionChoice(
            version=question.version, question=question, key=key, label=label, position=position
        )
        save_part(part=choice, by=by)
