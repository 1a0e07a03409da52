"""What a reviewer asks for, each with the page and the field where it is answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from criteria.models import Letter, LetterKind, RequestStatus
from criteria.rules import DoseLeaf, Node, Question, Role
from criteria.rules.explain import questions_of
from criteria.wizard.addresses import page_url, tasks_url
from criteria.wizard.readings import name_of, names_of
from criteria.wizard.typed import Typed, many

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

DOCUMENT = "document"
# Where an answer is given that no page of the criteria asks for.
PAGE_OF_ROLE = {
    Role.AGE_YEARS: ("patient", "born"),
    Role.DIAGNOSIS_STATED: ("diagnosis", "icd10"),
    Role.DIAGNOSIS_CODES: ("diagnosis", "icd10"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing asked for. ``slug`` and ``name``: page and field; empty if no page asks it now.

    ``is_answered``: whether what was typed there, or enclosed, differs from what was submitted.
    """

    heading: str
    needed: str
    note: str
    slug: str
    name: str
    url: str
    is_answered: bool


def wanted_of(draft: "Draft") -> tuple[Wanted, ...]:
    """What is asked of a request; one query while something is asked, none otherwise."""
    if draft.request.status != RequestStatus.INFORMATION_REQUESTED:
        return ()
    letter = _letter(draft)
    if letter is None:
        return ()
    submitted: Typed = letter.submission.case["typed"]
    return tuple(_wanted(draft, item, submitted) for item in letter.items)


def _letter(draft: "Draft") -> Letter | None:
    """The last request for information, with what it was about as it was typed."""
    asked = Letter.objects.filter(request=draft.request, kind=LetterKind.INFORMATION)
    heavy = ("pdf", "text", "submission__assessment", "submission__content")
    found: Letter | None = asked.select_related("submission").defer(*heavy).last()
    return found


def _wanted(draft: "Draft", item: Mapping[str, Any], submitted: Typed) -> Wanted:
    if item["block"] == DOCUMENT:
        known = set(item.get("evidence", "").split())
        is_new = bool(set(draft.letters) - known)
        return _made(draft, item, ("enclosures", ""), is_answered=is_new)
    node = _node(draft, item)
    if isinstance(node, DoseLeaf):
        names = {*draft.rows["dose"].data} if "dose" in draft.rows else {"dose"}
        return _made(draft, item, ("dose", "dose"), is_answered=_differs(draft, names, submitted))
    questions = _questions(draft, item, node)
    names = {name for question in questions for name in names_of(question)}
    place = next((p for q in questions for p in _places(draft, q)), ("", ""))
    return _made(draft, item, place, is_answered=_differs(draft, {*names, place[1]}, submitted))


def _made(
    draft: "Draft", item: Mapping[str, Any], place: tuple[str, str], *, is_answered: bool
) -> Wanted:
    slug, name = place
    return Wanted(
        heading=f"{item.get('number', '')} {item['title']}".strip(),
        needed=item.get("required", ""),
        note=item.get("note", ""),
        slug=slug,
        name=name,
        url=page_url(draft, slug, name) if slug else tasks_url(draft),
        is_answered=is_answered,
    )


def _node(draft: "Draft", item: Mapping[str, Any]) -> Node | None:
    """The criterion as it stands now; None if another answer took it out of the request."""
    found = draft.assessment
    tree = None
    if found is not None:
        tree = found.general if item["block"] == "general" else found.specific
    lines = (line for lines in draft.numbered for line in lines if lines[0].finding is tree)
    return next((x.finding.node for x in lines if x.finding.node.key == item["key"]), None)


def _questions(draft: "Draft", item: Mapping[str, Any], node: Node | None) -> tuple[Question, ...]:
    """The questions that answer it: its own, or those of a group."""
    own = draft.questions.get(item.get("question", ""))
    if own is not None:
        return (own,)
    return () if node is None else tuple(questions_of(node).values())


def _places(draft: "Draft", question: Question) -> Iterator[tuple[str, str]]:
    """Page and field of a question."""
    for page in draft.pages:
        if page.criteria is not None and question in page.criteria.questions:
            yield page.slug, name_of(question)
    dose = draft.page("dose")
    if dose is not None and name_of(question) in draft.form(dose).fields:
        yield "dose", name_of(question)
    if question.role in PAGE_OF_ROLE:
        yield PAGE_OF_ROLE[question.role]


def _differs(draft: "Draft", names: set[str], submitted: Typed) -> bool:
    return any(_said(draft.typed, name) != _said(submitted, name) for name in names)


def _said(typed: Typed, name: str) -> list[str]:
    return [value for value in many(typed, name) if value]
