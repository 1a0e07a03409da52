"""The sections of a difference, in the order they are read."""

from dataclasses import dataclass
from enum import StrEnum

from criteria.rules.terms import CodeSystem


class Section(StrEnum):
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
        return f"{number:,} {self.one if number == 1 else self.several}"


NOUNS = {
    Section.EDITION: Noun("The edition itself", "rule of the edition", "rules of the edition"),
    Section.GENERAL: Noun("General requirements", "general requirement", "general requirements"),
    Section.INDICATIONS: Noun("Indications", "indication", "indications"),
    Section.PATHWAYS: Noun("Sets of criteria", "set of criteria", "sets of criteria"),
    Section.CRITERIA: Noun("Criteria", "criterion", "criteria"),
    Section.DOSING: Noun("Dosing limits", "dosing limit", "dosing limits"),
    Section.NOTES: Noun("Notes for the reviewer", "reviewer note", "reviewer notes"),
    Section.CONTRADICTIONS: Noun("Contradictions of the policy", "contradiction", "contradictions"),
    Section.QUESTIONS: Noun("Questions", "question", "questions"),
    Section.PRODUCTS: Noun("Products", "product", "products"),
    Section.ICD10: Noun("ICD-10-CM codes", "ICD-10-CM code", "ICD-10-CM codes"),
    Section.HCPCS: Noun("HCPCS codes", "HCPCS code", "HCPCS codes"),
    Section.CPT: Noun("CPT codes", "CPT code", "CPT codes"),
    Section.DISEASES: Noun("Lists of diseases", "named disease", "named diseases"),
    Section.HISTORY: Noun("The payer's own history", "history entry", "history entries"),
}
OF_SYSTEM = {
    CodeSystem.ICD10: Section.ICD10,
    CodeSystem.HCPCS: Section.HCPCS,
    CodeSystem.CPT: Section.CPT,
}
