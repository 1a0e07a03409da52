"""A database of its own with the real policy and one request in the middle of its criteria."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse

from criteria.models import AuthorizationRequest, Membership, Practice
from tests.factories.commercial import publish_commercial_policy

Typed = dict[str, str]
# Codes of the policy's list, one after the other: a code outside it is looked up elsewhere once.
LISTED = ("E10.10", "E10.11", "E10.21", "E10.22", "E10.29", "E10.311", "E10.319", "E10.3211")

START = {
    "line_of_business": "commercial",
    "phase": "initial",
    "request_date": "2026-11-02",
}
CIDP = {
    "q-cidp_diagnosis": "yes",
    "q-cidp_months_progressive": "4",
    "q-cidp_impairment": "yes",
    "q-cidp_limbs": "3",
    "q-cidp_mdl_nerves": "2",
    "q-cidp_mcv_nerves": "1",
    "q-neurologist_involved": "yes",
    "q-history_physical": "yes",
    "q-lab_evidence": "yes",
}
DOSE = {
    "weight": "154",
    "weight_unit": "lb",
    "weight_on": "2026-11-01",
    "product": "gamunex-c-10",
    "route": "IV",
    "dose": "139.5",
    "dose_unit": "g",
    "basis": "total",
    "days": "5",
    "consecutive": "yes",
    "interval": "4",
    "interval_unit": "weeks",
    "courses": "6",
    "courses_before": "0",
    "months": "6",
}


@dataclass
class Scene:
    """Who walks, and the request walked through."""

    user: User
    request: AuthorizationRequest
    pages: dict[str, Typed]
    _turn: int = 0

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """Name, page and kind of each step measured: shown whole, and saved as one types."""
        criteria = [slug for slug in self.pages if slug not in ("start", "diagnosis", "dose")]
        slugs = ["diagnosis", *criteria, "dose"]
        shown = [(f"show {slug}", slug, "show") for slug in [*slugs, "result"]]
        return shown + [(f"save {slug}", slug, "save") for slug in slugs]

    def url(self, slug: str) -> str:
        """The address of a page."""
        if slug == "result":
            return reverse("wizard:result", args=[self.request.number])
        return reverse("wizard:page", args=[self.request.number, slug])

    def typed(self, slug: str) -> Typed:
        """What a person types into a page, changed a little each time so that it is saved."""
        self._turn += 1
        row = self.request.pages.get(slug=slug)
        page = f"page {self._turn}"
        changed = {f"{name}-source": page for name in CIDP} | {"interval_reason": page}
        changed["icd10_others"] = LISTED[self._turn % len(LISTED)]
        return self.pages[slug] | changed | {"revision": str(row.revision), "tab": "bench"}


@contextmanager
def scene() -> Iterator[Scene]:
    """The scene, in a database that is thrown away."""
    setup_test_environment()
    old = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield _set()
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)
        teardown_test_environment()


def _set() -> Scene:
    publish_commercial_policy()
    user = User.objects.create(username="ann")
    practice = Practice.objects.create(name="Practice")
    Membership.objects.create(practice=practice, user=user)
    client = Client()
    client.force_login(user)
    client.post(reverse("wizard:new"), START)
    request = AuthorizationRequest.objects.get()
    stage = Scene(user, request, {"start": START})
    client.post(stage.url("diagnosis"), {"indication": "cidp", "icd10": "G61.81", "revision": "0"})
    stage.pages["diagnosis"] = {"indication": "cidp", "icd10": "G61.81"}
    for slug in [*_criteria_slugs(request), "dose"]:
        stage.pages[slug] = DOSE if slug == "dose" else CIDP
        client.post(stage.url(slug), stage.pages[slug] | {"revision": "0"})
    return stage


def _criteria_slugs(request: AuthorizationRequest) -> list[str]:
    from criteria.requests.loading import draft_of
    from criteria.screens.wizard.pages import pages_of

    pages = pages_of(draft_of(AuthorizationRequest.objects.get(pk=request.pk)))
    return [page.slug for page in pages if page.criteria is not None]
