"""Cases of a policy as YAML: a base that meets everything, and what each case changes of it.

A file names the policy, day, indication, pathway and phase once. The ``answers``, ``patient`` and
``dose`` of a case are laid over the base; ``not answered`` takes a value away, ``dose: none`` the
whole dose, and "30 days before" is a day before that of the request. ``general: met`` answers the
general requirements of the phase as the file general.yaml has them. A case with ``indications``
stands for one case each, ``indications: all`` for one for each that the file names; ``each`` lists
values of the request and stands for one case for every combination of them. ``line`` is where the
policy says what fails, ``says`` what a closed gate must mention. ``known_fault`` marks a case the
software does not yet judge right, and says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from criteria.assessment import Assessment, assess
from criteria.casefile.parse import ParsedCase, parse_case
from criteria.casefile.problem import CaseProblem
from criteria.casefile.report import report
from criteria.codebook import CodeFacts, Listing
from criteria.edition import CodeSystem, Edition
from criteria.policyfile.yamlfile import load_edition

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "cases"
POLICIES = ROOT.parent / "fixtures" / "policies"

MERGED = ("answers", "patient", "dose")
PLAIN = ("on", "indication", "pathway", "phase", "icd10", "product")
EXPECTED = (
    "expect",
    "edition",
    "says",
    "fails",
    "open",
    "dose_outcome",
    "dose_reason",
    "dose_note",
    "notes",
    "code_notes",
    "authorization_months",
    "authorization_shortened",
)
# What a case must name by what it expects.
NAMED = {"does not meet": "fails", "incomplete": "open"}
ABOUT = {"name", "line", "general", "indications", "each", "known_fault"}
CASE_KEYS = {*ABOUT, *MERGED, *PLAIN, *EXPECTED}
FILE_KEYS = {"policy", "lines", "base", "cases", "met", "indications", *PLAIN}
AMOUNTS = {"mg_per_kg", "g_per_kg", "g"}
INTERVALS = {"interval", "interval_days"}
ABSENT = "not answered"
DAYS_BEFORE = " days before"

Json = dict[str, Any]


class Loader(yaml.SafeLoader):
    """Numbers exactly as written, "on" as a word, and no key twice in one mapping."""

    yaml_implicit_resolvers = {
        first: resolvers
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        if first not in "oO"
    }


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Json:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"{key!r} stands twice {node.start_mark}")
    return loader.construct_mapping(node, deep=True)


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(node.value)


Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


@dataclass(frozen=True)
class PolicyCase:
    """One request with what the policy must find of it."""

    file: str
    name: str
    request: Json
    expected: Json
    line: str = ""
    known_fault: str = ""

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"


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


def read(path: Path) -> Json:
    """A YAML file as plain values."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506


@cache
def editions(policy: str) -> tuple[Edition, ...]:
    """The editions of a policy as they are shipped, compiled once a process."""
    return tuple(load_edition(path)[1] for path in sorted(POLICIES.glob(f"{policy}-*.yaml")))


def edition(policy: str, on: date | None = None) -> Edition:
    """The edition of a policy in force on a day; the only one whatever the day."""
    known = editions(policy)
    if len(known) == 1:
        return known[0]
    found = next((each for each in known if on is not None and each.in_force_on(on)), None)
    if found is None:
        raise CaseProblem("on", f"no edition of {policy} is in force on {on}")
    return found


class ShippedCodebook:
    """When the editions as they are shipped list a code; of ICD-10-CM itself nothing."""

    def facts(self, code: str) -> CodeFacts | None:
        """Nothing."""
        return None

    def listed(self, policy: str, code: str) -> tuple[Listing, ...]:
        """One period: no code of theirs comes back after it left."""
        found = [each for each in editions(policy) if (CodeSystem.ICD10, code) in each.codes]
        if not found:
            return ()
        return (Listing(found[0].effective_from, found[-1].effective_until),)


