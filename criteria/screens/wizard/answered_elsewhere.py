"""What a page of criteria counts without asking it: it stands on an earlier page."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.requests.answers.readings import name_of
from criteria.requests.marks import MARKS, StateMark
from criteria.rules import FactRole, FindingState, Leaf, QuestionDefinition
from criteria.rules.coded import names_codes
from criteria.rules.wording import answer_text, required_text
from criteria.screens.wizard.forms.criteria import QuestionsForm
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough


@dataclass(frozen=True, slots=True)
class AnsweredElsewhere:
    """A question of this page that was asked before; ``mark`` where only this page counts it."""

    wording: str
    answer: str
    url: str
    mark: StateMark | None = None


def elsewhere(walk: Walkthrough, page: WizardPage) -> Iterator[AnsweredElsewhere]:
    """The criteria that the diagnosis codes answer, then the questions of earlier pages."""
    criteria = page.criteria
    if criteria is None:
        return
    for node in criteria.nodes:
        if isinstance(node, Leaf) and names_codes(node):
            yield _codes(walk, node)
    for question in criteria.elsewhere:
        answer = answer_text(question, walk.draft.answers.get(question.key))
        url = walk.addresses.page(_slug(walk, page, question), name_of(question))
        yield AnsweredElsewhere(question.wording, answer, url)


def asked_at(walk: Walkthrough) -> dict[str, str]:
    """The address of every question the request asks, by its key."""
    found: dict[str, str] = {}
    edition = walk.draft.edition
    for question in () if edition is None else edition.questions.values():
        if question.role is FactRole.DIAGNOSIS_CODES:
            found[question.key] = walk.addresses.page("diagnosis", "icd10")
    for page in walk.pages:
        form = None if not page.is_form else form_of(walk, page)
        if isinstance(form, QuestionsForm):
            found |= {q.key: walk.addresses.page(page.slug, name_of(q)) for q in form.questions()}
    return found


def _slug(walk: Walkthrough, page: WizardPage, question: QuestionDefinition) -> str:
    """The page that asks a question."""
    asking = (p for p in walk.pages if p.criteria is not None and question in p.criteria.questions)
    return next((p.slug for p in asking), page.slug)


def _codes(walk: Walkthrough, leaf: Leaf) -> AnsweredElsewhere:
    """What the codes are to a criterion, and what is needed where they do not fit."""
    lines = (line for tree in walk.draft.numbered for line in tree)
    found = next(line.finding for line in lines if line.finding.node is leaf)
    said = answer_text(leaf.question, found.answer)
    needed = "" if found.state is FindingState.MET else f"; needed: {required_text(leaf)}"
    url = walk.addresses.page("diagnosis", "icd10")
    return AnsweredElsewhere(leaf.title, f"{said}{needed}", url, MARKS[found.state])
