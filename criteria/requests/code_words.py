"""What is said of the diagnosis codes typed into a request."""

from collections.abc import Collection
from datetime import date

from criteria.policies.codes.code_list import is_listed
from criteria.policies.codes.codebook import CodeFacts, ListingPeriod
from criteria.policies.codes.lookup import describe_all
from criteria.policies.codes.spelling import normalized_icd10
from criteria.policies.codes.stored_codebook import CODEBOOK
from criteria.policies.edition import CodeDefinition, Edition
from criteria.requests.answers.facts import StatedFacts
from criteria.requests.assessment.codes import SAID_BY_ODD, code_notes
from criteria.requests.assessment.disagreements import codes_that_disagree
from criteria.rules.formats import joined
from criteria.rules.terms import CodeSystem

MOST_CHILDREN = 8


class CodeWords:
    """The codes of one request, held against the policy's list and ICD-10-CM.

    The policy counts first: a code it has is taken on its days, whatever became of it since. What
    is looked up is kept, also for what is typed next: a codebook of one request.
    """

    def __init__(self, stated: StatedFacts, earlier: "CodeWords | None" = None) -> None:
        """Of a request; nothing is looked up before it is asked for, or a second time."""
        self.stated = stated
        self._facts: dict[str, CodeFacts | None] = {} if earlier is None else earlier._facts
        self._listed: dict[tuple[str, str], tuple[ListingPeriod, ...]]
        self._listed = {} if earlier is None else earlier._listed
        self._codes_on: dict[tuple[str, date], bool]
        self._codes_on = {} if earlier is None else earlier._codes_on
        self._release: str | None = None if earlier is None else earlier._release

    @property
    def edition(self) -> Edition | None:
        """What the request is judged by."""
        return self.stated.edition

    def facts(self, code: str) -> CodeFacts | None:
        """What ICD-10-CM says of a code; None when it is not known, or no table is loaded.

        All codes that are typed and that the policy has not are looked up at once.
        """
        if code not in self._facts:
            typed = {c for c in self.stated.icd10 if self._printed(c) is None} | {code}
            new = typed - self._facts.keys()
            self._facts |= {**dict.fromkeys(new), **describe_all(new)}
        return self._facts[code]

    def release(self) -> str:
        """The release of ICD-10-CM that is loaded; empty when none is."""
        if self._release is None:
            self._release = CODEBOOK.release()
        return self._release

    def listed(self, policy: str, code: str) -> tuple[ListingPeriod, ...]:
        """When the editions of the policy list a code."""
        if (policy, code) not in self._listed:
            self._listed[policy, code] = CODEBOOK.listed(policy, code)
        return self._listed[policy, code]

    def is_code_on(self, code: str, day: date) -> bool:
        """Whether any policy in force on that day lists the code for it."""
        if (code, day) not in self._codes_on:
            self._codes_on[code, day] = CODEBOOK.is_code_on(code, day)
        return self._codes_on[code, day]

    def refusal(self, typed: str) -> str:
        """Why something typed is no code; empty when it is one."""
        code = normalized_icd10(typed)
        if code is None:
            return f"{typed[:20]} is not an ICD-10-CM code. Enter one such as G61.81."
        children = [] if self._printed(code) else self._children(code)
        if not children or self.is_code_on(code, self.stated.request_date):
            return ""
        return f"{code} is a heading, not a code. {self._below(children)}"

    def told(self, codes: tuple[str, ...]) -> str:
        """Each code in words, and what the policy's list says of them."""
        if self.edition is None:
            return ""
        indication = self.stated.indication
        odd = codes_that_disagree(
            self.edition, self.stated.icd10, self.stated.request_date, indication, self
        )
        notes = code_notes(
            self.edition,
            codes,
            None if indication is None else indication.key,
            self.stated.request_date,
            self,
        )
        said = (note.text for note in notes if note.code not in odd or note.kind not in SAID_BY_ODD)
        words = (*(self._described(code, odd) for code in codes), *said)
        return " ".join(filter(None, words))

    def _described(self, code: str, odd: Collection[str]) -> str:
        """The code with its description, or that there is no such code unless that is said."""
        known = self._printed(code) or self.facts(code)
        if known is not None:
            return f"{code} {known.description}."
        if code in odd:
            return ""
        loaded = self.release()
        return loaded and f"{code} is not a code of ICD-10-CM, release {loaded}: please check it."

    def _printed(self, code: str) -> CodeDefinition | None:
        """The code as the policy has it."""
        return None if self.edition is None else self.edition.codes.get((CodeSystem.ICD10, code))

    def _children(self, code: str) -> list[str]:
        """The codes under a heading: those there are, or else those of the policy."""
        if (facts := self.facts(code)) is not None:
            return list(facts.children)
        start = code if "." in code else f"{code}."
        every = () if self.edition is None else self.edition.codes
        return [c for s, c in every if s is CodeSystem.ICD10 and c.startswith(start)]

    def _below(self, children: list[str]) -> str:
        """The codes to choose from, those of the policy's list apart from others."""
        edition, day = self.edition, self.stated.request_date
        listed = [c for c in children if edition is not None and is_listed(edition, c, day)]
        others = [c for c in children if c not in listed]
        if not listed or not others:
            return f"Choose one of its codes: {_named(children)}."
        return f"Its codes in the policy's list: {_named(listed)}. Others: {_named(others)}."


def _named(codes: list[str]) -> str:
    """The first few, and how many more there are."""
    more = len(codes) - MOST_CHILDREN
    return joined([*codes[:MOST_CHILDREN], f"{more} more"] if more > 0 else codes)
