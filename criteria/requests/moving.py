"""A newer edition for a draft: what it changes of this request, with the old and the new words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from criteria.models import PolicyVersion
from criteria.policies.difference import (
    ChangedField,
    ChangeKind,
    EditionChange,
    EditionDifference,
    EditionSection,
    RequestScope,
    difference,
    touches,
)
from criteria.policies.difference.sections import NOUNS
from criteria.policies.difference.words import NOT_SAID, SIGNS
from criteria.policies.edition import Edition, IndicationDefinition, PathwayDefinition
from criteria.policies.stored.load import edition_of, version_in_force
from criteria.requests.stated_request import StatedRequest
from criteria.rules.explain import questions_of
from criteria.rules.terms import CodeSystem

ABSENT = "not in it"
# What of a request a change of these sections touches, if not an answer.
_YOURS = {
    EditionSection.EDITION: "every request",
    EditionSection.INDICATIONS: "{whose} diagnosis",
    EditionSection.PATHWAYS: "{whose} criteria",
    EditionSection.DOSING: "{whose} dose",
    EditionSection.PRODUCTS: "{whose} product",
    EditionSection.ICD10: "{whose} code",
    EditionSection.HCPCS: "{whose} product",
}
# Sections whose changes bear on the answers to their questions.
_ANSWERED = {
    EditionSection.GENERAL,
    EditionSection.CRITERIA,
    EditionSection.DOSING,
    EditionSection.QUESTIONS,
}


@dataclass(frozen=True, slots=True)
class TouchedChange:
    """One change that concerns the request. ``answers``: keys of the answers it touches.

    ``whose``: the request, as whoever reads it speaks of it.
    """

    change: EditionChange
    answers: frozenset[str]
    whose: str

    @property
    def sign(self) -> str:
        """Stands before the word."""
        return SIGNS[self.change.kind]

    @property
    def word(self) -> str:
        """Added, removed or changed."""
        return self.change.kind.value

    @property
    def of(self) -> str:
        """Question, criterion, dosing limit ..."""
        return NOUNS[self.change.section].one

    @property
    def name(self) -> str:
        """What changed; nothing where its name stands side by side already."""
        is_said = any(row.label == "Wording" for row in self.change.rows)
        is_whole = self.change.section is EditionSection.EDITION
        return "" if is_said or is_whole else self.change.side.name

    @property
    def rows(self) -> tuple[ChangedField, ...]:
        """The old and the new words, each with its place in the policy."""
        change = self.change
        if change.kind is not ChangeKind.CHANGED:
            return (
                ChangedField(
                    "", *(s.words or s.name if s else ABSENT for s in (change.old, change.new))
                ),
            )
        return tuple(
            ChangedField(r.label, r.old or NOT_SAID, r.new or NOT_SAID) for r in change.rows
        )

    @property
    def yours(self) -> str:
        """What to look at again."""
        if self.answers:
            return "check it" if len(self.answers) == 1 else f"check {len(self.answers)} answers"
        if self.change.kind is ChangeKind.REMOVED and self.change.section is EditionSection.ICD10:
            return f"{self.whose} code leaves the list"
        otherwise = "none yet" if self.change.concerns.questions else ""
        return _YOURS.get(self.change.section, otherwise).format(whose=self.whose)


class EditionMove:
    """What a newer edition would change of a request."""

    # As the practice speaks of its request, and the heading over that.
    whose, heading = "your", "Yours"

    def __init__(self, draft: StatedRequest, version: PolicyVersion) -> None:
        """``version``: the edition it would be judged by."""
        self.draft, self.version = draft, version

    @cached_property
    def edition(self) -> Edition:
        """The newer edition."""
        return edition_of(self.version)

    @cached_property
    def after(self) -> StatedRequest:
        """The request as it stands under the newer edition."""
        return self.draft.under(self.edition)

    @cached_property
    def difference(self) -> EditionDifference | None:
        """Everything between the two; None while no edition judges the draft."""
        old = self.draft.edition
        return None if old is None else difference(old, self.edition)

    @cached_property
    def changes(self) -> tuple[TouchedChange, ...]:
        """Every change that concerns this request."""
        return tuple(self._changes())

    @cached_property
    def answered(self) -> int:
        """How many of the answers given are touched."""
        return len({key for touch in self.changes for key in touch.answers})

    @property
    def others(self) -> int:
        """How many further changes do not concern this request."""
        found = self.difference
        return 0 if found is None else len(found.substantial) - len(self.changes)

    def _changes(self) -> Iterator[TouchedChange]:
        found, given = self.difference, frozenset(self.draft.answers)
        for change in () if found is None else found.substantial:
            if touches(change, self.scope):
                asks = change.concerns.questions if change.section in _ANSWERED else frozenset()
                yield TouchedChange(change, asks & given, self.whose)

    @cached_property
    def scope(self) -> RequestScope:
        """What the request is about, in both editions."""
        draft = self.draft
        pair = tuple(edition for edition in (draft.edition, self.edition) if edition is not None)
        product = draft.dose.product or ""
        billed = {
            (CodeSystem.HCPCS, code.code)
            for edition in pair
            if product in edition.products
            for code in edition.products[product].codes
        }
        return RequestScope(
            phase=draft.phase,
            indication="" if draft.indication is None else draft.indication.key,
            pathway="" if draft.pathway is None else draft.pathway.key,
            questions=frozenset(key for edition in pair for key in self._asked(edition)),
            codes=frozenset((CodeSystem.ICD10, code) for code in draft.icd10) | billed,
            product=product,
        )

    def _asked(self, edition: Edition) -> Iterator[str]:
        """The questions an edition asks of this request."""
        yield from questions_of(edition.general[self.draft.phase])
        indication = self.draft.indication
        for pathway in self._pathways(indication and edition.indications.get(indication.key)):
            for tree in (pathway.criteria, *pathway.conditions.values()):
                yield from questions_of(tree)

    def _pathways(self, indication: IndicationDefinition | None) -> tuple[PathwayDefinition, ...]:
        """The set of criteria that was chosen, or all that could be."""
        if indication is None:
            return ()
        own = self.draft.pathway
        if own is None:
            return indication.pathways_for(self.draft.phase)
        return tuple(pathway for pathway in indication.pathways if pathway.key == own.key)


def move_of(draft: StatedRequest) -> EditionMove | None:
    """The move to the edition in force on the date of a draft; None while it is the same."""
    request = draft.request
    if not request.is_editable or request.submitted_at is not None:
        # Once it was submitted, a newer edition is the reviewer's matter.
        return None
    if not request.line_of_business:
        return None
    current = version_in_force(request.line_of_business, draft.request_date)
    if current is None or current.pk == request.version_id:
        return None
    return EditionMove(draft, current)
