"""Time to find a diagnosis and its codes, by the search alone and as a page's fragment.

The whole table is loaded into a database that is thrown away, SQLite or PostgreSQL as
``DATABASE_URL`` says. Run it alone: ``python -m tests.benchmarks.bench_icd10``.
"""

import logging
import statistics
from collections.abc import Callable
from datetime import date
from functools import partial
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.test import Client, override_settings

from criteria.models import AuthorizationRequest
from criteria.policies.edition import Edition
from criteria.policies.stored.load import edition_of
from criteria.screens.wizard.search.search import search
from tests.benchmarks.scene import scene

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
NAMES = (
    *("chronic", "inflammatory", "demyelinating", "polyneuropathy", "thrombocytopenia"),
    *("immunodeficiency", "transplantation", "dermatomyositis", "encephalomyelitis"),
    *("paraproteinemic", "ophthalmopathy", "meningoencephalitis"),
)
QUERIES = {
    "code": "G61.81",
    "code, as typed": "g6181*",
    "heading of thousands": "S52",
    "start of a code": "t3",
    "words": "inflammatory demyelinating",
    "starts of words": "diab ret left",
    "a frequent word": "other",
    "frequent words": "unspecified left",
    "one letter": "o",
    "12 frequent letters": "o f l r e u s i c t b w",
    "every letter": " ".join(LETTERS),
    "12 words": "of other left right with unspecified initial fracture closed for and encounter",
    "no such word": "zzzz",
    "frequent, never met": "left fracture of cholera",
    "100 characters": "x" * 100,
    "own words of a code": "Myasthenia gravis with (acute) exacerbation",
    "a code and words": "ICD-10: G61.81 CIDP",
    "misspelt": "chronic inflamatory demyelinting polyneuropthy",
    "12 misspelt words": " ".join(f"{word}x" for word in NAMES),
    "800 signs, no words": "qzx" * 267,
    "800 signs, 267 words": "qz " * 267,
    "800 signs, all starts": " ".join(a + b for a in LETTERS for b in LETTERS)[:800],
    "800 signs like codes": "G6l.8l D80.O " * 62,
    "percent": "%",
    "underscore": "_ _%",
}


def run(rounds: int = 40) -> dict[str, Any]:
    """Milliseconds of each query, its median and its worst, and the worst query of each kind."""
    logging.disable(logging.WARNING)
    with scene() as stage, override_settings(DEBUG=False, ALLOWED_HOSTS=["testserver"]):
        call_command("load_icd10", verbosity=0)
        client, url = Client(), stage.url("diagnosis")
        client.force_login(stage.user)
        edition, day = _judged_by(stage.request)
        found = {
            name: _timed(partial(search, edition, day, text), rounds)
            for name, text in QUERIES.items()
        }
        shown = {
            name: _timed(partial(_fragment, client, url, text), rounds)
            for name, text in QUERIES.items()
        }
    return {
        **_figures("search", found),
        **_figures("page", shown),
        "queries": {
            name: {
                "search_ms": statistics.median(found[name]),
                "worst": max(found[name]),
                "page_ms": statistics.median(shown[name]),
                "page_worst": max(shown[name]),
            }
            for name in QUERIES
        },
    }


def _figures(kind: str, times: dict[str, list[float]]) -> dict[str, float]:
    """The median of all, the median of the slowest query, and the worst single run."""
    medians = [statistics.median(taken) for taken in times.values()]
    return {
        f"{kind}_median_ms": statistics.median(medians),
        f"{kind}_slowest_ms": max(medians),
        f"{kind}_worst_ms": max(max(taken) for taken in times.values()),
    }


def _judged_by(request: AuthorizationRequest) -> tuple[Edition, date]:
    assert request.version is not None and request.request_date is not None
    return edition_of(request.version), request.request_date


def _fragment(client: Client, url: str, text: str) -> None:
    response = client.get(url, {"q": text}, headers={"HX-Request": "true"})
    assert response.status_code == 200, response.status_code


def _timed(call: Callable[[], object], rounds: int) -> list[float]:
    call()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        call()
        times.append((perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    from tests.benchmarks.__main__ import main

    main(["icd10"])
