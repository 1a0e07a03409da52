"""What a reviewer asks for, each with the page and the field where it is answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from criteria.requests.answers.criteria_pages import dose_questions
from criteria.requests.answers.readings import name_of, names_of
from criteria.requests.answers.typed import Typed, many, one
from criteria.requests.asking import DOCUMENT, REPLY, came_by_title, document_name, reply_name
from criteria.requests.contradicted_fields import FIELDS
from criteria.requests.dispositions.gates import GATE
from criteria.requests.stated_request import StatedRequest
from criteria.rules import DoseLeaf, FactRole, Node, QuestionDefinition
from criteria.rules.explain import questions_of
from criteria.rules.formats import says_something
from criteria.screens.wizard.walkthrough import Walkthrough

# What is typed of a fact beside its own field.
TYPED_WITH = {
    "indication": ("indication", "other_diagnosis"),
    "product": ("other_product", "route"),
}
# Where an answer is given that no page of the criteria asks for.
PAGE_OF_ROLE = {
    FactRole.AGE_YEARS: ("patient", "born"),
    FactRole.DIAGNOSIS_STATED: ("diagnosis", "icd10"),
    FactRole.DIAGNOSIS_CODES: ("diagnosis", "icd10"),
    FactRole.GIVEN_AT_HOME: ("site", "place"),
}

CHANGED, NOT_ANSWERED = "changed in its place", "not answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationItem:
    """One thing asked for. ``slug`` and ``name``: page and field; empty if no page asks it now.

    ``is_answered``: whether it was answered in words, or what was typed there differs from what was
    submitted; of a document whether it was enclosed since, as ``letters``. ``reply_name`` and
    ``reply_url``: where words are typed.
    """

    heading: str
    needed: str
    note: str
    slug: str
    name: str
    url: str
    is_answered: bool
    letters: tuple[str, ...] = ()
    reply: str = ""
    reply_name: str = ""
    reply_url: str = ""

    @property
    def said(self) -> str:
        """What came in answer, in one line."""
        enclosed = [f"enclosure {letter}" for letter in self.letters]
        words = [self.reply.strip()] if says_something(self.reply) else []
        if self.is_answered and not (enclosed or words):
            return CHANGED
        return ". ".join((*filter(None, [", ".join(enclosed)]), *words)) or NOT_ANSWERED


def wanted_of(walk: Walkthrough) -> tuple[InformationItem, ...]:
    """What is asked of a request, each thing with its reply; worked out once."""
    return walk.once(("wanted",), lambda: tuple(_every(walk)))


def _every(walk: Walkthrough) -> Iterator[InformationItem]:
    letter = walk.draft.asking
    if letter is None:
        return
    submitted: Typed = letter.submission.case["typed"]
    names = (reply_name(letter, place) for place in range(len(letter.items)))
    for item, name in zip(letter.items, names, strict=True):
        yield _with_reply(walk, _wanted(walk, item, name, submitted), name)


def _with_reply(walk: Walkthrough, wanted: InformationItem, name: str) -> InformationItem:
    draft = walk.draft
    reply = one(draft.typed, name)
    return replace(
        wanted,
        is_answered=wanted.is_answered or says_something(reply),
        reply=reply,
        reply_name=name,
        reply_url=walk.addresses.page(REPLY, name),
    )


def _wanted(
    walk: Walkthrough, item: Mapping[str, Any], reply: str, submitted: Typed
) -> InformationItem:
    draft = walk.draft
    if item["block"] == DOCUMENT:
        letters = _enclosed(draft, item, one(draft.typed, document_name(reply)))
        made = _made(walk, item, ("enclosures", ""), is_answered=bool(letters))
        return replace(made, letters=letters)
    if item["block"] == GATE:
        return _gate(walk, item, submitted)
    node = _node(draft, item)
    if isinstance(node, DoseLeaf):
        names = {*draft.rows["dose"].data} if "dose" in draft.rows else {"dose"}
        return _made(walk, item, ("dose", "dose"), is_answered=_differs(draft, names, submitted))
    questions = _questions(draft, item, node)
    names = {name for question in questions for name in names_of(question)}
    place = next((p for q in questions for p in _places(walk, q)), ("", ""))
    return _made(walk, item, place, is_answered=_differs(draft, {*names, place[1]}, submitted))


def _gate(walk: Walkthrough, item: Mapping[str, Any], submitted: Typed) -> InformationItem:
    """What stands before the criteria: the first of the facts it is about that a page asks."""
    draft = walk.draft
    about, slugs = item["about"], {page.slug for page in walk.pages}
    questions = tuple(draft.questions[key] for key in about if key in draft.questions)
    fields = [FIELDS[key] for key in about if key in FIELDS]
    places = [(slug, name) for slug, name in fields if slug in slugs]
    places += [place for question in questions for place in _places(walk, question)]
    names = {name for _, name in fields if name} | {n for q in questions for n in names_of(q)}
    names |= {more for key in about for more in TYPED_WITH.get(key, ())}
    place = next(iter(places), ("", ""))
    return _made(walk, item, place, is_answered=_differs(draft, names, submitted))


def _enclosed(draft: StatedRequest, item: Mapping[str, Any], chosen: str) -> tuple[str, ...]:
    """Which enclosures this document is: the one said to be it, or those added of its name."""
    if chosen:
        return (chosen,) if chosen in draft.letters else ()
    return came_by_title(item, draft.letters, draft.titles)


def _made(
    walk: Walkthrough, item: Mapping[str, Any], place: tuple[str, str], *, is_answered: bool
) -> InformationItem:
    slug, name = place
    return InformationItem(
        heading=f"{item.get('number', '')} {item['title']}".strip(),
        needed=item.get("required", ""),
        note=item.get("note", ""),
        slug=slug,
        name=name,
        url=walk.addresses.page(slug, name) if slug else walk.addresses.tasks(),
        is_answered=is_answered,
    )


def _node(draft: StatedRequest, item: Mapping[str, Any]) -> Node | None:
    """The criterion as it stands now; None if another answer took it out of the request."""
    found = draft.assessment
    tree = None
    if found is not None:
        tree = found.general if item["block"] == "general" else found.specific
    lines = (line for lines in draft.numbered for line in lines if lines[0].finding is tree)
    return next((x.finding.node for x in lines if x.finding.node.key == item["key"]), None)


def _questions(
    draft: StatedRequest, item: Mapping[str, Any], node: Node | None
) -> tuple[QuestionDefinition, ...]:
    """The questions that answer it: its own, or those of a group."""
    own = draft.questions.get(item.get("question", ""))
    if own is not None:
        return (own,)
    return () if node is None else tuple(questions_of(node).values())


def _places(walk: Walkthrough, question: QuestionDefinition) -> Iterator[tuple[str, str]]:
    """Page and field of a question."""
    for page in walk.pages:
        if page.criteria is not None and question in page.criteria.questions:
            yield page.slug, name_of(question)
    edition = walk.draft.edition
    if edition is not None and question in dose_questions(edition, walk.draft.pathway):
        yield "dose", name_of(question)
    if question.role in PAGE_OF_ROLE:
        yield PAGE_OF_ROLE[question.role]


def _differs(draft: StatedRequest, names: set[str], submitted: Typed) -> bool:
    return any(_said(draft.typed, name) != _said(submitted, name) for name in names)


def _said(typed: Typed, name: str) -> list[str]:
    return [value for value in many(typed, name) if value]
