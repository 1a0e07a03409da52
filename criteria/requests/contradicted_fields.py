"""Contradictions of a request by the field that each of their facts stands in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from criteria.requests.case import GateFinding, GateKind

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


def by_field(gates: Iterable[GateFinding]) -> dict[str, tuple[str, ...]]:
    """The sentences of every contradiction to stand beside each field, by its name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for gate in (gate for gate in gates if gate.gate is GateKind.CONTRADICTION):
        for about in gate.about:
            found[FIELDS[about][1] if about in FIELDS else f"q-{about}"].append(gate.text)
    return {name: tuple(dict.fromkeys(texts)) for name, texts in found.items()}
