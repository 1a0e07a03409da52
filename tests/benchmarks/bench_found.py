"""How much of what is searched is found: codes by their own words, names however misspelt.

Every code of every edition on its first and last day, a sample of the whole table of ICD-10-CM,
and each name of both policies with each kind of mistake. Run it alone:
``python -m tests.benchmarks found``; what is not found is printed above the figures.
"""

import logging
from datetime import date
from functools import partial
from typing import Any

from django.core.management import call_command

from criteria.policies.edition import Edition
from criteria.policies.stored.load import edition_of
from tests.benchmarks.scene import scene
from tests.factories.commercial import publish_commercial_policy
from tests.factories.medicare import publish_medicare_policies
from tests.screens.wizard import finding

DAY = date(2026, 11, 20)
SAMPLE, SEED = 2_000, 1


def run() -> dict[str, Any]:
    """Of each kind how many were searched, and the percentage that was missed."""
    logging.disable(logging.WARNING)
    with scene():
        call_command("load_icd10", verbosity=0)
        commercial = edition_of(publish_commercial_policy())
        medicare = [edition_of(version) for version in publish_medicare_policies().values()]
        return {
            **_codes("commercial", [commercial]),
            **_codes("medicare", medicare),
            **_missed("table", *finding.table_misses(commercial, DAY, SAMPLE, SEED)),
            **_misspelt([commercial, medicare[-1]]),
        }


def _codes(name: str, editions: list[Edition]) -> dict[str, float]:
    results = [finding.edition_misses(edition) for edition in editions]
    missed = [text for _, found in results for text in found]
    return _missed(name, sum(searched for searched, _ in results), missed)


def _misspelt(editions: list[Edition]) -> dict[str, float]:
    searched = sum(len(list(finding.names_of(edition))) for edition in editions)
    kinds: dict[str, list[str]] = {}
    for edition in editions:
        find = partial(finding.shown, edition, DAY)
        for kind, found in finding.misspelt_misses(edition, find, SEED).items():
            kinds.setdefault(kind, []).extend(found)
    figures: dict[str, float] = {}
    for kind, found in kinds.items():
        figures |= _missed(kind, searched, found)
    single = [text for kind in finding.KINDS for text in kinds[kind]]
    return figures | _missed("misspelt", searched * len(finding.KINDS), single)


def _missed(name: str, searched: int, missed: list[str]) -> dict[str, float]:
    for text in missed:
        print(f"  not found, {name}: {text}")
    return {f"{name}_searched": searched, f"{name}_missed_%": 100 * len(missed) / searched}
