"""The live panel: where it stands, what is missing, what would satisfy it, the maximum dose."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from criteria.dosing import Maximum
from criteria.dosing.figures import grams_text
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.blocked import is_unproven
from criteria.requests.assessment.contradicted import (
    contradicted_in,
    contradictions_by_fact,
    is_contradicted,
)
from criteria.requests.assessment.trees import GENERAL
from criteria.requests.dose.words import NONE_LEFT
from criteria.requests.marks import CONTRADICTED, MARKS, OVERALL, StateMark, idle_mark, mark_of
from criteria.rules import SATISFIED, SETTLED, CriteriaGroup, DoseLeaf, Finding, Leaf
from criteria.rules.coded import is_of_other_codes
from criteria.rules.explain import (
    NumberedFinding,
    folded,
    progress_text,
    questions_of,
)
from criteria.rules.guidance import (
    progress,
)
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.next_steps import NextStep, blocks, next_steps
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough
from criteria.screens.wizard.words import cited

MOST_STEPS = 6
ROUTE = "You can still send the request: a person decides, and may make an exception."
# A page that asks more shows its groups in the panel, not each of its questions.
MOST_INNER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow:
    """One criterion in the panel."""

    number: str
    title: str
    mark: StateMark
    url: str
    detail: str = ""
    is_inner: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One of the two sets of criteria."""

    heading: str
    rows: tuple[PanelRow, ...]


class LivePanel:
    """What the panel of one page shows."""

    def __init__(self, walk: Walkthrough, page: WizardPage | None = None) -> None:
        """``page``: the criteria of this page are unfolded."""
        self.walk, self.draft, self.page = walk, walk.draft, page

    @property
    def overall(self) -> StateMark:
        """The result so far. A part that is open is never shown as failing."""
        return OVERALL[self.draft.overall]

    @cached_property
    def assessment(self) -> Assessment | None:
        """What the rules find."""
        return self.draft.assessment

    @property
    def gates(self) -> tuple[tuple[StateMark, str, str], ...]:
        """What was settled before any criterion: state, sentence, place in the policy."""
        found = () if self.assessment is None else self.assessment.gates
        return tuple((MARKS[gate.state], gate.text, cited(gate.lines)) for gate in found)

    @property
    def is_unproven(self) -> bool:
        """Whether the use is on the unproven list: no criterion and no dose counts then."""
        return self.assessment is not None and is_unproven(self.assessment)

    @cached_property
    def progress(self) -> tuple[int, int]:
        """How many of how many criteria are satisfied, both sets together."""
        found = () if self.assessment is None else self.assessment.trees
        facts = self.contradicted_facts
        counts = [criteria_counts(tree, facts) for tree in found]
        return sum(satisfied for satisfied, _ in counts), sum(required for _, required in counts)

    @cached_property
    def contradicted_facts(self) -> frozenset[str]:
        """What contradictions are about, by the key of the question."""
        found = self.assessment
        return frozenset(() if found is None else contradictions_by_fact(found))

    @property
    def contradicted(self) -> int:
        """How many criteria are met only by what a contradiction is about."""
        found = () if self.assessment is None else self.assessment.trees
        return sum(criteria_counts(tree, ())[0] for tree in found) - self.progress[0]

    @cached_property
    def trees(self) -> tuple[Tree, ...]:
        """Both sets of criteria, numbered as everywhere."""
        pathway = None if self.assessment is None else self.assessment.pathway
        headings = (GENERAL, "" if pathway is None else pathway.name)
        return tuple(
            Tree(heading=heading, rows=tuple(self._shown(lines)))
            for heading, lines in zip(headings, self.draft.numbered, strict=False)
        )

    def _shown(self, lines: tuple[NumberedFinding, ...]) -> Iterator[PanelRow]:
        """The top of the tree, and the whole of what this page asks; no rule of other codes."""
        here = self._asked_here
        if len(lines) == 1:
            yield self._row(lines[0], here)
        for line in (line for line, is_folded in folded(lines[1:]) if not is_folded):
            is_inner = line.number and line.depth <= 3 and self._is_here(line, here)
            if line.depth == 1 or (is_inner and len(here) <= MOST_INNER):
                yield self._row(line, here)

    @cached_property
    def _asked_here(self) -> frozenset[str]:
        criteria = None if self.page is None else self.page.criteria
        return frozenset(() if criteria is None else (q.key for q in criteria.questions))

    def _is_here(self, line: NumberedFinding, here: frozenset[str]) -> bool:
        return bool(here.intersection(questions_of(line.finding.node)))

    def _row(self, line: NumberedFinding, here: frozenset[str]) -> PanelRow:
        finding = line.finding
        return PanelRow(
            number=line.number,
            title=finding.node.title,
            mark=self.mark_of(line),
            url=self.url_of(finding),
            detail=progress_text(finding) if _is_counted(finding) else "",
            is_inner=line.depth > 1,
            is_here=self._is_here(line, here),
        )

    def mark_of(self, line: NumberedFinding) -> StateMark:
        """The state; an open question that nothing depends on any more is not shown as open."""
        node = line.finding.node
        if is_contradicted(line.finding, self.contradicted_facts):
            return CONTRADICTED
        if isinstance(node, Leaf) and node.question.key in self.draft.idle:
            return idle_mark(node.question.key, self.draft.advised)
        return mark_of(line.finding, line.part, advised=line.is_advised)

    def url_of(self, finding: Finding) -> str:
        """Where the first question of a criterion is asked."""
        if isinstance(finding.node, DoseLeaf):
            return self.walk.addresses.page("dose", "dose")
        for key in questions_of(finding.node):
            slug = self._page_of.get(key)
            if slug is not None:
                return self.walk.addresses.page(slug, f"q-{key}")
        return self.walk.addresses.page("diagnosis")

    @cached_property
    def _page_of(self) -> dict[str, str]:
        return {
            q.key: page.slug
            for page in self.walk.pages
            if page.criteria is not None
            for q in page.criteria.questions
        }

    # What is missing and what would change it

    @cached_property
    def tasks(self) -> tuple[NextStep, ...]:
        """The shortest way on, one line each."""
        return next_steps(self.walk, self.url_of)

    @cached_property
    def blocks(self) -> tuple[NextStep, ...]:
        """What nothing that is entered changes; then nothing else is a task."""
        return blocks(self.walk, self.url_of)

    @property
    def route(self) -> str:
        """What can still be done where something stands in the way that nobody can change."""
        found = self.assessment
        words = "" if found is None or found.indication is None else found.indication.route_words
        return words or ROUTE

    @property
    def first_tasks(self) -> tuple[NextStep, ...]:
        """As many as fit."""
        return self.tasks[:MOST_STEPS]

    @property
    def more_tasks(self) -> int:
        """How many do not."""
        return max(len(self.tasks) - MOST_STEPS, 0)

    # The dose

    @property
    def dose(self) -> DoseView | None:
        """What is found of the dose; None where no dose counts."""
        is_judged = self.assessment is not None and not self.is_unproven
        return DoseView(self.draft) if is_judged else None

    @property
    def maxima(self) -> tuple[Maximum, ...]:
        """The limits that can bind this patient."""
        return () if self.assessment is None else self.assessment.dose.maxima

    @property
    def maximum_lines(self) -> tuple[str, ...]:
        """The maximum dose in a line for each limit, or why there is none."""
        if self.assessment is None:
            return ("Known once the diagnosis is chosen.",)
        if self.draft.needs_pathway:
            return ("Known once it is chosen which criteria apply.",)
        if self.is_unproven:
            return ("None: the policy calls this use unproven.",)
        if not self.maxima:
            return (self.assessment.dose.text,)
        return maximum_lines(self.assessment)


