"""Contradictions of a request by the page and the field that each of their facts stands in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from criteria.case import Gate, GateFinding
from criteria.rules.formats import joined
from criteria.wizard.addresses import page_url

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

# Where a fact of a case is typed that is no question of the policy.
FIELDS: Mapping[str, tuple[str, str]] = {
    "indication": ("diagnosis", ""),
    "pathway": ("pathway", "pathway"),
    "icd10": ("diagnosis", "icd10"),
    "age_years": ("dose", "age"),
    "date_of_birth": ("patient", "born"),
    "product": ("dose", "product"),
    "planned": ("dose", "last_dose_on"),
    "courses": ("dose", "courses"),
    "specialty": ("prescriber", "specialty"),
    "consulted": ("prescriber", "consulted"),
    "consultant_specialty": ("prescriber", "consultant_specialty"),
    "place": ("site", "place"),
}


def contradictions_of(draft: "Draft") -> tuple[GateFinding, ...]:
    """Every contradiction found so far."""
    gates = () if draft.assessment is None else draft.assessment.gates
    return tuple(gate for gate in gates if gate.gate is Gate.CONTRADICTION)


def by_field(draft: "Draft") -> dict[str, tuple[str, ...]]:
    """The sentences to stand beside each field, by its name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for gate in contradictions_of(draft):
        for about in gate.about:
            found[FIELDS[about][1] if about in FIELDS else f"q-{about}"].append(gate.text)
    return {name: tuple(dict.fromkeys(texts)) for name, texts in found.items()}


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


def task_of(draft: "Draft", gate: GateFinding) -> str:
    """What to look at: "Check which is right: the diagnosis code or the diagnosis"."""
    answers = {key: f"“{question.wording}”" for key, question in draft.questions.items()}
    names = [LABELS.get(about) or answers.get(about, "") for about in gate.about]
    return f"Check which is right: {joined(list(filter(None, names)))}"


def url_of_contradiction(draft: "Draft", gate: GateFinding) -> str:
    """The first of its facts that a page asks."""
    return next(_places(draft, gate), page_url(draft, "diagnosis"))


def _places(draft: "Draft", gate: GateFinding) -> Iterator[str]:
    slugs = {page.slug for page in draft.pages}
    for about in gate.about:
        if about in FIELDS:
            slug, name = FIELDS[about]
            if slug in slugs:
                yield page_url(draft, slug, name)
            continue
        for page in draft.pages:
            asked = () if page.criteria is None else page.criteria.questions
            if about in {question.key for question in asked}:
                yield page_url(draft, page.slug, f"q-{about}")
