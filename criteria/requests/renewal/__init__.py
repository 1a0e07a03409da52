"""Approvals that end, and what a continuing request is held against: plain Python."""

from criteria.requests.renewal.again import can_be_stated_again
from criteria.requests.renewal.body import body_text
from criteria.requests.renewal.compare import compared
from criteria.requests.renewal.matching import same_question
from criteria.requests.renewal.snapshot import Baseline, Snapshot
from criteria.requests.renewal.table import Approval, BaselineGroup, BaselineRow, BaselineTable, Was
from criteria.requests.renewal.window import RENEWABLE_DAYS, left_text, why_not_renewable

__all__ = [
    "RENEWABLE_DAYS",
    "Approval",
    "Baseline",
    "BaselineTable",
    "BaselineGroup",
    "BaselineRow",
    "Snapshot",
    "Was",
    "body_text",
    "can_be_stated_again",
    "compared",
    "left_text",
    "same_question",
    "why_not_renewable",
]
