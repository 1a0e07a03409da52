"""What to do about a contradiction, and the page it is settled on."""

from collections.abc import Iterator, Mapping

from criteria.requests.case import GateFinding
from criteria.requests.contradicted_fields import FIELDS
from criteria.requests.stated_request import StatedRequest
from criteria.rules.formats import joined
from criteria.screens.wizard.walkthrough import Walkthrough

# How each is called where a person is led to it; whatever else is a criterion's answer.
LABELS: Mapping[str, str] = {
    "indication": "the diagnosis",
    "icd10": "the diagnosis code",
    "age_years": "the age",
    "date_of_birth": "the date of birth",
    "product": "the product",
    "planned": "the last planned dose",
    "courses": "the number of courses",
    "specialty": "the prescriber's specialty",
    "consulted": "whether a specialist was consulted",
    "consultant_specialty": "the specialist consulted",
    "place": "the place of treatment",
}


def task_of(draft: StatedRequest, gate: GateFinding) -> str:
    """What to look at: "Check which is right: the diagnosis code or the diagnosis"."""
    answers = {key: f"“{question.wording}”" for key, question in draft.questions.items()}
    names = [LABELS.get(about) or answers.get(about, "") for about in gate.about]
    return f"Check which is right: {joined(list(filter(None, names)))}"


def url_of_contradiction(walk: Walkthrough, gate: GateFinding) -> str:
    """The first of its facts that a page asks."""
    return next(_places(walk, gate), walk.addresses.page("diagnosis"))


def _places(walk: Walkthrough, gate: GateFinding) -> Iterator[str]:
    slugs = {page.slug for page in walk.pages}
    for about in gate.about:
        if about in FIELDS:
            slug, name = FIELDS[about]
            if slug in slugs:
                yield walk.addresses.page(slug, name)
            continue
        for page in walk.pages:
            asked = () if page.criteria is None else page.criteria.questions
            if about in {question.key for question in asked}:
                yield walk.addresses.page(page.slug, f"q-{about}")
