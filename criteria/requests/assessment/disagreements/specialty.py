"""Who prescribes and who was consulted, beside criteria that ask for a specialist."""

from collections.abc import Iterator

from criteria.requests.assessment.disagreements.finding import disagreement, live_leaves, said_text
from criteria.requests.case import Case, GateFinding
from criteria.rules import FactRole, Finding, QuestionDefinition


def is_specialist(question: QuestionDefinition, case: Case) -> bool | None:
    """Whether the people named are of a specialty that the question accepts.

    The prescriber, or else whoever was consulted. None while that is not known: a specialist who
    is not named may have been consulted.
    """
    accepted = question.names.counted_in
    if accepted(case.specialty) or accepted(case.consultant_specialty):
        return True
    is_other = bool(case.consultant_specialty) or case.was_consulted is False
    return False if case.specialty and is_other else None


def of_specialists(case: Case, trees: tuple[Finding, ...]) -> Iterator[GateFinding]:
    """Answered one way where the specialties stated say the other."""
    for leaf in live_leaves(trees, FactRole.SPECIALIST):
        question = leaf.question
        answer, known = case.answers.get(question.key), is_specialist(question, case)
        if isinstance(answer, bool) and known is not None and answer is not known:
            text = (
                f"“{question.wording}” is answered {said_text(answer)}, but {_people(case, known)}."
            )
            consulted = "consultant_specialty" if case.consultant_specialty else "consulted"
            yield disagreement(text, (question.key, "specialty", consulted), leaf.citation.lines)


def _people(case: Case, is_known: bool) -> str:
    """The specialties as they are stated: those that say so, or that none does."""
    consulted = f"the specialist consulted is of “{case.consultant_specialty}”"
    if not case.consultant_specialty:
        consulted = "" if is_known else "no specialist was consulted"
    own = f"the prescriber's specialty is “{case.specialty}”" if case.specialty else ""
    return " and ".join(filter(None, (own, consulted)))
