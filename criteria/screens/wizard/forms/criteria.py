"""The pages of the criteria: each question is one field with several inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from django import forms

from criteria.requests.answers.readings import Reading, name_of, names_of, read
from criteria.requests.marks import PROBLEM, StateMark, idle_mark, mark_of
from criteria.requests.renewal_words import StatedThen, thens
from criteria.rules import (
    CriteriaGroup,
    FactRole,
    Facts,
    Finding,
    FindingState,
    Leaf,
    Node,
    QuestionDefinition,
    When,
)
from criteria.rules.explain import (
    LinePart,
    NumberedFinding,
    citation_text,
    conjunction,
    questions_of,
    reason_text,
    required_text,
)
from criteria.rules.guidance import leaves
from criteria.rules.reasons import says_more
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.wizard.forms.form import PageField, PageForm
from criteria.screens.wizard.forms.question_inputs import QuestionInputs
from criteria.screens.wizard.information_items import InformationItem, wanted_of

Questions = Mapping[str, QuestionDefinition]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A group that starts with a question: 3 Electrodiagnostic findings, at least 1 of these 7."""

    number: str
    title: str
    joined: str
    citation: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPlace:
    """Where a question stands in the criteria."""

    number: str = ""
    required: str = ""
    citation: str = ""
    note: str = ""
    is_condition: bool = False
    is_advised: bool = False
    heads: tuple[Head, ...] = ()


class AskedField(PageField):
    """A question as its template draws it."""

    field: "QuestionField"

    @cached_property
    def inputs(self) -> QuestionInputs:
        """Its inputs."""
        return QuestionInputs(self.field.question, self.form.draft)

    @property
    def wanted(self) -> tuple[InformationItem, ...]:
        """What a reviewer asks for here."""
        form = self.form
        return tuple(
            w for w in wanted_of(form.walk) if (w.slug, w.name) == (form.page.slug, self.name)
        )

    @property
    def thens(self) -> tuple[StatedThen, ...]:
        """What was answered at the approvals a renewal continues."""
        draft = self.form.draft
        if draft.baseline is None or draft.edition is None:
            return ()
        policy, question = draft.edition.policy_key, self.field.question
        return tuple(thens(draft.baseline, question, policy, self.form.typed, draft.known))


class QuestionField(forms.Field):
    """One question; its inputs are drawn and read together."""

    bound_field_class = AskedField
    drawn_by = "criteria/wizard/_question.html"

    def __init__(self, question: QuestionDefinition, asked: QuestionPlace) -> None:
        """Keep the question and its place."""
        self.question, self.asked = question, asked
        super().__init__(label=question.wording, required=False)


