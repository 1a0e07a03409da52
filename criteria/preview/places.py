"""Where the questions of a page stand in the outlines of the edition."""

from collections.abc import Iterable

from django.urls import reverse

from criteria.admin.links import change_url
from criteria.models import Criterion, Pathway, PolicyVersion
from criteria.models import Question as QuestionRow
from criteria.rules import Question
from criteria.wizard.criteria_pages import CriteriaPage
from criteria.wizard.draft import Draft

Places = dict[str, tuple[str, str]]
ABOVE = ("tree__pathway__indication", "tree__limit__pathway__indication", "question")


def question_places(
    draft: Draft,
    version: PolicyVersion,
    questions: Iterable[Question],
    page: CriteriaPage | None,
) -> Places:
    """For each question its name and its line, by its key: the criterion this page means by it.

    A question that no criterion asks leads to the question itself.
    """
    wanted = {question.key: question.wording for question in questions}
    rows = Criterion.objects.filter(version=version, question__key__in=wanted)
    is_general = page is not None and page.is_general
    ranked = sorted(
        rows.select_related(*ABOVE), key=lambda row: (_rank(row, draft, is_general), row.pk)
    )
    lines: dict[str, Criterion] = {}
    for row in ranked:
        if row.question is not None:
            lines.setdefault(row.question.key, row)
    alone = QuestionRow.objects.filter(version=version, key__in=wanted.keys() - lines.keys())
    found: Places = {row.key: (wanted[row.key], change_url(row)) for row in alone}
    found |= {key: (row.title, line_url(row)) for key, row in lines.items()}
    return {key: found[key] for key in wanted if key in found}


def line_url(row: Criterion) -> str:
    """A criterion in the outline of its tree."""
    return f"{reverse('admin:criteria_outline', args=[row.tree_id])}#line-{row.pk}"


def _rank(row: Criterion, draft: Draft, is_general: bool) -> int:
    """How near a criterion is to the page: its own tree, the limits of its dose, the others."""
    tree = row.tree
    owner = tree.pathway if tree.limit is None else tree.limit.pathway
    if owner is not None:
        return 1 + (tree.limit is not None) if _is_own(owner, draft) else 4
    if tree.use == f"general_{draft.phase.value}":
        return 0 if is_general else 3
    return 5


def _is_own(owner: Pathway, draft: Draft) -> bool:
    """Whether a pathway is the one that is walked."""
    indication, pathway = draft.indication, draft.pathway
    if indication is None or pathway is None:
        return False
    return (owner.indication.key, owner.key) == (indication.key, pathway.key)
