"""One reading of product names: whatever the spelling, the product is the one that is meant."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.policies.edition import Edition, ProductDefinition
from criteria.policies.product_names import read_product
from tests.policies.shipped.cases import editions

EDITIONS = (*editions("uhc"), *editions("cms"))
EVERY = [(edition, product) for edition in EDITIONS for product in edition.products.values()]
BEFORE = ("", "IVIG ", "SCIG: ", "brand: ", "immune globulin (", "“", "  ", "IG ", "ivig-")
AFTER = ("", "®", "™", " liquid", " solution", ")", " IV", ", 5 g vial", " 20 g", ".", "  ", " x 2")


def commercial() -> Edition:
    """The edition that excludes three products."""
    return editions("uhc")[0]


def squeezed(name: str) -> str:
    return "".join(sign for sign in name if sign.isalnum())


@st.composite
def spelled(draw: st.DrawFn, product: ProductDefinition) -> str:
    """The brand as somebody might type it, with its strength where the brand has several."""
    words = product.brand.replace("/", " ").replace("-", " ").split()
    between = draw(st.sampled_from(("", " ", "-", "  ", " - ", ".", "/")))
    name = between.join(words)
    name = "".join(draw(st.sampled_from((c.lower(), c.upper()))) for c in name)
    strength = product.concentration_percent
    if strength is not None:
        near = draw(st.sampled_from(("", " ", "-", ", ", " ® ", " (")))
        sign = draw(st.sampled_from(("%", " %", " percent")))
        name += f"{near}{strength.normalize():f}{sign}"
    return draw(st.sampled_from(BEFORE)) + name + draw(st.sampled_from(AFTER))


@given(data=st.data())
def test_every_brand_is_known_in_any_spelling(data: st.DataObject) -> None:
    edition, product = data.draw(st.sampled_from(EVERY))
    text = data.draw(spelled(product))
    assert read_product(edition, text).product == product, text


@given(data=st.data())
def test_excluded_brand_is_excluded_without_its_strength_too(data: st.DataObject) -> None:
    excluded = [(e, p) for e, p in EVERY if p.excluded]
    edition, product = data.draw(st.sampled_from(excluded))
    name = data.draw(st.sampled_from((product.brand, squeezed(product.brand))))
    text = data.draw(st.sampled_from(BEFORE)) + name + data.draw(st.sampled_from(AFTER))
    assert read_product(edition, text).is_excluded, text


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.number)
def test_no_brand_is_taken_for_another(edition: Edition) -> None:
    for product in edition.products.values():
        read = read_product(edition, product.brand)
        meant = (read.product,) if read.product else read.candidates
        assert {p.brand for p in meant} == {product.brand}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Panzyga10%", "panzyga-10"),
        ("Panzyga-10%", "panzyga-10"),
        ("Panzyga, 10 %", "panzyga-10"),
        ("IVIG Panzyga", "panzyga-10"),
        ("IVIGPanzyga", "panzyga-10"),
        ("panzyga 10 % liquid", "panzyga-10"),
        ("Pan-zyga", "panzyga-10"),
        ("ＰＡＮＺＹＧＡ", "panzyga-10"),
        ("Octagam 10", "octagam-10"),
        ("octagam 5 %, 10 g", "octagam-5"),
        ("Octagam 10 g, 5 %", "octagam-5"),
        ("Gammagard 10% Liquid", "gammagard-liquid-10"),
        ("gammagard sd", "gammagard-s-d"),
        ("gammagard s d liquid", "gammagard-s-d"),
        ("GAMUNEX C", "gamunex-c-10"),
        ("Gammaked", "gammaked-10"),
        ("cutaquig 16,5 %", "cutaquig-16-5"),
        ("Cuvitru 20%", "cuvitru-20"),
        ("gammagard-liquid-10", "gammagard-liquid-10"),
    ],
)
def test_product_by_its_spelling(text: str, key: str) -> None:
    found = read_product(commercial(), text).product
    assert found is not None and found.key == key


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("Gammagard", {"Gammagard Liquid", "Gammagard S/D"}),
        ("Gamunex", {"Gamunex-C"}),
        ("Flebogamma", {"Flebogamma DIF"}),
        ("Octagam", {"Octagam"}),
        ("Octagam 10 g", {"Octagam"}),
        ("Privigen or Gamunex-C", {"Privigen", "Gamunex-C"}),
        ("Privigen or Gammagard 10 % Liquid", {"Privigen", "Gammagard Liquid"}),
    ],
)
def test_family_or_several_brands_are_not_guessed(text: str, brands: set[str]) -> None:
    read = read_product(commercial(), text)
    assert read.product is None
    assert {p.brand for p in read.candidates} == brands
    assert not read.is_excluded and not read.may_be_excluded


@pytest.mark.parametrize("text", ["", "  ", "Thymoglobulin", "WinRho SDF", "Privigen 5 %"])
def test_other_product_is_another_one(text: str) -> None:
    read = read_product(commercial(), text)
    assert read.product is None and not read.candidates


@pytest.mark.parametrize("text", ["Panziga 10 %", "Panzygа", "Cutaqig", "Privigen or Panzyga"])
def test_what_may_be_excluded_is_a_persons_matter(text: str) -> None:
    read = read_product(commercial(), text)
    assert read.may_be_excluded and not read.is_excluded


def test_excluded_brand_of_another_strength_is_excluded() -> None:
    assert read_product(commercial(), "Panzyga 5 %").is_excluded


def test_strength_is_exact() -> None:
    found = read_product(commercial(), "Flebogamma DIF 5 %").product
    assert found is not None and found.concentration_percent == Decimal(5)
