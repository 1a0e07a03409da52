"""Everything wrong with an edition: before its review, before it is published, and when asked."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from criteria.models import PolicyVersion
from criteria.policies.checks.base import published_base
from criteria.policies.checks.copy import (
    citations_left_over,
    history_not_continued,
    source_left_over,
)
from criteria.policies.checks.doses import (
    flags_of_one_phase,
    phases_after_endless,
    products_without_label,
    runs_of_any_days,
)
from criteria.policies.checks.numbers import numbers_contradicted
from criteria.policies.checks.parts import (
    codes_ended,
    codes_not_billable,
    covered_without_code,
    limits_without_period,
    pathways_without_phase,
    products_without_code,
)
from criteria.policies.checks.problem import EditionProblem, Subject, error
from criteria.policies.checks.stale import notes_left_over
from criteria.policies.checks.trees import counts, criteria_in_trees, questions_unused
from criteria.policies.codes.codebook import CodeFacts
from criteria.policies.codes.lookup import describe_all, release
from criteria.policies.edition import Edition
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.load import edition_of
from criteria.rules.problem import LintSeverity
from criteria.rules.terms import CodeSystem

__all__ = [
    "CHECKS",
    "EditionProblem",
    "Subject",
    "counts",
    "edition_problems",
    "problems_of",
    "unusable",
]

Check = Callable[[Subject], Iterator[EditionProblem]]

# Every check of an edition that fits together, in the order they are told.
CHECKS: tuple[Check, ...] = (
    criteria_in_trees,
    questions_unused,
    pathways_without_phase,
    limits_without_period,
    phases_after_endless,
    flags_of_one_phase,
    runs_of_any_days,
    numbers_contradicted,
    covered_without_code,
    codes_ended,
    codes_not_billable,
    products_without_code,
    products_without_label,
    source_left_over,
    citations_left_over,
    notes_left_over,
    history_not_continued,
)


def problems_of(version: PolicyVersion) -> list[EditionProblem]:
    """Everything wrong with a stored edition; of an unfinished one, what is missing."""
    try:
        edition = edition_of(version)
    except PolicyFileError as error:
        return unusable(error)
    base = published_base(version)
    known = _known_of(edition)
    subject = Subject(edition, None if base is None else edition_of(base), *known)
    return [*_never_published(version), *found_in(subject)]


def _never_published(version: PolicyVersion) -> Iterator[EditionProblem]:
    """No mistake of the edition: its file is checked without it."""
    if version.comparison_only:
        message = (
            "It is kept for comparison only, since its start is unknown. "
            "Copy it to a new draft, and publish that one."
        )
        yield error("comparison-only", "edition", message, ("edition",))


def edition_problems(edition: Edition) -> Iterator[EditionProblem]:
    """What the checks find in an edition looked at alone, such as one of a file."""
    return found_in(Subject(edition))


def found_in(subject: Subject) -> Iterator[EditionProblem]:
    """What every check finds."""
    return (problem for check in CHECKS for problem in check(subject))


def unusable(error: PolicyFileError) -> list[EditionProblem]:
    """The problems of an edition that does not fit together."""
    return [
        EditionProblem(
            LintSeverity.ERROR, "unusable", ".".join(map(str, p.path)), p.message, p.path, p.line
        )
        for p in error.problems
    ]


def _known_of(edition: Edition) -> tuple[Mapping[str, CodeFacts] | None, str]:
    """What the table says of the listed diagnosis codes, and which release it is.

    A release tells nothing of the days before it: codes it has left out were billable then.
    """
    name = release()
    if not name or edition.effective_from < _first_day(name):
        return None, name
    listed = [c.code for c in edition.codes.values() if c.system is CodeSystem.ICD10 and c.listed]
    return describe_all(listed), name


def _first_day(name: str) -> date:
    """The first day of a release named by its month; one named otherwise is taken to be old."""
    try:
        return datetime.strptime(name, "%B %Y").date()
    except ValueError:
        return date.min
