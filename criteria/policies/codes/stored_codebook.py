"""What the stored editions and the table of ICD-10-CM say of a diagnosis code."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from criteria.models import Code, PolicyVersion, Status
from criteria.policies.codes.codebook import CodeFacts, ListingPeriod
from criteria.policies.codes.lookup import describe, release
from criteria.rules.terms import CodeSystem


class StoredCodebook:
    """Looks codes up in the database, one query each time it is asked."""

    def facts(self, code: str) -> CodeFacts | None:
        """What ICD-10-CM says of a code; None when it is not known."""
        return describe(code)

    def release(self) -> str:
        """The release of ICD-10-CM that is loaded; empty when none is."""
        return release()

    def listed(self, policy: str, code: str) -> tuple[ListingPeriod, ...]:
        """When the published editions of a policy list a code, joined where they follow on."""
        found = Code.objects.filter(
            version__policy__key=policy,
            version__status=Status.PUBLISHED,
            system=CodeSystem.ICD10,
            code=code,
            listed=True,
        )
        days = found.order_by("version__effective_from").values_list(
            "version__effective_from", "version__effective_until"
        )
        joined: list[ListingPeriod] = []
        for first, until in days:
            if joined and joined[-1].until == first:
                joined[-1] = ListingPeriod(joined[-1].first, until)
            elif until is None or first < until:
                joined.append(ListingPeriod(first, until))
        return tuple(joined)

    def is_code_on(self, code: str, day: date) -> bool:
        """Whether any policy in force on a day of service lists the code for it."""
        return bool(codes_on([code], day))


def codes_on(codes: Collection[str], day: date) -> frozenset[str]:
    """Those that any policy in force on a day of service lists for it: one query.

    A release of ICD-10-CM knows its own day alone: this tells that a heading was once a code.
    """
    found = Code.objects.filter(
        Q(first_day=None) | Q(first_day__lte=day),
        Q(last_day=None) | Q(last_day__gte=day),
        version__in=PolicyVersion.objects.in_force_on(day),
        system=CodeSystem.ICD10,
        code__in=codes,
        listed=True,
    )
    return frozenset(found.values_list("code", flat=True))


CODEBOOK = StoredCodebook()
