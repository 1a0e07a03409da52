"""From the rows of a version back to its policy file, in a fixed number of queries."""

from typing import Any

from pydantic import ValidationError

from criteria.models import (
    CriteriaTree,
    DosingLimit,
    Indication,
    Pathway,
    PolicyVersion,
    ReviewerNote,
    TreeUse,
)
from criteria.policies.file import schema
from criteria.policies.file.problem import FileProblem, PolicyFileError
from criteria.policies.stored import rows
from criteria.policies.stored.export_rows import StoredRows
from criteria.rules.terms import CodeSystem, TherapyPhase

GENERAL = {
    TherapyPhase.INITIAL: TreeUse.GENERAL_INITIAL,
    TherapyPhase.CONTINUATION: TreeUse.GENERAL_CONTINUATION,
}


def export(version: PolicyVersion) -> schema.PolicyFile:
    """The policy file of a stored version. Raises PolicyFileError while a draft is unfinished."""
    try:
        return schema.PolicyFile.model_validate(_Export(version).file())
    except ValidationError as error:
        problems = [FileProblem(place["loc"], place["msg"]) for place in error.errors()]
        raise PolicyFileError(problems) from error


class _Export:
    def __init__(self, version: PolicyVersion) -> None:
        self.version = version
        self.rows = StoredRows(version)

    def file(self) -> dict[str, Any]:
        stored = self.rows
        return {
            "policy": rows.said(self.version.policy, rows.POLICY),
            "edition": rows.said(self.version, rows.EDITION),
            "history": [rows.said(entry, rows.HISTORY) for entry in stored.history],
            "questions": stored.questions.said(),
            "general": {
                phase.value: self._tree(stored.general.get(use)) for phase, use in GENERAL.items()
            },
            "indications": {i.key: self._indication(i) for i in stored.indications},
            "diseases": {
                one.key: [rows.said(d, rows.DISEASE) for d in stored.diseases.get(one.pk, [])]
                for one in stored.disease_lists
            },
            "products": {p.key: stored.product(p) for p in stored.products},
            "codes": {
                system.value: {c.code: stored.code(c) for c in stored.codes.get(system.value, [])}
                for system in CodeSystem
            },
            "notes": self._notes(None, None),
            "contradictions": {p.key: stored.contradiction(p) for p in stored.contradictions},
        }

    def _indication(self, indication: Indication) -> dict[str, Any]:
        stored = self.rows
        return rows.said(indication, rows.INDICATION) | {
            "also_called": [s.name for s in stored.synonyms.get(indication.pk, [])],
            "pathways": {p.key: self._pathway(p) for p in stored.pathways.get(indication.pk, [])},
            "notes": self._notes(indication.pk, None),
        }

    def _pathway(self, pathway: Pathway) -> dict[str, Any]:
        limits = self.rows.limits.get(pathway.pk, [])
        return rows.said(pathway, rows.PATHWAY) | {
            "serves": pathway.serves.split(","),
            "criteria": self._tree(self.rows.pathway_trees.get(pathway.pk)),
            "dose": [self._limit(limit) for limit in limits],
            "notes": self._notes(None, pathway.pk),
        }

    def _limit(self, limit: DosingLimit) -> dict[str, Any]:
        condition = self._tree(self.rows.limit_trees.get(limit.pk))
        return rows.said(limit, rows.LIMIT) | {"condition": condition}

    def _notes(self, indication: int | None, pathway: int | None) -> list[dict[str, Any]]:
        return [self._note(note) for note in self.rows.notes.get((indication, pathway), [])]

    def _note(self, note: ReviewerNote) -> dict[str, Any]:
        trees = self.rows.note_trees
        return rows.said(note, rows.NOTE) | {
            "when": self._tree(trees.get((note.pk, TreeUse.NOTE_WHEN))),
            "unless": self._tree(trees.get((note.pk, TreeUse.NOTE_UNLESS))),
            "codes": [c.code for c in self.rows.note_codes.get(note.pk, [])],
        }

    def _tree(self, tree: CriteriaTree | None) -> dict[str, Any] | None:
        return None if tree is None else self.rows.trees.said(tree.pk)
