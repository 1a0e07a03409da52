"""Requests as they are typed."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from factory import LazyFunction, Trait
from factory.django import DjangoModelFactory

from criteria.models import AuthorizationRequest, PolicyVersion, Practice
from criteria.requests.loading import draft_of
from criteria.requests.stated_request import StatedRequest
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.forms.start import RequestStartForm
from criteria.screens.wizard.pages import BEFORE
from criteria.screens.wizard.saving import save_typed, start_typed
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories.people import PrescriberFactory, prescriber

Typed = dict[str, list[str]]

WEIGHED = (timezone.localdate() - timedelta(days=17)).isoformat()
CIDP: dict[str, dict[str, str]] = {
    "diagnosis": {"indication": "cidp", "icd10": "G61.81"},
    "general-records": {"q-history_physical": "yes", "q-lab_evidence": "yes"},
    "criteria-cidp_diagnosis": {"q-cidp_diagnosis": "yes", "q-cidp_months_progressive": "3"},
    "criteria-polyradiculoneuropathy": {"q-cidp_impairment": "yes", "q-cidp_limbs": "2"},
    "criteria-electrodiagnostic": {"q-cidp_mdl_nerves": "2"},
    "criteria-neurologist_involved": {"q-neurologist_involved": "yes"},
    "dose": {
        "weight": "154",
        "weight_unit": "lb",
        "weight_on": WEIGHED,
        "product": "gamunex-c-10",
        "route": "IV",
        "dose": "135",
        "dose_unit": "g",
        "basis": "total",
        "days": "5",
        "consecutive": "yes",
        "interval": "4",
        "interval_unit": "weeks",
        "courses": "6",
        "courses_before": "0",
        "months": "6",
    },
}
PEOPLE: dict[str, dict[str, str]] = {
    "patient": {
        "first_name": "Jane",
        "last_name": "Doe",
        "born": "1961-03-12",
        "sex": "F",
        "patient_phone": "(555) 010-1234",
    },
    "coverage": {"member_id": "912345678 01", "urgency": "standard"},
    "prescriber": {
        "prescriber_name": "Ann Lee",
        "credential": "MD",
        "npi": "1234567893",
        "specialty": "Neurology",
        "office_phone": "555 010 9999",
    },
    "site": {"place": "home"},
    "enclosures": {"notes_text": "Please call before noon."},
}


def typed(**fields: str) -> Typed:
    """Fields as a browser sends them."""
    return {name: [value] for name, value in fields.items()}


class RequestFactory(DjangoModelFactory[AuthorizationRequest]):
    """A request as the wizard saves it, page by page: a draft with its first page unless more.

    ``start``: fields of the first page typed over the usual ones; ``pages``: those typed after it.
    """

    class Meta:
        model = AuthorizationRequest

    class Params:
        cidp = Trait(pages=CIDP)
        ready = Trait(pages=CIDP | PEOPLE)

    by = LazyFunction(PrescriberFactory)
    is_quick_check = False
    start: dict[str, str] = {}
    pages: dict[str, dict[str, str]] = {}

    @classmethod
    def _create(
        cls,
        model_class: type[AuthorizationRequest],
        *args: Any,
        version: PolicyVersion,
        by: User,
        is_quick_check: bool,
        start: dict[str, str],
        pages: dict[str, dict[str, str]],
    ) -> AuthorizationRequest:
        unsaved = model_class(practice=Practice.objects.of(by).get(), is_quick_check=is_quick_check)
        walk = Walkthrough(StatedRequest(unsaved, None, (), today=timezone.localdate()))
        first = {
            "line_of_business": version.policy.line_of_business,
            "phase": "initial",
            "request_date": walk.draft.today.isoformat(),
        }
        sent = typed(**(first | start))
        walk = walk.with_typed(sent)
        form = form_of(walk, BEFORE[0])
        assert isinstance(form, RequestStartForm)
        assert not form.problems, form.problems
        request = start_typed(walk, form, sent, by=by)
        return saved(request, pages, by=by) if pages else request


def started(
    version: PolicyVersion, *, by: User | None = None, is_quick_check: bool = False, **start: str
) -> AuthorizationRequest:
    """A draft with its first page, Ann's unless somebody else's."""
    by = by or prescriber()
    return RequestFactory(version=version, by=by, is_quick_check=is_quick_check, start=start)


def saved(
    request: AuthorizationRequest, pages: dict[str, dict[str, str]], *, by: User | None = None
) -> AuthorizationRequest:
    """The same request with these pages typed; the weight was measured this month."""
    for slug, fields in pages.items():
        request = AuthorizationRequest.objects.get(pk=request.pk)
        before = Walkthrough(draft_of(request))
        page = before.page(slug)
        assert page is not None, slug
        sent = form_of(before, page).taken_from(_Sent(fields))
        row = before.draft.rows.get(slug)
        revision = 0 if row is None else row.revision
        after = before.with_typed(sent)
        save_typed(before, after, page, sent, revision=revision, by=by or request.owner)
    return AuthorizationRequest.objects.get(pk=request.pk)


class _Sent(dict[str, Any]):
    """One value a field, asked for as a QueryDict is."""

    def getlist(self, name: str) -> list[str]:
        """The values sent for one field."""
        return [self[name]] if name in self else []


def cidp(version: PolicyVersion, *, by: User | None = None) -> AuthorizationRequest:
    """A first CIDP request with every clinical question answered."""
    return RequestFactory(version=version, by=by or prescriber(), cidp=True)
