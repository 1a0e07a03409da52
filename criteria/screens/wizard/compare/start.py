"""What was typed into one request, as it stands in a new one under another policy."""

from collections.abc import Mapping

from django.contrib.auth.models import User

from criteria.actions.requests.copy import CopiedPage, copy_request
from criteria.models import AuthorizationRequest, PolicyVersion, RequestPage
from criteria.requests.answers.typed import one
from criteria.requests.comparison import CarriedCase, CarriedVia
from criteria.requests.dose.values import OTHER
from criteria.requests.stated_request import StatedRequest
from criteria.screens.wizard.pages import pages_of
from criteria.screens.wizard.saving import summary_of

Pages = dict[str, dict[str, list[str]]]
LINE_OF_BUSINESS = "line_of_business"


def start_under(
    draft: StatedRequest, carried: CarriedCase, version: PolicyVersion, *, press: str, by: User
) -> AuthorizationRequest:
    """A new draft with everything typed; what depends on the policy asks for another look.

    Raises PermissionDenied for anybody outside the practice.
    """
    line = version.policy.line_of_business
    typed = pages_under(draft, carried, line)
    after = _draft_of(draft, carried, typed)
    check = {page.slug for page in pages_of(after) if LINE_OF_BUSINESS in page.depends_on}
    return copy_request(
        request=draft.request,
        version=version,
        pages=[
            CopiedPage(slug=slug, data=data, please_check=slug in check)
            for slug, data in typed.items()
        ],
        summary=summary_of(after, line),
        press=press,
        by=by,
    )


def pages_under(draft: StatedRequest, carried: CarriedCase, line_of_business: str) -> Pages:
    """What was typed, page by page, with what the other policy calls by another name."""
    pages = {slug: dict(row.data) for slug, row in draft.rows.items()}
    pages.setdefault("start", {})[LINE_OF_BUSINESS] = [line_of_business]
    _lay(pages, "diagnosis", _diagnosis(draft, carried))
    if carried.case.pathway is not None:
        _lay(pages, "pathway", {"pathway": carried.case.pathway})
    if "product" in draft.typed:
        _lay(pages, "dose", _product(carried))
    return pages


def _lay(pages: Pages, slug: str, fields: Mapping[str, str]) -> None:
    """Put fields over what a page holds. Pages of criteria may hold a field too: the last counts"""
    for page in pages.values():
        for name in fields.keys() & page.keys():
            page[name] = [fields[name]]
    page = pages.setdefault(slug, {})
    page |= {name: [value] for name, value in fields.items()}


def _diagnosis(draft: StatedRequest, carried: CarriedCase) -> dict[str, str]:
    key = carried.case.indication
    if carried.via is CarriedVia.SAME or not draft.has_diagnosis:
        return {}
    if key is not None:
        return {"indication": key}
    named = draft.indication.name if draft.indication else one(draft.typed, "other_diagnosis")
    return {"indication": "not-listed", "other_diagnosis": named}


def _product(carried: CarriedCase) -> dict[str, str]:
    """The product by its key there, or by its name, with the route that goes with it."""
    case = carried.case
    route = {} if case.route is None else {"route": case.route.value}
    if case.product is not None:
        return {"product": case.product, **route}
    if not case.other_product:
        return {}
    return {"product": OTHER, "other_product": case.other_product, **route}


def _draft_of(draft: StatedRequest, carried: CarriedCase, typed: Pages) -> StatedRequest:
    """The new request as it will stand."""
    rows = [RequestPage(slug=slug, data=data) for slug, data in typed.items()]
    first = draft.request
    unsaved = AuthorizationRequest(
        practice=first.practice,
        is_quick_check=first.is_quick_check,
        request_date=first.request_date,
        phase=first.phase,
    )
    return StatedRequest(unsaved, carried.edition, rows, today=draft.today)
