"""Time of the page of figures, and of each figure, over 100,000 submitted requests.

Run it alone: ``python -m tests.benchmarks figures``.
"""

import logging
import statistics
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter, process_time
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from criteria.models import WorklistGroup
from criteria.screens.figures.desk import FIGURES, DeskFigures
from criteria.screens.figures.scope import FigureScope
from criteria.screens.figures.views import FINDINGS, STATES
from tests.benchmarks.crowd import crowd
from tests.benchmarks.desk_rows import Rows

Figures = dict[str, Any]
TIMES = 3


def run(count: int = 100_000) -> Figures:
    """Seconds of the page over 90 days and over everything, of each figure, and its queries."""
    logging.disable(logging.WARNING)
    with crowd(0, "commercial"), override_settings(DEBUG=False):
        client = Client()
        client.force_login(User.objects.get(username="rhea"))
        _page(client, "all")
        Rows().write(count)
        return {
            "requests": count,
            "page_90_days_s": _median(lambda: _page(client, "90")),
            "page_everything_s": _median(lambda: _page(client, "all")),
            "page_everything_processor_s": _processor(lambda: _page(client, "all")),
            "queries": _queries(client),
            "each_s": {
                "of 90 days": _each(timezone.localdate() - timedelta(days=89)),
                "of everything": _each(None),
            },
        }


def _page(client: Client, period: str) -> None:
    assert client.get(reverse("review:figures"), {"period": period}).status_code == 200


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        _page(client, "all")
    return len(queries)


def _each(first: date | None) -> dict[str, float]:
    """Seconds of each figure alone, from a first day on."""
    scope = FigureScope(first, groups=WorklistGroup.objects.in_bulk())
    return {
        name: _median(
            lambda make=make: make(DeskFigures(scope, timezone.localdate(), STATES, FINDINGS))
        )  # type: ignore[misc]
        for name, make in FIGURES.items()
    }


def _processor(what: Callable[[], object]) -> float:
    """Seconds of this process alone: what others do on the machine does not count."""
    begun = process_time()
    what()
    return process_time() - begun


def _median(what: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = perf_counter()
        what()
        taken.append(perf_counter() - begun)
    return statistics.median(taken)
