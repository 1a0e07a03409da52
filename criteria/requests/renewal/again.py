"""What may be stated again as it was stated for the approved request."""

from criteria.rules import Answer, AnswerType, NumberAnswer, QuestionDefinition

# What happened before stays what it was; whatever describes the patient today is asked afresh.
_PAST = frozenset({AnswerType.DATE, AnswerType.THERAPY, AnswerType.LIST})


def can_be_stated_again(question: QuestionDefinition, answer: Answer) -> bool:
    """Whether an answer tells of the past: a date, earlier therapies, a figure with its day.

    The criteria judge it by its own date, as they judge any other.
    """
    if isinstance(answer, NumberAnswer):
        return answer.measured_on is not None
    return question.type in _PAST
