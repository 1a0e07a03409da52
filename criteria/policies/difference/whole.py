"""An edition taken apart into the items it is compared by."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from criteria.policies.difference.change import Concerns, Side
from criteria.policies.difference.contradictions import contradiction_item
from criteria.policies.difference.indications import (
    PHASES,
    indication_items,
    note_items,
    notes_order,
)
from criteria.policies.difference.item import (
    ComparedPart,
    Field,
    PartOrder,
    cited,
    day,
    flag,
    number,
    text,
)
from criteria.policies.difference.lists import (
    code_item,
    disease_items,
    history_item,
    product_item,
    question_item,
)
from criteria.policies.difference.sections import EditionSection
from criteria.policies.difference.trees import Setting, tree_items
from criteria.policies.edition import Edition
from criteria.rules import Citation

K = TypeVar("K")
P = TypeVar("P")


def items_of(edition: Edition, other: Edition) -> Iterator[ComparedPart]:
    """The parts of an edition in the order they are read, without those ``other`` has unchanged."""
    yield _edition_item(edition)
    yield from _general_items(edition, other)
    for indication in _unlike(edition.indications, other.indications):
        yield from indication_items(indication, edition.questions)
    yield from note_items(
        edition.notes, ("notes",), "Whatever the diagnosis", Concerns(), edition.questions
    )
    for point in _unlike(edition.contradictions, other.contradictions):
        yield contradiction_item(point, edition)
    yield from map(question_item, _unlike(edition.questions, other.questions))
    yield from map(product_item, _unlike(edition.products, other.products))
    for code in _unlike(edition.codes, other.codes):
        yield code_item(code, edition)
    for key, diseases in edition.diseases.items():
        yield from disease_items(key, diseases)
    yield from map(history_item, edition.history)


def _unlike(parts: Mapping[K, P], others: Mapping[K, P]) -> Iterator[P]:
    """The parts that are not the same in the other edition: most are, and need no words."""
    return (part for key, part in parts.items() if others.get(key) != part)


def _edition_item(edition: Edition) -> ComparedPart:
    return ComparedPart(
        section=EditionSection.EDITION,
        key=("edition",),
        side=Side(place="", name="The edition"),
        fields=(*_who(edition), *_rules(edition), *_which(edition)),
    )


def _who(edition: Edition) -> Iterator[Field]:
    yield text("Policy", edition.policy_name)
    yield text("Key of the policy", edition.policy_key)
    yield text("Payer", edition.payer)
    yield text("Line of business", edition.line_of_business)


def _rules(edition: Edition) -> Iterator[Field]:
    months = edition.authorization_months
    yield number("Length of an authorization", months, "month" if months == 1 else "months")
    yield number("Rounding allowance", edition.rounding_allowance_percent, "%")
    yield flag("Only the diagnosis codes of its list are covered", edition.codes_bind)
    yield text("Of a code not listed", edition.codes_words)
    yield text("Of a product not listed", edition.products_words)


def _which(edition: Edition) -> Iterator[Field]:
    """What no two editions share: which one it is, when it ruled, and where its words stand."""
    yield text("Number", edition.number, is_lesser=True)
    first = None if edition.comparison_only else edition.effective_from
    yield day("In force from", first, is_lesser=True)
    yield day("No longer in force from", edition.effective_until, is_lesser=True)
    yield text("Document", edition.source, is_lesser=True)
    yield cited(Citation(edition.codes_lines, "codes not listed"))
    yield cited(Citation(edition.products_lines, "products not listed"))
    yield notes_order(edition.notes)
    yield PartOrder(
        label="Order of the payer's history",
        value=tuple(f"{entry.day} {entry.summary}" for entry in edition.history),
        names=tuple(entry.summary for entry in edition.history),
    )


def _general_items(edition: Edition, other: Edition) -> Iterator[ComparedPart]:
    for phase, root in edition.general.items():
        if other.general.get(phase) == root:
            continue
        setting = Setting(
            section=EditionSection.GENERAL,
            key=("general", phase),
            place=PHASES[phase],
            questions=edition.questions,
            concerns=Concerns(phases=frozenset({phase})),
        )
        yield from tree_items(root, setting)
