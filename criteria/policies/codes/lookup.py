"""What ICD-10-CM says of a code."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping

from django.db.models import Q

from criteria.models import IcdCode
from criteria.policies.codes.codebook import CodeFacts

# No code is after it, of those of the same start, in the order of any database.
LAST = "Z" * 8


def release() -> str:
    """The release that is loaded, such as "April 2026"; empty when none is."""
    return IcdCode.objects.order_by().values_list("release", flat=True).first() or ""


def begins_with(start: str) -> Q:
    """The codes that begin with ``start``: the range is what the index of SQLite helps with."""
    return Q(code__gte=start, code__lte=start + LAST, code__startswith=start)


def describe(code: str) -> CodeFacts | None:
    """A code in its standard form with the billable codes below it; None when it is not known."""
    return describe_all([code]).get(code)


def describe_all(codes: Collection[str]) -> Mapping[str, CodeFacts]:
    """The codes among these that are known: one query, and one more when one is a heading."""
    if not codes:
        return {}
    found = IcdCode.objects.order_by().filter(code__in=codes)
    below = _billable_below([row.code for row in found if not row.billable])
    return {
        row.code: CodeFacts(row.code, row.description, row.billable, _children(row.code, below))
        for row in found
    }


def _billable_below(headings: list[str]) -> list[str]:
    wanted = Q()
    for heading in headings:
        wanted |= begins_with(heading)
    rows = IcdCode.objects.order_by().filter(wanted, billable=True) if headings else ()
    return sorted(row.code for row in rows)


def _children(code: str, billable: list[str]) -> tuple[str, ...]:
    return tuple(billable[bisect_left(billable, code) : bisect_right(billable, code + LAST)])
