"""Short phrases the screens share."""

from criteria.rules import Citation
from criteria.rules.explain import citation_text


def cited(lines: str) -> str:
    """Policy, lines 145-174; nothing when no line is known."""
    return f"Policy, {citation_text(Citation(lines))}" if lines else ""
