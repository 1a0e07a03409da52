"""The commercial edition as it is shipped."""

from functools import cache

from criteria.policies.edition import Edition
from criteria.policies.file.compile import compile_edition
from tests.factories.commercial import commercial_file


@cache
def edition() -> Edition:
    return compile_edition(commercial_file())
