"""What a pasted list would do to the codes of a draft: worked out before anything is saved."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from criteria.actions.policy_codes.known import (
    Doubt,
    facts_of,
    headings,
    out_of_days,
    spelled_out,
    unknown,
)
from criteria.actions.policy_codes.places import CodePlace, left_without_code, places_of
from criteria.actions.policy_codes.read import GivenCode, UnreadableLine, read_codes
from criteria.models import Code, PolicyVersion
from criteria.policies.codes.codebook import CodeFacts
from criteria.rules.formats import counted
from criteria.rules.terms import CodeSystem

MOST_CODES = 5000
MOST_IN_SENTENCE = 6


@dataclass(frozen=True, slots=True)
class CodeList:
    """A pasted list, and what is to be done with it.

    ``replaces``: listed codes that are not in it go. ``lines``: where the source lists the new
    codes that say no line of their own. ``indication``: the row number of the diagnosis new codes
    suggest. ``skips``: lines that cannot be read are left out.
    """

    system: CodeSystem
    text: str
    replaces: bool = False
    lines: str = ""
    indication: int | None = None
    skips: bool = False


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A stored code that would change: each column with its old and its new value, in words."""

    pk: int
    code: str
    values: tuple[tuple[str, str, str], ...]
    is_cited: bool


@dataclass(frozen=True, slots=True)
class CodeRemoval:
    """A stored code that would go, what it suggests, and what names it."""

    pk: int
    code: str
    description: str
    leads_to: tuple[str, ...]
    last_for: tuple[str, ...]
    places: tuple[CodePlace, ...]


@dataclass(frozen=True, slots=True)
class CodePlan:
    """All of it. ``twice``: a code with the lines of the list that give it."""

    added: tuple[GivenCode, ...] = ()
    changed: tuple[CodeChange, ...] = ()
    removed: tuple[CodeRemoval, ...] = ()
    unchanged: tuple[str, ...] = ()
    unknown: tuple[Doubt, ...] = ()
    headings: tuple[Doubt, ...] = ()
    not_billable: tuple[Doubt, ...] = ()
    twice: tuple[tuple[str, tuple[int, ...]], ...] = ()
    unreadable: tuple[UnreadableLine, ...] = ()
    stops: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """A short name for what would be done."""
        done = (self.added, self.changed, self.removed, self.unreadable)
        return sha256(repr(done).encode()).hexdigest()[:16]

    @property
    def changes(self) -> str:
        """What it does in numbers, such as "12 added, 1 removed"; empty when it does nothing."""
        done = {"added": self.added, "changed": self.changed, "removed": self.removed}
        return ", ".join(f"{len(codes):,} {words}" for words, codes in done.items() if codes)


def plan_codes(version: PolicyVersion, given: CodeList) -> CodePlan:
    """What the list would do to the codes of an edition; nothing is written."""
    read, unreadable = spelled_out(list(read_codes(given.text, given.system)))
    if len(read) > MOST_CODES:
        words = f"The list has {len(read):,} codes; paste at most {MOST_CODES:,} at once."
        return CodePlan(stops=(words,))
    codes, twice = _once(read)
    rows = Code.objects.filter(version=version, system=given.system)
    stored = {row.code: row for row in rows}
    facts = facts_of(list(codes), given.system)
    new = [_described(code, facts, given) for code in codes.values() if code.code not in stored]
    known = [(code, stored[code.code]) for code in codes.values() if code.code in stored]
    changed = [c for code, row in known if (c := _change(code, row, given)).values]
    going = [r for r in stored.values() if r.listed and r.code not in codes]
    is_replaced = given.replaces and bool(codes)
    removed = removals(version, given.system, going) if is_replaced else ()
    touched = {c.code for c in changed}
    is_icd10 = given.system is CodeSystem.ICD10
    plan = CodePlan(
        added=tuple(new),
        changed=tuple(changed),
        removed=tuple(removed),
        unchanged=tuple(code.code for code, _ in known if code.code not in touched),
        unknown=tuple(unknown(codes, facts)) if is_icd10 else (),
        headings=tuple(headings(facts)),
        not_billable=tuple(out_of_days(version, codes, given.system)),
        twice=tuple(twice),
        unreadable=tuple(unreadable),
    )
    return replace(plan, stops=tuple(_stops(plan, given)))