def criteria_counts(tree: Finding, contradicted: Collection[str]) -> tuple[int, int]:
    """How many criteria are satisfied, of how many; a rule of other codes is neither.

    ``contradicted``: the facts that contradictions are about; what rests on one is not satisfied.
    """
    done = progress(tree)
    others = [member for member in tree.members if is_of_other_codes(member)]
    satisfied = sum(member.state in SATISFIED for member in others)
    if done.required < done.members:
        met = min(done.satisfied, done.required)
        return met - is_contradicted(tree, contradicted), done.required
    held = done.satisfied - contradicted_in(tree, contradicted)
    return held - satisfied, done.required - len(others)


def maximum_lines(found: Assessment) -> tuple[str, ...]:
    """The most of every limit that may be open, each with how it goes with the one before."""
    shown = [most for most in found.dose.maxima if most.available is not False]
    pathway = found.pathway
    said = {} if pathway is None else pathway.dose.sentences(most.limit for most in shown)
    return tuple(_maximum_line(most, said[most.limit.key]) for most in shown)


def _maximum_line(maximum: Maximum, words: str) -> str:
    """The most one limit allows, in grams once the weight is known. ``words``: its sentence."""
    if maximum.courses == 0:
        return f"{words}: {NONE_LEFT}."
    course = maximum.per_course
    if course is None or course.exact_mg is None:
        return f"{words}. Enter the weight to see it in grams."
    exact = grams_text(course.exact_mg / 1000)
    made = course.vials
    vials = f", {grams_text(made.total_g)} in whole vials" if made else ""
    return f"{words}: at most {exact} a course{vials}."


def _is_counted(finding: Finding) -> bool:
    """A group still open of which not every member is needed."""
    node = finding.node
    is_choice = isinstance(node, CriteriaGroup) and node.required < len(node.members)
    return is_choice and finding.state not in SETTLED
