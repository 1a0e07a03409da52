"""Terms that rows, editions and requests share, each a closed list."""

from enum import StrEnum


class Coverage(StrEnum):
    """What the policy says of an indication."""

    CRITERIA = "criteria"
    GENERAL = "general"
    UNPROVEN = "unproven"


class TherapyPhase(StrEnum):
    """The therapy phase of a request."""

    INITIAL = "initial"
    CONTINUATION = "continuation"


class CodeSystem(StrEnum):
    """The code sets a policy lists codes of."""

    ICD10 = "icd10"
    HCPCS = "hcpcs"
    CPT = "cpt"


class Overall(StrEnum):
    """What the software finds of a whole request."""

    MEETS = "meets"
    DOES_NOT_MEET = "does not meet"
    INCOMPLETE = "incomplete"
    NEEDS_REVIEW = "needs review"
