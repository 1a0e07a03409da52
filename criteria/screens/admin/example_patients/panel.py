"""How the example patients and the requests stand, above the screens of an edition's parts."""

from django.contrib.auth.models import User

from criteria.accounts.permissions import works_on_policies
from criteria.actions.example_outcomes import patients_of, refresh, standing_of
from criteria.actions.impact import latest
from criteria.models import Pathway, PolicyVersion
from criteria.policies.file.problem import PolicyFileError
from criteria.screens.admin.example_patients.words import outcomes_url, standing_words
from criteria.screens.admin.panels import AdminPanel

# What a screen spends on judging: some hundred patients, those of the pathway first.
GLANCE_SECONDS = 0.3


def tried_panel(
    user: User, version: PolicyVersion, pathway: Pathway | None = None
) -> list[AdminPanel]:
    """One panel for whoever works on policies: patients of the edition or of one pathway."""
    if not works_on_policies(user):
        return []
    unfinished = False
    first = patients_of(version, pathway).values_list("pk", flat=True) if pathway else ()
    try:
        refresh(version=version, seconds=GLANCE_SECONDS, first=frozenset(first))
    except PolicyFileError:
        unfinished = True
    url = outcomes_url(version)
    context = {
        "version": version,
        "pathway": pathway,
        "patients": standing_words(standing_of(version, pathway), version.is_locked),
        "url": url if pathway is None else f"{url}?pathway={pathway.pk}",
        "unfinished": unfinished,
        "run": latest(version) if pathway is None else None,
    }
    return [AdminPanel("criteria/admin/_tried.html", context)]
