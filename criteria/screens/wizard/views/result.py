"""The result, the check page, the attestation and the packet."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from criteria.accounts.people import name_of
from criteria.accounts.permissions import get_editable_request, get_own_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_view
from criteria.actions.requests.submit import ChangedSinceError, submit_request
from criteria.models import RequestStatus
from criteria.requests.content import StatedAttestation, StatedLine
from criteria.requests.loading import draft_of
from criteria.requests.marks import STATUS
from criteria.requests.record import record_of
from criteria.screens.access import signed_in
from criteria.screens.forms import unseen
from criteria.screens.wizard.forms.save import SaveForm
from criteria.screens.wizard.forms.send import STATEMENT, SubmitForm
from criteria.screens.wizard.packets import issue
from criteria.screens.wizard.pages import TaskPart, WizardPage
from criteria.screens.wizard.result import ResultView
from criteria.screens.wizard.sections import sections_of, stated_content
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.tasks.rounds import decision_of, rounds_of
from criteria.screens.wizard.walkthrough import Walkthrough

logger = logging.getLogger(__name__)
SUBMIT = WizardPage(slug="submit", title="Attest and submit", part=TaskPart.SEND)


@signed_in
@require_GET
def result(request: SignedInRequest, number: str) -> HttpResponse:
    """What the software finds, and why."""
    found = get_own_request(request.user, number)
    record_view(found, "the result", request.user)
    shown = ResultView(Walkthrough(draft_of(found)), request.GET.get("show", ""))
    return render(request, "criteria/wizard/result.html", {"result": shown})


@signed_in
@require_GET
def check(request: SignedInRequest, number: str) -> HttpResponse:
    """Every answer with its change link, and everything that is missing."""
    found = get_own_request(request.user, number)
    record_view(found, "the answers", request.user)
    walk = Walkthrough(draft_of(found))
    context = {
        "tasks": TaskList(walk),
        "draft": walk.draft,
        "sections": [
            (s, [x for x in s.lines if x.value or x.required], [x for x in s.lines if _is_idle(x)])
            for s in sections_of(walk, with_criteria=True)
        ],
        "enclosures": found.enclosures.filter(removed_at=None),
    }
    return render(request, "criteria/wizard/check.html", context)


def _is_idle(line: StatedLine) -> bool:
    """Not stated, and not needed."""
    return not line.value and not line.required


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, number: str) -> HttpResponse:
    """Attest and submit what is shown; nothing that was changed meanwhile."""
    if request.method == "POST":
        return _submit(request, number)
    found = get_own_request(request.user, number)
    if not found.is_editable:
        return redirect("wizard:tasks", number)
    return _form(request, Walkthrough(draft_of(found)))


def _form(
    request: HttpRequest, walk: Walkthrough, *, status: int = 200, changed: bool = False
) -> HttpResponse:
    form = SubmitForm(walk, SUBMIT)
    form.is_sent = request.method == "POST"
    context = {
        "form": form,
        "tasks": TaskList(walk),
        "draft": walk.draft,
        "changed": changed,
        "problems": form.unmet if form.is_sent else (),
        "drawn_from": unseen({"revision": walk.draft.request.revision}),
    }
    return render(request, "criteria/wizard/submit.html", context, status=status)


def _submit(request: SignedInRequest, number: str) -> HttpResponse:
    found = get_editable_request(request.user, number)
    walk = Walkthrough(draft_of(found))
    walk = walk.with_typed(SubmitForm(walk, SUBMIT).taken_from(request.POST))
    form = SubmitForm(walk, SUBMIT)
    if form.unmet or TaskList(walk).gaps or found.is_quick_check:
        return _form(request, walk, status=422)
    content = stated_content(walk, attestation=_attestation(request, form))
    try:
        submit_request(
            request=found,
            revision=SaveForm(request.POST).values["revision"],
            record=record_of(walk.draft, content),
            by=request.user,
        )
    except ChangedSinceError:
        return _form(request, walk, status=409, changed=True)
    _issue_packet(request, number)
    return redirect("wizard:packet", number)


def _issue_packet(request: SignedInRequest, number: str) -> None:
    """Print it at once. The request is submitted either way: the packet can be made again."""
    try:
        issue(get_own_request(request.user, number), by=request.user)
    except Exception:
        logger.exception("The packet of a submitted request was not made")


def _attestation(request: HttpRequest, form: SubmitForm) -> StatedAttestation:
    user: Any = request.user
    return StatedAttestation(
        name=str(form.values["signer"]),
        statement=STATEMENT,
        attested_at=timezone.now(),
        attested_by=name_of(user),
    )


@signed_in
@require_GET
def packet(request: SignedInRequest, number: str) -> HttpResponse:
    """Where a submitted request is, and every round of it: packets and letters."""
    found = get_own_request(request.user, number)
    record_view(found, "what was sent", request.user)
    rounds = rounds_of(found)
    if not rounds:
        return redirect("wizard:tasks", number)
    context = {
        "found": found,
        "status": STATUS[RequestStatus(found.status)],
        "submission": rounds[0].submission,
        "rounds": rounds,
        "decision": decision_of(found),
    }
    return render(request, "criteria/wizard/packet.html", context)
