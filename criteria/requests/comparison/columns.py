"""One policy of a comparison: what it finds of the request, fact by fact."""

from collections.abc import Mapping
from dataclasses import dataclass

from criteria.policies.codes.codebook import Codebook
from criteria.policies.edition import Edition
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.comparison.asking_criteria import asked_of
from criteria.requests.comparison.need import Need, Relevance
from criteria.requests.comparison.side_by_side import beside_of
from criteria.requests.comparison.transfer import CarriedCase
from criteria.rules import QuestionDefinition
from criteria.rules.terms import Overall


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one edition finds. ``needs``: by fact, the key of a question or one of Fact.

    ``still_asked`` are the questions it would ask and that have no answer yet.
    """

    carried: CarriedCase
    found: Assessment
    needs: Mapping[str, tuple[Need, ...]]
    still_asked: tuple[QuestionDefinition, ...]

    @property
    def edition(self) -> Edition:
        """What it is judged by."""
        return self.found.edition

    @property
    def overall(self) -> Overall:
        """The result. A diagnosis the policy does not name is for a reviewer at best."""
        found = self.found.overall
        is_named = self.found.indication is not None
        return found if is_named or found is not Overall.MEETS else Overall.NEEDS_REVIEW


def judged(carried: CarriedCase, book: Codebook) -> Column:
    """Judge a case that was carried over."""
    found = assess(carried.edition, carried.case, book)
    asked = asked_of(found)
    open_ = [key for key, needs in asked.items() if any(n.bearing is Relevance.OPEN for n in needs)]
    keys = dict.fromkeys([*open_, *found.open_questions])
    questions = carried.edition.questions
    return Column(
        carried=carried,
        found=found,
        needs={**beside_of(carried, found, book), **asked},
        still_asked=tuple(questions[key] for key in keys if key not in found.facts.answers),
    )
