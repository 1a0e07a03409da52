"""Makes the example requests page by page, with the forms and the saves of the wizard."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from criteria.accounts.people import name_of
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.requests.enclosures import add_enclosure
from criteria.actions.requests.submit import submit_request
from criteria.demo.examples import ExampleRequest, ExampleState, Paper, examples, typed_on
from criteria.demo.marks import mark, was_made
from criteria.demo.papers import document_of
from criteria.demo.people import ANN, RHEA
from criteria.demo.reviews import review
from criteria.models import AuthorizationRequest, Practice
from criteria.requests.answers.typed import one
from criteria.requests.content import StatedAttestation
from criteria.requests.loading import draft_of
from criteria.requests.record import record_of
from criteria.requests.stated_request import StatedRequest
from criteria.rules.parse import date_of
from criteria.screens.wizard.forms.form import PageForm
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.forms.send import STATEMENT, SubmitForm
from criteria.screens.wizard.forms.start import RequestStartForm
from criteria.screens.wizard.packets import issue
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.renewal.start import Renewal
from criteria.screens.wizard.saving import save_typed, start_typed
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.walkthrough import Walkthrough

Fields = Mapping[str, str | list[str]]


class CannotMakeError(Exception):
    """An example does not fit the wizard or the policies stored here; the message says where."""


def make_requests() -> Iterator[str]:
    """Make each example that was never made; says what was done."""
    ann = User.objects.filter(username=ANN.username).first()
    practice = None if ann is None else Practice.objects.of(ann).first()
    if ann is None or practice is None:
        yield f"No example requests: {ANN.username} works in no practice here."
        return
    known = 0
    for name, example in examples():
        try:
            number = _made(name, example, practice, ann)
        except CannotMakeError as problem:
            yield f"Left out {name}: {problem}"
        else:
            known += not number
            if number:
                yield f"{number}: {example.shows}"
    if known:
        yield f"{known} example requests were made before and are left as they are."


@transaction.atomic
def _made(name: str, example: ExampleRequest, practice: Practice, by: User) -> str:
    """Make one example, whole or not at all; its number, or nothing if it was made before."""
    if was_made(f"request {name}"):
        return ""
    request = _typed(example, practice, by)
    mark(request, f"request {name}", by=by)
    if example.is_sent:
        _submit(request, by)
        issue(request, by=by)
        _review(example, request)
    elif example.state is ExampleState.WITHDRAWN:
        withdraw_request(request=request, by=by)
    if example.is_renewed:
        _renew(request, by)
    return request.number


def _typed(example: ExampleRequest, practice: Practice, by: User) -> AuthorizationRequest:
    """The request with its papers and every page typed and saved, in the order of the file.

    The papers come first: an answer names the one that shows it.
    """
    today = timezone.localdate()
    first, *others = example.pages.items()
    unsaved = AuthorizationRequest(practice=practice, is_quick_check=example.is_quick_check)
    request = _started(Walkthrough(StatedRequest(unsaved, None, (), today=today)), *first, by)
    for paper in example.papers:
        _enclose(request, paper, by)
    for slug, fields in others:
        request = AuthorizationRequest.objects.select_related("version__policy").get(pk=request.pk)
        before = Walkthrough(draft_of(request, today=today))
        page = _page(before, slug)
        sent = _sent(form_of(before, page), fields, today)
        after = before.with_typed(sent)
        _refuse_problems(form_of(after, page))
        save_typed(before, after, page, sent, by=by)
    return AuthorizationRequest.objects.select_related("version__policy").get(pk=request.pk)


def _started(blank: Walkthrough, slug: str, fields: Fields, by: User) -> AuthorizationRequest:
    page = _page(blank, slug)
    sent = _sent(form_of(blank, page), fields, blank.draft.today)
    walk = blank.with_typed(sent)
    form = form_of(walk, page)
    _refuse_problems(form)
    if not isinstance(form, RequestStartForm) or form.version is None:
        raise CannotMakeError("its first page must be the start page.")
    return start_typed(walk, form, sent, by=by)


def _page(walk: Walkthrough, slug: str) -> WizardPage:
    page = walk.page(slug)
    if page is None or not page.is_form:
        known = ", ".join(page.slug for page in walk.pages if page.is_form)
        raise CannotMakeError(f"there is no page {slug}, only {known}.")
    return page


def _sent(form: PageForm, fields: Fields, today: date) -> dict[str, list[str]]:
    """What a browser sends: these fields, and the rest of the page as it was drawn."""
    unknown = fields.keys() - set(form.names())
    if unknown:
        raise CannotMakeError(f"page {form.page.slug} has no field {', '.join(sorted(unknown))}.")
    query = QueryDict(mutable=True)
    for name in form.names():
        drawn = list(form.typed.get(name, ()))
        query.setlist(name, typed_on(today, fields[name]) if name in fields else drawn)
    return form.taken_from(query)


def _refuse_problems(form: PageForm) -> None:
    if form.problems:
        problem = form.problems[0]
        raise CannotMakeError(f"page {form.page.slug}, {problem.name}: {problem.text}")


def _enclose(request: AuthorizationRequest, paper: Paper, by: User) -> None:
    (dated,) = typed_on(timezone.localdate(), paper.dated)
    add_enclosure(
        request=request,
        title=paper.title,
        dated=date_of(dated),
        document=document_of(paper),
        by=by,
    )


def _submit(request: AuthorizationRequest, by: User) -> None:
    draft = draft_of(request)
    signer = one(draft.typed, "prescriber_name")
    walk = Walkthrough(draft).with_typed({"attest": ["yes"], "signer": [signer]})
    form = SubmitForm(walk, _submit_page(walk))
    missing = [*(p.text for p in form.unmet), *(gap.text for gap in TaskList(walk).gaps)]
    if missing:
        raise CannotMakeError(f"it cannot be submitted: {'; '.join(missing)}.")
    attestation = StatedAttestation(
        name=signer,
        statement=STATEMENT,
        attested_at=timezone.now(),
        attested_by=name_of(by),
    )
    record = record_of(walk.draft, stated_content(walk, attestation=attestation))
    submit_request(request=request, revision=request.revision, record=record, by=by)


def _review(example: ExampleRequest, request: AuthorizationRequest) -> None:
    """By Rhea, where the example says so."""
    rhea = User.objects.filter(username=RHEA.username).first()
    if example.review is None or rhea is None:
        return
    if missing := review(request, example.review, today=timezone.localdate(), by=rhea):
        raise CannotMakeError(f"its letter cannot be sent: {'; '.join(missing)}.")


def _renew(request: AuthorizationRequest, by: User) -> None:
    """Begin the request that continues it."""
    renewal = Renewal(AuthorizationRequest.objects.get(pk=request.pk))
    if why := renewal.problem or renewal.warning:
        raise CannotMakeError(f"it cannot be continued: {why}")
    renewal.start(by=by)


def _submit_page(walk: Walkthrough) -> WizardPage:
    return next(page for page in walk.pages if page.slug == "submit")
