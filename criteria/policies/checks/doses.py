"""Whether the dose of a pathway goes together: phases that end, flags of one phase, labels."""

from collections.abc import Iterator

from criteria.dosing.label_words import lines_text
from criteria.dosing.limits import Limit, Regimen, Route
from criteria.policies.checks.problem import EditionProblem, Path, Subject, error, warning
from criteria.rules.formats import date_text

# What frees a limit from a request, and who is then meant.
FLAGS = {
    "only_induction": "only for an induction course",
    "only_initial": "only for a first request",
}


def phases_after_endless(subject: Subject) -> Iterator[EditionProblem]:
    """A phase ("then") after a limit that names no day of therapy as its last."""
    for regimen, where, path in _regimens(subject):
        for before, limit in zip(regimen.phases, regimen.phases[1:], strict=False):
            if before.through_day_of_therapy is None:
                message = (
                    f"“{limit.words}” comes afterwards (then), but “{before.words}” never ends: "
                    "say with which day of therapy it ends, or make it another way (or)"
                )
                at = (*path, "dose", limit.key)
                yield error("after-endless", f"{where}, dose {limit.key}", message, at)


def flags_of_one_phase(subject: Subject) -> Iterator[EditionProblem]:
    """A flag on some phases of a regimen frees those alone: the others bind every request."""
    for regimen, where, path in _regimens(subject):
        for flag, words in FLAGS.items():
            flagged = [limit for limit in regimen.phases if getattr(limit, flag)]
            if len(flagged) in (0, len(regimen.phases)):
                continue
            for limit in flagged:
                yield _flagged(limit, words, where, path)


def runs_of_any_days(subject: Subject) -> Iterator[EditionProblem]:
    """Days from one run of days to the next, of a limit whose days need not run on."""
    for regimen, where, path in _regimens(subject):
        for limit in regimen.phases:
            if limit.min_days_between_runs is None or limit.consecutive_days:
                continue
            message = (
                f"“{limit.words}” tells runs of days apart, but its days need not be consecutive: "
                "say that they are, or clear the days between runs"
            )
            at = (*path, "dose", limit.key)
            yield warning("runs-of-any-days", f"{where}, dose {limit.key}", message, at)


def _flagged(limit: Limit, words: str, where: str, path: Path) -> EditionProblem:
    message = (
        f"“{limit.words}” is {words}; the other phases of its regimen are not and bind every "
        "request: mark them too, or say why"
    )
    at = (*path, "dose", limit.key)
    return warning("flag-of-one-phase", f"{where}, dose {limit.key}", message, at)


def products_without_label(subject: Subject) -> Iterator[EditionProblem]:
    """A subcutaneous product whose label is the measure of its dose, and no rules of it are held.

    The label is that of the first day of the edition.
    """
    edition = subject.edition
    every = (pathway for use in edition.indications.values() for pathway in use.pathways)
    lines = list(dict.fromkeys(each.dose.label_lines for each in every if each.dose.label_lines))
    for product in edition.products.values():
        is_measured = Route.SC in product.routes and product.listed and not product.excluded
        if lines and is_measured and product.label_on(edition.effective_from) is None:
            message = (
                f"{product.name} is held against its label by {lines_text(lines[0])}, and no rules "
                f"of a label of {date_text(edition.effective_from)} are held: every dose of it is "
                "for a reviewer"
            )
            path = ("products", product.key)
            yield warning("no-label", f"products, {product.key}", message, path)


def _regimens(subject: Subject) -> Iterator[tuple[Regimen, str, Path]]:
    for indication in subject.edition.indications.values():
        for pathway in indication.pathways:
            path = ("indications", indication.key, "pathways", pathway.key)
            for regimen in pathway.dose.regimens:
                yield regimen, f"{indication.key}, {pathway.key}", path
