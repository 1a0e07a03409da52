"""Approvals that end soon, for reviewers: which practice was granted what, and what came since."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from criteria.accounts.permissions import Permission, require
from criteria.accounts.signed_in import SignedInRequest
from criteria.models import AuthorizationRequest
from criteria.screens.wizard.renewal.ending import EndingList


@login_required
@require_safe
def ending(request: SignedInRequest) -> HttpResponse:
    """Every approval that ends soon, for reviewers alone; drafts of a practice are not shown."""
    require(request.user, Permission.REVIEW_REQUESTS)
    sent = AuthorizationRequest.objects.sent()
    asked, page = request.GET.get("days", ""), request.GET.get("page", "")
    listing = EndingList(sent, asked, page, only_sent=True)
    return render(request, "criteria/review/renewals.html", {"listing": listing})
