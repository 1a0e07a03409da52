"""What publishing an edition would change of the requests there are: looked at chunk by chunk.

Nothing of a request is ever changed. A run is tied to the content of the edition it judges by.
"""

from collections.abc import Callable, Sequence
from time import monotonic

from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from criteria.accounts.permissions import Permission, may, require
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError
from criteria.models import (
    AuthorizationRequest,
    ImpactRow,
    ImpactRun,
    ImpactState,
    PolicyVersion,
)
from criteria.models.request import OPEN
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.drafts import Compiled, compiled
from criteria.requests.impact.touched import TouchedRequest

MOST_MONTHS = 120
CHUNK = 25


# Says which of some requests change. Nothing is written by it.
Judge = Callable[[Sequence[AuthorizationRequest]], list[TouchedRequest]]


def start(*, version: PolicyVersion, decided_months: int | None = None, by: User) -> ImpactRun:
    """A new run over every open request, and those decided in the last so many months.

    Raises EditionRefusedError for an unfinished edition, months that cannot be, and while another
    run looks at the same content.
    """
    check_may_look(by)
    _refuse_months(decided_months)
    judged_by = edition_for(version)
    with transaction.atomic():
        PolicyVersion.objects.select_for_update().get(pk=version.pk)
        _refuse_second(version, judged_by.content_hash)
        run = ImpactRun(
            version=version,
            content_hash=judged_by.content_hash,
            decided_months=decided_months or None,
            started_at=timezone.now(),
            started_by=by,
        )
        run.total = requests_of(run).count()
        run.full_clean()
        run.save()
        summary = f"Began to look at what {version} touches."
        record_event(verb="start", obj=run, summary=summary, by=by)
    return run


def step(*, run: ImpactRun, seconds: float | None, judge: Judge) -> ImpactRun:
    """Judge the requests that come next, for about so many seconds (None: all of them).

    The judging holds no lock, so nobody waits for it; of two who step at once one keeps what was
    found. A run whose edition changed since is stopped. Gives the run as it is stored now.
    """
    run.refresh_from_db()
    if run.state != ImpactState.RUNNING:
        return run
    if is_stale(run):
        ImpactRun.objects.filter(pk=run.pk, state=ImpactState.RUNNING).update(
            state=ImpactState.STOPPED, finished_at=timezone.now()
        )
    else:
        _judge_on(run, seconds, judge)
    run.refresh_from_db()
    return run


def _judge_on(run: ImpactRun, seconds: float | None, judge: Judge) -> None:
    until = None if seconds is None else monotonic() + seconds
    last, done, found, is_end = run.last_id, 0, list[TouchedRequest](), False
    while not is_end and (until is None or not done or monotonic() < until):
        chunk = list(requests_of(run).filter(pk__gt=last).order_by("pk")[:CHUNK])
        is_end = len(chunk) < CHUNK
        if chunk:
            found += judge(chunk)
            last, done = chunk[-1].pk, done + len(chunk)
    _keep(run, last, done, found, is_end)


@transaction.atomic
def _keep(run: ImpactRun, last: int, done: int, found: list[TouchedRequest], is_end: bool) -> None:
    """Write down a step, unless another one was first."""
    same = ImpactRun.objects.filter(pk=run.pk, state=ImpactState.RUNNING, last_id=run.last_id)
    values = {"last_id": last, "done": F("done") + done}
    if is_end:
        ended = {"state": ImpactState.DONE, "finished_at": timezone.now(), "total": values["done"]}
        values |= ended
    if not same.update(**values):
        return
    rows = [
        ImpactRow(run=run, request_id=t.request, before=t.before, after=t.after, words=t.words)
        for t in found
    ]
    ImpactRow.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def stop(*, run: ImpactRun, by: User) -> None:
    """End a run where it is; what it found so far stays."""
    check_may_look(by)
    running = ImpactRun.objects.filter(pk=run.pk, state=ImpactState.RUNNING)
    if running.update(state=ImpactState.STOPPED, finished_at=timezone.now()):
        summary = f"Stopped to look at what {run.version} touches."
        record_event(verb="stop", obj=run, summary=summary, by=by)
    run.refresh_from_db()


def latest(version: PolicyVersion) -> ImpactRun | None:
    """The last run of an edition, with who started it; None while there is none."""
    runs = ImpactRun.objects.filter(version=version).select_related("version__policy", "started_by")
    return runs.first()


def is_stale(run: ImpactRun) -> bool:
    """Whether the edition was changed since the run began."""
    try:
        return compiled(run.version).content_hash != run.content_hash
    except PolicyFileError:
        return True


def edition_for(version: PolicyVersion) -> Compiled:
    """The edition to judge by. Raises EditionRefusedError, with what is missing, if unfinished."""
    try:
        return compiled(version)
    except PolicyFileError as error:
        missing = "; ".join(dict.fromkeys(problem.message for problem in error.problems))
        raise EditionRefusedError(f"{version} is unfinished. Missing: {missing}") from error


def requests_of(run: ImpactRun) -> QuerySet[AuthorizationRequest]:
    """The requests a run looks at: those of its line of business that are open, or decided lately.

    A quick check is a draft like another: it becomes a request at the press of a button.
    """
    wanted = Q(status__in=OPEN)
    if run.decided_months:
        since = run.started_at - relativedelta(months=run.decided_months)
        wanted |= Q(decided_at__gte=since)
    line = run.version.policy.line_of_business
    return AuthorizationRequest.objects.filter(wanted, line_of_business=line)


def check_may_look(by: User) -> None:
    """Refuse, with PermissionDenied, whoever neither edits nor publishes policies."""
    if not may(by, Permission.PUBLISH_POLICY):
        require(by, Permission.EDIT_POLICY)


def _refuse_months(months: int | None) -> None:
    if months is not None and not 0 <= months <= MOST_MONTHS:
        raise EditionRefusedError(
            f"Decided requests are looked at for 0 to {MOST_MONTHS} months back, not for {months}."
        )


def _refuse_second(version: PolicyVersion, content_hash: str) -> None:
    """Two runs over the same content find the same; one over older content ends here."""
    running = ImpactRun.objects.filter(version=version, state=ImpactState.RUNNING)
    running.exclude(content_hash=content_hash).update(
        state=ImpactState.STOPPED, finished_at=timezone.now()
    )
    other = running.select_related("started_by").first()
    if other is not None:
        at = timezone.localtime(other.started_at)
        raise EditionRefusedError(
            f"{other.started_by} began this at {at:%H:%M} and it is still running. "
            "Let it go on, or stop it first."
        )
