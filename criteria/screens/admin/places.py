"""Where a problem of an edition stands: the screen to mend it on, and its name in words."""

from django.db.models import Model, Q, QuerySet
from django.utils.text import Truncator

from criteria.models import (
    Code,
    Contradiction,
    CriteriaTree,
    Criterion,
    DosingLimit,
    Indication,
    Part,
    Pathway,
    PolicyVersion,
    Product,
    Question,
    ReviewerNote,
)
from criteria.models.part import P, PartQuerySet
from criteria.policies.checks.check import EditionProblem
from criteria.screens.admin.links import change_url
from criteria.screens.admin.trail import short, trail_of

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

# As many words of a name as lead to its place.
LONGEST = 12
# What is empty, by the last key of the path.
EMPTY = {
    "vial_sizes_g": "There is no confirmed vial size yet.",
    "all": "A group has nothing in it yet.",
    "any": "A group has nothing in it yet.",
    "of": "A group has nothing in it yet.",
}


def placed(version: PolicyVersion, problems: list[EditionProblem]) -> list[dict[str, str]]:
    """The problems as a table shows them."""
    rows: dict[tuple[str | int, ...], Model] = {}
    found = []
    for problem in problems:
        path = problem.path
        if path not in rows:
            rows[path] = row_at(version, path) or version
        row = rows[path]
        inside = problem.where.partition(": ")[2]
        words = " › ".join(_brief(above) for above in trail_of(row)[1:]) or "The edition"
        found.append(
            {
                "severity": problem.severity.value,
                "url": change_url(row),
                "place": words,
                "inside": "" if isinstance(row, Question | Criterion) else inside,
                "message": plain(problem),
            }
        )
    return found


def _brief(row: Model) -> str:
    """A row by its own name; a note by how it begins."""
    return Truncator(short(row)).words(LONGEST)


def plain(problem: EditionProblem) -> str:
    """A message without the words of a library."""
    said = problem.message
    words = next((words for start, words in PLAIN.items() if said.startswith(start)), said)
    last = str(problem.path[-1]) if problem.path else ""
    return EMPTY.get(last, words) if said.startswith("List should have at least") else words


def row_at(version: PolicyVersion, path: tuple[str | int, ...]) -> Part | None:
    """The part the keys of a path lead to; None when it has no screen of its own."""
    match path:
        case ("questions", key, *_):
            return _in(Question, version).filter(key=key).first()
        case ("products", key, *_):
            return _in(Product, version).filter(key=key).first()
        case ("contradictions", key, *_):
            return _in(Contradiction, version).filter(key=key).first()
        case ("codes", system, code, *_):
            return _in(Code, version).filter(system=system, code=code).first()
        case ("general", phase, *keys):
            tree = _in(CriteriaTree, version).filter(use=f"general_{phase}").first()
            return tree and (_criterion(keys, tree=tree) or tree)
        case ("notes", name, *_):
            return _note(name, version=version, indication=None, pathway=None)
        case ("indications", key, *below):
            indication = _in(Indication, version).filter(key=key).first()
            return None if indication is None else _inside(indication, below)
    return None


def _in(model: type[P], version: PolicyVersion) -> QuerySet[P]:
    return _with(model, "version").filter(version=version)


def _with(model: type[P], above: str) -> QuerySet[P]:
    """With the rows above, which its place is told by."""
    return PartQuerySet(model).select_related(above)


def _inside(indication: Indication, below: list[str | int]) -> Part | None:
    match below:
        case ["pathways", key, *rest]:
            found = _with(Pathway, "indication__version").filter(indication=indication, key=key)
            pathway = found.first()
            return indication if pathway is None else _inside_pathway(pathway, rest)
        case ["notes", name, *_]:
            return _note(name, indication=indication, pathway=None) or indication
    return indication


def _inside_pathway(pathway: Pathway, below: list[str | int]) -> Part | None:
    match below:
        case ["criteria", *keys]:
            return _criterion(keys, tree__pathway=pathway) or pathway
        case ["dose", name, *_]:
            return _limit(pathway, name) or pathway
        case ["notes", name, *_]:
            return _note(name, pathway=pathway) or pathway
    return pathway


def _criterion(keys: list[str | int], **tree: Model) -> Criterion | None:
    """The criterion the keys from the root down lead to: the last one names it."""
    key = keys[-1] if keys else None
    if not isinstance(key, str):
        return None
    named = Q(key=key) | Q(key="", question__key=key)  # a question may go by its own key
    rows = _with(Criterion, "tree__pathway__indication__version").filter(named, **tree)
    return rows.first()


def _limit(pathway: Pathway, name: str | int) -> DosingLimit | None:
    """A dosing limit by its key, or, in a file, by its number."""
    limits = _with(DosingLimit, "pathway__indication__version").filter(pathway=pathway)
    found = limits[name : name + 1] if isinstance(name, int) else limits.filter(key=name)
    return next(iter(found), None)


def _note(name: str | int, **owner: Model | None) -> ReviewerNote | None:
    """A note by its key, or, in a file, by its number."""
    notes = ReviewerNote.objects.filter(**owner)
    if isinstance(name, int):
        return next(iter(notes[name : name + 1]), None)
    return notes.filter(key=name).first()
