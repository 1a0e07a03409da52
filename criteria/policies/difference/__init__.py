"""What changed between two editions of a policy: everything that did, and nothing that did not.

Plain Python: no Django, no files, no clock. Every part of an edition becomes an item with its
fields in words; items are matched by key and their fields compared by value.
"""

from criteria.policies.difference.change import (
    ChangedField,
    ChangeKind,
    Concerns,
    EditionChange,
    Side,
)
from criteria.policies.difference.compare import difference
from criteria.policies.difference.found import EditionDifference
from criteria.policies.difference.scope import RequestScope, touches
from criteria.policies.difference.sections import EditionSection

__all__ = [
    "EditionChange",
    "Concerns",
    "EditionDifference",
    "ChangeKind",
    "ChangedField",
    "RequestScope",
    "EditionSection",
    "Side",
    "difference",
    "touches",
]
