"""Example patients: the list, the form, and what an edition finds of each."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone

from criteria.accounts.permissions import Permission, may, works_on_policies
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.example_patients.edit import delete_patient, save_patient
from criteria.actions.example_patients.importing import reading_edition
from criteria.models import ExamplePatient, PolicyVersion, Status
from criteria.policies.codes.stored_codebook import CODEBOOK
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.drafts import compiled
from criteria.requests.case_files.patient import judge_patient
from criteria.requests.case_files.sentences import answer_lines, request_lines
from criteria.screens.admin.example_patients.form import ExamplePatientForm
from criteria.screens.admin.example_patients.outcomes import OutcomePages
from criteria.screens.admin.example_patients.words import found_words, outcome_rows, outcomes_url
from criteria.screens.admin.links import row_id
from criteria.screens.admin.refusals import REFUSED, said
from criteria.screens.forms import SeenForm

CHANGED = (
    "{who} changed this patient at {at}, after you opened it. Nothing is saved yet: what you typed "
    "stands below. Save again to keep yours."
)


@admin.register(ExamplePatient)
class ExamplePatientAdmin(OutcomePages, admin.ModelAdmin):
    """An invented patient with the result a policy must give them."""

    list_display = ("name", "policy", "expected", "changed_at", "changed_by")
    list_filter = ("policy", "expected")
    list_select_related = ("policy", "changed_by")
    search_fields = ("name", "words")
    list_per_page = 100

    class Media:
        css = {"all": ["criteria/admin.css", "criteria/patients.css"]}

    # Who may

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever edits or publishes policies."""
        return works_on_policies(request.user)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whoever edits or publishes policies."""
        return works_on_policies(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Editors."""
        return may(request.user, Permission.EDIT_POLICY)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Editors."""
        return may(request.user, Permission.EDIT_POLICY)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Editors."""
        return may(request.user, Permission.EDIT_POLICY)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Without an add link in the menu: a patient is added where an edition is looked at."""
        return {**super().get_model_perms(request), "add": False}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: rows are deleted one by one."""
        return {}

    def delete_model(self, request: HttpRequest, obj: ExamplePatient) -> None:
        """By an action."""
        delete_patient(patient=obj, by=signed_in_user(request))

    def get_urls(self) -> list[URLPattern]:
        """Also the pages of an edition."""
        return [*self.outcome_urls(), *super().get_urls()]

    # The form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: object = None,
    ) -> HttpResponse:
        """Show a patient in words, and the form that changes it."""
        self._refuse(request, object_id)
        version = self._version(request, object_id)
        if version is None:
            self.message_user(request, "Open a draft, and add the patient there.", messages.WARNING)
            return HttpResponseRedirect("../")
        patient = self._patient(request, version, object_id)
        try:
            edition = compiled(version).edition
        except PolicyFileError:
            return self._unfinished(request, version)
        is_sent = request.method == "POST" and "_show" not in request.POST
        form = ExamplePatientForm(
            edition, request.POST if request.method == "POST" else None, patient
        )
        if is_sent and form.is_valid() and self._saved(request, form, patient):
            words = found_words(patient, judge_patient(edition, patient.stated, CODEBOOK))
            self.message_user(request, f"Saved. {version.number} {words}", messages.SUCCESS)
            return HttpResponseRedirect(outcomes_url(version))
        if not is_sent:
            form.errors.clear()
        context = {
            "form": form,
            "version": version,
            "patient": patient,
            "editable": self.has_change_permission(request),
            "unseen": SeenForm(initial={"seen": _seen(patient)}),
            "lines": request_lines(edition, patient.stated) if patient.name else [],
            "answers": answer_lines(edition, patient.stated) if patient.name else [],
            "outcomes": outcome_rows(patient) if patient.pk else [],
            "title": patient.name if patient.pk else "New example patient",
        }
        return self.page(request, "criteria/admin/patient.html", context, 422 if is_sent else 200)

    def _refuse(self, request: HttpRequest, object_id: str | None) -> None:
        is_reading = request.method in ("GET", "HEAD") and object_id is not None
        allowed = self.has_view_permission if is_reading else self.has_add_permission
        if not allowed(request):
            raise PermissionDenied("This account does not edit example patients.")

    def _version(self, request: HttpRequest, object_id: str | None) -> PolicyVersion | None:
        """The edition whose questions are shown: the one named, a draft, or the one in force."""
        given = row_id(request.GET.get("version", ""))
        versions = PolicyVersion.objects.select_related("policy")
        if object_id is None:
            return None if given is None else get_object_or_404(versions, pk=given)
        policy = get_object_or_404(ExamplePatient, pk=row_id(object_id) or 0).policy
        own = versions.filter(policy=policy)
        found = own.filter(pk=given).first() if given is not None else None
        open_ones = own.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
        return found or open_ones.order_by("-edited_at").first() or reading_edition(policy)

    def _patient(
        self, request: HttpRequest, version: PolicyVersion, object_id: str | None
    ) -> ExamplePatient:
        if object_id is not None:
            return get_object_or_404(ExamplePatient, pk=row_id(object_id) or 0)
        copied = row_id(request.GET.get("copy", ""))
        blank = ExamplePatient(policy=version.policy, stated={})
        if copied is None:
            blank.stated = {"on": max(version.effective_from, timezone.localdate()).isoformat()}
            return blank
        model = get_object_or_404(ExamplePatient, pk=copied, policy=version.policy)
        blank.name, blank.words = f"{model.name} (copy)"[:200], model.words
        blank.stated, blank.expected = dict(model.stated), model.expected
        return blank

    def _saved(
        self, request: HttpRequest, form: ExamplePatientForm, patient: ExamplePatient
    ) -> bool:
        """Save by the action; what it refuses is said on the form."""
        seen = SeenForm(request.POST).values["seen"]
        if patient.pk and seen != _seen(patient):
            at = timezone.localtime(patient.changed_at)
            form.add_error(None, CHANGED.format(who=patient.changed_by, at=f"{at:%H:%M}"))
            return False
        for name in ("name", "words", "expected"):
            setattr(patient, name, form.cleaned_data[name])
        patient.stated = form.stated
        try:
            save_patient(patient=patient, by=signed_in_user(request))
        except REFUSED as error:
            form.add_error(None, said(error))
            return False
        return True

    def _unfinished(self, request: HttpRequest, version: PolicyVersion) -> HttpResponse:
        words = f"{version} is unfinished: its check says what is missing."
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(outcomes_url(version))


def _seen(patient: ExamplePatient) -> str:
    return patient.changed_at.isoformat() if patient.pk else ""
