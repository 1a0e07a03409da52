"""Whether two editions judge a kind of request alike, so that it need not be judged twice."""

from dataclasses import replace
from datetime import date
from functools import cache

from criteria.policies.edition import Edition
from criteria.rules import AnswerType, QuestionDefinition
from criteria.rules.terms import TherapyPhase


class EditionSimilarity:
    """Compares what the result of a request rests on, once for each phase and diagnosis."""

    def __init__(self, old: Edition, new: Edition) -> None:
        """What every request rests on is compared at once."""
        self._old, self._new = old, new
        self._is_shared = _shared(old) == _shared(new)
        self._same_criteria = cache(self._same)

    def judges(self, phase: TherapyPhase, indication: str) -> bool:
        """Whether every request of this phase and diagnosis (its key) is judged the same."""
        return self._is_shared and self._same_criteria(phase, indication)

    def _same(self, phase: TherapyPhase, indication: str) -> bool:
        return self._old.general[phase] == self._new.general[phase] and self._old.indications.get(
            indication
        ) == self._new.indications.get(indication)


def _shared(edition: Edition) -> Edition:
    """The edition without what no result rests on, and without the trees: these carry questions."""
    return replace(
        edition,
        number="",
        effective_from=date.min,
        effective_until=None,
        source="",
        history=(),
        diseases={},
        notes=(),
        general={},
        indications={},
        questions={key: q for key, q in edition.questions.items() if _is_looked_up(q)},
    )


def _is_looked_up(question: QuestionDefinition) -> bool:
    """Whether a question counts outside the trees: by its role, or as a day others run from."""
    return question.role is not None or question.type is AnswerType.DATE
