"""The age stated beside the date of birth."""

from collections.abc import Iterator

from criteria.policies.edition import Edition
from criteria.requests.assessment.disagreements.finding import disagreement
from criteria.requests.case import Case, GateFinding, age_of
from criteria.rules import FactRole, NumberAnswer
from criteria.rules.formats import counted, date_text


def of_age(edition: Edition, case: Case) -> Iterator[GateFinding]:
    """Two ages stated, or one beside a date of birth that gives another."""
    question = next((q for q in edition.questions.values() if q.role is FactRole.AGE_YEARS), None)
    answer = None if question is None else case.answers.get(question.key)
    answered = int(answer.value) if isinstance(answer, NumberAnswer) else None
    counts = age_of(case)
    stated = {age for age in (case.age_years, answered) if age is not None}
    others = sorted(stated - {counts})
    if counts is None or not others:
        return
    about = ("age_years", "date_of_birth", *(() if question is None else (question.key,)))
    said = " and of ".join(counted(age, "year") for age in others)
    if case.born is None:
        text = f"An age of {counted(counts, 'year')} is stated, and one of {said}."
    else:
        text = (
            f"An age of {said} is stated; by the date of birth, {date_text(case.born)}, it is "
            f"{counts} on the date of the request. The date of birth counts."
        )
    yield disagreement(text, about)
