"""The drug named beside a therapy that is asked for."""

from collections.abc import Iterator

from criteria.requests.assessment.disagreements.finding import disagreement, live_leaves
from criteria.requests.case import GateFinding
from criteria.rules import Finding, Leaf, QuestionDefinition, TherapyAnswer, TherapyOutcome
from criteria.rules.formats import joined
from criteria.rules.guidance import leaves
from criteria.rules.names import NamesInRow


def of_drugs(trees: tuple[Finding, ...]) -> Iterator[GateFinding]:
    """A therapy counted as tried though every drug named for it is one of another therapy.

    A drug that no question knows disagrees with nothing.
    """
    asked = tuple(live_leaves(trees))
    answers = {
        leaf.node.question.key: leaf.answer
        for tree in trees
        for leaf in leaves(tree)
        if isinstance(leaf.node, Leaf)
    }
    for leaf in asked:
        answer = answers[leaf.question.key]
        if not isinstance(answer, TherapyAnswer) or answer.outcome is TherapyOutcome.NONE:
            continue
        others = tuple(other.question for other in asked if other is not leaf)
        parts = leaf.question.names.rows_in(answer.drug) if leaf.question.names else ()
        if parts and all(_is_of_another(part, others) for part in parts):
            named = joined([part.text for part in parts], "and")
            text = f"“{leaf.question.wording}” names {named}, which does not count for it."
            yield disagreement(text, (leaf.question.key,), leaf.citation.lines)


def _is_of_another(part: NamesInRow, others: tuple[QuestionDefinition, ...]) -> bool:
    """Whether a drug is known, and not as one of this therapy."""
    if part.counted:
        return False
    return part.is_off or any(other.names.counted_in(part.text) for other in others)
