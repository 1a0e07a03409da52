"""Time to judge 10,000 open requests by a new edition, and of a wizard page meanwhile.

Every request is judged twice: the new edition changes something all of them rest on. Run it alone:
``python -m tests.benchmarks impact``.
"""

import logging
import statistics
from datetime import date
from threading import Event, Thread
from time import monotonic, perf_counter, process_time, sleep
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from criteria.actions.impact import edition_for, start, step
from criteria.actions.policies.drafts import copy_to_draft
from criteria.actions.policies.parts import save_part
from criteria.actions.roles import command_line_user
from criteria.models import (
    AuthorizationRequest,
    Criterion,
    ImpactRun,
    ImpactState,
    PolicyVersion,
    Question,
)
from criteria.requests.impact.judging import ImpactJudge
from tests.benchmarks.crowd import crowd

Figures = dict[str, Any]
EVERY, WORKING = 0.5, 0.4
WIZARD_SECONDS = 12.0


def run(count: int = 10_000) -> Figures:
    """Seconds of a whole run and of one by the page's steps, and what a wizard page waits."""
    logging.disable(logging.WARNING)
    with crowd(count, "commercial") as there, override_settings(DEBUG=False):
        version = _changed_draft()
        begun, processor = perf_counter(), process_time()
        changed = _judged(version).rows.count()
        seconds, busy = perf_counter() - begun, process_time() - processor
        wizard = _wizard(version)
    return {
        "requests": there,
        "seconds": seconds,
        "ms_per_request": seconds * 1000 / there,
        "processor_ms_per_request": busy * 1000 / there,
        "changed": changed,
        "seconds_by_steps": seconds * EVERY / WORKING,
        **wizard,
    }


def _changed_draft() -> PolicyVersion:
    """A draft with a stricter criterion, and another help text of a question all are asked."""
    by = command_line_user()
    published = PolicyVersion.objects.published().get(policy__key="uhc")
    draft = copy_to_draft(version=published, number="NEXT", effective_from=date(2030, 1, 1), by=by)
    months = Criterion.objects.get(version=draft, question__key="cidp_months_progressive")
    months.threshold = 5
    save_part(part=months, by=by)
    stated = Question.objects.get(version=draft, role="diagnosis_stated")
    stated.help = "Asked in other words."
    save_part(part=stated, by=by)
    return draft


def _judged(version: PolicyVersion) -> ImpactRun:
    begun = start(version=version, by=command_line_user())
    return step(run=begun, seconds=None, judge=ImpactJudge(edition_for(version).edition))


def _wizard(version: PolicyVersion) -> Figures:
    """A page of the wizard alone, and in one process with a run that steps as its page does."""
    client = Client()
    client.force_login(User.objects.get(username="ann"))
    request = AuthorizationRequest.objects.filter(indication_key="cidp").earliest("pk")
    url = reverse("wizard:page", args=[request.number, "dose"])
    alone = _times(client, url)
    is_over = Event()
    stepping = Thread(target=_step_on, args=(version, is_over))
    stepping.start()
    meanwhile = _times(client, url)
    is_over.set()
    stepping.join()
    return {
        "wizard_alone_ms": statistics.median(alone),
        "wizard_alone_p95_ms": _p95(alone),
        "wizard_meanwhile_ms": statistics.median(meanwhile),
        "wizard_meanwhile_p95_ms": _p95(meanwhile),
    }


def _step_on(version: PolicyVersion, is_over: Event) -> None:
    judge = ImpactJudge(edition_for(version).edition)
    found = start(version=version, by=command_line_user())
    while found.state == ImpactState.RUNNING and not is_over.is_set():
        begun = monotonic()
        found = step(run=found, seconds=WORKING, judge=judge)
        sleep(max(0.0, EVERY - (monotonic() - begun)))
    connection.close()


def _times(client: Client, url: str) -> list[float]:
    """Milliseconds of a page asked for five times a second."""
    taken, until = [], monotonic() + WIZARD_SECONDS
    while monotonic() < until:
        begun = perf_counter()
        assert client.get(url).status_code == 200
        taken.append((perf_counter() - begun) * 1000)
        sleep(0.2)
    return taken


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
