"""From the criteria of a policy file to the nodes of the criteria language."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from criteria.policies.file import schema, schema_criterion
from criteria.policies.file.checks_leaf import EXPECTED, misfits
from criteria.policies.file.problem import FileProblem, Path, shown
from criteria.rules import (
    Anchor,
    AnswerType,
    Citation,
    Compares,
    CriteriaGroup,
    DoseLeaf,
    GroupKind,
    Leaf,
    ListsAtLeast,
    NamesCode,
    Node,
    NumberComparison,
    OneOf,
    PassesOn,
    QuestionDefinition,
    Test,
    TherapyOutcome,
    TimeSpan,
    Tried,
    When,
    Within,
)

__all__ = ["Path", "FileProblem", "TreeCompiler", "compared", "span_of"]


def span_of(words: str) -> TimeSpan:
    """ "30 days", "4 weeks" or "1 month" as a span; the schema has checked the form."""
    count, unit = words.split()
    if unit.startswith("month"):
        return TimeSpan(months=int(count))
    return TimeSpan(days=int(count) * (7 if unit.startswith("week") else 1))


def compared(words: str) -> tuple[NumberComparison, Decimal]:
    """ ">= 2" as comparison and threshold; the schema has checked the form."""
    found = re.fullmatch(r"([<>=]+) ?([\d.]+)", words)
    assert found is not None, words  # noqa: S101
    return NumberComparison(found[1]), Decimal(found[2])


class TreeCompiler:
    """Compiles the trees of one file; mistakes are added to ``problems``."""

    def __init__(
        self,
        questions: Mapping[str, QuestionDefinition],
        problems: list[FileProblem],
        contradictions: Collection[str],
    ) -> None:
        """Take the question library, the list mistakes go to, and the keys of contradictions.

        ``met``: the contradictions that the criteria compiled so far name.
        """
        self.questions = questions
        self.problems = problems
        self.contradictions = contradictions
        self.met: set[str] = set()
        self._keys: set[str] = set()

    def root(self, part: schema.Criterion, path: Path) -> Node:
        """A whole tree; criterion keys are unique inside it."""
        self._keys = set()
        return self._node(part, path)

    def _node(self, part: schema.Criterion, path: Path) -> Node:
        if isinstance(part, schema.QuestionCriterion):
            return self._leaf(part, path)
        if isinstance(part, schema.DoseCriterion):
            return DoseLeaf(self._key(part, "dose", path), part.title, _cite(part), part.note)
        if isinstance(part, schema.WhenCriterion):
            return self._when(part, path)
        return self._group(part, path)

    def _group(
        self,
        part: schema.AllCriterion | schema.AnyCriterion | schema.AtLeastCriterion,
        path: Path,
    ) -> CriteriaGroup:
        if isinstance(part, schema.AllCriterion):
            kind, field, members = GroupKind.ALL, "all", part.all
        elif isinstance(part, schema.AnyCriterion):
            kind, field, members = GroupKind.ANY, "any", part.any
        else:
            kind, field, members = GroupKind.AT_LEAST, "of", part.of
        n = part.at_least if isinstance(part, schema.AtLeastCriterion) else 1
        if n > len(members):
            self._problem((*path, "at_least"), f"at least {n} of only {len(members)} members")
        return CriteriaGroup(
            self._key(part, None, path),
            kind,
            tuple(self._node(m, (*path, field, i)) for i, m in enumerate(members)),
            part.title,
            _cite(part),
            n,
            part.note,
        )

    def _when(self, part: schema.WhenCriterion, path: Path) -> When:
        otherwise = part.otherwise
        return When(
            self._key(part, None, path),
            self._node(part.when, (*path, "when")),
            self._node(part.then, (*path, "then")),
            part.title,
            _cite(part),
            None if otherwise is None else self._node(otherwise, (*path, "otherwise")),
            part.note,
        )

    def _leaf(self, part: schema.QuestionCriterion, path: Path) -> Leaf:
        key = self._key(part, part.question, path)
        question = self.questions.get(part.question)
        if question is None:
            message = f"unknown question {part.question!r}"
            self.problems.append(FileProblem((*path, "question"), message, refers_to=part.question))
            question = QuestionDefinition(key=part.question, wording="", type=AnswerType.YES_NO)
            return Leaf(key, question, PassesOn(), part.title, _cite(part), part.note)
        self.problems.extend(misfits(part, question, path))
        test = self._test(part, question, path)
        met = self._contradiction(part, path)
        return Leaf(key, question, test, part.title, _cite(part), part.note, met)

    def _contradiction(self, part: schema.QuestionCriterion, path: Path) -> str:
        """The contradiction that answers which do not pass meet; empty for none."""
        key = part.contradiction
        if key is None:
            return ""
        if key not in self.contradictions:
            message = f"unknown contradiction {key!r}"
            self.problems.append(FileProblem((*path, "contradiction"), message, refers_to=key))
        self.met.add(key)
        return key

    def _test(
        self, part: schema.QuestionCriterion, question: QuestionDefinition, path: Path
    ) -> Test:
        passes = part.passes
        match question.type:
            case AnswerType.YES_NO if isinstance(passes, bool):
                return PassesOn(passes)
            case AnswerType.NUMBER if isinstance(passes, str):
                age = None if part.not_older_than is None else span_of(part.not_older_than)
                return Compares(*compared(passes), age)
            case AnswerType.LIST if isinstance(passes, str) and re.fullmatch(r">= ?\d+", passes):
                return ListsAtLeast(int(compared(passes)[1]))
            case AnswerType.DATE if part.within is not None:
                return self._within(part, path)
            case AnswerType.CHOICE if isinstance(passes, list):
                return self._one_of(part, question, passes, path)
            case AnswerType.THERAPY if passes is None:
                return Tried()
            case AnswerType.THERAPY if isinstance(passes, list):
                return Tried(self._outcomes(passes, path))
            case AnswerType.CODES if isinstance(passes, list) and passes:
                return NamesCode(self._codes(passes, path), part.principal)
        message = f"expected {EXPECTED[question.type]}, got {shown(passes)}"
        self._problem((*path, "passes"), message)
        return PassesOn()

    def _within(self, part: schema.QuestionCriterion, path: Path) -> Within:
        anchor = part.of or Anchor.REQUEST.value
        other = self.questions.get(anchor)
        known = anchor in set(Anchor) or (other is not None and other.type is AnswerType.DATE)
        if not known:
            missing = anchor if other is None else ""
            message = f"expected a date question, got {anchor!r}"
            self.problems.append(FileProblem((*path, "of"), message, refers_to=missing))
        elif anchor == part.question:
            self._problem((*path, "of"), f"a cycle: {anchor!r} is counted from itself")
        assert part.within is not None  # noqa: S101
        return Within(span_of(part.within), anchor, part.after)

    def _one_of(
        self,
        part: schema.QuestionCriterion,
        question: QuestionDefinition,
        passes: list[str],
        path: Path,
    ) -> OneOf:
        known = {choice.key for choice in question.choices}
        for field, keys in (("passes", passes), ("reviewer", part.reviewer)):
            for key in keys:
                if key not in known:
                    expected = ", ".join(sorted(known))
                    self._problem((*path, field), f"expected a choice of: {expected}; got {key!r}")
        return OneOf(frozenset(passes), frozenset(part.reviewer))

    def _codes(self, passes: list[str], path: Path) -> frozenset[str]:
        for code in passes:
            if not re.fullmatch(schema_criterion.CODE, code):
                self._problem((*path, "passes"), f"expected ICD-10-CM codes, got {code!r}")
        return frozenset(passes)

    def _outcomes(self, passes: list[str], path: Path) -> frozenset[TherapyOutcome]:
        known = {o.value for o in TherapyOutcome}
        for key in passes:
            if key not in known:
                expected = ", ".join(sorted(known))
                self._problem((*path, "passes"), f"expected outcomes of: {expected}; got {key!r}")
        return frozenset(TherapyOutcome(k) for k in passes if k in known)

    def _key(self, part: schema.CriterionPart, default: str | None, path: Path) -> str:
        key = part.key or default
        if key is None:
            self._problem(path, "expected a key for this group")
            return ""
        if key in self._keys:
            self._problem((*path, "key"), f"criterion key {key!r} is used twice in this tree")
        self._keys.add(key)
        return key

    def _problem(self, path: Path, message: str) -> None:
        self.problems.append(FileProblem(path, message))


def _cite(part: schema.CriterionPart) -> Citation:
    return Citation(part.lines, part.section)
