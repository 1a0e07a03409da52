"""The product that a text means: one reading of names, whatever their spelling.

Case, spacing, punctuation, marks and words around it make no difference: "IVIG Panzyga-10%" is
Panzyga 10 %. A name that stands for several products is not guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from criteria.policies.edition import Edition, ProductDefinition
from criteria.rules.names import parts_of

# The first word of "Gammagard Liquid" stands for all of that name; shorter ones are no name.
_SHORTEST_FAMILY = 5
_NUMBER = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d+)?)\s*(%|[^\W\d_]+)?")
_MEASURES = {"g", "gm", "gram", "grams", "mg", "kg", "ml", "vial", "vials", "x", "mcg", "u"}
# A slip of one or two letters in a name of this many.
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class ProductRead:
    """What a text means. ``product`` alone where that is clear, else those it may be.

    ``names``: the brands named. ``is_alike``: no brand is named, but one is much like it.
    """

    product: ProductDefinition | None = None
    candidates: tuple[ProductDefinition, ...] = ()
    names: tuple[str, ...] = ()
    is_alike: bool = False

    @property
    def is_excluded(self) -> bool:
        """Whether everything it can mean is excluded."""
        found = self.candidates if self.product is None else (self.product,)
        return bool(found) and not self.is_alike and all(each.excluded for each in found)

    @property
    def may_be_excluded(self) -> bool:
        """Whether it may mean something excluded: a person has to look."""
        return not self.is_excluded and any(each.excluded for each in self.candidates)


def read_product(edition: Edition, text: str) -> ProductRead:
    """What a product's name means to an edition; nothing for a product it does not know."""
    if (key := text.strip().casefold()) in edition.products:
        return ProductRead(product=edition.products[key])
    named = _named(edition, text)
    if not named:
        return _alike(edition, text)
    products = tuple(product for each in named.values() for product in each)
    if len(named) > 1:
        return ProductRead(candidates=products, names=tuple(named))
    name = next(iter(named))
    fitting = _of_strength(products, text)
    if not fitting:  # a strength that none has: another product, unless all are excluded
        return ProductRead(candidates=tuple(p for p in products if p.excluded), names=(name,))
    if len(fitting) == 1 and (name == fitting[0].brand or len(fitting) < len(products)):
        return ProductRead(product=fitting[0], names=(name,))
    return ProductRead(candidates=fitting, names=(name,))


def _named(edition: Edition, text: str) -> dict[str, tuple[ProductDefinition, ...]]:
    """The brands in a text, or else the families; a name inside a longer one is not named.

    "Gammagard S/D liquid" is that: a brand in one piece counts before another one whose words are
    only scattered about the same family.
    """
    for names in (_brands(edition), _families(edition)):
        whole = {name for name in names if _in_one_piece(text, name)}
        heads = {parts_of(name)[0] for name in whole}
        scattered = {n for n in names if parts_of(n)[0] not in heads and _in_words(text, n)}
        found = whole | scattered
        inner = {n for n in found for o in found if n != o and _in_one_piece(o, n)}
        if found:
            return {name: each for name, each in names.items() if name in found - inner}
    return {}


def _in_one_piece(text: str, name: str) -> bool:
    return "".join(parts_of(name)) in "".join(parts_of(text))


def _in_words(text: str, name: str) -> bool:
    """Whether each word of a name of several is in a text by itself."""
    wanted = set(parts_of(name))
    return len(wanted) > 1 and wanted <= set(parts_of(text))


def _brands(edition: Edition) -> dict[str, tuple[ProductDefinition, ...]]:
    found: dict[str, tuple[ProductDefinition, ...]] = {}
    for product in edition.products.values():
        found[product.brand] = (*found.get(product.brand, ()), product)
    return found


def _families(edition: Edition) -> dict[str, tuple[ProductDefinition, ...]]:
    """The first words of brands of several words."""
    found: dict[str, tuple[ProductDefinition, ...]] = {}
    for brand, products in _brands(edition).items():
        first = re.split(r"[\s-]", brand)[0]
        if first != brand and len(first) >= _SHORTEST_FAMILY:
            found[first] = (*found.get(first, ()), *products)
    return found


def _of_strength(
    products: tuple[ProductDefinition, ...], text: str
) -> tuple[ProductDefinition, ...]:
    """Those of the strength that is stated, or all; none where no product has it."""
    known = {p.concentration_percent for p in products}
    stated = set(_strengths(text, known))
    if not stated:
        return products
    return tuple(p for p in products if p.concentration_percent in (None, *stated))


def _strengths(text: str, known: set[Decimal | None]) -> Iterator[Decimal]:
    """The percentages in a text; a number alone counts where a product is of that strength."""
    for figure, unit in _NUMBER.findall(text):
        strength = Decimal(figure.replace(",", "."))
        if unit == "%" or (strength in known and unit.casefold() not in _MEASURES):
            yield strength


def _alike(edition: Edition, text: str) -> ProductRead:
    """The excluded brands that a word of the text is much like."""
    words = [word for word in parts_of(text) if len(word) >= _SHORTEST_FAMILY]
    found = tuple(
        p
        for p in edition.products.values()
        if p.excluded and any(_ratio(word, p.brand) >= _ALIKE for word in words)
    )
    return ProductRead(candidates=found, names=tuple(p.brand for p in found), is_alike=bool(found))


def _ratio(word: str, brand: str) -> float:
    return SequenceMatcher(None, word, "".join(parts_of(brand))).ratio()