def judged(request: Json) -> Judged:
    """Judge one request in the JSON form of programs."""
    parsed = parse_case(request, edition)
    assessment = assess(parsed.edition, parsed.case, ShippedCodebook())
    return Judged(parsed, assessment, report(parsed, assessment))


def files(policy: str) -> list[Path]:
    """The case files of a policy."""
    return sorted((CASES / policy).glob("*.yaml"))


def load(path: Path) -> list[PolicyCase]:
    """The cases of one file, in its order."""
    stated = read(path)
    _known(stated, FILE_KEYS, path.name)
    file = f"{path.parent.name}/{path.stem}"
    every = [each for one in stated["cases"] for each in _combinations(one)]
    return [case for one in every for case in _cases(file, stated, one)]


@cache
def every_case(policy: str) -> tuple[PolicyCase, ...]:
    """All cases of a policy."""
    return tuple(case for path in files(policy) for case in load(path))


def _combinations(one: Json) -> Iterator[Json]:
    """One case for every combination of the values under ``each``."""
    each = one.get("each", {})
    for values in product(*each.values()):
        chosen = dict(zip(each, values, strict=True))
        name = ", ".join(map(str, (one["name"], *values)))
        yield {**one, **chosen, "name": name}


def _cases(file: str, stated: Json, one: Json) -> Iterator[PolicyCase]:
    name = one["name"]
    _known(one, CASE_KEYS, f"{file}: {name}")
    expected = {key: one[key] for key in EXPECTED if key in one}
    needed = NAMED.get(one["expect"])
    if needed and not one.get(needed):
        raise ValueError(f"{file}: {name}: {needed} is missing")
    rest = (expected, str(one.get("line", "")), one.get("known_fault", ""))
    if "indications" not in one:
        yield PolicyCase(file, name, _request(stated, one), *rest)
        return
    for key in stated["indications"] if one["indications"] == "all" else one["indications"]:
        request = _request(stated, one | {"indication": key})
        yield PolicyCase(file, f"{name}: {key}", request, *rest)


def _known(stated: Mapping[str, Any], allowed: set[str], at: str) -> None:
    unknown = set(stated) - allowed
    if unknown:
        raise ValueError(f"{at}: unknown {', '.join(sorted(map(str, unknown)))}")


def _request(stated: Json, one: Json) -> Json:
    """The request of one case, as a program would send it."""
    base = stated.get("base") or {}
    plain = {key: one.get(key, base.get(key, stated.get(key))) for key in PLAIN}
    on = plain["on"]
    merged = {key: _laid_over(base.get(key), one.get(key)) for key in MERGED}
    if one.get("general", base.get("general")) == "met":
        met = _general(stated["policy"])[plain["phase"]]
        merged["answers"] = _laid_over(_laid_over(met, base.get("answers")), one.get("answers"))
    request = {"policy": stated["policy"], **plain, **merged}
    return {
        key: _plain(value, on) for key, value in request.items() if value not in (None, {}, ABSENT)
    }


@cache
def _general(policy: str) -> Json:
    met: Json = read(CASES / policy / "general.yaml")["met"]
    return met


def _laid_over(base: Json | None, change: Json | str | None) -> Json | None:
    """The values of ``change`` over those of ``base``; a new amount or interval replaces the old
    one whatever its unit.
    """
    if change is None:
        return base
    if not isinstance(change, dict):
        return None
    over = dict(base or {})
    for family in (AMOUNTS, INTERVALS):
        if family & set(change):
            over = {key: value for key, value in over.items() if key not in family}
    over |= change
    return {key: value for key, value in over.items() if value != ABSENT}


def _plain(value: Any, on: date) -> Any:
    """JSON values: days as text."""
    if isinstance(value, dict):
        return {key: _plain(each, on) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, on) for each in value]
    if isinstance(value, str) and value.endswith(DAYS_BEFORE):
        value = on - timedelta(days=int(value.removesuffix(DAYS_BEFORE)))
    return value.isoformat() if isinstance(value, date) else value
