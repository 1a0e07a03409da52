"""The sections of a difference, in the order they are read."""

from dataclasses import dataclass
from enum import StrEnum

from criteria.rules.formats import counted
from criteria.rules.terms import CodeSystem


class EditionSection(StrEnum):
    """Where in an edition something changed."""

    EDITION = "edition"
    GENERAL = "general"
    INDICATIONS = "indications"
    PATHWAYS = "pathways"
    CRITERIA = "criteria"
    DOSING = "dosing"
    NOTES = "notes"
    CONTRADICTIONS = "contradictions"
    QUESTIONS = "questions"
    PRODUCTS = "products"
    ICD10 = "icd10"
    HCPCS = "hcpcs"
    CPT = "cpt"
    DISEASES = "diseases"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Noun:
    """What a section is called, and what stands in it: one, several."""

    title: str
    one: str
    several: str

    def counted(self, number: int) -> str:
        """1 criterion, 2 criteria."""
        return counted(number, self.one, self.several)


NOUNS = {
    EditionSection.EDITION: Noun(
        "The edition itself", "rule of the edition", "rules of the edition"
    ),
    EditionSection.GENERAL: Noun(
        "General requirements", "general requirement", "general requirements"
    ),
    EditionSection.INDICATIONS: Noun("Indications", "indication", "indications"),
    EditionSection.PATHWAYS: Noun("Sets of criteria", "set of criteria", "sets of criteria"),
    EditionSection.CRITERIA: Noun("Criteria", "criterion", "criteria"),
    EditionSection.DOSING: Noun("Dosing limits", "dosing limit", "dosing limits"),
    EditionSection.NOTES: Noun("Notes for the reviewer", "reviewer note", "reviewer notes"),
    EditionSection.CONTRADICTIONS: Noun(
        "Contradictions of the policy", "contradiction", "contradictions"
    ),
    EditionSection.QUESTIONS: Noun("Questions", "question", "questions"),
    EditionSection.PRODUCTS: Noun("Products", "product", "products"),
    EditionSection.ICD10: Noun("ICD-10-CM codes", "ICD-10-CM code", "ICD-10-CM codes"),
    EditionSection.HCPCS: Noun("HCPCS codes", "HCPCS code", "HCPCS codes"),
    EditionSection.CPT: Noun("CPT codes", "CPT code", "CPT codes"),
    EditionSection.DISEASES: Noun("Lists of diseases", "named disease", "named diseases"),
    EditionSection.HISTORY: Noun("The payer's own history", "history entry", "history entries"),
}
OF_SYSTEM = {
    CodeSystem.ICD10: EditionSection.ICD10,
    CodeSystem.HCPCS: EditionSection.HCPCS,
    CodeSystem.CPT: EditionSection.CPT,
}
