"""Files of cases in YAML: a base that meets everything, and what each case changes of it.

A file names the policy, day, indication, pathway and phase once. The ``answers``, ``patient`` and
``dose`` of a case are laid over the base; ``not answered`` takes a value away, ``dose: none`` the
whole dose, and "30 days before" is a day before that of the request. ``general: met`` answers the
general requirements of the phase as the file general.yaml has them. A case with ``indications``
stands for one case each, ``indications: all`` for one for each that the file names; ``each`` lists
values of the request and stands for one case for every combination of them. ``line`` is where the
policy says what fails, ``says`` what a closed gate must mention. ``known_fault`` marks a case the
software does not yet judge right, and says why.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from criteria.policies.file.document import PolicyDocument, read_document
from criteria.requests.case_files.cases_laying import ABSENT, Json, laid_over, plain
from criteria.rules.terms import Overall

MERGED = ("answers", "patient", "prescriber", "dose")
PLAIN = ("on", "indication", "pathway", "phase", "icd10", "place", "product")
EXPECTED = (
    "expect",
    "edition",
    "says",
    "fails",
    "open",
    "not_stated",
    "dose_outcome",
    "dose_reason",
    "dose_note",
    "notes",
    "code_notes",
    "authorization_months",
    "authorization_shortened",
)
NO_GENERAL = "“general: met” needs the file general.yaml, which says what that answers"
# What a case must name by what it expects.
NAMED = {"does not meet": "fails", "incomplete": "open"}
ABOUT = {"name", "line", "general", "indications", "each", "known_fault"}
CASE_KEYS = {*ABOUT, *MERGED, *PLAIN, *EXPECTED}
FILE_KEYS = {"policy", "lines", "base", "cases", "met", "indications", *PLAIN}
BASE_KEYS = {"general", *MERGED, *PLAIN}


@dataclass(frozen=True, slots=True)
class CaseFileProblem:
    """A mistake in a file of cases, with its line."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """``file:line: message``, as editors and people read it."""
        return f"{self.file}:{self.line}: {self.message}"


class CaseFileError(Exception):
    """A file of cases that cannot be used; ``problems`` says where and why, in file order."""

    def __init__(self, problems: list[CaseFileProblem]) -> None:
        """Keep the problems."""
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class PolicyCase:
    """One request with what the policy must find of it. ``at``: its number in the file."""

    file: str
    name: str
    request: Json
    expected: Json
    line: str = ""
    known_fault: str = ""
    at: int = 0

    @property
    def id(self) -> str:
        """The file and the name: unique."""
        return f"{self.file}: {self.name}"


@dataclass(frozen=True)
class CaseFile:
    """The cases of one file, and where everything stands in it."""

    name: str
    policy: str
    cases: tuple[PolicyCase, ...]
    document: PolicyDocument = field(repr=False)

    def line_of(self, case: PolicyCase, key: str = "") -> int:
        """The line of a part of a case ("answers.igg"), in the case or in what it builds on."""
        inner = tuple(filter(None, re.split(r"[.\[\]]", key)))
        for path in (("cases", case.at, *inner), ("base", *inner), inner):
            if inner and path in self.document.lines:
                return self.document.lines[path]
        return self.document.line_of(("cases", case.at))


def read_cases(text: str, file: str, general: Mapping[str, Json] | None = None) -> CaseFile:
    """Read a file of cases; ``general`` answers the general requirements by phase.

    Raises CaseFileError with every mistake as ``file:line: what was expected``.
    """
    reader = _CaseFileReader(file, read_document(text), general)
    cases = tuple(reader.cases())
    if reader.problems:
        raise CaseFileError(reader.problems)
    return CaseFile(file, str(reader.stated["policy"]), cases, reader.document)


class _NoGeneralError(ValueError):
    """Nothing says what "general: met" answers."""


class _CaseFileReader:
    """Reads one file: every mistake is kept with its line, and the rest is read on."""

    def __init__(
        self, file: str, document: PolicyDocument, general: Mapping[str, Json] | None
    ) -> None:
        self.file, self.document, self.general = file, document, general
        self.problems = [CaseFileProblem(file, p.line, p.message) for p in document.problems]
        data = document.data
        self.stated: Json = data if isinstance(data, dict) else {}
        if data is not None and not isinstance(data, dict):
            self._wrong((), "expected a file of cases: policy, base and cases")

    def _wrong(self, path: tuple[str | int, ...], message: str) -> None:
        """Keep a mistake; one that many cases build on is told once."""
        found = CaseFileProblem(self.file, self.document.line_of(path), message)
        if found not in self.problems:
            self.problems.append(found)

    def cases(self) -> Iterator[PolicyCase]:
        if self.problems:
            return
        self._known(self.stated, FILE_KEYS, ())
        if not isinstance(self.stated.get("policy"), str):
            self._wrong(("policy",), "expected the key of the policy, as policy: uhc")
        base = self.stated.get("base") or {}
        if not isinstance(base, dict):
            self._wrong(("base",), "expected what every case builds on")
        elif self._known(base, BASE_KEYS, ("base",)):
            yield from self._listed()

    def _listed(self) -> Iterator[PolicyCase]:
        listed = self.stated.get("cases")
        if not isinstance(listed, list) or not listed:
            self._wrong(("cases",), "expected a list of cases")
            return
        names: dict[str, int] = {}
        for at, one in enumerate(listed):
            for case in self._of(at, one):
                if case.name in names:
                    first = self.document.line_of(("cases", names[case.name]))
                    self._wrong(("cases", at), f"“{case.name}” stands already on line {first}")
                names[case.name] = at
                yield case

    def _of(self, at: int, one: object) -> Iterator[PolicyCase]:
        path = ("cases", at)
        if not isinstance(one, dict) or not isinstance(one.get("name"), str):
            self._wrong(path, "expected a case with a name")
            return
        if not self._known(one, CASE_KEYS, path) or not self._is_expected(one, path):
            return
        each = one.get("each", {})
        if not isinstance(each, dict) or not all(isinstance(v, list) for v in each.values()):
            self._wrong((*path, "each"), "expected for each key a list of values")
            return
        for values in product(*each.values()):
            chosen = dict(zip(each, values, strict=True))
            name = ", ".join(map(str, (one["name"], *values)))
            yield from self._cases(at, {**one, **chosen, "name": name})

    def _is_expected(self, one: Json, path: tuple[str | int, ...]) -> bool:
        expect = one.get("expect")
        needed = NAMED.get(str(expect))
        if expect not in set(Overall):
            words = ", ".join(Overall)
            self._wrong((*path, "expect"), f"expect: one of {words}; got {expect!r}")
            return False
        if needed and not one.get(needed):
            self._wrong((*path, "expect"), f"{needed} is missing: {expect} by what?")
            return False
        return True

    def _cases(self, at: int, one: Json) -> Iterator[PolicyCase]:
        named = one.get("indications")
        every = self.stated.get("indications") if named == "all" else named
        if "indications" not in one:
            yield from self._case(at, one, one["name"])
        elif not isinstance(every, list):
            self._wrong(("cases", at, "indications"), "expected a list of indications")
        else:
            for key in every:
                yield from self._case(at, one | {"indication": key}, f"{one['name']}: {key}")

    def _case(self, at: int, one: Json, name: str) -> Iterator[PolicyCase]:
        try:
            request = self._request(one)
        except _NoGeneralError as error:
            self._wrong(("cases", at) if "general" in one else ("base", "general"), str(error))
            return
        except ValueError as error:
            self._wrong(("cases", at), str(error))
            return
        expected = {key: one[key] for key in EXPECTED if key in one}
        line, fault = str(one.get("line", "")), str(one.get("known_fault", ""))
        yield PolicyCase(self.file, name, request, expected, line, fault, at)

    def _request(self, one: Json) -> Json:
        """The request of one case, as a program would send it."""
        stated = self.stated
        base = stated.get("base") or {}
        found = {key: one.get(key, base.get(key, stated.get(key))) for key in PLAIN}
        on = found["on"]
        if not isinstance(on, date):
            raise ValueError(f"expected the day of the request, as on: 2021-06-30; got {on!r}")
        merged = {key: laid_over(base.get(key), one.get(key)) for key in MERGED}
        if one.get("general", base.get("general")) == "met":
            met = self._met(str(found["phase"]))
            answers = laid_over(laid_over(met, base.get("answers")), one.get("answers"))
            merged["answers"] = answers
        request = {"policy": stated.get("policy"), **found, **merged}
        wanted = {k: value for k, value in request.items() if value not in (None, {}, ABSENT)}
        return {key: plain(value, on) for key, value in wanted.items()}

    def _met(self, phase: str) -> Json:
        met = self.stated.get("met") if self.general is None else self.general
        if not isinstance(met, dict) or not isinstance(met.get(phase), dict):
            raise _NoGeneralError(NO_GENERAL)
        found: Json = met[phase]
        return found

    def _known(self, part: Json, allowed: set[str], path: tuple[str | int, ...]) -> bool:
        unknown = [key for key in part if key not in allowed]
        for key in unknown:
            self._wrong((*path, key), f"unknown key {key!r}")
        return not unknown
