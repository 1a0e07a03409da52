"""Where a problem of an edition stands: the screen to mend it on, and its name in words."""

from typing import Any

from criteria.actions.policies_check import EditionProblem
from criteria.admin.links import change_url
from criteria.admin.trail import short, trail_of
from criteria.models import (
    Code,
    CriteriaTree,
    Indication,
    Pathway,
    PolicyVersion,
    Product,
    Question,
    ReviewerNote,
)

PLAIN = {
    "List should have at least 1 item": "Something that needs at least one entry is still empty.",
    "String should match pattern": "A line or a key has not the right shape.",
    "String should have at least": "Something that needs words is still empty.",
    "expected only": "What passes does not fit its question: the outline shows which.",
    "expected a yes_no question": "What is known from the request asks for yes or no.",
    "expected a number question": "What is known from the request asks for a number.",
    "expected a date question": "What is known from the request asks for a date.",
    "Field required": "Something is still missing.",
    "Input should be a valid": "Something is missing or has not the right shape.",
}

# What is empty, by the last key of the path.
EMPTY = {
    "vial_sizes_g": "There is no confirmed vial size yet.",
    "all": "A group has nothing in it yet.",
    "any": "A group has nothing in it yet.",
    "of": "A group has nothing in it yet.",
}


def placed(version: PolicyVersion, problems: list[EditionProblem]) -> list[dict[str, str]]:
    """The problems as a table shows them."""
    rows: dict[tuple[str | int, ...], Any] = {}
    found = []
    for problem in problems:
        path = problem.path[:4]
        if path not in rows:
            rows[path] = row_at(version, path) or version
        row = rows[path]
        inside = problem.where.partition(": ")[2]
        words = " › ".join(short(above) for above in trail_of(row)[1:]) or "The edition"
        found.append(
            {
                "severity": problem.severity.value,
                "url": change_url(row),
                "place": words,
                "inside": inside if problem.path[:1] != ("questions",) else "",
                "message": plain(problem),
            }
        )
    return found


def plain(problem: EditionProblem) -> str:
    """A message without the words of a library."""
    said = problem.message
    words = next((words for start, words in PLAIN.items() if said.startswith(start)), said)
    last = str(problem.path[-1]) if problem.path else ""
    return EMPTY.get(last, words) if said.startswith("List should have at least") else words


def row_at(version: PolicyVersion, path: tuple[str | int, ...]) -> Any:
    """The part the keys of a path lead to; None when it has no screen of its own."""
    match path:
        case ("questions", key, *_):
            return Question.objects.filter(version=version, key=key).first()
        case ("products", key, *_):
            return Product.objects.filter(version=version, key=key).first()
        case ("codes", system, code, *_):
            return Code.objects.filter(version=version, system=system, code=code).first()
        case ("general", phase, *_):
            return CriteriaTree.objects.filter(version=version, use=f"general_{phase}").first()
        case ("indications", key, *below):
            return _inside(Indication.objects.filter(version=version, key=key).first(), below)
    return None


def _inside(indication: Indication | None, below: list[Any]) -> Any:
    match below:
        case ["pathways", key, *_]:
            return Pathway.objects.filter(indication=indication, key=key).first() or indication
        case ["notes", int(number), *_]:
            notes = ReviewerNote.objects.filter(indication=indication, pathway=None)
            return next(iter(notes[number : number + 1]), indication)
    return indication
