"""The parts of a case, read side by side."""

from collections.abc import Callable
from typing import Any

from criteria.rules.json_values import Mistakes


def read_all(**parts: Callable[[], Any]) -> dict[str, Any]:
    """What every part says, by name. Raises CaseProblemError with the mistakes of all of them."""
    mistakes = Mistakes()
    found = {name: mistakes.of(read) for name, read in parts.items()}
    mistakes.refuse()
    return found
