"""The worklist: submitted requests, the latest first, each with its packet."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from criteria.models import AuthorizationRequest, Packet
from criteria.permissions import Permission, require
from criteria.wizard.listing import entry_of

A_PAGE = 50


@login_required
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Every submitted request, for reviewers alone."""
    require(request.user, Permission.REVIEW_REQUESTS)
    packets = Packet.objects.order_by("-sequence").defer("content")
    found = (
        AuthorizationRequest.objects.sent()
        .select_related("version__policy", "practice")
        .prefetch_related(Prefetch("packets", packets))
        .order_by("-submitted_at", "-pk")
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "entries": [entry_of(one) for one in page.object_list]}
    return render(request, "criteria/review/worklist.html", context)
