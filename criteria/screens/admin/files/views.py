"""A policy file on its way in: checked, compared, confirmed, and only then stored as a draft."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from criteria.accounts.permissions import Permission, may
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.upload import Upload, read_upload, take_upload, text_of
from criteria.models import Policy, PolicyVersion
from criteria.policies.difference import difference
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.load import edition_of
from criteria.screens.admin.files.form import (
    EXPIRED,
    HeldFile,
    PolicyFileForm,
    SealedForm,
    opened,
    sealed,
)
from criteria.screens.admin.links import change_url
from criteria.screens.admin.refusals import said
from criteria.screens.library.page import DifferencePage

MOST_SHOWN = 500
UNFINISHED = "Edition {number} is unfinished: the file cannot be compared with it."


class PolicyFiles(admin.ModelAdmin):
    """The page of a policy that takes in a file."""

    def get_urls(self) -> list[URLPattern]:
        """Also the upload."""
        upload = self.admin_site.admin_view(self.upload_view)
        return [path("<int:pk>/upload/", upload, name="criteria_upload"), *super().get_urls()]

    def upload_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a file; show what it changes; store it. Raises PermissionDenied, Http404."""
        policy = get_object_or_404(Policy, pk=pk)
        if not may(request.user, Permission.EDIT_POLICY):
            raise PermissionDenied
        if request.method != "POST":
            return self._asked(request, policy, PolicyFileForm(policy))
        if "sealed" in request.POST:
            return self._confirmed(request, policy)
        form = PolicyFileForm(policy, request.POST, request.FILES)
        if not form.is_valid():
            return self._asked(request, policy, form)
        return self._checked(request, policy, form)

    def _checked(self, request: HttpRequest, policy: Policy, form: PolicyFileForm) -> HttpResponse:
        """Every mistake of a file, or what it changes."""
        file, against = form.cleaned_data["file"], form.cleaned_data["against"]
        try:
            kept = HeldFile(file.name, text_of(file.read(), file.name))
            upload = read_upload(text=kept.text, name=kept.name, policy=policy)
        except PolicyFileError as error:
            return self._asked(request, policy, PolicyFileForm(policy), error)
        return self._page(
            request,
            policy,
            "criteria/admin/upload_changes.html",
            {
                "upload": upload,
                "name": kept.name,
                "unseen": SealedForm(
                    initial={"sealed": sealed(kept, policy, signed_in_user(request))}
                ),
                "against": against,
                **_compared(against, upload),
            },
        )

    def _confirmed(self, request: HttpRequest, policy: Policy) -> HttpResponse:
        """Store the file that was shown."""
        kept = opened(SealedForm(request.POST).values["sealed"], policy, signed_in_user(request))
        form = PolicyFileForm(policy)
        if kept is None:
            self.message_user(request, EXPIRED, messages.ERROR)
            return self._asked(request, policy, form)
        try:
            version = take_upload(
                policy=policy, text=kept.text, name=kept.name, by=signed_in_user(request)
            )
        except PolicyFileError as error:
            return self._asked(request, policy, form, error)
        except (EditionRefusedError, IntegrityError, ValidationError) as error:
            self.message_user(request, " ".join(said(error)), messages.ERROR)
            return self._asked(request, policy, form)
        words = f"{version} is stored as a draft. Nothing is published."
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(change_url(version))

    def _asked(
        self,
        request: HttpRequest,
        policy: Policy,
        form: PolicyFileForm,
        error: PolicyFileError | None = None,
    ) -> HttpResponse:
        problems = () if error is None else error.problems
        context = {
            "form": form,
            "problems": problems[:MOST_SHOWN],
            "count": len(problems),
            "most": MOST_SHOWN,
            "name": problems[0].file if problems else "",
        }
        status = 422 if problems or form.errors else 200
        return self._page(request, policy, "criteria/admin/upload.html", context, status)

    def _page(
        self,
        request: HttpRequest,
        policy: Policy,
        template: str,
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        about = {"policy": policy, "title": "Upload a policy file"}
        return TemplateResponse(request, template, {**shared, **about, **context}, status=status)


def _compared(against: PolicyVersion | None, upload: Upload) -> dict[str, Any]:
    """What the file changes of an edition, as the page of changes draws it."""
    if against is None:
        return {"page": None, "message": "Nothing was chosen to compare it with."}
    try:
        old = edition_of(against)
    except PolicyFileError:
        return {"page": None, "message": UNFINISHED.format(number=against.number)}
    return {"page": DifferencePage(difference(old, upload.edition)), "message": ""}
