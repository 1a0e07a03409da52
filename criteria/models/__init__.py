"""What is stored: one file per noun."""

from criteria.models.accepted import AcceptedWarning
from criteria.models.change import Change
from criteria.models.clock import ClockUnit, DecisionClock
from criteria.models.code import Code
from criteria.models.contradiction import Contradiction
from criteria.models.criterion import Criterion
from criteria.models.criterion_rules import Kind, Slot
from criteria.models.disease import DiseaseList, NamedDisease
from criteria.models.disposition import Block, Disposition, Verdict
from criteria.models.dosing import DosingLimit
from criteria.models.enclosure import Enclosure
from criteria.models.event import Event
from criteria.models.icd10 import IcdCode, IcdWord
from criteria.models.impact import ImpactRow, ImpactRun, ImpactState
from criteria.models.indication import Indication, Pathway, Synonym
from criteria.models.letter import Determination, Letter, LetterDraft, LetterKind, Outcome
from criteria.models.missed import MissedCriterion, MissedState
from criteria.models.note import ReviewerNote, ReviewerNoteCode
from criteria.models.packet import AlteredPacketError, Packet
from criteria.models.part import LOCKED, Part, PublishedVersionError, Status
from criteria.models.patient import ExamplePatient, PatientOutcome
from criteria.models.policy import Policy
from criteria.models.practice import Membership, Practice
from criteria.models.product import Product, ProductCode, VialSize
from criteria.models.product_label import ProductLabel
from criteria.models.question import Question, QuestionChoice, QuestionUnit
from criteria.models.removed import RemovedPart
from criteria.models.request import (
    AuthorizationRequest,
    RequestNumbers,
    RequestStatus,
    Urgency,
)
from criteria.models.request_page import RequestPage
from criteria.models.submission import Submission
from criteria.models.tree import CriteriaTree, TreeUse
from criteria.models.version import HistoryEntry, PolicyVersion
from criteria.models.word import RequestWord
from criteria.models.worklist import WorklistGroup

__all__ = [
    "LOCKED",
    "AcceptedWarning",
    "AlteredPacketError",
    "AuthorizationRequest",
    "Block",
    "Change",
    "ClockUnit",
    "Code",
    "Contradiction",
    "CriteriaTree",
    "Criterion",
    "DecisionClock",
    "Determination",
    "DiseaseList",
    "Disposition",
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
    "Letter",
    "LetterDraft",
    "LetterKind",
    "Membership",
    "MissedCriterion",
    "MissedState",
    "NamedDisease",
    "Outcome",
    "Packet",
    "Part",
    "Pathway",
    "PatientOutcome",
    "Policy",
    "PolicyVersion",
    "Practice",
    "Product",
    "ProductCode",
    "ProductLabel",
    "PublishedVersionError",
    "Question",
    "QuestionChoice",
    "QuestionUnit",
    "RemovedPart",
    "RequestNumbers",
    "RequestPage",
    "RequestStatus",
    "RequestWord",
    "ReviewerNote",
    "ReviewerNoteCode",
    "Slot",
    "Status",
    "Submission",
    "Synonym",
    "TreeUse",
    "Urgency",
    "Verdict",
    "VialSize",
    "WorklistGroup",
]
