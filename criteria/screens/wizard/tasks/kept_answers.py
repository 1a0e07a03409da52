"""Answers that were given under another policy: kept, and not asked by the one that judges now."""

from criteria.models import Question
from criteria.requests.answers.typed import Typed, one
from criteria.requests.stated_request import StatedRequest

FIELD = "q-"


def kept_answers(draft: StatedRequest) -> tuple[str, ...]:
    """The questions they answer, in the words of the latest edition that asks them.

    One query, and none while every answer is to a question of the edition.
    """
    if draft.edition is None:
        return ()
    keys = [key for key in _answered(draft.typed) if key not in draft.edition.questions]
    if not keys:
        return ()
    found = Question.objects.filter(key__in=keys).order_by("version__effective_from", "version")
    wordings = dict(found.values_list("key", "wording"))
    return tuple(wordings[key] for key in keys if key in wordings)


def _answered(typed: Typed) -> list[str]:
    """What stands behind the mark of a question: its key, for the answer itself."""
    return [name[len(FIELD) :] for name in typed if name.startswith(FIELD) and one(typed, name)]
