"""The list of policies, and what changed between two editions of one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from criteria.difference import difference
from criteria.library.editions import before, editions_for, elsewhere, lines_for
from criteria.library.page import DifferencePage
from criteria.models import PolicyVersion
from criteria.policyfile.load import edition_of
from criteria.policyfile.problem import PolicyFileError


@login_required
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every policy with its editions, by line of business."""
    return render(request, "criteria/library/policies.html", {"lines": lines_for(request.user)})


@login_required
@require_safe
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Two editions chosen from a form: to the address of their difference."""
    versions = editions_for(request.user, key)
    new = _numbered(versions, request.GET.get("to") or versions[-1].number)
    address = reverse("library:changes", args=[key, new.number])
    chosen = request.GET.get("from")
    return redirect(f"{address}?{urlencode({'from': chosen})}" if chosen else address)


@login_required
@require_safe
def changes(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """What changed in one edition, since another or since the one before it."""
    versions = editions_for(request.user, key)
    new = _numbered(versions, number)
    chosen = request.GET.get("from")
    old = next((v for v in versions if v.number == chosen), None) if chosen else None
    if chosen and old is None:
        return _other_policy(request, versions, new, chosen)
    old = old or before(new, versions)
    context: dict[str, Any] = {"versions": versions, "old": old, "new": new}
    if old is None or old == new:
        return _page(request, context | {"message": SAME if old else FIRST})
    try:
        found = difference(edition_of(old), edition_of(new))
    except PolicyFileError as error:
        problems = [problem.message for problem in error.problems]
        return _page(request, context | {"message": UNFINISHED, "problems": problems})
    return _page(request, context | {"page": DifferencePage(found)})


FIRST = "No edition comes before this one. Choose two editions to compare."
SAME = "An edition does not differ from itself. Choose two editions to compare."
UNFINISHED = "A draft is unfinished and cannot be compared yet. What is missing:"


def _other_policy(
    request: HttpRequest, versions: list[PolicyVersion], new: PolicyVersion, chosen: str
) -> HttpResponse:
    """An edition of another policy is refused in words, one that there is not with 404."""
    other = elsewhere(request.user, chosen)
    if other is None:
        raise Http404("There is no such edition.")
    message = (
        f"Edition {chosen} belongs to another policy, {other.policy}. "
        f"Choose two editions of {new.policy.name}."
    )
    context = {"versions": versions, "old": None, "new": new, "message": message}
    return _page(request, context, status=400)


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    blank: dict[str, Any] = {"page": None, "message": "", "problems": []}
    template = "criteria/library/changes.html"
    return render(request, template, blank | context, status=status)


def _numbered(versions: list[PolicyVersion], number: str) -> PolicyVersion:
    """The edition of a number. Raises Http404 when the policy has none the person may read."""
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404("There is no such edition.")
    return found
