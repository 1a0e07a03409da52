"""Cases as a program states them."""

from datetime import date
from typing import Any

from criteria.policies.edition import Edition
from criteria.requests.case import Case
from criteria.requests.case_files.parse import parse_case
from tests.policies.shipped.cases import edition

ON = "2021-06-30"


def request(**stated: Any) -> dict[str, Any]:
    base = {
        "policy": "uhc",
        "on": ON,
        "indication": "cidp",
        "pathway": "initial",
        "phase": "initial",
    }
    return base | stated


def find(policy: str, on: date) -> Edition:
    return edition(policy)


def parsed(**stated: Any) -> Case:
    return parse_case(request(**stated), find).case
