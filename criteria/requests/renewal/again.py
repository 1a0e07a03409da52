"""What may be stated again as it was stated for the approved request."""

from criteria.rules import KINDS, Answer, QuestionDefinition


def can_be_stated_again(question: QuestionDefinition, answer: Answer) -> bool:
    """Whether an answer tells of the past: a date, earlier therapies, a figure with its day.

    The criteria judge it by its own date, as they judge any other.
    """
    return KINDS[question.type].may_be_restated(answer)
