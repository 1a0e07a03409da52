"""What an edition changes of a stored request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TouchedRequest:
    """A request that an edition changes. ``after`` empty: it cannot be judged any more.

    ``words`` names criteria, and nothing of the patient.
    """

    request: int
    before: str
    after: str
    words: str
