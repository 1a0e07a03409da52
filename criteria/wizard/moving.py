"""A newer edition for a draft: which answers it touches, with the old and the new words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from criteria.edition import Edition, Pathway
from criteria.models import PolicyVersion
from criteria.policyfile.load import edition_of, version_in_force
from criteria.rules import Leaf, Node
from criteria.rules.explain import outline
from criteria.wizard.draft import Draft

NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Change:
    """One question of the request that reads or counts otherwise in the newer edition."""

    before: str
    after: str
    is_answered: bool


class Move:
    """What a newer edition would change of a draft."""

    def __init__(self, draft: Draft, version: PolicyVersion) -> None:
        """``version``: the edition in force on the date of the request."""
        self.draft, self.version = draft, version

    @cached_property
    def edition(self) -> Edition:
        """The newer edition."""
        return edition_of(self.version)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every question that is worded, needed or asked otherwise."""
        return tuple(self._changes())

    @property
    def answered(self) -> int:
        """How many of the changed questions are answered already."""
        return sum(change.is_answered for change in self.changes)

    def _changes(self) -> Iterator[Change]:
        old = {} if self.draft.edition is None else self._words(self.draft.edition)
        new = self._words(self.edition)
        for key in dict.fromkeys((*old, *new)):
            before, after = old.get(key, NOT_ASKED), new.get(key, NOT_ASKED)
            if before != after:
                yield Change(before, after, key in self.draft.answers)

    def _words(self, edition: Edition) -> dict[str, str]:
        """For each question asked of this request its wording and what is needed."""
        trees: list[Node] = [edition.general[self.draft.phase]]
        pathway = self._pathway(edition)
        if pathway is not None:
            trees.append(pathway.criteria)
        found: dict[str, str] = {}
        for tree in trees:
            for line in outline(tree):
                if isinstance(line.node, Leaf):
                    question = line.node.question
                    found.setdefault(question.key, f"{question.wording} Needed: {line.required}.")
        return found

    def _pathway(self, edition: Edition) -> Pathway | None:
        own = self.draft.pathway
        known = None if self.draft.indication is None else self.draft.indication.key
        indication = edition.indications.get(known or "")
        if own is None or indication is None:
            return None
        return next((p for p in indication.pathways if p.key == own.key), None)


def move_of(draft: Draft) -> Move | None:
    """The move to the edition in force on the date of the request; None while it is the same."""
    request = draft.request
    if not request.is_editable or not request.line_of_business:
        return None
    current = version_in_force(request.line_of_business, draft.request_date)
    if current is None or current.pk == request.version_id:
        return None
    return Move(draft, current)
