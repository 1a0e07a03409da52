"""The figures of the desk: a page of charts, and each as a file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from criteria.accounts.permissions import require_figures
from criteria.accounts.signed_in import SignedInRequest
from criteria.models import RequestStatus, WorklistGroup
from criteria.papers.csvfile import csv_response
from criteria.requests.marks import OVERALL, STATUS
from criteria.rules.terms import Overall
from criteria.screens.figures.desk import FIGURES, DeskFigures
from criteria.screens.figures.form import USUAL, FiguresForm

STATES = {status.value: STATUS[status].word for status in RequestStatus}
FINDINGS = {overall.value: OVERALL[overall].word for overall in Overall}


@login_required
@require_safe
@never_cache
def figures(request: SignedInRequest) -> HttpResponse:
    """Every figure of what the filters choose; a filter that is wrong is told, nothing counted."""
    require_figures(request.user)
    form = _form(request)
    is_right = form.is_valid()
    context = {
        "form": form,
        "is_right": is_right,
        "has_requests": bool(form.groups),
        "asked": request.GET.urlencode(),
        "figures": _desk(form).figures if is_right and form.groups else [],
        "words": form.words if is_right else "",
    }
    status = 200 if is_right else 422
    return render(request, "criteria/review/figures.html", context, status=status)


@login_required
@require_safe
@never_cache
def figure_csv(request: SignedInRequest, name: str) -> HttpResponseBase:
    """The table of one figure. A filter that is wrong is told on the page."""
    require_figures(request.user)
    if name not in FIGURES:
        raise Http404("There is no such figure.")
    form = _form(request)
    if not form.is_valid():
        return redirect(f"{reverse('review:figures')}?{request.GET.urlencode()}")
    return _file(form, name)


def _file(form: FiguresForm, name: str) -> StreamingHttpResponse:
    scope = form.scope
    days = [day.isoformat() for day in (scope.first, scope.last) if day is not None]
    return csv_response(FIGURES[name](_desk(form)).table, "-".join(["figures", name, *days]))


def _form(request: HttpRequest) -> FiguresForm:
    return FiguresForm(request.GET or USUAL, WorklistGroup.objects.in_bulk())


def _desk(form: FiguresForm) -> DeskFigures:
    return DeskFigures(form.scope, timezone.localdate(), STATES, FINDINGS)
