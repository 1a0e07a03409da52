"""Words that pages, files and commands say of a difference alike."""

from datetime import date, timedelta

from criteria.policies.difference.change import ChangeKind
from criteria.policies.edition import Edition
from criteria.rules.explain import date_text

SIGNS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "−", ChangeKind.CHANGED: "~"}
NOTHING = "Nothing differs that a request is judged by."
NOT_SAID = "none"
LESSER = "Citations, dates, order, and codes known beside the list: no request is judged by them"


COMPARISON_ONLY = "start unknown, for comparison only"


def in_force_text(first: date, until: date | None, *, comparison_only: bool = False) -> str:
    """When an edition rules; ``until`` is the first day it no longer does."""
    if comparison_only:
        last = "" if until is None else f"until {date_text(until - timedelta(days=1))}, "
        return last + COMPARISON_ONLY
    if until is None:
        return f"from {date_text(first)}"
    if until <= first:
        return f"never: replaced on {date_text(first)}, the day it took effect"
    return f"{date_text(first)} to {date_text(until - timedelta(days=1))}"


def refusal(old: Edition, new: Edition) -> str:
    """Why two editions are not compared; empty when they are of one policy."""
    if old.policy_key == new.policy_key:
        return ""
    return (
        f"Edition {old.number} belongs to {old.policy_name} ({old.payer}), edition {new.number} "
        f"to {new.policy_name} ({new.payer}). Choose two editions of one policy."
    )
