"""The pages that ask the criteria, made from an edition: nothing of a policy stands here.

First the general requirements of the phase, then the members of the pathway's tree. Single
questions that stand side by side share a page; a group is a page of its own. A question is asked
once, on the first page that needs it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from criteria.dosing import RegimenEvent
from criteria.policies.edition import Edition, PathwayDefinition
from criteria.rules import (
    CodesAnswer,
    CriteriaGroup,
    DoseLeaf,
    FactRole,
    GroupKind,
    Leaf,
    NamesCode,
    Node,
    QuestionDefinition,
    When,
)
from criteria.rules.explain import questions_of
from criteria.rules.terms import TherapyPhase

MOST_TOGETHER = 5
# A longer group is split into the groups it is made of, where every one of them counts.
LONG_GROUP = 6
ANSWERED_BY_REQUEST = {FactRole.DIAGNOSIS_STATED, FactRole.DIAGNOSIS_CODES}
ROLE_OF_EVENT = {
    RegimenEvent.TRANSPLANT: FactRole.TRANSPLANT_DATE,
    RegimenEvent.DISCONTINUATION: FactRole.DISCONTINUATION_DATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaPage:
    """``nodes``: the criteria asked here. ``elsewhere``: their questions that are asked before."""

    slug: str
    title: str
    nodes: tuple[Node, ...]
    questions: tuple[QuestionDefinition, ...]
    elsewhere: tuple[QuestionDefinition, ...] = ()
    is_general: bool = False


def criteria_pages(
    edition: Edition,
    phase: TherapyPhase,
    pathway: PathwayDefinition | None,
    *,
    age_is_known: bool = False,
    place_is_known: bool = False,
    codes: CodesAnswer | None = None,
) -> tuple[CriteriaPage, ...]:
    """Every page that asks something, in order; nothing that only other codes would ask."""
    roles = set(ANSWERED_BY_REQUEST)
    roles |= {FactRole.AGE_YEARS} if age_is_known else set()
    roles |= {FactRole.GIVEN_AT_HOME} if place_is_known else set()
    answered = {question.key for question in edition.questions.values() if question.role in roles}
    seen = set(answered)
    first = (
        question_with(edition, FactRole.THERAPY_START)
        if phase is TherapyPhase.CONTINUATION
        else None
    )
    pages = [*_pages("general", edition.general[phase], codes, seen, first, answered)]
    if pathway is not None:
        pages += _pages("criteria", pathway.criteria, codes, seen, None, answered)
    return tuple(pages)


def dose_questions(
    edition: Edition, pathway: PathwayDefinition | None
) -> tuple[QuestionDefinition, ...]:
    """What the limits of a pathway depend on and its criteria do not ask."""
    if pathway is None:
        return ()
    asked = questions_of(pathway.criteria)
    needed: dict[str, QuestionDefinition] = {}
    for condition in pathway.conditions.values():
        needed |= questions_of(condition)
    for limit in pathway.dose.limits:
        role = ROLE_OF_EVENT.get(limit.until_event) if limit.until_event else None
        question = None if role is None else question_with(edition, role)
        if question is not None:
            needed[question.key] = question
    return tuple(q for key, q in needed.items() if key not in asked)


def question_with(edition: Edition, role: FactRole) -> QuestionDefinition | None:
    """The question of a role, if the edition has one."""
    return next((q for q in edition.questions.values() if q.role is role), None)


def _pages(
    prefix: str,
    root: Node,
    codes: CodesAnswer | None,
    seen: set[str],
    first: QuestionDefinition | None,
    answered: set[str],
) -> Iterator[CriteriaPage]:
    """The pages of one tree; ``seen`` grows by what they ask."""
    titles: set[str] = set()
    blocks = (live for block in _blocks(root, root) for live in _of_these_codes(block, codes))
    for nodes in _together(blocks):
        asked = {} if first is None else {first.key: first}
        wanted = asked | _questions(nodes)
        new = {key: q for key, q in wanted.items() if key not in seen}
        first = None
        if not new:
            continue
        seen.update(new)
        title = _title(root, nodes, titles, is_general=prefix == "general")
        titles.add(title)
        old = [q for key, q in wanted.items() if key not in new and key not in answered]
        yield CriteriaPage(
            slug=f"{prefix}-{nodes[0].key}",
            title=title,
            nodes=nodes,
            questions=tuple(new.values()),
            elsewhere=tuple(old),
            is_general=prefix == "general",
        )


def _questions(nodes: Iterable[Node]) -> dict[str, QuestionDefinition]:
    found: dict[str, QuestionDefinition] = {}
    for node in nodes:
        found |= questions_of(node)
    return found


def _blocks(node: Node, root: Node) -> Iterator[Node]:
    """The parts of a tree that stand on a page as a whole; a long "all of" is taken apart."""
    apart = isinstance(node, CriteriaGroup) and node.kind is GroupKind.ALL
    if apart and (node is root or len(questions_of(node)) >= LONG_GROUP):
        assert isinstance(node, CriteriaGroup)  # noqa: S101
        for member in node.members:
            yield from _blocks(member, root)
    elif not isinstance(node, DoseLeaf):
        yield node


def _of_these_codes(node: Node, codes: CodesAnswer | None) -> Iterator[Node]:
    """A rule of certain codes by the branch that those of the request choose."""
    if not isinstance(node, When) or not isinstance(node.condition, Leaf):
        yield node
        return
    test = node.condition.test
    if not isinstance(test, NamesCode):
        yield node
    elif codes is None:
        return
    elif test.is_named_by(codes):
        yield node if node.otherwise is None else node.then
    elif node.otherwise is not None:
        yield node.otherwise


def _together(blocks: Iterable[Node]) -> Iterator[tuple[Node, ...]]:
    """Single questions side by side, up to ``MOST_TOGETHER``; every other block alone."""
    singles: list[Node] = []
    for block in blocks:
        if _is_single(block) and len(singles) < MOST_TOGETHER:
            singles.append(block)
            continue
        if singles:
            yield tuple(singles)
        singles = [block] if _is_single(block) else []
        if not singles:
            yield (block,)
    if singles:
        yield tuple(singles)


def _is_single(node: Node) -> bool:
    """One question, or one with the question its condition asks."""
    if isinstance(node, When):
        return len(questions_of(node)) <= 2
    return isinstance(node, Leaf)


def _title(root: Node, nodes: tuple[Node, ...], taken: set[str], *, is_general: bool) -> str:
    """That of the tree; of a second page of single questions by what it asks."""
    if len(nodes) == 1:
        return nodes[0].title
    title = "General requirements" if is_general else root.title
    if title not in taken:
        return title
    first, *others = (node.title for node in nodes)
    return f"{first} · {others[0] if len(others) == 1 else f'and {len(others)} more'}"
