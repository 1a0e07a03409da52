"""Time to the first page of the worklist with a thousand requests and with a million.

On PostgreSQL alone, where a million belongs: ``DATABASE_URL=postgres://... python -m
tests.benchmarks worklist``. Each list is asked for as the page asks for it, all queries and lines,
without the template. Milliseconds are the least of some runs, which other work of the machine
disturbs least, and the worst. ``ratio``: the least with the million to the least with the thousand.
"""

import logging
import os
import statistics
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from django.db import connection
from django.test.utils import (
    CaptureQueriesContext,
    override_settings,
    setup_test_environment,
    teardown_test_environment,
)

from criteria.screens.review.worklist.worklist import A_PAGE, Worklist
from tests.benchmarks.many_requests import LISTS, Cast, add_requests, cast

SIZES = (1_000, int(os.environ.get("BENCH_REQUESTS", 1_000_000)))
ROUNDS = 15
TABLES = ("authorizationrequest", "requestword", "submission")
Figures = dict[str, dict[str, float]]


def run() -> dict[str, Any]:
    """Milliseconds of every list at both sizes, the worst ratio, and reads of whole tables."""
    if connection.vendor != "postgresql":
        print("worklist: skipped, it needs DATABASE_URL=postgres://...")
        return {}
    logging.disable(logging.WARNING)
    found: Figures = {}
    with _database() as people, override_settings(DEBUG=False):
        for size in SIZES:
            add_requests(people, size)
            for name, asked in LISTS.items():
                _timed(found.setdefault(name, {}), f"{size}", people, asked)
        whole = sum(_reads_whole(people, asked) for asked in LISTS.values())
    few, many = (str(size) for size in SIZES)
    for cells in found.values():
        cells["ratio"] = cells[f"ms_{many}"] / cells[f"ms_{few}"]
    return {
        "requests": float(SIZES[-1]),
        "first_page_ms_most": max(cells[f"ms_{many}"] for cells in found.values()),
        "ratio_median": statistics.median(cells["ratio"] for cells in found.values()),
        "ratio_most": max(cells["ratio"] for cells in found.values()),
        "whole_table_reads": float(whole),
        "lists": found,
    }


@contextmanager
def _database() -> Iterator[Cast]:
    """A database that is thrown away, with the policy and the people."""
    setup_test_environment()
    old = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield cast()
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)
        teardown_test_environment()


def _page(people: Cast, asked: Mapping[str, str]) -> int:
    """How many lines the first page has."""
    data = Query(asked)
    return len(Worklist(people.reviewer, data, is_search="q" in asked).page.rows)


class Query(dict[str, str]):
    """Data as it comes from an address."""

    def dict(self) -> Mapping[str, str]:
        """As it is."""
        return self


def _timed(cells: dict[str, float], size: str, people: Cast, asked: Mapping[str, str]) -> None:
    rows = _page(people, asked)
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        _page(people, asked)
        times.append((perf_counter() - begun) * 1000)
    cells |= {f"ms_{size}": min(times), f"worst_{size}": max(times)}
    cells[f"rows_{size}"] = rows
    assert rows <= A_PAGE


def _reads_whole(people: Cast, asked: Mapping[str, str]) -> int:
    """How many queries of a list read a large table from end to end."""
    with CaptureQueriesContext(connection) as captured:
        _page(people, asked)
    plans = [_plan(query["sql"]) for query in captured if query["sql"].startswith("SELECT")]
    whole = [plan for plan in plans if any(f"Seq Scan on criteria_{t}" in plan for t in TABLES)]
    for plan in whole:
        print(asked, plan, sep="\n")
    return len(whole)


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())
