"""What is known of the codes of a pasted list: ranges spelled out, and which can be billed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from criteria.actions.policy_codes.read import GivenCode, UnreadableLine
from criteria.models import Code, IcdCode, PolicyVersion
from criteria.policies.codes.codebook import CodeFacts
from criteria.policies.codes.lookup import LAST, describe_all
from criteria.rules.formats import date_text, joined
from criteria.rules.terms import CodeSystem

MOST_IN_RANGE = 2000
# Headings are looked up by ranges joined with "or": a database takes only so many at once.
AT_ONCE = 500
MOST_RANGES = 100
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code that may not be billed on the first day of the edition, and why."""

    code: str
    why: str


def spelled_out(
    given: Sequence[GivenCode | UnreadableLine],
) -> tuple[list[GivenCode], list[UnreadableLine]]:
    """The codes with each range in the place of its billable codes, and what cannot be read.

    The table of ICD-10-CM says which codes a range has; its description belongs to none of them.
    """
    codes: list[GivenCode] = []
    unreadable: list[UnreadableLine] = []
    ranges = 0
    for one in given:
        if isinstance(one, UnreadableLine):
            unreadable.append(one)
        elif not one.last:
            codes.append(one)
        else:
            ranges += 1
            within = _within(one.code, one.last) if ranges <= MOST_RANGES else []
            if why := _why_not(within, ranges):
                unreadable.append(UnreadableLine(one.at, f"{one.code}-{one.last}", why))
            else:
                codes.extend(replace(one, code=c, last="", description="") for c in within)
    return codes, unreadable


def _within(first: str, last: str) -> list[str]:
    rows = IcdCode.objects.filter(code__gte=first, code__lte=last + LAST, billable=True)
    codes = rows.order_by("code").values_list("code", flat=True)
    return list(codes[: MOST_IN_RANGE + 1])


def _why_not(within: list[str], ranges: int) -> str:
    if ranges > MOST_RANGES:
        return f"A list has at most {MOST_RANGES} ranges."
    if len(within) > MOST_IN_RANGE:
        return f"The range has more than {MOST_IN_RANGE:,} codes: name smaller ones."
    return "" if within else "ICD-10-CM, as it is loaded, has no code in this range."


def facts_of(codes: Collection[str], system: CodeSystem) -> Mapping[str, CodeFacts]:
    """What the table says of diagnosis codes, a part of them at a time; of others nothing."""
    if system is not CodeSystem.ICD10:
        return {}
    found: dict[str, CodeFacts] = {}
    for part in _parts(list(codes)):
        found |= describe_all(part)
    return found


def _parts(codes: list[str]) -> Iterator[list[str]]:
    return (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))


def unknown(codes: Collection[str], facts: Mapping[str, CodeFacts]) -> list[Doubt]:
    """The codes the table does not have, each with the codes below its nearest heading."""
    missing = [code for code in codes if code not in facts]
    near = facts_of({above for code in missing for above in _above(code)}, CodeSystem.ICD10)
    return [Doubt(code, _nearest(code, near)) for code in missing]


def _above(code: str) -> list[str]:
    """The headings a code could stand below, the nearest first."""
    return [code[:length].rstrip(".") for length in range(len(code) - 1, 2, -1)]


def _nearest(code: str, near: Mapping[str, CodeFacts]) -> str:
    heading = next((near[above] for above in _above(code) if above in near), None)
    if heading is None:
        return ""
    if heading.billable:
        return f"ICD-10-CM has {heading.code} {heading.description}."
    return f"Below {heading.code} are {named(heading.children)}."


def headings(facts: Mapping[str, CodeFacts]) -> list[Doubt]:
    """The codes that are headings, with what is billed below them."""
    return [
        Doubt(code, f"Billed are {named(found.children)}.")
        for code, found in facts.items()
        if not found.billable
    ]


def out_of_days(version: PolicyVersion, codes: Collection[str], system: CodeSystem) -> list[Doubt]:
    """The codes that this or another edition knows as begun later or ended on the first day."""
    day = version.effective_from
    rows = Code.objects.filter(system=system, code__in=codes).exclude(first_day=None, last_day=None)
    newest_first = rows.select_related("version").order_by("code", "-version__effective_from")
    told: dict[str, Code] = {}
    for row in newest_first:
        if row.code not in told or row.version_id == version.pk:
            told[row.code] = row
    doubts = {code: _out_of_days(row, day) for code, row in told.items()}
    return [Doubt(code, why) for code, why in doubts.items() if why]


def _out_of_days(row: Code, day: date) -> str:
    if row.last_day is not None and row.last_day < day:
        return f"Billed up to {date_text(row.last_day)}. {row.note}".strip()
    if row.first_day is not None and row.first_day > day:
        return f"Billed only from {date_text(row.first_day)} on. {row.note}".strip()
    return ""


def named(codes: Sequence[str]) -> str:
    """All of them, or as many as can be read with how many there are."""
    if len(codes) <= MOST_NAMED:
        return joined(codes, "and")
    return f"{', '.join(codes[:MOST_NAMED])} and {len(codes) - MOST_NAMED} more"
