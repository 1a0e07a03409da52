"""Indications, pathways and products by key or by the name the policy gives them."""

from criteria.policies.edition import Edition
from criteria.policies.product_names import read_product
from criteria.rules.json_values import CaseProblemError, text_at
from criteria.rules.names import parts_of
from criteria.rules.terms import Coverage, TherapyPhase

# Asks for the general requirements of the phase and nothing else.
GENERAL_ALONE = "general-requirements"


def indication_of(edition: Edition, value: object) -> str:
    """The key of an indication given by key or name, whatever the case of its letters.

    A synonym may be wider than the indication ("RA" is not severe rheumatoid arthritis). It is
    taken where criteria ask for the diagnosis again, and otherwise only suggested.
    Raises CaseProblemError for one the edition does not name.
    """
    words = text_at(value, "indication").strip().casefold()
    if words in (GENERAL_ALONE, "general requirements"):
        return GENERAL_ALONE
    if words in edition.indications:
        return words
    every = edition.indications.values()
    by_name = [i for i in every if i.name.casefold() == words]
    by_synonym = [i for i in every if words in (s.casefold() for s in i.synonyms)]
    decided = by_name or [i for i in by_synonym if i.coverage is Coverage.CRITERIA]
    if len(decided) == 1 and (by_name or len(by_synonym) == 1):
        return decided[0].key
    perhaps = " or ".join(i.key for i in by_name or by_synonym)
    hint = f"; did you mean {perhaps}?" if perhaps else ""
    raise CaseProblemError("indication", f"unknown indication {value!r} in {edition.number}{hint}")


def pathway_of(edition: Edition, indication: str, phase: TherapyPhase, value: object) -> str | None:
    """The key of a pathway given by key or name; left out, the only one that serves the phase.

    Raises CaseProblemError for an unknown one, one that does not serve the phase, or when several
    do and none is named.
    """
    if indication == GENERAL_ALONE or edition.indications[indication].coverage in (
        Coverage.GENERAL,
        Coverage.UNPROVEN,
    ):
        _refuse_pathway(value)
        return None
    found = edition.indications[indication]
    names = ", ".join(p.key for p in found.pathways)
    if value is None:
        serving = found.pathways_for(phase)
        if len(serving) != 1:
            raise CaseProblemError("pathway", f"expected one of {names} for {indication}, {phase}")
        return serving[0].key
    words = text_at(value, "pathway").strip().casefold()
    for pathway in found.pathways:
        if words in (pathway.key, pathway.name.casefold()):
            if phase not in pathway.phases:
                raise CaseProblemError("pathway", f"{pathway.key} does not serve phase {phase}")
            return pathway.key
    raise CaseProblemError("pathway", f"unknown pathway {value!r}: expected one of {names}")


def _refuse_pathway(value: object) -> None:
    plain = "" if value is None else str(value).strip().casefold()
    if plain not in ("", "none", "general") and not plain.startswith("general requirements"):
        raise CaseProblemError("pathway", f"unknown pathway {value!r}: this indication has none")


def product_of(edition: Edition, value: object) -> tuple[str | None, str]:
    """The key of a product, or the name of one that is not known or not told apart."""
    if value is None:
        return None, ""
    words = text_at(value, "product").strip()
    if not parts_of(words):
        raise CaseProblemError("product", "expected a product, or null")
    product = read_product(edition, words).product
    return (None, words) if product is None else (product.key, "")
