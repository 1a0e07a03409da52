"""The page an edition is published on, with everything that is known before the button."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.life import published_already
from criteria.actions.policies.publish import publish_reviewed, readiness
from criteria.actions.policies.warnings import accept_warnings
from criteria.models import PolicyVersion
from criteria.screens.admin.links import change_url
from criteria.screens.admin.refusals import REFUSED, said
from criteria.screens.admin.versions.publish import PublishForm, PublishPress, page_of

PUBLISH, SAVE = "publish", "save"


class PublishingPage(admin.ModelAdmin):
    """The view of the publishing page: whoever reads policies reads it, publishers publish."""

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is in the way; keep reasons, or publish."""
        version = self._version(request, pk)  # type: ignore[attr-defined]
        if version.is_locked:
            self.message_user(request, published_already(version), messages.ERROR)
            return HttpResponseRedirect(change_url(version))
        pressed = request.POST.get("do", "")
        refused: list[str] = []
        kept = False
        try:
            if pressed == PUBLISH:
                return self._publish(request, version)
            if pressed == SAVE:
                return self._save_reasons(request, version)
        except REFUSED as error:
            refused = said(error)
            version.refresh_from_db()
            kept = pressed == PUBLISH and self._kept(request, version)
        found = readiness(version, signed_in_user(request))
        form = PublishForm(found, request.POST)
        context = page_of(form, signed_in_user(request), pressed == PUBLISH)
        context |= {"refused": refused, "kept": kept, "pressed": pressed}
        context |= {"title": f"Publish {version}"}
        return self._page(request, "criteria/admin/publish.html", context)  # type: ignore[attr-defined]

    def _publish(self, request: HttpRequest, version: PolicyVersion) -> HttpResponse:
        sent = PublishPress(request.POST).values
        by = signed_in_user(request)
        publish_reviewed(
            version=version,
            reasons=lambda found: PublishForm(found, request.POST).reasons,
            close_previous=sent["close_previous"],
            seen=sent["seen"],
            by=by,
        )
        words = f"{version} is published, in force from {version.effective_from:%-d %b %Y}."
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(change_url(version))

    def _kept(self, request: HttpRequest, version: PolicyVersion) -> bool:
        """Keep the reasons typed for an edition that cannot be published yet."""
        try:
            return self._accepted(request, version)
        except REFUSED:
            return False

    def _accepted(self, request: HttpRequest, version: PolicyVersion) -> bool:
        """Keep the reasons that are new; whether there were any."""
        by = signed_in_user(request)
        found = readiness(version, by)
        given = found.given(PublishForm(found, request.POST).reasons)
        accept_warnings(version=version, reasons=given, by=by)
        return bool(given)

    def _save_reasons(self, request: HttpRequest, version: PolicyVersion) -> HttpResponse:
        given = self._accepted(request, version)
        words = "The reasons are kept." if given else "Nothing was written: no reason is new."
        self.message_user(request, words, messages.SUCCESS if given else messages.WARNING)
        return HttpResponseRedirect(reverse("admin:criteria_publish", args=[version.pk]))
