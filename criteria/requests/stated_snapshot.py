"""What of a request is held against another one."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from criteria.requests.answers.criteria_pages import dose_questions
from criteria.requests.renewal import Snapshot
from criteria.rules.explain import questions_of

if TYPE_CHECKING:
    from criteria.requests.stated_request import StatedRequest


def snapshot_of(
    draft: "StatedRequest",
    *,
    day: date,
    product: str,
    schedule: str,
    approved_g: Decimal | None = None,
    is_one_part: bool = False,
) -> Snapshot:
    """A request as it stands. ``product`` and ``schedule`` in words; ``approved_g`` of a course.

    ``is_one_part``: whatever was asked for, one part was approved.
    """
    found = draft.assessment
    parts = () if found is None else found.dose.parts
    first = parts[0] if parts else None
    then = parts[1] if len(parts) > 1 and not is_one_part else None
    return Snapshot(
        number=draft.request.number,
        day=day,
        policy="" if draft.edition is None else draft.edition.policy_key,
        questions=draft.questions,
        answers=draft.answers,
        asked=frozenset(_asked(draft)),
        typed=draft.typed,
        planned_start=draft.day("planned_start"),
        weight_kg=draft.dose.weight_kg,
        weighed_on=draft.day("weight_on"),
        product=product,
        schedule=schedule,
        course_g=None if first is None else first.grams,
        course_mg_per_kg=None if first is None else first.mg_per_kg,
        approved_g=approved_g,
        then_g=None if then is None else then.grams,
        then_mg_per_kg=None if then is None else then.mg_per_kg,
    )


def _asked(draft: "StatedRequest") -> Iterator[str]:
    """The questions of the trees that judge it, and of the dose."""
    if draft.edition is None:
        return
    yield from questions_of(draft.edition.general[draft.phase])
    if draft.pathway is not None:
        yield from questions_of(draft.pathway.criteria)
    yield from (question.key for question in dose_questions(draft.edition, draft.pathway))
