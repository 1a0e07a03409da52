"""What a reviewer asks for, each with the page and the field where it is answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from criteria.models import Letter, LetterKind, RequestStatus
from criteria.rules import DoseLeaf, Node, Question, Role
from criteria.rules.explain import questions_of
from criteria.rules.formats import says_something
from criteria.viewed_gates import GATE
from criteria.wizard.addresses import page_url, tasks_url
from criteria.wizard.contradictions import FIELDS
from criteria.wizard.readings import name_of, names_of
from criteria.wizard.typed import Typed, many, one

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

DOCUMENT = "document"
# What is typed of a fact beside its own field.
TYPED_WITH = {
    "indication": ("indication", "other_diagnosis"),
    "product": ("other_product", "route"),
}
# The page on which what is asked is answered in words.
REPLY = "reply"
# Where an answer is given that no page of the criteria asks for.
PAGE_OF_ROLE = {
    Role.AGE_YEARS: ("patient", "born"),
    Role.DIAGNOSIS_STATED: ("diagnosis", "icd10"),
    Role.DIAGNOSIS_CODES: ("diagnosis", "icd10"),
    Role.GIVEN_AT_HOME: ("site", "place"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing asked for. ``slug`` and ``name``: page and field; empty if no page asks it now.

    ``is_answered``: whether it was answered in words, or what was typed there differs from what was
    submitted; of a document whether it was enclosed since. ``reply_url``: where words are typed.
    """

    heading: str
    needed: str
    note: str
    slug: str
    name: str
    url: str
    is_answered: bool
    reply: str = ""
    reply_url: str = ""


def asking_of(draft: "Draft") -> Letter | None:
    """The letter a request is asked by; one query while something is asked, none otherwise."""
    if draft.request.status != RequestStatus.INFORMATION_REQUESTED:
        return None
    return _letter(draft)


def reply_name(letter: Letter, place: int) -> str:
    """The field of the reply to the thing a letter asks for at this place."""
    return f"reply-{letter.sequence}-{place}"


def document_name(reply: str) -> str:
    """The field that says which enclosure a document is."""
    return f"{reply}-encl"


def wanted_of(draft: "Draft") -> tuple[Wanted, ...]:
    """What is asked of a request, each thing with its reply."""
    letter = draft.asking
    if letter is None:
        return ()
    submitted: Typed = letter.submission.case["typed"]
    names = (reply_name(letter, place) for place in range(len(letter.items)))
    return tuple(
        _with_reply(draft, _wanted(draft, item, name, submitted), name)
        for item, name in zip(letter.items, names, strict=True)
    )


def _with_reply(draft: "Draft", wanted: Wanted, name: str) -> Wanted:
    reply = one(draft.typed, name)
    return replace(
        wanted,
        is_answered=wanted.is_answered or says_something(reply),
        reply=reply,
        reply_url=page_url(draft, REPLY, name),
    )


def _letter(draft: "Draft") -> Letter | None:
    """The last request for information, with what it was about as it was typed."""
    asked = Letter.objects.filter(request=draft.request, kind=LetterKind.INFORMATION)
    heavy = ("pdf", "text", "submission__assessment", "submission__content")
    found: Letter | None = asked.select_related("submission").defer(*heavy).last()
    return found


def _wanted(draft: "Draft", item: Mapping[str, Any], reply: str, submitted: Typed) -> Wanted:
    if item["block"] == DOCUMENT:
        is_there = _is_enclosed(draft, item, one(draft.typed, document_name(reply)))
        return _made(draft, item, ("enclosures", ""), is_answered=is_there)
    if item["block"] == GATE:
        return _gate(draft, item, submitted)
    node = _node(draft, item)
    if isinstance(node, DoseLeaf):
        names = {*draft.rows["dose"].data} if "dose" in draft.rows else {"dose"}
        return _made(draft, item, ("dose", "dose"), is_answered=_differs(draft, names, submitted))
    questions = _questions(draft, item, node)
    names = {name for question in questions for name in names_of(question)}
    place = next((p for q in questions for p in _places(draft, q)), ("", ""))
    return _made(draft, item, place, is_answered=_differs(draft, {*names, place[1]}, submitted))


def _gate(draft: "Draft", item: Mapping[str, Any], submitted: Typed) -> Wanted:
    """What stands before the criteria: the first of the facts it is about that a page asks."""
    about, slugs = item["about"], {page.slug for page in draft.pages}
    questions = tuple(draft.questions[key] for key in about if key in draft.questions)
    fields = [FIELDS[key] for key in about if key in FIELDS]
    places = [(slug, name) for slug, name in fields if slug in slugs]
    places += [place for question in questions for place in _places(draft, question)]
    names = {name for _, name in fields if name} | {n for q in questions for n in names_of(q)}
    names |= {more for key in about for more in TYPED_WITH.get(key, ())}
    place = next(iter(places), ("", ""))
    return _made(draft, item, place, is_answered=_differs(draft, names, submitted))


def _is_enclosed(draft: "Draft", item: Mapping[str, Any], chosen: str) -> bool:
    """Whether this document came: the enclosure said to be it, or one added since of its name."""
    if chosen:
        return chosen in draft.letters
    new = set(draft.letters) - set(item.get("evidence", "").split())
    return plain_title(item["title"]) in {
        plain_title(title) for letter, title in draft.titles.items() if letter in new
    }


def plain_title(title: str) -> str:
    """The title of a document as it is compared: without case, signs and spaces."""
    return "".join(sign for sign in title.casefold() if sign.isalnum())


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
