"""Counts the pages of a PDF without believing what it says of itself. In the child process."""

import pikepdf

from criteria.requests.enclosures.limits import POINTS_PER_INCH
from criteria.requests.enclosures.refusal import Refusal, RefusedError

# Nodes a page tree may have beside its pages: writers make one for every few pages.
MOST_NODES_PER_PAGE = 4


def counted_pages(pdf: pikepdf.Pdf, most: int) -> int:
    """The number of pages, found by walking the tree. Raises RefusedError.

    A tree that comes back to itself never ends, and one whose branches meet again has a billion
    pages in a few lines: each node is walked once, and the walk stops at ``most`` pages.
    """
    top = pdf.Root.get("/Pages")
    if not isinstance(top, pikepdf.Object) or not isinstance(top, pikepdf.Dictionary):
        raise RefusedError(Refusal.DAMAGED)
    seen: set[tuple[int, int]] = {top.objgen}
    pages, waiting = 0, [top]
    while waiting:
        for kid in _kids(waiting.pop(), most):
            if not isinstance(kid, pikepdf.Dictionary) or not kid.is_indirect:
                raise RefusedError(Refusal.DAMAGED)
            if kid.objgen in seen:
                raise RefusedError(Refusal.WORK)
            seen.add(kid.objgen)
            if "/Kids" in kid:
                waiting.append(kid)
                continue
            pages += 1
            _check_unit(kid)
            if pages > most:
                raise RefusedError(Refusal.PAGES)
        if len(seen) > most * MOST_NODES_PER_PAGE:
            raise RefusedError(Refusal.WORK)
    if not pages:
        raise RefusedError(Refusal.NO_PAGES)
    if top.get("/Count") != pages:
        raise RefusedError(Refusal.DAMAGED)
    return pages


def _kids(node: pikepdf.Object, most: int) -> list[pikepdf.Object]:
    """What hangs from one node, with one more than there may be pages at most."""
    kids = node.get("/Kids")
    if not isinstance(kids, pikepdf.Array):
        raise RefusedError(Refusal.DAMAGED)
    return [kids[i] for i in range(min(len(kids), most + 1))]


def _check_unit(page: pikepdf.Object) -> None:
    """A page may count in larger units than a point; no page of a record does."""
    unit = page.get("/UserUnit", 1)
    if not 0 < float(unit) <= POINTS_PER_INCH:
        raise RefusedError(Refusal.PAGE_SIZE)
