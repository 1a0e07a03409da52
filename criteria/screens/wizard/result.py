"""The result: one sentence, what would change it, and the tree as the reviewer will see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from criteria.dosing import DoseOutcome
from criteria.requests.answers.readings import evidence_of
from criteria.requests.assessment.codes import CodeNote, rests_on_text
from criteria.requests.assessment.trees import GENERAL
from criteria.requests.case import GateKind
from criteria.requests.marks import StateMark
from criteria.requests.renewal import BaselineTable
from criteria.requests.stated_content import baseline_table, dose_text, product_text
from criteria.rules import CriteriaGroup, Finding, FindingState, Leaf
from criteria.rules.explain import (
    NumberedFinding,
    answer_text,
    citation_text,
    conjunction,
    folded,
    not_asked_text,
    reason_text,
    required_text,
)
from criteria.rules.outline import repeated
from criteria.rules.reasons import says_more
from criteria.rules.terms import Overall
from criteria.rules.tree import DoseLeaf, When
from criteria.screens.forms import DrawnForm, StyledField
from criteria.screens.wizard.dose.view import WEIGHT, DoseView
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.walkthrough import Walkthrough
from criteria.screens.wizard.words import cited


class CopiedText(DrawnForm):
    """A text to copy. Nothing is sent."""

    bound_field_class = StyledField
    text = forms.CharField(
        widget=forms.Textarea(
            {
                "id": "as-text",
                "rows": 12,
                "cols": False,
                "readonly": True,
                "aria-label": "The result as text",
            }
        ),
        required=False,
    )


class Show(StrEnum):
    """How much of the tree is shown."""

    CONTEXT = "context"
    EVERYTHING = "everything"
    ANSWERS = "answers"


SHOWS = (
    (Show.CONTEXT, "What matters"),
    (Show.EVERYTHING, "Everything"),
    (Show.ANSWERS, "Only answers"),
)
MEETS = "Every criterion that applies is met and the dose is within the policy's limit."
MEETS_NO_LIMIT = "Every criterion that applies is met. The policy sets no limit for this dose."
CODE_WAY_OUT = (
    "Is another diagnosis code right for this patient and in the list? Then state it. "
    "If not, you can still send the request: a person decides."
)
SENTENCES = {
    Overall.MEETS: MEETS,
    Overall.DOES_NOT_MEET: "At least one thing the policy asks for is not met, as entered.",
    Overall.INCOMPLETE: "Some answers are still open. Nothing entered so far settles the result.",
    Overall.NEEDS_REVIEW: "The answers are there; the policy leaves part of it to a person.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeLine:
    """One criterion of the tree."""

    number: str
    depth: int
    title: str
    mark: StateMark
    detail: str
    citation: str
    evidence: str
    url: str


class ResultView:
    """Everything the result page shows."""

    def __init__(self, walk: Walkthrough, show: str = "") -> None:
        """``show``: how much of the tree."""
        self.walk, self.draft = walk, walk.draft
        self.show = Show(show) if show in set(Show) else Show.CONTEXT
        self.panel, self.dose = LivePanel(walk), DoseView(self.draft)

    @property
    def html(self) -> SafeString:
        """All of it."""

        def draw() -> SafeString:
            return render_to_string("criteria/wizard/_result.html", {"result": self})

        return self.walk.once(("result", self.show), draw)

    @property
    def mark(self) -> StateMark:
        """The result with its sign."""
        return self.panel.overall

    @property
    def sentence(self) -> str:
        """The result in one sentence; what a gate says comes first."""
        found = self.panel.assessment
        gates = () if found is None else found.gates
        closed = [gate.text for gate in gates if gate.state is FindingState.NOT_MET]
        waiting = [gate.text for gate in gates if gate.state is FindingState.NOT_ANSWERED]
        if closed or (waiting and self.draft.overall is Overall.INCOMPLETE):
            return closed[0] if closed else waiting[0]
        if self.draft.overall is Overall.MEETS and found is not None:
            return MEETS if found.dose.outcome is DoseOutcome.WITHIN else MEETS_NO_LIMIT
        if self.draft.overall is Overall.NEEDS_REVIEW and gates:
            return gates[0].text
        return SENTENCES[self.draft.overall]

    @property
    def ways_out(self) -> tuple[str, ...]:
        """What can still be done about a code, a use or a product the policy does not cover."""
        found = self.panel.assessment
        if found is None or not found.gates:
            return ()
        product = found.product
        closed = [gate.gate for gate in found.gates if gate.state is FindingState.NOT_MET]
        words = (
            CODE_WAY_OUT if GateKind.CODE in closed else "",
            "" if found.indication is None else found.indication.route_words,
            product.exclusion_words if product is not None and product.excluded else "",
        )
        return tuple(filter(None, words))

    @property
    def asked(self) -> str:
        """The dose asked for."""
        return " ".join(filter(None, (product_text(self.draft), dose_text(self.draft))))

    @property
    def dose_lines(self) -> tuple[tuple[str, str], ...]:
        """The weight, the dose asked for, then what is made of it."""
        lines = dict(self.dose.summary)
        weight = lines.pop(WEIGHT, "")
        first = [(WEIGHT, weight)] if weight else []
        before = [("Courses before", " ".join(self.dose.courses))] if self.dose.courses else []
        return (*first, ("Asked for", self.asked or "No dose yet"), *before, *lines.items())

    @property
    def shows(self) -> tuple[tuple[str, str, bool], ...]:
        """The ways to show the tree."""
        return tuple((show.value, words, show is self.show) for show, words in SHOWS)

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """What the policy leaves open, with the lines that say so."""
        found = () if self.panel.assessment is None else self.panel.assessment.notes
        return tuple((note.text, cited(note.lines)) for note in found)

    @property
    def rests_on(self) -> str:
        """Which of several codes the request is judged by."""
        edition, codes = self.draft.edition, self.draft.icd10
        if edition is None or self.panel.assessment is None:
            return ""
        text = rests_on_text(edition, codes, self.draft.request_date, self.draft.indication)
        return f"{text} ({', '.join(codes)})" if text else ""

    @property
    def code_notes(self) -> tuple[CodeNote, ...]:
        """What the code list says."""
        return () if self.panel.assessment is None else self.panel.assessment.code_notes

    @property
    def months(self) -> str:
        """The length of the authorization, where it is shorter than asked for."""
        found = self.panel.assessment
        if found is None or not found.is_shortened:
            return ""
        return (
            f"{found.case.authorization_months} months were asked for; this policy authorizes at "
            f"most {found.authorization_months} at a time."
        )

    @cached_property
    def trees(self) -> tuple[tuple[str, tuple[TreeLine, ...]], ...]:
        """Both trees, with as much of them as is wanted."""
        found = self.panel.assessment
        if found is None:
            return ()
        headings = [GENERAL, "" if found.pathway is None else found.pathway.name]
        return tuple(
            (heading, tuple(self._lines(lines)))
            for heading, lines in zip(headings, self.draft.numbered, strict=False)
        )

    def _lines(self, lines: tuple[NumberedFinding, ...]) -> Iterator[TreeLine]:
        """Whole, or what matters: without the rules of other codes, and what is said already."""
        again = repeated(lines[0].finding)
        for line, is_folded in folded(lines):
            if line.depth == 0 and line.finding.members:
                continue
            if is_folded:
                if self.show is Show.EVERYTHING:
                    yield self._line(line, self._folded_detail(line))
            elif self._is_shown(line) and (
                self.show is Show.EVERYTHING or line.finding.node.key not in again
            ):
                yield self._line(line, self._detail(line))

    def _is_shown(self, line: NumberedFinding) -> bool:
        finding = line.finding
        if self.show is Show.EVERYTHING or line.depth <= 1:
            return True
        if self.show is Show.ANSWERS:
            return finding.answer is not None
        settled = finding.state is FindingState.NOT_APPLICABLE or (
            finding.answer is None
            and finding.state is FindingState.NOT_ANSWERED
            and self._is_idle(finding)
        )
        return not settled

    def _is_idle(self, finding: Finding) -> bool:
        return isinstance(finding.node, Leaf) and finding.node.question.key in self.draft.idle

    def _folded_detail(self, line: NumberedFinding) -> str:
        """Why nothing of a rule is asked, and what that is."""
        return f"{self._reason(line)}. {not_asked_text(line.finding)}"

    def _reason(self, line: NumberedFinding) -> str:
        found = self.panel.assessment
        assert found is not None  # noqa: S101
        by, questions = line.switched_off_by, found.edition.questions
        return reason_text(line.finding, found.facts, by, questions)

    def _line(self, line: NumberedFinding, detail: str) -> TreeLine:
        finding, node = line.finding, line.finding.node
        question = node.question if isinstance(node, Leaf) else None
        evidence = "" if question is None else evidence_of(question, self.draft.typed).text
        return TreeLine(
            number=line.number,
            depth=line.depth,
            title=node.title,
            mark=self.panel.mark_of(line),
            detail=detail,
            citation=citation_text(node.citation),
            evidence=evidence,
            url=self.panel.url_of(finding),
        )

    def _detail(self, line: NumberedFinding) -> str:
        finding, node = line.finding, line.finding.node
        found = self.panel.assessment
        assert found is not None  # noqa: S101
        questions = found.edition.questions
        if isinstance(node, CriteriaGroup | When):
            return conjunction(node, finding)
        if isinstance(node, DoseLeaf):
            return found.dose.text
        if finding.state is FindingState.NOT_APPLICABLE:
            return self._reason(line)
        if finding.answer is None:
            needed = "advised" if line.is_advised else "needed"
            return f"{needed}: {required_text(node, questions)}"
        said = answer_text(node.question, finding.answer)
        if not says_more(finding):
            return said
        reason = self._reason(line)
        return said if reason == said else f"{said} · {reason}"

    @cached_property
    def baseline(self) -> BaselineTable | None:
        """A renewal beside the approvals it continues."""
        return baseline_table(self.draft)

    @property
    def copied(self) -> CopiedText:
        """The same where it can be copied from."""
        return CopiedText(initial={"text": self.as_text})

    @property
    def as_text(self) -> str:
        """The result to paste into a record."""
        lines = [f"{self.mark.sign} {self.mark.word}", self.sentence]
        lines += [f"{label}: {text}" for label, text in self.dose_lines]
        is_told = self.dose.text and not self.panel.is_unproven
        lines += [f"Dose: {self.dose.text}"] if is_told else []
        for heading, tree in self.trees:
            lines += ["", heading]
            lines += [
                f"{'  ' * (line.depth - 1)}{line.number} {line.mark.sign} {line.title} "
                f"({line.mark.word}) {line.detail}".rstrip()
                for line in tree
            ]
        edition = self.draft.edition
        if edition is not None:
            lines += ["", f"{edition.label}. A finding of software, not a decision."]
        return "\n".join(lines)
