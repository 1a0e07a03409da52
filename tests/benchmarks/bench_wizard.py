"""Time of a wizard step beside a bare signed-in page, and the queries each step makes.

Whole requests through every middleware, in this process, in turns. Run it alone:
``python -m tests.benchmarks.bench_wizard``.
"""

import logging
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.scene import scene

Figures = dict[str, Any]


def run(rounds: int = 150) -> Figures:
    """Milliseconds of each step and of the bare page, their ratios, and the queries of a step.

    ``ratio_median`` and ``ratio_p95`` are of all steps together; the worst single step is beside
    them, and the ratio to a page that shows nothing but a heading. Every round saves every page,
    so each page shown is drawn for a revision that was never shown before.
    """
    logging.disable(logging.WARNING)
    with (
        scene() as stage,
        override_settings(
            ROOT_URLCONF="tests.benchmarks.bare", DEBUG=False, ALLOWED_HOSTS=["testserver"]
        ),
    ):
        client = Client()
        client.force_login(stage.user)
        steps = {name: _job(client, stage, slug, kind) for name, slug, kind in stage.steps}
        queries = {name: _queries(job) for name, job in steps.items()}
        times = _taking_turns(
            {
                "bare": lambda: client.get("/bare/"),
                "heading": lambda: client.get("/heading/"),
                **steps,
            },
            rounds,
        )
    return _figures(times, queries)


def _job(client: Client, stage: Any, slug: str, kind: str) -> Callable[[], Any]:
    url = stage.url(slug)
    if kind != "save":
        return lambda: client.get(url)
    return lambda: client.post(url, stage.typed(slug), headers={"HX-Request": "true"})


def _queries(job: Callable[[], Any]) -> int:
    job()
    with CaptureQueriesContext(connection) as captured:
        response = job()
    assert response.status_code == 200, response.status_code
    return sum(
        not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        for q in captured.captured_queries
    )


def _taking_turns(jobs: dict[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            start = perf_counter()
            job()
            times[name].append((perf_counter() - start) * 1000)
    return times


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _figures(times: dict[str, list[float]], queries: dict[str, int]) -> Figures:
    bare, heading = times.pop("bare"), times.pop("heading")
    median, p95 = statistics.median(bare), _p95(bare)
    steps = {
        name: {
            "median_ms": statistics.median(taken),
            "p95_ms": _p95(taken),
            "ratio_median": statistics.median(taken) / median,
            "ratio_p95": _p95(taken) / p95,
            "queries": queries[name],
        }
        for name, taken in times.items()
    }
    every = [one for taken in times.values() for one in taken]
    return {
        "bare_median_ms": median,
        "bare_p95_ms": p95,
        "heading_median_ms": statistics.median(heading),
        "ratio_median": statistics.median(every) / median,
        "ratio_p95": _p95(every) / p95,
        "ratio_to_heading": statistics.median(every) / statistics.median(heading),
        "worst_step_median": max(step["ratio_median"] for step in steps.values()),
        "worst_step_p95": max(step["ratio_p95"] for step in steps.values()),
        "queries_most": max(queries.values()),
        "steps": steps,
    }


if __name__ == "__main__":
    from tests.benchmarks.__main__ import main

    main(["wizard"])
