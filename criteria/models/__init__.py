"""What is stored: one file per noun."""

from criteria.models.accepted import AcceptedWarning
from criteria.models.change import Change
from criteria.models.code import Code
from criteria.models.criterion import Criterion
from criteria.models.criterion_rules import Kind, Slot
from criteria.models.disease import DiseaseList, NamedDisease
from criteria.models.dosing import DosingLimit
from criteria.models.enclosure import Enclosure
from criteria.models.event import Event
from criteria.models.guard import drop_guards, install_guards
from criteria.models.icd10 import IcdCode, IcdWord
from criteria.models.impact import ImpactRow, ImpactRun, ImpactState
from criteria.models.indication import Indication, Pathway, Synonym
from criteria.models.note import ReviewerNote, ReviewerNoteCode
from criteria.models.packet import Packet
from criteria.models.part import LOCKED, Part, PublishedVersionError, Status
from criteria.models.patient import ExamplePatient, PatientOutcome
from criteria.models.policy import Policy
from criteria.models.practice import Membership, Practice
from criteria.models.product import Product, ProductCode, VialSize
from criteria.models.question import Question, QuestionChoice, QuestionUnit
from criteria.models.request import (
    AuthorizationRequest,
    RequestNumbers,
    RequestPage,
    RequestStatus,
    Submission,
    Urgency,
)
from criteria.models.tree import CriteriaTree, TreeUse
from criteria.models.version import HistoryEntry, PolicyVersion

__all__ = [
    "LOCKED",
    "AcceptedWarning",
    "AuthorizationRequest",
    "Change",
    "Code",
    "CriteriaTree",
    "Criterion",
    "DiseaseList",
    "DosingLimit",
    "Enclosure",
    "Event",
    "ExamplePatient",
    "HistoryEntry",
    "IcdCode",
    "IcdWord",
    "ImpactRow",
    "ImpactRun",
    "ImpactState",
    "Indication",
    "Kind",
    "Membership",
    "NamedDisease",
    "Packet",
    "Part",
    "Pathway",
    "PatientOutcome",
    "Policy",
    "PolicyVersion",
    "Practice",
    "Product",
    "ProductCode",
    "PublishedVersionError",
    "Question",
    "QuestionChoice",
    "QuestionUnit",
    "RequestNumbers",
    "RequestPage",
    "RequestStatus",
    "ReviewerNote",
    "ReviewerNoteCode",
    "Slot",
    "Status",
    "Submission",
    "Synonym",
    "TreeUse",
    "Urgency",
    "VialSize",
    "drop_guards",
    "install_guards",
]
