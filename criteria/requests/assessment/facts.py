"""What a request says of itself: the answers given, and those it holds elsewhere."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from criteria.policies.edition import Edition
from criteria.requests.assessment.codes import stated_codes
from criteria.requests.assessment.disagreements.specialty import is_specialist
from criteria.requests.case import Case, age_of
from criteria.rules import Answer, FactRole, Facts, NumberAnswer
from criteria.rules.terms import TherapyPhase


def role_question(edition: Edition, role: FactRole) -> str | None:
    """The key of the question that stands for ``role``; None when the edition has none."""
    return next((q.key for q in edition.questions.values() if q.role is role), None)


def role_answer(edition: Edition, answers: Mapping[str, Answer], role: FactRole) -> Answer | None:
    """The answer to the question that stands for ``role``; None when there is none."""
    key = role_question(edition, role)
    return None if key is None else answers.get(key)


def facts_of(edition: Edition, case: Case) -> Facts:
    """The facts the criteria are judged by, before the dose is."""
    answers = _answers(edition, case)
    return Facts(
        answers=answers,
        request_date=case.request_date,
        therapy_start=_therapy_start(edition, case, answers),
        therapy_start_question=role_question(edition, FactRole.THERAPY_START),
        only_stated=case.only_stated,
    )


def _answers(edition: Edition, case: Case) -> dict[str, Answer]:
    """The answers given, and those that the request itself already holds.

    Stating the indication states the diagnosis; an age given with the patient answers the question
    of age, the place of treatment that of the home, the codes of the request that of the codes, a
    specialty that of the specialist. An answer given outright stands, but for an age beside a date
    of birth.
    """
    answers, age = dict(case.answers), age_of(case)
    for question in edition.questions.values():
        if question.role is FactRole.AGE_YEARS and case.born is not None and age is not None:
            answers[question.key] = NumberAnswer(Decimal(age))
        if question.role is None or question.key in answers:
            continue
        if question.role is FactRole.DIAGNOSIS_STATED and case.indication is not None:
            answers[question.key] = True
        elif question.role is FactRole.AGE_YEARS and age is not None:
            answers[question.key] = NumberAnswer(Decimal(age))
        elif question.role is FactRole.SPECIALIST and is_specialist(question, case):
            answers[question.key] = True
        elif question.role is FactRole.GIVEN_AT_HOME and case.place is not None:
            answers[question.key] = case.place.is_home
        elif question.role is FactRole.DIAGNOSIS_CODES:
            use = None if case.indication is None else edition.indications[case.indication]
            codes = stated_codes(edition, case.icd10, case.request_date, use)
            answers |= {} if codes is None else {question.key: codes}
    return answers


def _therapy_start(edition: Edition, case: Case, answers: Mapping[str, Answer]) -> date | None:
    """Start of immune globulin therapy: for a first request the request date (lines 142, 504)."""
    if case.phase is TherapyPhase.INITIAL:
        return case.request_date
    return date_of(role_answer(edition, answers, FactRole.THERAPY_START))


def date_of(answer: Answer | None) -> date | None:
    """A day that was answered; None for no answer, and for none that is a day."""
    return answer if isinstance(answer, date) else None
