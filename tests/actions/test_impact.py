"""Runs over the requests an edition touches: started, stepped, stopped, stale."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from criteria.accounts.permissions import Role
from criteria.actions.impact import is_stale, latest, requests_of, start, step, stop
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.parts import save_version
from criteria.models import (
    AuthorizationRequest,
    Criterion,
    ImpactRow,
    ImpactRun,
    ImpactState,
    PolicyVersion,
    RequestStatus,
)
from criteria.requests.impact.touched import TouchedRequest
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.factories.request import started
from tests.factories.requests_at import columns_at

pytestmark = pytest.mark.django_db


def everyone(requests: Sequence[AuthorizationRequest]) -> list[TouchedRequest]:
    return [TouchedRequest(r.pk, "meets", "incomplete", "x: met → not answered") for r in requests]


def nobody(requests: Sequence[AuthorizationRequest]) -> list[TouchedRequest]:
    return []


def next_edition(requests: int = 3) -> PolicyVersion:
    current = published()
    for _ in range(requests):
        started(current)
    return draft(number="NEXT", effective_from="2030-01-01")


def submitted(request: AuthorizationRequest, status: str, days_ago: int) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    AuthorizationRequest.objects.filter(pk=request.pk).update(
        **columns_at(status, at, request.owner)
    )


def edit(version: PolicyVersion) -> None:
    version.source = f"{version.source}, changed"
    save_version(version=version, changed=["source"], by=paula())


def test_whole_run_keeps_what_changes_and_ends() -> None:
    run = start(version=next_edition(), by=paula())
    assert (run.total, run.done, run.state) == (3, 0, "running")
    run = step(run=run, seconds=None, judge=everyone)
    assert (run.done, run.total, run.state) == (3, 3, "done")
    assert run.finished_at is not None
    assert run.rows.count() == 3


def test_step_without_time_judges_one_chunk_and_the_next_goes_on() -> None:
    run = start(version=next_edition(30), by=paula())
    seen: list[int] = []

    def note(requests: Sequence[AuthorizationRequest]) -> list[TouchedRequest]:
        seen.extend(r.pk for r in requests)
        return []

    run = step(run=run, seconds=0, judge=note)
    assert (run.done, run.state) == (25, "running")
    run = step(run=run, seconds=0, judge=note)
    assert (run.done, run.state) == (30, "done")
    assert seen == sorted(set(seen))


def test_of_two_steps_at_once_one_is_kept() -> None:
    run = start(version=next_edition(), by=paula())

    def meanwhile(requests: Sequence[AuthorizationRequest]) -> list[TouchedRequest]:
        step(run=ImpactRun.objects.get(pk=run.pk), seconds=None, judge=everyone)
        return everyone(requests)

    again = step(run=run, seconds=None, judge=meanwhile)
    assert (again.done, again.rows.count()) == (3, 3)


def test_edit_makes_a_run_stale_and_its_next_step_stops_it() -> None:
    version = next_edition()
    run = start(version=version, by=paula())
    edit(version)
    assert is_stale(run)
    run = step(run=run, seconds=None, judge=everyone)
    assert (run.state, run.done) == (ImpactState.STOPPED, 0)
    assert not ImpactRow.objects.exists()


def test_edit_undone_leaves_the_run_as_it_was() -> None:
    version = next_edition()
    run = start(version=version, by=paula())
    source = version.source
    edit(version)
    version.source = source
    save_version(version=version, changed=["source"], by=paula())
    assert not is_stale(run)


def test_second_run_over_the_same_content_is_refused_in_words() -> None:
    version = next_edition()
    start(version=version, by=paula())
    with pytest.raises(EditionRefusedError, match="paula began this at .* still running"):
        start(version=version, by=peter())


def test_run_over_older_content_ends_when_another_begins() -> None:
    version = next_edition()
    old = start(version=version, by=paula())
    edit(version)
    new = start(version=version, by=peter())
    old.refresh_from_db()
    assert old.state == ImpactState.STOPPED
    assert latest(version) == new


def test_stopped_run_goes_no_further() -> None:
    run = start(version=next_edition(), by=paula())
    stop(run=run, by=peter())
    run = step(run=run, seconds=None, judge=everyone)
    assert (run.state, run.done) == ("stopped", 0)


@pytest.mark.parametrize("months", [-1, 121])
def test_months_that_cannot_be_are_refused(months: int) -> None:
    with pytest.raises(EditionRefusedError, match=f"not for {months}"):
        start(version=next_edition(0), decided_months=months, by=paula())
    assert not ImpactRun.objects.exists()


def test_unfinished_edition_says_what_is_missing() -> None:
    version = next_edition(0)
    Criterion.objects.filter(version=version, tree__use="general_initial").delete()
    with pytest.raises(EditionRefusedError, match="is unfinished. Missing: "):
        start(version=version, by=paula())


def test_nobody_else_starts_or_stops() -> None:
    version = next_edition(0)
    run = start(version=version, by=paula())
    rhea = person("rhea", Role.REVIEWERS)
    with pytest.raises(PermissionDenied):
        stop(run=run, by=rhea)
    with pytest.raises(PermissionDenied):
        start(version=version, by=rhea)


def looked_at(version: PolicyVersion, months: int | None = None) -> set[int]:
    run = start(version=version, decided_months=months, by=paula())
    stop(run=run, by=paula())
    return set(requests_of(run).values_list("pk", flat=True))


def test_open_requests_are_looked_at_and_decided_ones_if_asked() -> None:
    version = next_edition(6)
    request: dict[str, Any] = dict(
        zip(
            ("draft", "sent", "asked", "lately", "long_ago", "gone"),
            AuthorizationRequest.objects.order_by("pk"),
            strict=True,
        )
    )
    submitted(request["sent"], RequestStatus.SUBMITTED, 400)
    submitted(request["asked"], RequestStatus.INFORMATION_REQUESTED, 1)
    submitted(request["lately"], RequestStatus.APPROVED, 20)
    submitted(request["long_ago"], RequestStatus.DENIED, 100)
    AuthorizationRequest.objects.filter(pk=request["gone"].pk).update(
        status="withdrawn", withdrawn_at=timezone.now(), withdrawn_by=paula()
    )
    opened = {request[name].pk for name in ("draft", "sent", "asked")}
    assert looked_at(version) == opened
    assert looked_at(version, 2) == opened | {request["lately"].pk}
    assert looked_at(version, 6) == opened | {request["lately"].pk, request["long_ago"].pk}


def test_requests_of_another_line_of_business_are_left_alone() -> None:
    version = next_edition(2)
    first = AuthorizationRequest.objects.order_by("pk").first()
    assert first is not None
    AuthorizationRequest.objects.filter(pk=first.pk).update(line_of_business="medicare")
    assert len(looked_at(version)) == 1


def test_run_changes_nothing_of_a_request() -> None:
    version = next_edition(1)
    before = list(AuthorizationRequest.objects.values())
    step(run=start(version=version, by=paula()), seconds=None, judge=everyone)
    assert list(AuthorizationRequest.objects.values()) == before
