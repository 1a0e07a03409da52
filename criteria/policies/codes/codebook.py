"""What is known of a diagnosis code beyond one edition: in other editions, and in ICD-10-CM.

Plain protocols: whoever judges a request hands in where to look it up. Nothing is looked up while
every code of a request is in the list.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """A code of ICD-10-CM. ``children``: the billable codes below a heading, in order."""

    code: str
    description: str
    billable: bool
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListingPeriod:
    """A period in which a policy listed a code; ``until`` is the first day it no longer did."""

    first: date
    until: date | None


class Codebook(Protocol):
    """Where codes are looked up."""

    def facts(self, code: str) -> CodeFacts | None:
        """What ICD-10-CM says of a code; None when it is not known."""

    def release(self) -> str:
        """The release of ICD-10-CM that is known as a whole; empty when none is."""

    def listed(self, policy: str, code: str) -> tuple[ListingPeriod, ...]:
        """When the published editions of a policy list a code, joined where they follow on."""

    def is_code_on(self, code: str, day: date) -> bool:
        """Whether any policy in force on a day of service lists the code for it."""


class NoCodebook:
    """Knows nothing: every edition is judged by itself alone."""

    def facts(self, code: str) -> CodeFacts | None:
        """Nothing."""
        return None

    def release(self) -> str:
        """None."""
        return ""

    def listed(self, policy: str, code: str) -> tuple[ListingPeriod, ...]:
        """Nothing."""
        return ()

    def is_code_on(self, code: str, day: date) -> bool:
        """Not known."""
        return False


NO_CODEBOOK = NoCodebook()
