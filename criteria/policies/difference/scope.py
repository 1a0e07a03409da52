"""Which changes concern one request."""

from dataclasses import dataclass

from criteria.policies.difference.change import Concerns, EditionChange
from criteria.policies.difference.sections import EditionSection
from criteria.rules.terms import CodeSystem, TherapyPhase

# Lists that help to find a diagnosis, and what the payer says of itself: no request is judged so.
_BESIDE = {EditionSection.DISEASES, EditionSection.HISTORY}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestScope:
    """What a request is about. ``questions``: all those it is asked, in either edition."""

    phase: TherapyPhase
    indication: str = ""
    pathway: str = ""
    questions: frozenset[str] = frozenset()
    codes: frozenset[tuple[CodeSystem, str]] = frozenset()
    product: str = ""


def touches(change: EditionChange, scope: RequestScope) -> bool:
    """Whether a substantial change concerns a request."""
    mine = change.concerns
    if change.is_lesser or change.section in _BESIDE:
        return False
    if change.section is EditionSection.QUESTIONS:
        return bool(mine.questions & scope.questions)
    return (
        (not mine.codes or bool(mine.codes & scope.codes))
        and (not mine.product or mine.product == scope.product)
        and (not mine.indication or mine.indication == scope.indication)
        and _is_followed(change, mine, scope)
    )


def _is_followed(change: EditionChange, mine: Concerns, scope: RequestScope) -> bool:
    """Whether it belongs to the set of criteria, or to one that could be chosen as well."""
    serves = not mine.phases or scope.phase in mine.phases
    if not mine.pathway or not scope.pathway or change.section is EditionSection.PATHWAYS:
        return serves
    return mine.pathway == scope.pathway
