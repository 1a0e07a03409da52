"""The criteria of a tree as items, each matched by its key wherever in the tree it stands."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from criteria.policies.difference.change import Concerns, Side
from criteria.policies.difference.item import ComparedPart, Field, ItemKey, PartOrder, cited, text
from criteria.policies.difference.sections import EditionSection
from criteria.rules import (
    KINDS,
    CriteriaGroup,
    DoseLeaf,
    Leaf,
    Node,
    QuestionDefinition,
)
from criteria.rules.explain import (
    LinePart,
    citation_text,
    conjunction,
    in_words,
    questions_of,
    required_text,
)
from criteria.rules.walk import TreePlace, node_parts, walk
from criteria.rules.wording import Questions

_AT = {
    LinePart.MEMBER: "in “{}”",
    LinePart.CONDITION: "the condition of “{}”",
    LinePart.THEN: "if the condition of “{}” holds",
    LinePart.OTHERWISE: "if the condition of “{}” does not hold",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a tree stands: its keys begin with ``key``, its names with ``label``."""

    section: EditionSection
    key: ItemKey
    place: str
    questions: Questions
    concerns: Concerns = Concerns()
    label: str = ""
    parent: ItemKey | None = None


def tree_items(root: Node, setting: Setting) -> Iterator[ComparedPart]:
    """Every criterion of a tree, in tree order."""
    seen: Counter[str] = Counter()
    above: list[tuple[ItemKey, Node]] = []
    for place in walk(root, node_parts):
        del above[place.depth :]
        node = place.item
        seen[node.key] += 1
        # A key stands once in a tree that is published; a draft may still be wrong.
        again = () if seen[node.key] == 1 else (str(seen[node.key]),)
        key = (*setting.key, node.key, *again)
        yield _item(place, key, above[-1] if above else None, setting)
        above.append((key, node))


def _item(
    place: TreePlace[Node], key: ItemKey, above: tuple[ItemKey, Node] | None, setting: Setting
) -> ComparedPart:
    node = place.item
    name = f"{place.number} {node.title}".strip()
    own = frozenset({node.question.key} if isinstance(node, Leaf) else ())
    return ComparedPart(
        section=setting.section,
        key=key,
        side=Side(
            place=setting.place,
            name=f"{setting.label}: {name}" if setting.label else name,
            words=in_words(node),
            citation=citation_text(node.citation),
        ),
        fields=tuple(_fields(node, place.part, above, setting)),
        concerns=replace(setting.concerns, criterion=node.key, questions=own),
        inside=frozenset(questions_of(node)),
        parent=setting.parent if above is None else above[0],
    )


def _fields(
    node: Node, part: LinePart, above: tuple[ItemKey, Node] | None, setting: Setting
) -> Iterator[Field]:
    yield text("Title", node.title)
    yield _needed(node, setting.questions)
    yield _asks(node, setting.questions)
    yield _standing(part, above)
    yield text("Note", node.note)
    yield text("Meets the contradiction", node.contradiction if isinstance(node, Leaf) else "")
    members = node.members if isinstance(node, CriteriaGroup) else ()
    keys = tuple(member.key for member in members)
    yield PartOrder(label="Order", value=keys, names=tuple(member.title for member in members))
    yield cited(node.citation)


def _needed(node: Node, questions: Questions) -> Field:
    """What an answer must be, or how members are joined; how many members there are is no news."""
    if isinstance(node, Leaf | DoseLeaf):
        test = node.test if isinstance(node, Leaf) else None
        words, exact = required_text(node, questions), _exact(node)
        return Field(label="Needed", value=(type(node), test), words=words, exact=exact)
    joined = (node.kind, node.n) if isinstance(node, CriteriaGroup) else ()
    exact = f"n = {node.n}" if isinstance(node, CriteriaGroup) else ""
    words = conjunction(node)
    value = (type(node), joined)
    return Field(label="Needed", value=value, words=words, exact=exact, is_of_members=True)


def _exact(node: Leaf | DoseLeaf) -> str:
    """What the words leave out: keys of choices or of a day, and which code counts."""
    test = node.test if isinstance(node, Leaf) else None
    return "" if test is None else KINDS[test.type].exact_text(test)


def _asks(node: Node, questions: Questions) -> Field:
    """Which question it asks; how that is worded is said once, of the question."""
    if not isinstance(node, Leaf):
        return Field(label="Asks", value=None, words="")
    asked: QuestionDefinition = questions.get(node.question.key, node.question)
    return Field(label="Asks", value=asked.key, words=asked.wording, exact=asked.key)


def _standing(part: LinePart, above: tuple[ItemKey, Node] | None) -> Field:
    if above is None:
        return Field(label="Stands", value=None, words="at the top")
    key, node = above
    words = _AT[part].format(node.title)
    value = (key, part)
    return Field(label="Stands", value=value, words=words, exact=key[-1], is_of_members=True)


def any_of(node: Node | None) -> str:
    """A tree as one sentence; empty where there is none."""
    return "" if node is None else in_words(node)
