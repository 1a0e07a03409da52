"""Short builders for questions, criteria and facts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.rules import (
    Answer,
    AnswerChoice,
    AnswerType,
    Citation,
    CodesAnswer,
    Compares,
    CriteriaGroup,
    DoseLeaf,
    Facts,
    FindingState,
    GroupKind,
    Leaf,
    ListsAtLeast,
    NamesCode,
    Node,
    NumberAnswer,
    NumberComparison,
    OneOf,
    PassesOn,
    QuestionDefinition,
    Test,
    TimeSpan,
    Tried,
    When,
    Within,
)

CITATION = Citation("154-162", "CIDP, initial")
TODAY = date(2021, 6, 30)


def question(key: str, type: AnswerType, **parts: Any) -> QuestionDefinition:
    return QuestionDefinition(key=key, wording=f"What about {key}?", type=type, **parts)


def leaf(key: str, test: Test, *, asks: QuestionDefinition | None = None, **parts: Any) -> Leaf:
    asked = asks or question(key, test.type, **parts)
    return Leaf(key, asked, test, key.title(), CITATION)


def yes(key: str, *, passes: bool = True, asks: QuestionDefinition | None = None) -> Leaf:
    return leaf(key, PassesOn(passes), asks=asks)


def number(
    key: str,
    sign: str = ">=",
    threshold: int | str = 2,
    *,
    days: int | None = None,
    asks: QuestionDefinition | None = None,
    **parts: Any,
) -> Leaf:
    age = None if days is None else TimeSpan(days=days)
    test = Compares(NumberComparison(sign), Decimal(threshold), age)
    return leaf(key, test, asks=asks, **{"dated": age is not None} | parts)


def day(key: str, span: TimeSpan, anchor: str = "request_date", *, after: bool = False) -> Leaf:
    return leaf(key, Within(span, anchor, after))


def choice(key: str, passing: str, reviewer: str = "", choices: str = "abc") -> Leaf:
    options = tuple(AnswerChoice(each, each.upper()) for each in choices)
    return leaf(key, OneOf(frozenset(passing), frozenset(reviewer)), choices=options)


def therapy(key: str, test: Tried | None = None) -> Leaf:
    return leaf(key, test or Tried())


def listed(key: str, n: int = 2) -> Leaf:
    return leaf(key, ListsAtLeast(n))


def coded(key: str, *codes: str, principal: bool = False) -> Leaf:
    return leaf(key, NamesCode(frozenset(codes), principal))


def stated(*codes: str, rests_on: str | None = None) -> CodesAnswer:
    return CodesAnswer(codes, codes[0] if rests_on is None else rests_on)


def dose(key: str = "dose") -> DoseLeaf:
    return DoseLeaf(key, "Dose", CITATION)


def every(*members: Node, key: str = "all") -> CriteriaGroup:
    return CriteriaGroup(key, GroupKind.ALL, members, key.title(), CITATION)


def any_of(*members: Node, key: str = "any") -> CriteriaGroup:
    return CriteriaGroup(key, GroupKind.ANY, members, key.title(), CITATION)


def at_least(n: int, *members: Node, key: str = "some") -> CriteriaGroup:
    return CriteriaGroup(key, GroupKind.AT_LEAST, members, key.title(), CITATION, n)


def when(condition: Node, then: Node, otherwise: Node | None = None, key: str = "when") -> When:
    return When(key, condition, then, key.title(), CITATION, otherwise)


def facts(answers: Mapping[str, Answer] | None = None, /, **parts: Any) -> Facts:
    known: dict[str, Any] = {"request_date": TODAY, "dose": FindingState.NOT_ANSWERED} | parts
    return Facts(answers=dict(answers or {}), **known)


def figure(value: int | str, measured_on: date | None = None, typed: str = "") -> NumberAnswer:
    return NumberAnswer(Decimal(value), measured_on, typed)
