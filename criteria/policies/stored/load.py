"""From a policy file to the rows of a version, and from stored versions to editions.

Only actions call ``load``: it neither asks for permission nor records an event.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import transaction

from criteria.models import Policy, PolicyVersion
from criteria.policies.edition import Edition
from criteria.policies.file import schema
from criteria.policies.file.compile import compile_edition
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.export import export
from criteria.policies.stored.load_rows import VersionRows
from criteria.policies.stored.rows import EDITION, POLICY, columns
from criteria.policies.stored.spelling import usual


@transaction.atomic
def load(file: schema.PolicyFile) -> PolicyVersion:
    """Store a policy file as a new draft. Raises PolicyFileError when it does not fit together."""
    compile_edition(file)
    file = usual(file)
    version = PolicyVersion(policy=_policy(file.policy), **edition_columns(file))
    version.full_clean(exclude=["policy"])
    version.save()
    rows = VersionRows(version, file)
    rows.add_all()
    if rows.batch.problems:
        raise PolicyFileError(rows.batch.problems)
    rows.batch.insert()
    if export(version) != file:
        raise RuntimeError(f"{version} was not stored as it was read")
    return version


def edition_columns(file: schema.PolicyFile) -> dict[str, Any]:
    """Number, dates and source of the edition."""
    return columns(file.edition, EDITION, PolicyVersion)


def _policy(part: schema.PolicyPart) -> Policy:
    """The policy of the file, new if it is not known yet; a known one is never changed."""
    values = columns(part, POLICY, Policy)
    policy, _ = Policy.objects.get_or_create(key=part.key, defaults=values)
    return policy


def edition_of(version: PolicyVersion) -> Edition:
    """The stored version as plain data, to judge by.

    A published one is kept in memory by its content: asking again costs no query. A draft is read
    fresh each time. Raises PolicyFileError while a draft is unfinished.
    """
    if version.is_locked:
        return _published(version.pk, version.content_hash, version.effective_until)
    return compile_edition(export(version))


@lru_cache(maxsize=32)
def _published(pk: int, content_hash: str, effective_until: date | None) -> Edition:
    return compile_edition(export(PolicyVersion.objects.select_related("policy").get(pk=pk)))


def version_in_force(line_of_business: str, day: date) -> PolicyVersion | None:
    """The published version that rules on a day of service; None when there is none."""
    found = PolicyVersion.objects.in_force_on(day).select_related("policy")
    return found.filter(policy__line_of_business=line_of_business).first()
