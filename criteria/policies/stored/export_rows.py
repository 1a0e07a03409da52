"""The rows of a stored version, each table read once and grouped by what its rows belong to."""

from typing import Any

from criteria.models import (
    Code,
    Contradiction,
    CriteriaTree,
    DiseaseList,
    DosingLimit,
    HistoryEntry,
    Indication,
    NamedDisease,
    Pathway,
    PolicyVersion,
    Product,
    ProductCode,
    ProductLabel,
    ReviewerNote,
    ReviewerNoteCode,
    Synonym,
    TreeUse,
    VialSize,
)
from criteria.policies.stored import rows
from criteria.policies.stored.export_tree import StoredQuestions, StoredTrees, grouped, linked
from criteria.policies.stored.spelling import plain


class StoredRows:
    """Everything stored of one version."""

    def __init__(self, version: PolicyVersion) -> None:
        """Read it."""
        self.history = HistoryEntry.objects.of(version)
        self.questions = StoredQuestions(version)
        self.indications = list(Indication.objects.of(version))
        self.synonyms = grouped(Synonym.objects.of(version), lambda s: s.indication_id)
        self.pathways = grouped(Pathway.objects.of(version), lambda p: p.indication_id)
        self.limits = grouped(DosingLimit.objects.of(version), lambda limit: limit.pathway_id)
        self._read_notes(version)
        self._read_trees(version)
        self.disease_lists = list(DiseaseList.objects.of(version))
        self.diseases = grouped(NamedDisease.objects.of(version), lambda d: d.list_id)
        self.products = list(Product.objects.of(version))
        self.vials = grouped(VialSize.objects.of(version), lambda v: v.product_id)
        self.product_codes = grouped(ProductCode.objects.of(version), lambda c: c.product_id)
        self.labels = grouped(ProductLabel.objects.of(version), lambda label: label.product_id)
        self.codes = grouped(Code.objects.of(version), lambda c: c.system)
        keys = {indication.pk: indication.key for indication in self.indications}
        self.contradictions = list(Contradiction.objects.of(version))
        self.contradicted = linked(Contradiction, "indications", version, keys)
        self.suggested = linked(Code, "indications", version, keys)
        self.unproven = linked(Code, "unproven", version, keys)

    def _read_notes(self, version: PolicyVersion) -> None:
        notes = ReviewerNote.objects.of(version)
        self.notes = grouped(notes, lambda n: (n.indication_id, n.pathway_id))
        self.note_codes = grouped(ReviewerNoteCode.objects.of(version), lambda c: c.note_id)

    def _read_trees(self, version: PolicyVersion) -> None:
        trees = list(CriteriaTree.objects.of(version))
        self.general = {t.use: t for t in trees if t.use.startswith("general")}
        self.pathway_trees = {t.pathway_id: t for t in trees if t.use == TreeUse.PATHWAY}
        self.limit_trees = {t.limit_id: t for t in trees if t.use == TreeUse.LIMIT_CONDITION}
        self.note_trees = {(t.note_id, t.use): t for t in trees if t.note_id is not None}
        self.trees = StoredTrees(version, self.questions)

    def product(self, product: Product) -> dict[str, Any]:
        """One product with its vials and codes."""
        vials = self.vials.get(product.pk, [])
        codes = self.product_codes.get(product.pk, [])
        return rows.said(product, rows.PRODUCT) | {
            "routes": product.routes.split(","),
            "vial_sizes_g": [plain(v.size_g) for v in vials if v.confirmed],
            "unconfirmed_vial_sizes_g": [plain(v.size_g) for v in vials if not v.confirmed],
            "codes": [rows.said(c, rows.PRODUCT_CODE) for c in codes],
            "labels": [_label(label) for label in self.labels.get(product.pk, [])],
        }

    def contradiction(self, point: Contradiction) -> dict[str, Any]:
        """Both sides of a point, and what is it."""
        return rows.said(point, rows.CONTRADICTION) | {
            "indications": self.contradicted.get(point.pk, []),
            "phases": point.phases.split(","),
            "codes": point.codes.split(),
        }

    def code(self, code: Code) -> dict[str, Any]:
        """One code and what it suggests."""
        return rows.said(code, rows.CODE) | {
            "indications": self.suggested.get(code.pk, []),
            "unproven": self.unproven.get(code.pk, []),
        }


def _label(label: ProductLabel) -> dict[str, Any]:
    """The rules of one label."""
    return rows.said(label, rows.LABEL) | {"ramp_weeks": label.weeks}
