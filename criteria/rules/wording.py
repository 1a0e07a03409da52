"""Plain words for what is asked, required and answered. Short, for a tired clinician."""

from criteria.rules.answers import Answer
from criteria.rules.kinds import KINDS, kind_of
from criteria.rules.kinds.date import anchor_text
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions
from criteria.rules.tree import DoseLeaf, Leaf

__all__ = ["NO_QUESTIONS", "Questions", "anchor_text", "answer_text", "required_text"]


def required_text(leaf: Leaf | DoseLeaf, questions: Questions = NO_QUESTIONS) -> str:
    """What is needed to pass: "below 50 ×10⁹/L, measured within 30 days before the request".

    ``questions`` put a name to the question a window is counted from.
    """
    if isinstance(leaf, DoseLeaf):
        return "a dose within the policy's limit"
    kind = KINDS[leaf.test.type]
    text = kind.test_text(leaf.test, leaf.question, questions)
    if leaf.contradiction and not kind.has_reviewer_answers:
        text += "; a reviewer decides on anything else"
    return text


def answer_text(question: QuestionDefinition, answer: Answer | None) -> str:
    """An answer as it is read back: "22 ×10⁹/L, measured 25 Jun 2021"."""
    return "not answered" if answer is None else kind_of(answer).answer_text(question, answer)
