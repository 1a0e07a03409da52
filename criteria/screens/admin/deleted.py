"""What was deleted from a draft: said before, listed after, brought back by one press."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policies.restore import restore_part
from criteria.models import ExamplePatient, Indication, Part, Pathway, PolicyVersion, RemovedPart
from criteria.screens.admin.links import change_url
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.admin.refusals import REFUSED, said

# As many as are listed; older ones are still kept.
MOST_LISTED = 20


def removed_panel(version: PolicyVersion, *, can_restore: bool) -> list[AdminPanel]:
    """The last parts that were deleted from an edition, newest first; none of none."""
    rows = RemovedPart.objects.filter(version=version).select_related("removed_by").defer("rows")
    found = list(rows[:MOST_LISTED])
    context = {"version": version, "removed": found, "can_restore": can_restore}
    return [AdminPanel("criteria/admin/_removed.html", context)] if found else []


def deleted_words(part: Part) -> str:
    """That a part was deleted, with the way to bring it back."""
    where = change_url(part.version) + "#removed"
    name, kind = str(part), part._meta.verbose_name
    words = "Deleted the {} “{}”. <a href='{}'>It can be brought back</a>."
    return format_html(words, kind, name, where)


def patients_stating(part: Part) -> list[str]:
    """The example patients of the policy that state an indication or pathway."""
    match part:
        case Indication():
            wanted = {"indication": part.key}
        case Pathway():
            wanted = {"indication": part.indication.key, "pathway": part.key}
        case _:
            return []
    rows = ExamplePatient.objects.filter(policy=part.version.policy)
    return [row.name for row in rows if wanted.items() <= row.stated.items()]


class RemovedPages:
    """The address that brings a deleted part of an edition back."""

    admin_site: Any
    has_change_permission: Any

    def get_urls(self) -> list[URLPattern]:
        """Also bringing back."""
        view = self.admin_site.admin_view(self.restore_view)
        restore = path("<int:pk>/removed/<int:removed>/", view, name="criteria_restore")
        return [restore, *super().get_urls()]  # type: ignore[misc]

    def restore_view(self, request: HttpRequest, pk: int, removed: int) -> HttpResponse:
        """Bring a part back, and show it; a refusal is said on the page of the edition."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        version = get_object_or_404(PolicyVersion, pk=pk)
        edition = HttpResponseRedirect(reverse("admin:criteria_policyversion_change", args=[pk]))
        row = RemovedPart.objects.filter(pk=removed, version=version).first()
        if row is None:
            messages.warning(request, "That was brought back already.")
            return edition
        try:
            part = restore_part(removed=row, by=signed_in_user(request))
        except REFUSED as error:
            messages.error(request, " ".join(said(error)))
            return edition
        messages.success(request, f"Brought back the {row.kind} “{row.name}”.")
        return HttpResponseRedirect(change_url(part))
