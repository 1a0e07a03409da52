"""What a save changes beside the page itself: the columns of lists, and pages to look at again."""

from criteria.actions.requests import Summary
from criteria.edition import Phase
from criteria.models import Urgency
from criteria.wizard.content import dose_text, patient_name, product_text
from criteria.wizard.draft import Draft
from criteria.wizard.typed import one


def summary_of(draft: Draft, line_of_business: str) -> Summary:
    """What lists show of a request as it stands, judged by a policy of ``line_of_business``."""
    urgency = one(draft.typed, "urgency")
    phase = one(draft.typed, "phase")
    return Summary(
        request_date=draft.request_date,
        phase=phase if phase in set(Phase) else draft.request.phase,
        line_of_business=line_of_business,
        indication_key="" if draft.indication is None else draft.indication.key,
        pathway_key="" if draft.pathway is None else draft.pathway.key,
        urgency=urgency if urgency in set(Urgency) else Urgency.STANDARD,
        overall=draft.overall,
        patient_name=patient_name(draft)[:200],
        member_id=one(draft.typed, "member_id")[:80],
        dose_text=" ".join(filter(None, (product_text(draft), dose_text(draft))))[:200],
    )


def pages_to_check(before: Draft, after: Draft) -> tuple[str, ...]:
    """Pages already saved that depend on an answer that was changed just now."""
    changed = {
        name
        for page in after.pages
        for name in page.depends_on
        if _value(before, name) != _value(after, name)
    }
    known = {page.slug: page for page in (*before.pages, *after.pages)}
    return tuple(
        slug for slug, page in known.items() if slug in after.rows and page.depends_on & changed
    )


def _value(draft: Draft, name: str) -> str:
    """A request that had no such answer yet has changed nothing by getting one."""
    if name == "pathway":
        return "" if draft.pathway is None else draft.pathway.key
    return one(draft.typed, name)
