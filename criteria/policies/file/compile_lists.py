"""From the products and codes of a policy file to those of an Edition."""

from collections.abc import Iterator

from criteria.dosing.label import LabelRules
from criteria.policies.edition import CodeDefinition, ProductCodeDefinition, ProductDefinition
from criteria.policies.file import schema
from criteria.rules.terms import CodeSystem


def product_of(key: str, part: schema.ProductPart) -> ProductDefinition:
    """One brand and strength."""
    return ProductDefinition(
        key=key,
        brand=part.brand,
        routes=tuple(part.routes),
        form=part.form,
        concentration_percent=part.concentration_percent,
        vial_sizes_g=tuple(part.vial_sizes_g),
        unconfirmed_vial_sizes_g=tuple(part.unconfirmed_vial_sizes_g),
        billing_unit_mg=part.billing_unit_mg,
        codes=tuple(ProductCodeDefinition(c.code, c.first_day, c.last_day) for c in part.codes),
        listed=part.listed,
        excluded=part.excluded,
        exclusion_words=part.exclusion_words,
        exclusion_lines=part.exclusion_lines or "",
        labels=tuple(map(label_of, part.labels)),
        ml_per_g=part.ml_per_g,
        note=part.note,
    )


def label_of(part: schema.LabelPart) -> LabelRules:
    """The rules of one label."""
    fields = part.model_dump(exclude={"ramp_weeks"})
    return LabelRules(**fields, ramp_weeks=tuple(part.ramp_weeks))


def codes_of(parts: schema.CodesPart) -> Iterator[tuple[tuple[CodeSystem, str], CodeDefinition]]:
    """The codes of every system, each with the key it is found by."""
    for system in CodeSystem:
        listed: dict[str, schema.CodePart] = getattr(parts, system)
        for code, part in listed.items():
            yield (system, code), code_of(system, code, part)


def code_of(system: CodeSystem, code: str, part: schema.CodePart) -> CodeDefinition:
    """One code."""
    return CodeDefinition(
        system=system,
        code=code,
        description=part.description,
        lines=part.lines or "",
        listed=part.listed,
        first_day=part.first_day,
        last_day=part.last_day,
        indications=tuple(part.indications),
        unproven=tuple(part.unproven),
        clear=part.clear,
        note=part.note,
    )
