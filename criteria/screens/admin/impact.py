"""What an edition would change of the requests there are: a run, its progress and its table."""

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django_htmx.http import HttpResponseStopPolling

from criteria.accounts.permissions import works_on_policies
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.impact import (
    MOST_MONTHS,
    edition_for,
    is_stale,
    latest,
    start,
    step,
    stop,
)
from criteria.models import ImpactRun, ImpactState, PolicyVersion
from criteria.papers.csvfile import csv_response
from criteria.requests.impact.judging import ImpactJudge
from criteria.requests.impact.table import ImpactSummary, rows_of, state_of, table
from criteria.screens.admin.refusals import REFUSED, said

# A step of the open page; one for the press of a button where there is no JavaScript.
STEP_SECONDS = 0.35
PRESS_SECONDS = 3.0
ON_A_PAGE = 100


class ImpactStartForm(forms.Form):
    """How far back decided requests are looked at; the action says what is too far."""

    decided_months = forms.IntegerField(
        required=False,
        label="Also requests decided in the last months",
        help_text="How many months back; empty for open requests only.",
        widget=forms.NumberInput(attrs={"min": 0, "max": MOST_MONTHS}),
        error_messages={"invalid": "Enter a whole number of months."},
    )


@admin.register(ImpactRun)
class ImpactRunAdmin(admin.ModelAdmin):
    """The page of an edition's runs; the rows themselves are not edited."""

    class Media:
        css = {"all": ["criteria/admin.css", "criteria/patients.css"]}

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the menu: it belongs to an edition."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whoever edits or publishes policies."""
        return works_on_policies(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody by a form: a run is started on the page of its edition."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Also the page of an edition, and what is done to a run."""
        view = self.admin_site.admin_view
        return [
            path("of/<int:pk>/", view(self.edition_view), name="criteria_impact"),
            path("<int:pk>/step/", view(self.step_view), name="criteria_impact_step"),
            path("<int:pk>/stop/", view(self.stop_view), name="criteria_impact_stop"),
            path("<int:pk>/csv/", view(self.csv_view), name="criteria_impact_csv"),
            *super().get_urls(),
        ]

    def edition_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The last run of an edition, and the button that starts another."""
        self._refuse(request)
        version = get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk)
        is_sent = request.method == "POST"
        form = ImpactStartForm(request.POST) if is_sent else ImpactStartForm()
        if is_sent and form.is_valid():
            try:
                start(version=version, by=signed_in_user(request), **form.cleaned_data)
                return HttpResponseRedirect(request.path)
            except REFUSED as error:
                form.add_error(None, said(error))
        run = latest(version)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "version": version,
            "form": form,
            "title": "What it touches",
            "run": run,
            **(_shown(run, request.GET.get("page")) if run else {}),
        }
        template = "criteria/admin/impact.html"
        return TemplateResponse(request, template, context, status=422 if is_sent else 200)

    def step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Judge the next requests; asked for by the open page, or by a press."""
        self._refuse(request)
        run = _runs().filter(pk=pk).first()
        if run is None:
            return self._gone(request)
        if request.method == "POST" and run.state == ImpactState.RUNNING:
            seconds = STEP_SECONDS if _is_polling(request) else PRESS_SECONDS
            run = _stepped(run, seconds)
        if not _is_polling(request):
            return HttpResponseRedirect(_url(run.version_id))
        context = {"run": run, **_shown(run, None)}
        drawn = TemplateResponse(request, "criteria/admin/_impact.html", context).render()
        is_over = run.state != ImpactState.RUNNING
        return HttpResponseStopPolling(drawn.content) if is_over else drawn

    def _gone(self, request: HttpRequest) -> HttpResponse:
        words = "This edition was discarded, and the run with it."
        if _is_polling(request):
            return HttpResponseStopPolling(f'<p class="errornote" role="alert">{words}</p>')
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:criteria_policyversion_changelist"))

    def stop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End a run where it is."""
        self._refuse(request)
        run = _runs().filter(pk=pk).first()
        if run is None:
            return self._gone(request)
        if request.method == "POST":
            stop(run=run, by=signed_in_user(request))
        return HttpResponseRedirect(_url(run.version_id))

    def csv_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """The table as a file: number and practice, and nothing else of a request."""
        self._refuse(request)
        run = get_object_or_404(_runs(), pk=pk)
        number = re.sub(r"[^\w.-]+", "-", run.version.number)
        return csv_response(table(run), f"impact-{number}")

    def _refuse(self, request: HttpRequest) -> None:
        if not works_on_policies(request.user):
            raise PermissionDenied("This account does not work on policies.")


def _runs() -> QuerySet[ImpactRun]:
    return ImpactRun.objects.select_related("version__policy", "started_by")


def _url(version_id: int) -> str:
    return reverse("admin:criteria_impact", args=[version_id])


def _is_polling(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _stepped(run: ImpactRun, seconds: float) -> ImpactRun:
    """The run after a step. An edition that can no longer be judged by makes it stale."""
    try:
        judge = ImpactJudge(edition_for(run.version).edition)
    except REFUSED:
        judge = None
    return step(run=run, seconds=seconds, judge=judge or _nothing)


def _nothing(requests: object) -> list[Any]:
    return []


def _shown(run: ImpactRun, page: str | None) -> dict[str, Any]:
    """The counts, and the rows of one page."""
    is_running = run.state == ImpactState.RUNNING
    found = Paginator(rows_of(run), ON_A_PAGE).get_page(page)
    total = max(run.total, run.done)
    return {
        "is_running": is_running,
        "is_stale": is_stale(run),
        "total": total,
        "percent": 100 * run.done // total if total else 100,
        "lines": ImpactSummary(run).lines,
        "page": found,
        "rows": [] if is_running else [(row, state_of(row)) for row in found],
    }
