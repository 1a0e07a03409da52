"""Contradictions of a request by the page and the field that each of their facts stands in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from criteria.case import Gate, GateFinding
from criteria.wizard.addresses import page_url

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

# Where a fact of a case is typed that is no question of the policy.
FIELDS: Mapping[str, tuple[str, str]] = {
    "indication": ("diagnosis", ""),
    "icd10": ("diagnosis", "icd10"),
    "age_years": ("dose", "age"),
    "date_of_birth": ("patient", "born"),
    "product": ("dose", "product"),
    "planned": ("dose", "last_dose_on"),
    "courses": ("dose", "courses"),
    "specialty": ("prescriber", "specialty"),
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
