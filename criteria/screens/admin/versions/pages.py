"""The other pages of an edition: its check, its file, and the steps of its life."""

import re
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from criteria.accounts.signed_in import signed_in_user
from criteria.models import PolicyVersion, Status
from criteria.policies.checks.check import problems_of
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.file.yamlfile import dump_policy_file
from criteria.policies.stored.export import export
from criteria.screens.admin.links import change_url, list_url
from criteria.screens.admin.places import placed
from criteria.screens.admin.refusals import REFUSED, said
from criteria.screens.admin.versions.publishing import PublishingPage
from criteria.screens.admin.versions.steps import STEPS, VersionStep, may_take, offered


class VersionPages(PublishingPage):
    """Views of one edition beside its form."""

    def get_urls(self) -> list[URLPattern]:
        """Also the check, the file, and the steps."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/check/", view(self.check_view), name="criteria_check"),
            path("<int:pk>/file/", view(self.file_view), name="criteria_file"),
            path("<int:pk>/publish/", view(self.publish_view), name="criteria_publish"),
            path("<int:pk>/step/<slug:key>/", view(self.step_view), name="criteria_step"),
            *super().get_urls(),
        ]

    def _version(self, request: HttpRequest, pk: int) -> PolicyVersion:
        version = get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk)
        if not self.has_view_permission(request, version):
            raise Http404
        return version

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything wrong with the edition."""
        version = self._version(request, pk)
        problems = placed(version, problems_of(version))
        context = {"version": version, "problems": problems, "title": "Check"}
        return self._page(request, "criteria/admin/check.html", context)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The edition as a policy file."""
        version = self._version(request, pk)
        try:
            text = dump_policy_file(export(version))
        except PolicyFileError:
            self.message_user(request, "The draft is unfinished.", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:criteria_check", args=[pk]))
        name = re.sub(r"[^\w.-]+", "-", f"{version.policy.key}-{version.number}") + ".yaml"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(text, content_type="application/yaml", headers=headers)

    def step_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Ask, then take the step."""
        version = self._version(request, pk)
        step = next((s for s in offered(version, signed_in_user(request)) if s.key == key), None)
        if step is None:
            known = any(s.key == key for s in STEPS)
            return self._not_offered(request, version, key) if known else self._unknown()
        if step.take is None:
            return HttpResponseRedirect(step.url(version))
        form = step.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._taken(request, step, version, form)
            except REFUSED as error:
                form.add_error(None, said(error))
        # What keeps it from review, or asks for a reason later, stands on the way there.
        problems = placed(version, problems_of(version)) if step.is_checked else []
        context = {"version": version, "step": step, "form": form, "title": step.title}
        return self._page(request, "criteria/admin/step.html", context | {"problems": problems})

    def _taken(
        self, request: HttpRequest, step: VersionStep, version: PolicyVersion, form: Form
    ) -> HttpResponse:
        shown = None if step.take is None else step.take(version, request.user, **form.cleaned_data)
        self.message_user(request, step.done, messages.SUCCESS)
        return HttpResponseRedirect(list_url(PolicyVersion) if shown is None else change_url(shown))

    def _not_offered(self, request: HttpRequest, version: PolicyVersion, key: str) -> HttpResponse:
        step = next(s for s in STEPS if s.key == key)
        words = f"That is not possible: {version} is {Status(version.status).label.lower()}."
        if not may_take(step, signed_in_user(request)):
            words = "That is not possible: your account may not do that."
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(change_url(version))

    def _unknown(self) -> HttpResponse:
        raise Http404

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, {**shared, **context})
