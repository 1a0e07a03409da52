"""The worklist and its search. A search is posted: no name ever stands in an address."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from criteria.accounts.permissions import Permission, require
from criteria.accounts.signed_in import SignedInRequest
from criteria.screens.access import is_htmx
from criteria.screens.review.worklist.worklist import Worklist


@login_required
@require_safe
@never_cache
def worklist(request: SignedInRequest) -> HttpResponse:
    """What was submitted, for reviewers alone, narrowed as the address says."""
    require(request.user, Permission.REVIEW_REQUESTS)
    found = Worklist(request.user, request.GET)
    response = _shown(request, found)
    address = reverse("review:worklist") + (f"?{found.address}" if found.filters.is_valid() else "")
    return push_url(response, address) if is_htmx(request) else response


@login_required
@never_cache
def worklist_search(request: SignedInRequest) -> HttpResponse:
    """What was found by words; whoever comes by an address starts at the whole list."""
    require(request.user, Permission.REVIEW_REQUESTS)
    if request.method != "POST":
        return redirect("review:worklist")
    return _shown(request, Worklist(request.user, request.POST, is_search=True))


def _shown(request: HttpRequest, found: Worklist) -> HttpResponse:
    part = "_worklist" if is_htmx(request) else "worklist"
    return render(request, f"criteria/review/{part}.html", {"found": found, "page": found.page})
