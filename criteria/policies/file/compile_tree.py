"""From the criteria of a policy file to the nodes of the criteria language."""

from collections.abc import Collection, Mapping

from criteria.policies.file import schema
from criteria.policies.file.problem import FileProblem, Path, shown
from criteria.rules import (
    KINDS,
    Citation,
    CriteriaGroup,
    DoseLeaf,
    GroupKind,
    Leaf,
    Node,
    PassesOn,
    QuestionDefinition,
    Test,
    When,
)
from criteria.rules.kinds import misfits
from criteria.rules.kinds.stated import StatedValue

__all__ = ["FileProblem", "Path", "TreeCompiler", "stated_test"]


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
            question = QuestionDefinition(key=part.question, wording="", type=PassesOn.type)
            return Leaf(key, question, PassesOn(), part.title, _cite(part), part.note)
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
        stated, kind = stated_test(part), KINDS[question.type]
        for wrong in misfits(stated, question, self.questions):
            problem = FileProblem((*path, wrong.field), wrong.expected, refers_to=wrong.refers_to)
            self.problems.append(problem)
        if kind.fits(stated):
            return kind.test_of(stated)
        message = f"expected {kind.file_expects}, got {shown(part.passes)}"
        self._problem((*path, "passes"), message)
        return PassesOn()

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


def stated_test(part: schema.QuestionCriterion) -> dict[str, StatedValue]:
    """What a criterion states of its passing test, by field of the file."""
    fields = {field for kind in KINDS.values() for field in kind.field_columns}
    return {field: getattr(part, field) for field in (*fields, "contradiction")}


def _cite(part: schema.CriterionPart) -> Citation:
    return Citation(part.lines, part.section)
