"""What stands beside the criteria: gates that settle a request at once, notes for a reviewer."""

from collections.abc import Iterator

from criteria.dosing import Route
from criteria.policies.codes.codebook import Codebook
from criteria.policies.edition import (
    Edition,
    IndicationDefinition,
    NoteDefinition,
    PathwayDefinition,
    ProductDefinition,
)
from criteria.policies.product_names import read_product
from criteria.requests.assessment.codes import code_gate
from criteria.requests.assessment.contradictions import of_diagnosis
from criteria.requests.case import Case, GateFinding, GateKind
from criteria.rules import SATISFIED, Facts, FindingState, Node, evaluate
from criteria.rules.formats import joined
from criteria.rules.terms import Coverage


def holds(node: Node, facts: Facts) -> bool | None:
    """Whether a condition holds; None while that is not known."""
    state = evaluate(node, facts).state
    if state in SATISFIED:
        return True
    return False if state is FindingState.NOT_MET else None


def gates_of(
    edition: Edition,
    case: Case,
    indication: IndicationDefinition | None,
    pathway: PathwayDefinition | None,
    product: ProductDefinition | None,
    book: Codebook,
) -> Iterator[GateFinding]:
    """The gates that are not plainly open."""
    code = code_gate(edition, case.icd10, indication, case.request_date, book)
    if code is not None:
        yield code
    points = tuple(of_diagnosis(edition, case))
    yield from points
    if indication is not None and indication.coverage is Coverage.UNPROVEN and not points:
        text = f"{indication.name} is on the policy's list of unproven uses."
        yield GateFinding(GateKind.INDICATION, FindingState.NOT_MET, text, indication.lines)
    if indication is not None and indication.coverage is Coverage.CRITERIA and pathway is None:
        text = f"Choose which criteria apply to {indication.name}."
        yield GateFinding(GateKind.PATHWAY, FindingState.NOT_ANSWERED, text, indication.lines)
    if excluded := excluded_product(edition, case, product):
        text = f"{excluded.brand} is excluded for every diagnosis of this policy."
        yield GateFinding(GateKind.PRODUCT, FindingState.NOT_MET, text, excluded.exclusion_lines)
    elif text := _perhaps_excluded(edition, case):
        lines = edition.products_lines
        yield GateFinding(GateKind.PRODUCT, FindingState.FOR_REVIEWER, text, lines, ("product",))
    elif text := route_text(edition, product, case.route):
        yield GateFinding(GateKind.PRODUCT, FindingState.FOR_REVIEWER, text, edition.products_lines)


def excluded_product(
    edition: Edition, case: Case, product: ProductDefinition | None
) -> ProductDefinition | None:
    """The excluded product that is asked for, in any spelling; None when it is another."""
    if product is not None:
        return product if product.excluded else None
    read = read_product(edition, case.other_product)
    return next(iter(read.candidates), read.product) if read.is_excluded else None


def _perhaps_excluded(edition: Edition, case: Case) -> str:
    """That a name which is not clear may mean an excluded product; else empty."""
    read = read_product(edition, case.other_product)
    if not read.may_be_excluded:
        return ""
    names = joined(tuple(dict.fromkeys(p.brand for p in read.candidates if p.excluded)))
    return f"“{case.other_product}” may mean {names}, which is excluded. A reviewer decides."


def route_text(edition: Edition, product: ProductDefinition | None, route: Route | None) -> str:
    """That a product is asked for by a route the edition does not list it with; else empty.

    Without a product of the edition: a route that it lists no product with.
    """
    every = edition.products.values() if product is None else (product,)
    routes = dict.fromkeys(known for one in every for known in one.routes)
    if route is None or not routes or route in routes:
        return ""
    name = "products" if product is None else product.name
    listed = joined(tuple(routes))
    return f"The policy lists {name} for {listed} only; {route} is asked for. A reviewer decides."


def notes_of(
    edition: Edition,
    indication: IndicationDefinition | None,
    pathway: PathwayDefinition | None,
    case: Case,
    facts: Facts,
) -> Iterator[NoteDefinition]:
    """The notes of the edition, the indication and the pathway that concern this case."""
    owners = (edition, indication, pathway)
    for note in (note for owner in owners if owner is not None for note in owner.notes):
        if note.codes and not note.codes & set(case.icd10):
            continue
        if note.when is not None and holds(note.when, facts) is not True:
            continue
        if note.unless is not None and holds(note.unless, facts) is True:
            continue
        yield note


def product_notes(
    edition: Edition, case: Case, product: ProductDefinition | None
) -> Iterator[NoteDefinition]:
    """A product the policy does not list, or one of which the strength is not known."""
    read = read_product(edition, case.other_product)
    if read.candidates and not read.is_alike:
        names = joined(tuple(each.name for each in read.candidates))
        text = f"Which product it is, is not stated ({names}): vials are not worked out."
        lines = edition.products_lines
        yield NoteDefinition(key="product-strength", text=text, lines=lines)
    elif case.other_product or (product is not None and not product.listed):
        name = case.other_product if product is None else product.brand
        text = f"The policy does not list {name}. {edition.products_words}".strip()
        lines = edition.products_lines
        yield NoteDefinition(key="product-not-listed", text=text, lines=lines)
