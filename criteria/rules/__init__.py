"""The criteria language. Plain Python: no Django, no files, no clock.

Beside the language itself: ``guidance`` says what still matters and what would meet a criterion,
``explain`` says it in words, ``lint`` finds mistakes in a tree.
"""

from criteria.rules.answers import (
    Answer,
    AnswerType,
    CodesAnswer,
    ListAnswer,
    NumberAnswer,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.evaluate import SATISFIED, SETTLED, Facts, Finding, FindingState, evaluate
from criteria.rules.kinds import KINDS, Test
from criteria.rules.kinds.choice import OneOf
from criteria.rules.kinds.codes import NamesCode
from criteria.rules.kinds.comparison import Compares, NumberComparison
from criteria.rules.kinds.date import Within
from criteria.rules.kinds.therapies import ListsAtLeast
from criteria.rules.kinds.therapy import Tried
from criteria.rules.kinds.yes_no import PassesOn
from criteria.rules.question import (
    Anchor,
    AnswerChoice,
    Citation,
    FactRole,
    QuestionDefinition,
    TimeSpan,
)
from criteria.rules.tree import CriteriaGroup, DoseLeaf, GroupKind, Leaf, Node, When

__all__ = [
    "KINDS",
    "SATISFIED",
    "SETTLED",
    "Anchor",
    "Answer",
    "AnswerType",
    "AnswerChoice",
    "Citation",
    "CodesAnswer",
    "Compares",
    "NumberComparison",
    "DoseLeaf",
    "Facts",
    "Finding",
    "CriteriaGroup",
    "GroupKind",
    "Leaf",
    "ListAnswer",
    "ListsAtLeast",
    "NamesCode",
    "Node",
    "NumberAnswer",
    "OneOf",
    "PassesOn",
    "QuestionDefinition",
    "FactRole",
    "TimeSpan",
    "FindingState",
    "Test",
    "TherapyAnswer",
    "TherapyOutcome",
    "Tried",
    "When",
    "Within",
    "evaluate",
]
