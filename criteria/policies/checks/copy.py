"""Wording left over from the edition a draft was copied from."""

import re
from collections.abc import Iterator
from datetime import date

from criteria.policies.checks.problem import EditionProblem, Path, Subject, warning
from criteria.policies.checks.trees import trees_of
from criteria.policies.edition import Edition
from criteria.rules.explain import date_text
from criteria.rules.walk import node_parts, walk

# A number such as "2" or "A" stands in too many sentences to mean an edition.
SHORTEST = 2


def source_left_over(subject: Subject) -> Iterator[EditionProblem]:
    """A source that is still the old document, or names its number or its first day."""
    edition, base = subject.edition, subject.base
    if base is None:
        return
    if edition.source == base.source:
        yield warning(
            "old-source", "source", f"its source is still the document of edition {base.number}"
        )
        return
    for found in _names_of(base, edition):
        if _stands_in(found, edition.source):
            yield warning("old-source", "source", f"still names “{found}” of edition {base.number}")


def citations_left_over(subject: Subject) -> Iterator[EditionProblem]:
    """A citation or a sentence that still names the number or the first day of the old edition."""
    base = subject.base
    if base is None:
        return
    names = list(_names_of(base, subject.edition))
    for where, path, words in _texts(subject.edition):
        for found in names:
            if _stands_in(found, words):
                message = f"still names “{found}” of edition {base.number}"
                yield warning("old-wording", where, message, path)


def history_not_continued(subject: Subject) -> Iterator[EditionProblem]:
    """The policy's own history says nothing newer than that of the old edition."""
    edition, base = subject.edition, subject.base
    if base is None or not base.history:
        return
    newest = max(entry.day for entry in base.history)
    is_new = {(e.day, e.summary) for e in edition.history} - {
        (e.day, e.summary) for e in base.history
    }
    if not any(day >= newest for day, _ in is_new):
        message = f"the policy's own history says nothing newer than that of edition {base.number}"
        yield warning("old-history", "history", message)


def _names_of(base: Edition, edition: Edition) -> Iterator[str]:
    """How sentences name the old edition, and not the new one as well."""
    number = base.number
    is_telling = len(number) >= SHORTEST and not (number.isdecimal() and len(number) < 5)
    if is_telling and number != edition.number:
        yield number
    if base.effective_from != edition.effective_from:
        yield from _days(base.effective_from)


def _days(day: date) -> Iterator[str]:
    yield day.isoformat()
    yield date_text(day)
    yield f"{day:%B} {day.day}, {day.year}"
    yield f"{day:%m/%d/%Y}"


def _stands_in(found: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(found)}(?!\w)", words) is not None


def _texts(edition: Edition) -> Iterator[tuple[str, Path, str]]:
    """Every sentence and section, but the history: it may name older editions."""
    yield "codes not listed", (), edition.codes_words
    yield "products not listed", (), edition.products_words
    for key, question in edition.questions.items():
        yield f"questions, {key}", ("questions", key), f"{question.wording}\n{question.help}"
    for indication in edition.indications.values():
        path = ("indications", indication.key)
        yield indication.key, path, f"{indication.help}\n{indication.route_words}"
        for pathway in indication.pathways:
            for limit in pathway.dose.limits:
                at = (*path, "pathways", pathway.key, "dose", limit.key)
                yield (
                    f"{indication.key}, {limit.key}",
                    at,
                    f"{limit.remark}\n{limit.condition_words}\n{limit.section}",
                )
    yield from _cited(edition)


def _cited(edition: Edition) -> Iterator[tuple[str, Path, str]]:
    for tree in trees_of(edition):
        for place in walk(tree.node, node_parts):
            node = place.item
            words = f"{node.title}\n{node.note}\n{node.citation.section}"
            yield f"{tree.where}: {node.key}", (*tree.path, node.key), words
