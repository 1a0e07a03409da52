"""The pages of a request that a newer edition touches, each with what it changes there."""

from criteria.policies.difference import EditionSection
from criteria.requests.answers.criteria_pages import dose_questions
from criteria.requests.moving import EditionMove, TouchedChange
from criteria.requests.stated_request import StatedRequest
from criteria.rules import QuestionDefinition
from criteria.screens.wizard.pages import WizardPage, pages_of

CHANGED = "The policy's edition changed"
# Where what is judged is typed, of a change that is no question's.
PAGE_OF = {
    EditionSection.INDICATIONS: "diagnosis",
    EditionSection.ICD10: "diagnosis",
    EditionSection.PATHWAYS: "pathway",
    EditionSection.DOSING: "dose",
    EditionSection.PRODUCTS: "dose",
}


def pages_to_check(move: EditionMove, after: StatedRequest) -> dict[str, str]:
    """Why each page that the newer edition touches asks for another look, by slug.

    ``after``: the request as it stands under that edition. What it does not touch is as right as
    it was.
    """
    found: dict[str, list[str]] = {}
    for page in pages_of(after):
        names = [touch.change.side.name for touch in move.changes if _is_on(touch, page, after)]
        if names:
            found[page.slug] = list(dict.fromkeys(names))
    return {slug: _because(names) for slug, names in found.items()}


def _is_on(touch: TouchedChange, page: WizardPage, after: StatedRequest) -> bool:
    """Whether a page asks what a change is about."""
    if PAGE_OF.get(touch.change.section) == page.slug:
        return True
    return any(question.key in touch.answers for question in _questions(page, after))


def _questions(page: WizardPage, after: StatedRequest) -> tuple[QuestionDefinition, ...]:
    if page.criteria is not None:
        return page.criteria.questions
    if page.slug == "dose" and after.edition is not None:
        return dose_questions(after.edition, after.pathway)
    return ()


def _because(names: list[str]) -> str:
    """One sentence: a question ends it with its own sign."""
    changed = "; ".join(name.rstrip(".") for name in names)
    return f"{CHANGED}: {changed}{'' if changed.endswith('?') else '.'}"
