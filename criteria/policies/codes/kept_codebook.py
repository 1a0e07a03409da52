"""What the stored codebook says, asked once for each code: for judging many requests at once."""

from datetime import date

from criteria.policies.codes.codebook import Codebook, CodeFacts, ListingPeriod
from criteria.policies.codes.stored_codebook import CODEBOOK


class KeptCodebook:
    """Remembers every answer; to be thrown away after use."""

    def __init__(self, book: Codebook = CODEBOOK) -> None:
        """``book``: where codes are looked up the first time."""
        self._book = book
        self._facts: dict[str, CodeFacts | None] = {}
        self._listed: dict[tuple[str, str], tuple[ListingPeriod, ...]] = {}
        self._codes_on: dict[tuple[str, date], bool] = {}
        self._release: str | None = None

    def facts(self, code: str) -> CodeFacts | None:
        """What ICD-10-CM says of a code; None when it is not known."""
        if code not in self._facts:
            self._facts[code] = self._book.facts(code)
        return self._facts[code]

    def release(self) -> str:
        """The release of ICD-10-CM that is loaded; empty when none is."""
        if self._release is None:
            self._release = self._book.release()
        return self._release

    def listed(self, policy: str, code: str) -> tuple[ListingPeriod, ...]:
        """When the published editions of a policy list a code."""
        key = (policy, code)
        if key not in self._listed:
            self._listed[key] = self._book.listed(policy, code)
        return self._listed[key]

    def is_code_on(self, code: str, day: date) -> bool:
        """Whether any policy in force on a day of service lists the code for it."""
        key = (code, day)
        if key not in self._codes_on:
            self._codes_on[key] = self._book.is_code_on(code, day)
        return self._codes_on[key]
