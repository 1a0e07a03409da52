"""Where the questions of an edition are used, and deleting one that is used nowhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.parts import check_may_edit, delete_part
from criteria.models import CriteriaTree, Criterion, Question
from criteria.rules.formats import counted

MOST_NAMED = 6
RELATED = ("tree__pathway__indication", "tree__limit__pathway__indication", "tree__note")


@dataclass(frozen=True, slots=True)
class Use:
    """A criterion that asks a question, or counts days from its answer, and where it stands."""

    criterion: int
    title: str
    tree: int
    place: str
    is_anchor: bool


def uses_of(questions: Collection[Question]) -> defaultdict[int, list[Use]]:
    """Each question, by its row, with its uses in the order of the policy: one query for all."""
    found: defaultdict[int, list[Use]] = defaultdict(list)
    wanted = {question.pk for question in questions}
    is_used = Q(question__in=wanted) | Q(anchor_question__in=wanted)
    rows = (
        Criterion.objects.filter(is_used)
        .select_related(*RELATED)
        .order_by(
            "tree__pathway__indication__position",
            "tree__pathway__position",
            "tree",
            "position",
            "pk",
        )
    )
    for row in rows:
        for pk, is_anchor in ((row.question_id, False), (row.anchor_question_id, True)):
            if pk in wanted:
                use = Use(row.pk, row.title, row.tree_id, place_of(row.tree), is_anchor)
                found[pk].append(use)
    return found


def place_of(tree: CriteriaTree) -> str:
    """The tree in words: "CIDP › First request"."""
    if tree.pathway is not None:
        return f"{tree.pathway.indication.name} › {tree.pathway.name}"
    if tree.limit is not None:
        pathway = tree.limit.pathway
        return f"{pathway.indication.name} › {pathway.name} › dose “{tree.limit}”"
    return tree.get_use_display() if tree.note is None else f"Note “{tree.note}”"


def places_text(uses: Iterable[Use]) -> str:
    """The places of some uses, each once; of many the first and how many more there are."""
    places = list(dict.fromkeys(use.place for use in uses))
    more = len(places) - MOST_NAMED
    return "; ".join(places[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def held_words(question: Question, uses: Collection[Use]) -> str:
    """Why a question cannot go; empty when nothing uses it."""
    if not uses:
        return ""
    count = counted(len(uses), "time")
    return (
        f"“{question}” is used {count}, in {places_text(uses)}. Take it out there first, then "
        "delete it."
    )


@transaction.atomic
def delete_question(*, question: Question, by: User) -> None:
    """Delete a question of a draft. Raises EditionRefusedError, with the places, while it is used.

    Raises PermissionDenied or PublishedVersionError as every change of an edition does.
    """
    check_may_edit(question.version, by)
    if words := held_words(question, uses_of([question])[question.pk]):
        raise EditionRefusedError(words)
    delete_part(part=question, by=by)
