"""The cases of tests/cases, judged by the editions that are shipped.

The form of the files is described in criteria.requests.case_files.cases.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from criteria.policies.codes.codebook import CodeFacts, ListingPeriod
from criteria.policies.edition import Edition
from criteria.policies.file.document import read_document
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case_files.cases import PolicyCase, read_cases
from criteria.requests.case_files.cases_laying import Json
from criteria.requests.case_files.parse import ParsedCase, parse_case
from criteria.requests.case_files.report import report
from criteria.rules.json_values import CaseProblemError
from criteria.rules.terms import CodeSystem
from tests.factories.shipped import load_shipped

__all__ = ["Json", "PolicyCase"]

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
POLICIES = ROOT.parent / "fixtures" / "policies"


@dataclass(frozen=True)
class Judged:
    """What was found of one case."""

    parsed: ParsedCase
    assessment: Assessment
    report: Json

    @property
    def failed(self) -> set[str]:
        """Keys of the criteria that fail; a closed gate by its name."""
        return {found.get("key") or found["gate"] for found in self.report["failed"]}

    @property
    def notes(self) -> set[str]:
        """Keys of what is left to the reviewer, the dose and warnings on codes left aside."""
        return {key for key in self._for_reviewer if ":" not in key} - {"dose"}

    @property
    def code_notes(self) -> set[str]:
        """The warnings on codes: "not_listed:J45.50"."""
        return {key for key in self._for_reviewer if ":" in key}

    @property
    def dose_note(self) -> bool:
        """Whether the reviewer is told something about the dose."""
        return "dose" in self._for_reviewer

    @property
    def _for_reviewer(self) -> set[str]:
        return {note["key"] for note in self.report["for_reviewer"]}


@cache
def editions(policy: str) -> tuple[Edition, ...]:
    """The editions of a policy as they are shipped, compiled once a process."""
    return tuple(load_shipped(path)[1] for path in sorted(POLICIES.glob(f"{policy}-*.yaml")))


def edition(policy: str, on: date | None = None) -> Edition:
    """The edition of a policy in force on a day; the only one whatever the day."""
    known = editions(policy)
    if len(known) == 1:
        return known[0]
    found = next((each for each in known if on is not None and each.in_force_on(on)), None)
    if found is None:
        raise CaseProblemError("on", f"no edition of {policy} is in force on {on}")
    return found


class ShippedCodebook:
    """When the editions as they are shipped list a code; of ICD-10-CM itself nothing."""

    def facts(self, code: str) -> CodeFacts | None:
        """Nothing."""
        return None

    def release(self) -> str:
        """None: ICD-10-CM is not known as a whole."""
        return ""

    def listed(self, policy: str, code: str) -> tuple[ListingPeriod, ...]:
        """One period: no code of theirs comes back after it left."""
        found = [each for each in editions(policy) if (CodeSystem.ICD10, code) in each.codes]
        if not found:
            return ()
        return (ListingPeriod(found[0].effective_from, found[-1].effective_until),)

    def is_code_on(self, code: str, day: date) -> bool:
        """Nothing: no table says that a code is a heading."""
        return False


def judged(request: Json) -> Judged:
    """Judge one request in the JSON form of programs."""
    parsed = parse_case(request, edition)
    assessment = assess(parsed.edition, parsed.case, ShippedCodebook())
    return Judged(parsed, assessment, report(parsed, assessment))


def files(policy: str) -> list[Path]:
    """The case files of a policy."""
    return sorted((CASES / policy).glob("*.yaml"))


def read(path: Path) -> Json:
    """A YAML file as plain values."""
    data: Json = read_document(path.read_text(encoding="utf-8")).data
    return data


def load(path: Path) -> list[PolicyCase]:
    """The cases of one file, in its order."""
    text = path.read_text(encoding="utf-8")
    name = f"{path.parent.name}/{path.stem}"
    return list(read_cases(text, name, general(path.parent.name)).cases)


@cache
def every_case(policy: str) -> tuple[PolicyCase, ...]:
    """All cases of a policy."""
    return tuple(case for path in files(policy) for case in load(path))


@cache
def general(policy: str) -> Json:
    """What meets the general requirements, by phase."""
    met: Json = read(CASES / policy / "general.yaml")["met"]
    return met