def _once(
    read: Sequence[GivenCode],
) -> tuple[dict[str, GivenCode], list[tuple[str, tuple[int, ...]]]]:
    """Each code once, with the first description and line it is given; and where it is repeated."""
    codes: dict[str, GivenCode] = {}
    at: defaultdict[str, list[int]] = defaultdict(list)
    for one in read:
        first = codes.setdefault(one.code, one)
        at[one.code].append(one.at)
        said = {n: getattr(first, n) or getattr(one, n) for n in ("description", "lines")}
        codes[one.code] = replace(first, **said)
    return codes, [(code, tuple(lines)) for code, lines in at.items() if len(lines) > 1]


def _described(code: GivenCode, facts: Mapping[str, CodeFacts], given: CodeList) -> GivenCode:
    """A new code with the description of the table and the line given for all."""
    table = facts.get(code.code)
    description = code.description or ("" if table is None else table.description)
    return replace(code, description=description, lines=code.lines or given.lines)


def _change(code: GivenCode, row: Code, given: CodeList) -> CodeChange:
    values: list[tuple[str, str, str]] = []
    if code.description and _plain(code.description) != _plain(row.description):
        values.append(("description", row.description, code.description))
    lines = code.lines or ("" if row.lines else given.lines)
    if lines and lines != row.lines:
        values.append(("lines", row.lines, lines))
    if not row.listed:
        values.append(("listed", "not in the policy's list", "in the policy's list"))
    return CodeChange(row.pk, code.code, tuple(values), bool(lines or row.lines))


def _plain(words: str) -> str:
    """Words without what a copied table changes: capitals, spaces, a full stop."""
    return " ".join(words.casefold().split()).rstrip(".")


def removals(
    version: PolicyVersion, system: CodeSystem, going: Sequence[Code]
) -> Iterator[CodeRemoval]:
    """What each code that goes leaves behind."""
    places = places_of(version, system, [row.code for row in going])
    last = left_without_code(version, going)
    links = Code.indications.through.objects.filter(code__version=version)
    names: defaultdict[int, list[str]] = defaultdict(list)
    for pk, name in links.values_list("code_id", "indication__name"):
        names[pk].append(name)
    for row in going:
        named = tuple(places.get(row.code, ()))
        suggests, left = tuple(names[row.pk]), tuple(last.get(row.pk, ()))
        yield CodeRemoval(row.pk, row.code, row.description, suggests, left, named)


def _stops(plan: CodePlan, given: CodeList) -> Iterator[str]:
    """What must be mended before anything is saved."""
    if plan.unreadable and not given.skips:
        number = len(plan.unreadable)
        them = "it" if number == 1 else "them"
        yield f"{counted(number, 'line')} cannot be read: mend {them}, or leave {them} out."
    if nameless := [code.code for code in plan.added if not code.description]:
        yield f"No description is known: write one after {_some(nameless)}."
    uncited = [code.code for code in plan.added if not code.lines]
    uncited += [code.code for code in plan.changed if not code.is_cited]
    if uncited:
        yield f"No line of the source is given for {_some(uncited)}: give one for all or for each."
    held = [code.code for code in plan.removed if any(place.holds for place in code.places)]
    if held:
        yield f"A criterion names {_some(held)}: take it out there first, or keep it in the list."


def _some(codes: Sequence[str]) -> str:
    more = len(codes) - MOST_IN_SENTENCE
    return ", ".join(codes[:MOST_IN_SENTENCE]) + (f" and {more} more" if more > 0 else "")
