"""What keeps a letter from being sent, each at its field."""

from collections.abc import Iterator

from criteria.models import LetterKind
from criteria.requests.answers.typed import one
from criteria.rules.formats import says_something
from criteria.screens.field_problem import FieldProblem
from criteria.screens.review.letters.text import LetterText

NOTHING_ASKED = (
    "Nothing is asked for yet. Mark a criterion with Ask at the desk, or name a document here."
)
NO_CHOICE = (
    "There is nothing yet that the decision can rest on: mark “Not accepted” at the desk what has "
    "to be met, and say why in the note."
)
VIEWS = "Say what is still missing of its criteria: each is listed with its place at the desk."
STALE = (
    "What the letter is about was changed after its text was edited. "
    "Compose it anew, or say that your text is right as it stands."
)


def needs_of(page: LetterText) -> Iterator[FieldProblem]:
    """What is typed wrong, then what is missing, then what has to be confirmed."""
    for name, errors in page.form.errors.items():
        yield from (FieldProblem(name=name, text=str(error)) for error in errors)
    yield from _OF_KIND[page.kind](page)
    if page.gaps:
        yield FieldProblem(name="views", text=VIEWS)
    if not says_something(page.text):
        yield FieldProblem(name="text", text="The letter is empty. Compose it anew, or write it.")
    elif page.is_edited and page.is_stale:
        yield FieldProblem(name="text", text=STALE)


def _information(page: LetterText) -> Iterator[FieldProblem]:
    if not page.items and "documents" not in page.form.errors:
        yield FieldProblem(name="documents", text=NOTHING_ASKED)


def _denial(page: LetterText) -> Iterator[FieldProblem]:
    if not page.choices:
        yield FieldProblem(name="criteria", text=f"{page.no_reasons} {NO_CHOICE}".strip())
    elif not page.items:
        text = "Tick at least one criterion that the decision rests on."
        yield FieldProblem(name="criteria", text=text)
    yield from _reason(page)


def _approval(page: LetterText) -> Iterator[FieldProblem]:
    yield from _missing(page)
    yield from _reason(page)
    if page.terms is None:
        return
    yield from (FieldProblem(name=name, text=text) for name, text in page.terms.refusals)
    if page.terms.warning and not page.is_confirmed:
        text = "Confirm that you approve what is not plainly within the policy, or change it."
        yield FieldProblem(name="confirm", text=text)


def _missing(page: LetterText) -> Iterator[FieldProblem]:
    """Fields an approval cannot do without; those typed wrong are told as such."""
    asked = page.read.assessment.case.dose
    found, errors = page.form.values, page.form.errors
    as_asked = one(page.typed, "as_asked")
    needed = {"months": "Enter the months.", "starts_on": "Enter the first day."}
    if not as_asked:
        yield FieldProblem(name="as_asked", text="Choose whether the dose is as asked for.")
    elif as_asked == "yes" and asked is None:
        text = "The request states no dose that can be read. Give the dose you approve."
        yield FieldProblem(name="as_asked", text=text)
    elif as_asked == "no":
        needed |= {"grams": "Enter the grams of a course.", "days": "Enter the infusion days."}
        needed |= {"courses": "Enter the courses; 1 for a single one."}
        if (found.get("courses") or 1) > 1 and not found.get("monthly"):
            text = "Enter the days from one course to the next, or tick every month."
            needed["interval_days"] = text
    for name, text in needed.items():
        if not found.get(name) and name not in errors:
            yield FieldProblem(name=name, text=text)


def _reason(page: LetterText) -> Iterator[FieldProblem]:
    if not says_something(one(page.typed, "reason")):
        yield FieldProblem(
            name="reason", text="Write the reason. A decision is not sent without one."
        )


_OF_KIND = {
    LetterKind.INFORMATION: _information,
    LetterKind.APPROVAL: _approval,
    LetterKind.DENIAL: _denial,
}
