"""Saves what was typed, with what that changes: the columns of lists, and pages to check again."""

from django.contrib.auth.models import User

from criteria.actions.requests.edit import save_page
from criteria.actions.requests.start import RequestSummary, start_request
from criteria.models import AuthorizationRequest, RequestPage, Urgency
from criteria.policies.stored.load import edition_of
from criteria.requests.answers.identifiers import member_key
from criteria.requests.answers.typed import Typed, one
from criteria.requests.stated_content import dose_text, patient_name, product_text
from criteria.requests.stated_request import StatedRequest
from criteria.rules.terms import TherapyPhase
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.forms.start import RequestStartForm
from criteria.screens.wizard.pages import CODES, EDITION, WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough


def start_typed(
    walk: Walkthrough, form: RequestStartForm, sent: Typed, *, by: User
) -> AuthorizationRequest:
    """Write a request that does not exist yet: its first page has found a policy."""
    assert form.version is not None  # noqa: S101
    draft = walk.draft
    draft.edition = edition_of(form.version)
    return start_request(
        practice=draft.request.practice,
        version=form.version,
        slug=form.page.slug,
        data=sent,
        summary=summary_of(draft, form.values["line_of_business"]),
        is_quick_check=draft.request.is_quick_check,
        by=by,
    )


def save_typed(
    before: Walkthrough,
    after: Walkthrough,
    page: WizardPage,
    sent: Typed,
    *,
    tab: str = "",
    press: int = 0,
    revision: int = 0,
    by_button: bool = True,
    by: User,
) -> RequestPage:
    """Save a page, unless nothing was changed since the last save. Raises StaleSaveError."""
    request, row = before.draft.request, before.draft.rows.get(page.slug)
    if row is not None and row.data == sent and not row.please_check:
        return row
    version_id, line = request.version_id, request.line_of_business
    form = form_of(after, page)
    if isinstance(form, RequestStartForm) and not form.errors and form.version is not None:
        version_id, line = form.version.pk, form.values["line_of_business"]
        if version_id != request.version_id:
            after.draft.edition = edition_of(form.version)
    return save_page(
        request=request,
        page=row,
        slug=page.slug,
        data=sent,
        tab=tab,
        press=press,
        revision=revision,
        summary=summary_of(after.draft, line),
        version_id=version_id,
        please_check=pages_to_check(before, after),
        by_button=by_button,
        by=by,
    )


def summary_of(draft: StatedRequest, line_of_business: str) -> RequestSummary:
    """What lists show of a request as it stands, judged by a policy of ``line_of_business``."""
    urgency = one(draft.typed, "urgency")
    phase = one(draft.typed, "phase")
    return RequestSummary(
        request_date=draft.request_date,
        phase=phase if phase in set(TherapyPhase) else draft.request.phase,
        line_of_business=line_of_business,
        indication_key="" if draft.indication is None else draft.indication.key,
        pathway_key="" if draft.pathway is None else draft.pathway.key,
        urgency=urgency if urgency in set(Urgency) else Urgency.STANDARD,
        overall=draft.overall,
        patient_name=patient_name(draft)[:200],
        member_id=one(draft.typed, "member_id")[:80],
        member_key=member_key(one(draft.typed, "member_id"))[:80],
        born_on=draft.born,
        prescriber_name=draft.prescriber_name[:200],
        dose_text=" ".join(filter(None, (product_text(draft), dose_text(draft))))[:200],
    )


def pages_to_check(before: Walkthrough, after: Walkthrough) -> tuple[str, ...]:
    """Pages already saved that depend on an answer that was changed just now."""
    changed = {
        name
        for page in after.pages
        for name in page.depends_on
        if _value(before.draft, name) != _value(after.draft, name)
    }
    known = {page.slug: page for page in (*before.pages, *after.pages)}
    return tuple(
        slug
        for slug, page in known.items()
        if slug in after.draft.rows and page.depends_on & changed
    )


def _value(draft: StatedRequest, name: str) -> str:
    """What a field says, or what several come to."""
    if name == EDITION:
        return "" if draft.edition is None else draft.edition.label
    if name == CODES:
        return " ".join(draft.icd10)
    if name == "pathway":
        return "" if draft.pathway is None else draft.pathway.key
    return one(draft.typed, name)
