"""The commercial edition as it is shipped."""

from functools import cache

from criteria.policies.edition import Edition
from tests.factories.commercial import commercial_edition


@cache
def edition() -> Edition:
    return commercial_edition()
