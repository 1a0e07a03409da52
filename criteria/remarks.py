"""What stands beside the criteria: gates that settle a request at once, notes for a reviewer."""

from collections.abc import Iterator

from criteria.case import Case, Gate, GateFinding
from criteria.codebook import Codebook
from criteria.codes import code_gate
from criteria.dosing import Route
from criteria.edition import Coverage, Edition, Indication, Pathway, Product, ReviewerNote
from criteria.rules import SATISFIED, Facts, Node, State, evaluate
from criteria.rules.formats import joined


def holds(node: Node, facts: Facts) -> bool | None:
    """Whether a condition holds; None while that is not known."""
    state = evaluate(node, facts).state
    if state in SATISFIED:
        return True
    return False if state is State.NOT_MET else None


def gates_of(
    edition: Edition,
    case: Case,
    indication: Indication | None,
    pathway: Pathway | None,
    product: Product | None,
    book: Codebook,
) -> Iterator[GateFinding]:
    """The gates that are not plainly open."""
    code = code_gate(edition, case.icd10, indication, case.request_date, book)
    if code is not None:
        yield code
    if indication is not None and indication.coverage is Coverage.UNPROVEN:
        text = f"{indication.name} is on the policy's list of unproven uses."
        yield GateFinding(Gate.INDICATION, State.NOT_MET, text, indication.lines)
    if indication is not None and indication.coverage is Coverage.CRITERIA and pathway is None:
        text = f"Choose which criteria apply to {indication.name}."
        yield GateFinding(Gate.PATHWAY, State.NOT_ANSWERED, text, indication.lines)
    if product is not None and product.excluded:
        text = f"{product.brand} is excluded for every diagnosis of this policy."
        yield GateFinding(Gate.PRODUCT, State.NOT_MET, text, product.exclusion_lines)
    elif text := route_text(edition, product, case.route):
        yield GateFinding(Gate.PRODUCT, State.FOR_REVIEWER, text, edition.products_lines)


def route_text(edition: Edition, product: Product | None, route: Route | None) -> str:
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
    indication: Indication | None,
    pathway: Pathway | None,
    case: Case,
    facts: Facts,
) -> Iterator[ReviewerNote]:
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


def product_notes(edition: Edition, case: Case, product: Product | None) -> Iterator[ReviewerNote]:
    """A product the policy does not list, or one of which the strength is not known."""
    strengths = [p for p in edition.products.values() if p.brand == case.other_product]
    if strengths:
        names = " or ".join(p.name for p in strengths)
        text = f"The strength is not stated ({names}): vials are not worked out."
        lines = edition.products_lines
        yield ReviewerNote(key="product-strength", text=text, lines=lines)
    elif case.other_product or (product is not None and not product.listed):
        name = case.other_product if product is None else product.brand
        text = f"The policy does not list {name}. {edition.products_words}".strip()
        lines = edition.products_lines
        yield ReviewerNote(key="product-not-listed", text=text, lines=lines)
