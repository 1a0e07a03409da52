"""The diagnoses that the codes of a request lead to in a policy."""

from collections.abc import Iterator

from criteria.policies.edition import CodeDefinition, Edition, IndicationDefinition
from criteria.requests.case import Case
from criteria.rules.terms import CodeSystem


def candidates(case: Case, edition: Edition) -> tuple[tuple[IndicationDefinition, str], ...]:
    """Each diagnosis with the code that leads to it: the likeliest first.

    Those a code belongs to clearly come before those it may mean, and these before the unproven
    uses it also stands for; then the codes count in the order they are stated.
    """
    ranked = sorted(_ranked(case, edition), key=lambda one: one[0])
    found: dict[str, str] = {}
    for _, key, code in ranked:
        found.setdefault(key, code)
    return tuple((edition.indications[key], code) for key, code in found.items())


def _ranked(case: Case, edition: Edition) -> Iterator[tuple[int, str, str]]:
    for code in case.icd10:
        known = edition.codes.get((CodeSystem.ICD10, code))
        if known is not None:
            yield from _of_code(known)


def _of_code(code: CodeDefinition) -> Iterator[tuple[int, str, str]]:
    for key in code.indications:
        yield 0 if code.clear else 1, key, code.code
    for key in code.unproven:
        yield 2, key, code.code
