"""The difference between two revisions of the Medicare article."""

from functools import cache

from django.conf import settings

from criteria.policies.difference import EditionDifference, difference
from criteria.policies.edition import Edition
from tests.factories.shipped import load_shipped


@cache
def revision(number: str) -> Edition:
    path = settings.BASE_DIR / "fixtures" / "policies" / f"cms-{number}.yaml"
    return load_shipped(path)[1]


def between(pair: tuple[str, str]) -> EditionDifference:
    return difference(revision(pair[0]), revision(pair[1]))