class QuestionsForm(PageForm):
    """A form with questions of the policy among its fields."""

    def questions(self) -> tuple[QuestionDefinition, ...]:
        """The questions asked here."""
        criteria = self.page.criteria
        return () if criteria is None else criteria.questions

    def prepare(self) -> None:
        """A field for each question."""
        for question in self.questions():
            asked = self.places.get(question.key, QuestionPlace())
            self.fields[name_of(question)] = QuestionField(question, asked)

    def names(self) -> tuple[str, ...]:
        """Every input of every question."""
        plain = [n for n, f in self.fields.items() if not isinstance(f, QuestionField)]
        return (*plain, *(name for q in self.questions() for name in names_of(q)))

    def reading(self, question: QuestionDefinition) -> Reading:
        """What was typed, read; also where nothing was typed."""
        found = self.draft.readings.get(question.key)
        return read(question, self.typed, self.draft.known) if found is None else found

    @cached_property
    def places(self) -> dict[str, QuestionPlace]:
        """For each question the criterion that asks it first, and the groups it starts."""
        assessment = self.draft.assessment
        found: dict[str, QuestionPlace] = {}
        if assessment is None:
            return found
        here = {question.key for question in self.questions()}
        live = {key for key, leaf in self.findings.items() if not _is_off(leaf)}
        for lines in self.draft.numbered:
            heads: list[Head] = []
            for line in lines[1:]:
                node = line.finding.node
                if isinstance(node, Leaf) and node.question.key in live and _is_off(line.finding):
                    continue  # asked elsewhere, where it counts
                if isinstance(node, Leaf) and node.question.key not in found:
                    is_here = node.question.key in here
                    place = _asked(line, node, assessment.edition.questions)
                    found[node.question.key] = replace(place, heads=tuple(heads if is_here else ()))
                    heads = [] if is_here else heads
                elif (
                    node is not self._whole
                    and _is_headed(node)
                    and next(iter(questions_of(node)), "") in here
                ):
                    heads.append(_head(line.number, node))
        return found

    @property
    def _whole(self) -> Node | None:
        """The group that this page is, if it is one."""
        nodes = () if self.page.criteria is None else self.page.criteria.nodes
        return nodes[0] if len(nodes) == 1 and isinstance(nodes[0], CriteriaGroup | When) else None

    @cached_property
    def head(self) -> Head | None:
        """The heading of a page that is one group."""
        whole = self._whole
        for line in chain.from_iterable(self.draft.numbered if whole else ()):
            if line.finding.node is whole:
                return _head(line.number, line.finding.node)
        return None

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """For each question the finding of the first criterion that asks it and applies."""
        assessment = self.draft.assessment
        found: dict[str, Finding] = {}
        for tree in () if assessment is None else assessment.trees:
            for leaf in leaves(tree):
                key = leaf.node.question.key if isinstance(leaf.node, Leaf) else ""
                if key and (key not in found or (_is_off(found[key]) and not _is_off(leaf))):
                    found[key] = leaf
        return found

    def note(self, name: str) -> Note:
        """For a question: what is wrong, or where it stands."""
        field = self.fields[name]
        if not isinstance(field, QuestionField):
            return super().note(name)
        reading = self.reading(field.question)
        if reading.problems:
            wrong = tuple(FieldProblem(name=n, text=text) for n, text in reading.problems.items())
            return Note(name=name, problems=wrong, mark=PROBLEM)
        return Note(
            name=name, mark=self._mark(field.question), text=self._words(field.question, reading)
        )

    def _mark(self, question: QuestionDefinition) -> StateMark | None:
        finding = self.findings.get(question.key)
        if question.key in self.draft.idle:
            return idle_mark(question.key, self.draft.advised)
        if finding is None:
            return None
        place = self.places.get(question.key, QuestionPlace())
        part = LinePart.CONDITION if place.is_condition else LinePart.MEMBER
        return mark_of(finding, part, advised=place.is_advised)

    def _words(self, question: QuestionDefinition, reading: Reading) -> str:
        """The typed figure in the policy's unit, then why the criterion is in its state."""
        finding, assessment = self.findings.get(question.key), self.draft.assessment
        reason = held = ""
        if question.role is FactRole.SPECIALIST and question.key not in self.draft.answers:
            case = self.draft.case
            named = (name for name in (case.specialty, case.consultant_specialty))
            fitting = next((name for name in named if question.names.counted_in(name)), "")
            held = f"answered by the specialty named: {fitting}" if fitting else ""
        if finding is not None and assessment is not None and finding.answer is not None:
            facts: Facts = assessment.facts
            if says_more(finding):
                reason = reason_text(finding, facts, None, assessment.edition.questions)
        return " · ".join(filter(None, (reading.echo, held, reason)))


def _is_off(finding: Finding) -> bool:
    """Whether a condition switched the criterion off."""
    return finding.state is FindingState.NOT_APPLICABLE


def _asked(line: NumberedFinding, leaf: Leaf, questions: Questions) -> QuestionPlace:
    is_condition = line.part is LinePart.CONDITION
    needed = f"{'Advised' if line.is_advised else 'Needed'}: {required_text(leaf, questions)}"
    return QuestionPlace(
        number=line.number,
        required=needed if not is_condition else "It decides what else is asked.",
        is_condition=is_condition,
        is_advised=line.is_advised,
        citation=citation_text(leaf.citation),
        note=leaf.note,
    )


def _is_headed(node: Node) -> bool:
    """A group says how its questions are joined; a single condition says it in its own words."""
    return isinstance(node, CriteriaGroup) or (
        isinstance(node, When) and len(questions_of(node)) > 2
    )


def _head(number: str, node: Node) -> Head:
    return Head(
        number=number,
        title=node.title,
        joined=conjunction(node) if isinstance(node, CriteriaGroup | When) else "",
        citation=citation_text(node.citation),
        note=node.note,
    )


class CriteriaForm(QuestionsForm):
    """One page of the criteria."""
