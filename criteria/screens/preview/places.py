"""Where the questions of a page stand in the outlines of the edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from criteria.models import Criterion, Pathway, PolicyVersion
from criteria.models import Question as QuestionRow
from criteria.requests.answers.criteria_pages import CriteriaPage
from criteria.requests.stated_request import StatedRequest
from criteria.rules import QuestionDefinition
from criteria.screens.admin.links import change_url

ABOVE = ("tree__pathway__indication", "tree__limit__pathway__indication", "question")


@dataclass(frozen=True, slots=True)
class OutlinePlace:
    """A question or a group, and its line. ``key``: of the question or of the group."""

    key: str
    words: str
    url: str
    is_group: bool = False


def places(
    draft: StatedRequest,
    version: PolicyVersion,
    questions: Iterable[QuestionDefinition],
    page: CriteriaPage | None,
) -> list[OutlinePlace]:
    """The groups a page is made of, then its questions: each at the criterion meant by the page.

    A question that no criterion asks leads to the question itself.
    """
    wanted = {question.key: question.wording for question in questions}
    groups = {node.key for node in ([] if page is None else page.nodes)}
    rows = Criterion.objects.filter(version=version).filter(
        Q(question__key__in=wanted) | Q(key__in=groups, question=None)
    )
    is_general = page is not None and page.is_general
    ranked = sorted(
        rows.select_related(*ABOVE), key=lambda row: (_rank(row, draft, is_general), row.pk)
    )
    lines: dict[tuple[bool, str], OutlinePlace] = {}
    for row in ranked:
        place = _place(row)
        lines.setdefault((place.is_group, place.key), place)
    asked = {key for is_group, key in lines if not is_group}
    for lone in QuestionRow.objects.filter(version=version, key__in=wanted.keys() - asked):
        lines[False, lone.key] = OutlinePlace(lone.key, wanted[lone.key], change_url(lone))
    headed = [place for place in lines.values() if place.is_group]
    return [*headed, *(lines[False, key] for key in wanted if (False, key) in lines)]


def _place(row: Criterion) -> OutlinePlace:
    """A criterion in the outline of its tree."""
    url = f"{reverse('admin:criteria_outline', args=[row.tree_id])}#line-{row.pk}"
    if row.question is None:
        return OutlinePlace(row.key, row.title, url, is_group=True)
    return OutlinePlace(row.question.key, row.title, url)


def _rank(row: Criterion, draft: StatedRequest, is_general: bool) -> int:
    """How near a criterion is to the page: its own tree, the limits of its dose, the others."""
    tree = row.tree
    owner = tree.pathway if tree.limit is None else tree.limit.pathway
    if owner is not None:
        return 1 + (tree.limit is not None) if _is_own(owner, draft) else 4
    if tree.use == f"general_{draft.phase.value}":
        return 0 if is_general else 3
    return 5


def _is_own(owner: Pathway, draft: StatedRequest) -> bool:
    """Whether a pathway is the one that is walked."""
    indication, pathway = draft.indication, draft.pathway
    if indication is None or pathway is None:
        return False
    return (owner.indication.key, owner.key) == (indication.key, pathway.key)
