"""A request judged by one edition, carried over to another one: nothing is asked twice.

The key of a question, a diagnosis or a product is its identity in every policy. Where the other
policy knows no such diagnosis, the codes of the request lead to one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from criteria.policies.edition import Edition, IndicationDefinition, PathwayDefinition
from criteria.requests.assessment.facts import role_question
from criteria.requests.case import Case, route_of
from criteria.requests.comparison.diagnosis import candidates
from criteria.rules import KINDS, Answer, FactRole, QuestionDefinition
from criteria.rules.explain import questions_of
from criteria.rules.terms import Coverage

NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})
NONE_OF_THESE = 0


class CarriedVia(StrEnum):
    """How a diagnosis was found in the other policy."""

    OWN = "own"
    SAME = "same"
    CODE = "code"
    NOT_NAMED = "not_named"


@dataclass(frozen=True, slots=True)
class ChosenPlaces:
    """What a person chose of several: the place in the list, from 1; None where nothing was.

    NONE_OF_THESE says that the diagnosis is none of those the codes lead to. A place that is not in
    the list counts as nothing chosen.
    """

    diagnosis: int | None = None
    pathway: int | None = None


BY_DEFAULT = ChosenPlaces()


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedCase:
    """A case for another edition, and what a person may choose of it.

    ``indications`` are those the codes lead to, ``pathways`` the sets of criteria there are: both
    the likeliest first, and empty where nothing is left to choose. ``code`` led to the diagnosis.
    """

    edition: Edition
    case: Case
    via: CarriedVia
    code: str = ""
    indications: tuple[IndicationDefinition, ...] = ()
    pathways: tuple[PathwayDefinition, ...] = ()


def carry(
    case: Case,
    source: Edition,
    target: Edition,
    *,
    chosen: ChosenPlaces = BY_DEFAULT,
    also: Mapping[str, Answer] = NO_ANSWERS,
) -> CarriedCase:
    """The same request for ``target``; ``case`` is one for ``source``. The same edition: as it is.

    ``also`` are answers known to questions that only the target asks. Raises KeyError for a case
    whose diagnosis or product the source does not know.
    """
    if is_same(source, target):
        return CarriedCase(edition=target, case=case, via=CarriedVia.OWN)
    via, code, found = _diagnosis(case, target, chosen)
    answers = _answers(case, source, target, also)
    moved = replace(
        _with_product(case, source, target),
        indication=None if found is None else found.key,
        answers=answers,
    )
    if found is None and case.indication is not None:
        moved = replace(moved, answers=_stated(target, answers))
    pathway, pathways = _pathway(moved, found, case, chosen)
    several = candidates(case, target) if via is not CarriedVia.SAME else ()
    return CarriedCase(
        edition=target,
        case=replace(moved, pathway=None if pathway is None else pathway.key),
        via=via,
        code=code,
        indications=tuple(one for one, _ in several) if len(several) > 1 else (),
        pathways=pathways,
    )


def is_same(one: Edition, other: Edition) -> bool:
    """Whether both are one and the same edition."""
    return (one.policy_key, one.number) == (other.policy_key, other.number)


def carries(question: QuestionDefinition, other: QuestionDefinition, answer: Answer) -> bool:
    """Whether an answer to ``question`` answers ``other``, which has the same key."""
    return question.type is other.type and KINDS[question.type].carries(question, other, answer)


def _answers(
    case: Case, source: Edition, target: Edition, also: Mapping[str, Answer]
) -> dict[str, Answer]:
    known = {key: answer for key, answer in also.items() if key in target.questions}
    for key, answer in case.answers.items():
        question, other = source.questions.get(key), target.questions.get(key)
        if question is not None and other is not None and carries(question, other, answer):
            known[key] = answer
    return known


def _stated(target: Edition, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """The request states its diagnosis, though this policy does not name it."""
    key = role_question(target, FactRole.DIAGNOSIS_STATED)
    return answers if key is None else {key: True, **answers}


def _diagnosis(
    case: Case, target: Edition, chosen: ChosenPlaces
) -> tuple[CarriedVia, str, IndicationDefinition | None]:
    same = target.indications.get(case.indication or "")
    if same is not None:
        return CarriedVia.SAME, "", same
    several = candidates(case, target)
    place = chosen.diagnosis
    if not several or place == NONE_OF_THESE:
        return CarriedVia.NOT_NAMED, "", None
    is_known = place is not None and 1 <= place <= len(several)
    found, code = several[place - 1 if is_known and place else 0]
    return CarriedVia.CODE, code, found


def _pathway(
    moved: Case, found: IndicationDefinition | None, before: Case, chosen: ChosenPlaces
) -> tuple[PathwayDefinition | None, tuple[PathwayDefinition, ...]]:
    """The set of criteria that applies, and those to choose from."""
    if found is None or found.coverage is not Coverage.CRITERIA:
        return None, ()
    serving = found.pathways_for(moved.phase)
    if len(serving) == 1:
        return serving[0], ()
    several = _likeliest_first(serving or found.pathways, moved)
    if found.key == before.indication:
        several = tuple(sorted(several, key=lambda one: one.key != before.pathway))
    place = chosen.pathway
    is_known = place is not None and 1 <= place <= len(several)
    return several[place - 1 if is_known and place else 0], several


def _likeliest_first(
    several: tuple[PathwayDefinition, ...], moved: Case
) -> tuple[PathwayDefinition, ...]:
    """Those first for which the most answers are there."""

    def answered(pathway: PathwayDefinition) -> int:
        return len(moved.answers.keys() & questions_of(pathway.criteria).keys())

    return tuple(sorted(several, key=answered, reverse=True))


def _with_product(case: Case, source: Edition, target: Edition) -> Case:
    """The same product; one the target does not know by its name."""
    own = None if case.product is None else source.products[case.product]
    name = case.other_product if own is None else own.name
    by_name = (one.key for one in target.products.values() if name and one.name == name)
    key = case.product if case.product in target.products else next(by_name, None)
    route = case.route if own is None else route_of(case, own)
    return replace(case, product=key, other_product="" if key else name, route=route)
