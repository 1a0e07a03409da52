"""Every part of a policy file on its way into rows, except the nodes of the trees."""

from criteria.models import (
    Code,
    Contradiction,
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
    Question,
    QuestionChoice,
    QuestionUnit,
    ReviewerNote,
    ReviewerNoteCode,
    Synonym,
    TreeUse,
    VialSize,
)
from criteria.policies.file import schema
from criteria.policies.file.problem import Path
from criteria.policies.stored import rows
from criteria.policies.stored.batch import Batch
from criteria.policies.stored.load_tree import TreeRows
from criteria.rules.terms import CodeSystem


class VersionRows:
    """The rows of one version, in the order of the file."""

    def __init__(self, version: PolicyVersion, file: schema.PolicyFile) -> None:
        """Take the version the rows belong to."""
        self.file = file
        self.batch = Batch(version)
        self.questions: dict[str, Question] = {}
        self.choices: dict[tuple[str, str], QuestionChoice] = {}
        self.indications: dict[str, Indication] = {}
        self.contradictions: dict[str, Contradiction] = {}
        self.trees = TreeRows(self.batch, self.questions, self.choices, self.contradictions)

    def add_all(self) -> None:
        """Add every part."""
        file, add = self.file, self.batch.add
        for i, entry in enumerate(file.history):
            fields = rows.columns(entry, rows.HISTORY, HistoryEntry)
            add(HistoryEntry(**fields), ("history", i))
        for key, question in file.questions.items():
            self._question(key, question)
        for key, point in file.contradictions.items():
            self._contradiction(key, point)
        initial, continuation = TreeUse.GENERAL_INITIAL, TreeUse.GENERAL_CONTINUATION
        self.trees.add(file.general.initial, ("general", "initial"), use=initial)
        self.trees.add(file.general.continuation, ("general", "continuation"), use=continuation)
        for key, indication in file.indications.items():
            self._indication(key, indication)
        for key, diseases in file.diseases.items():
            self._diseases(key, diseases)
        for key, product in file.products.items():
            self._product(key, product)
        for system in CodeSystem:
            for code, part in getattr(file.codes, system).items():
                self._code(system, code, part)
        self._notes(file.notes, ("notes",))
        for key, point in file.contradictions.items():
            named = [self.indications[k] for k in point.indications]
            self.batch.link(self.contradictions[key], "indications", named)

    def _question(self, key: str, part: schema.QuestionPart) -> None:
        path: Path = ("questions", key)
        fields = rows.columns(part, rows.QUESTION, Question)
        fields |= {name: "\n".join(getattr(part, name)) for name in rows.QUESTION_LISTS}
        question = self.questions[key] = self.batch.add(Question(key=key, **fields), path)
        for choice, label in part.choices.items():
            row = QuestionChoice(question=question, key=choice, label=label)
            self.choices[key, choice] = self.batch.add(row, (*path, "choices", choice))
        for unit, factor in part.other_units.items():
            other = QuestionUnit(question=question, unit=unit, factor=factor)
            self.batch.add(other, (*path, "other_units", unit))

    def _contradiction(self, key: str, part: schema.ContradictionPart) -> None:
        fields = rows.columns(part, rows.CONTRADICTION, Contradiction)
        fields |= {"phases": ",".join(part.phases), "codes": " ".join(part.codes)}
        row = Contradiction(key=key, **fields)
        self.contradictions[key] = self.batch.add(row, ("contradictions", key))

    def _indication(self, key: str, part: schema.IndicationPart) -> None:
        path: Path = ("indications", key)
        fields = rows.columns(part, rows.INDICATION, Indication)
        indication = self.batch.add(Indication(key=key, **fields), path)
        self.indications[key] = indication
        for i, name in enumerate(part.also_called):
            self.batch.add(Synonym(indication=indication, name=name), (*path, "also_called", i))
        for pathway, pathway_part in part.pathways.items():
            at = (*path, "pathways", pathway)
            self._pathway(pathway, pathway_part, at, indication)
        self._notes(part.notes, (*path, "notes"), indication=indication)

    def _pathway(
        self, key: str, part: schema.PathwayPart, path: Path, indication: Indication
    ) -> None:
        fields = rows.columns(part, rows.PATHWAY, Pathway)
        fields["serves"] = ",".join(part.serves)
        pathway = self.batch.add(Pathway(indication=indication, key=key, **fields), path)
        at = (*path, "criteria")
        self.trees.add(part.criteria, at, use=TreeUse.PATHWAY, pathway=pathway)
        for i, limit in enumerate(part.dose):
            self._limit(limit, (*path, "dose", i), pathway)
        self._notes(part.notes, (*path, "notes"), pathway=pathway)

    def _limit(self, part: schema.LimitPart, path: Path, pathway: Pathway) -> None:
        fields = rows.columns(part, rows.LIMIT, DosingLimit)
        limit = self.batch.add(DosingLimit(pathway=pathway, **fields), path)
        at = (*path, "condition")
        self.trees.add(part.condition, at, use=TreeUse.LIMIT_CONDITION, limit=limit)

    def _notes(self, parts: list[schema.NotePart], path: Path, **owner: object) -> None:
        for i, part in enumerate(parts):
            at = (*path, i)
            fields = rows.columns(part, rows.NOTE, ReviewerNote)
            note = self.batch.add(ReviewerNote(**owner, **fields), at)
            for c, code in enumerate(part.codes):
                self.batch.add(ReviewerNoteCode(note=note, code=code), (*at, "codes", c))
            self.trees.add(part.when, (*at, "when"), use=TreeUse.NOTE_WHEN, note=note)
            self.trees.add(part.unless, (*at, "unless"), use=TreeUse.NOTE_UNLESS, note=note)

    def _diseases(self, key: str, parts: list[schema.DiseasePart]) -> None:
        path: Path = ("diseases", key)
        diseases = self.batch.add(DiseaseList(key=key), path)
        for i, part in enumerate(parts):
            fields = rows.columns(part, rows.DISEASE, NamedDisease)
            self.batch.add(NamedDisease(list=diseases, **fields), (*path, i))

    def _product(self, key: str, part: schema.ProductPart) -> None:
        path: Path = ("products", key)
        fields = rows.columns(part, rows.PRODUCT, Product)
        fields["routes"] = ",".join(part.routes)
        product = self.batch.add(Product(key=key, **fields), path)
        sizes = [("vial_sizes_g", True), ("unconfirmed_vial_sizes_g", False)]
        for name, confirmed in sizes:
            for i, size in enumerate(getattr(part, name)):
                vial = VialSize(product=product, size_g=size, confirmed=confirmed)
                self.batch.add(vial, (*path, name, i))
        for i, code in enumerate(part.codes):
            columns = rows.columns(code, rows.PRODUCT_CODE, ProductCode)
            self.batch.add(ProductCode(product=product, **columns), (*path, "codes", i))
        for i, label in enumerate(part.labels):
            columns = rows.columns(label, rows.LABEL, ProductLabel)
            columns["ramp_weeks"] = ", ".join(map(str, label.ramp_weeks))
            self.batch.add(ProductLabel(product=product, **columns), (*path, "labels", i))

    def _code(self, system: CodeSystem, code: str, part: schema.CodePart) -> None:
        fields = rows.columns(part, rows.CODE, Code)
        row = Code(system=system.value, code=code, **fields)
        self.batch.add(row, ("codes", system.value, code))
        self.batch.link(row, "indications", [self.indications[k] for k in part.indications])
        self.batch.link(row, "unproven", [self.indications[k] for k in part.unproven])
