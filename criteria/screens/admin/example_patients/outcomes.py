"""What an edition finds of the example patients: the table, the reasons, and the upload."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from criteria.accounts.permissions import Permission, may, works_on_policies
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.example_outcomes import changed, patients_of, standing_of
from criteria.actions.example_patients.edit import confirm_outcomes, refresh
from criteria.actions.example_patients.importing import TakenIn, take_in
from criteria.models import Pathway, PatientOutcome, PolicyVersion
from criteria.policies.file.problem import PolicyFileError
from criteria.requests.case_files.cases import CaseFileError
from criteria.rules.formats import counted
from criteria.screens.admin.example_patients.confirm_form import ConfirmForm, with_ticks
from criteria.screens.admin.example_patients.panel import tried_panel
from criteria.screens.admin.example_patients.upload import UploadForm
from criteria.screens.admin.example_patients.words import outcomes_url, rows, standing_words
from criteria.screens.admin.links import row_id
from criteria.screens.admin.refusals import REFUSED, said

# A look judges for so long: some thousand patients. What is left is judged by the next look.
LOOK_SECONDS = 2.0
ON_A_PAGE = 100
MOST_PROBLEMS = 100


class OutcomePages(admin.ModelAdmin):
    """Views of one edition's patients beside the list of all."""

    def outcome_urls(self) -> list[URLPattern]:
        """The table of an edition, the reasons, the upload."""
        view = self.admin_site.admin_view
        return [
            path("of/<int:pk>/", view(self.outcomes_view), name="criteria_patients"),
            path("of/<int:pk>/tried/", view(self.tried_view), name="criteria_tried"),
            path("of/<int:pk>/confirm/", view(self.confirm_view), name="criteria_confirm"),
            path("of/<int:pk>/upload/", view(self.upload_view), name="criteria_upload_patients"),
        ]

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """A page in the frame of the admin."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, {**shared, **context}, status=status)

    def outcomes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every patient with what is expected and what is found, the changed ones first."""
        return self._outcomes(request, self._edition(request, pk))

    def _outcomes(
        self,
        request: HttpRequest,
        version: PolicyVersion,
        refused: ConfirmForm | None = None,
        errors: Sequence[str] = (),
    ) -> HttpResponse:
        form = refused or ConfirmForm()
        pathway = self._pathway(request, version)
        patients = patients_of(version, pathway)
        unfinished = _looked(version, list(patients.values_list("pk", flat=True)))
        own = PatientOutcome.objects.filter(version=version, patient__in=patients)
        other = changed(version).filter(patient__in=patients)
        agreed = own.exclude(pk__in=other.values("pk")).select_related("patient")
        page = Paginator(agreed, ON_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "version": version,
            "pathway": pathway,
            "standing": standing_words(standing_of(version, pathway), version.is_locked),
            "changed": with_ticks(rows(other[: 5 * ON_A_PAGE]), form),
            "page": page,
            "agreed": rows(page),
            "unfinished": unfinished,
            "editable": may(request.user, Permission.EDIT_POLICY),
            "title": "Example patients",
            "form": form,
            "errors": errors,
        }
        status = 422 if errors else 200
        return self.page(request, "criteria/admin/patients.html", context, status)

    def tried_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The panel of a pathway, after an edit of its outline."""
        version = self._edition(request, pk)
        (panel,) = tried_panel(signed_in_user(request), version, self._pathway(request, version))
        return TemplateResponse(request, panel.template, {"panel": panel.context})

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept the chosen results, with the reason; all of them or none."""
        version = self._edition(request, pk)
        if request.method != "POST":
            return HttpResponseRedirect(outcomes_url(version))
        form = ConfirmForm(request.POST)
        chosen, reason = form.chosen, form.values["reason"]
        errors = [] if chosen else ["Tick the results that are right."]
        errors = errors or self._confirmed(version, chosen, reason, signed_in_user(request))
        if errors:
            return self._outcomes(request, version, form, errors)
        words = f"{counted(len(chosen), 'changed result')} confirmed."
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path().replace("/confirm/", "/"))

    def _confirmed(
        self, version: PolicyVersion, chosen: list[str], reason: str, by: User
    ) -> list[str]:
        """Confirm each; what is refused, in words."""
        found = PatientOutcome.objects.filter(version=version).select_related("version", "patient")
        marks = dict(mark.partition(":")[::2] for mark in chosen)
        outcomes = [o for key in marks if (o := found.filter(pk=row_id(key) or 0).first())]
        try:
            for outcome in outcomes:
                outcome.found = marks[str(outcome.pk)]
            confirm_outcomes(outcomes=outcomes, reason=reason, by=by)
        except REFUSED as error:
            return said(error)
        return [] if len(outcomes) == len(marks) else ["A patient is gone. Look at the rest again."]

    def upload_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take in files of cases as patients."""
        version = self._edition(request, pk)
        if not may(request.user, Permission.EDIT_POLICY):
            raise PermissionDenied("This account does not edit example patients.")
        is_sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
        problems: list[str] = []
        taken: TakenIn | None = None
        if is_sent and form.is_valid():
            try:
                taken = take_in(version=version, by=signed_in_user(request), **form.given)
            except CaseFileError as error:
                problems = [str(problem) for problem in error.problems]
            except REFUSED as error:
                problems = said(error)
        context = {
            "version": version,
            "form": form,
            "problems": problems[:MOST_PROBLEMS],
            "more": max(0, len(problems) - MOST_PROBLEMS),
            "taken": taken.lines if taken else [],
            "title": "Upload cases as example patients",
        }
        status = 422 if is_sent and taken is None else 200
        return self.page(request, "criteria/admin/patient_upload.html", context, status)

    def _edition(self, request: HttpRequest, pk: int) -> PolicyVersion:
        if not works_on_policies(request.user):
            raise PermissionDenied("This account does not work on policies.")
        return get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk)

    def _pathway(self, request: HttpRequest, version: PolicyVersion) -> Pathway | None:
        pk = row_id(request.GET.get("pathway", ""))
        pathways = Pathway.objects.filter(version=version).select_related("indication")
        return None if pk is None else get_object_or_404(pathways, pk=pk)


def _looked(version: PolicyVersion, first: list[int]) -> str:
    """Judge what is stale; why nothing can be judged, if so."""
    try:
        refresh(version=version, seconds=LOOK_SECONDS, first=frozenset(first))
    except PolicyFileError:
        return f"{version} is unfinished: what is shown was found before."
    return ""
