"""The place of treatment beside criteria that ask for it."""

from collections.abc import Iterator

from criteria.requests.assessment.disagreements.finding import disagreement, live_leaves, said_text
from criteria.requests.case import Case, GateFinding
from criteria.rules import FactRole, Finding


def of_place(case: Case, trees: tuple[Finding, ...]) -> Iterator[GateFinding]:
    """Answered as given at home, or not, where the place chosen is another."""
    if case.place is None:
        return
    for leaf in live_leaves(trees, FactRole.GIVEN_AT_HOME):
        answer = case.answers.get(leaf.question.key)
        if isinstance(answer, bool) and answer is not case.place.is_home:
            text = (
                f"“{leaf.question.wording}” is answered {said_text(answer)}, but the place of "
                f"treatment is “{case.place.words}”."
            )
            yield disagreement(text, (leaf.question.key, "place"), leaf.citation.lines)
