"""The codes of an edition: one by one, and by pasting a list."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField, Prefetch, Q, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from criteria.accounts.permissions import Permission, may
from criteria.accounts.signed_in import signed_in_user
from criteria.actions.policy_codes.plan import plan_codes
from criteria.actions.policy_codes.save import delete_code, save_codes
from criteria.models import Code, Indication, PolicyVersion
from criteria.policies.codes.lookup import release
from criteria.rules.terms import Coverage
from criteria.screens.admin.codes.form import PasteForm, sections
from criteria.screens.admin.filters import EditionFilter
from criteria.screens.admin.links import change_url, list_url, row_id
from criteria.screens.admin.part import PartAdmin
from criteria.screens.admin.refusals import REFUSED, closed, said
from criteria.screens.forms import SeenForm

MOST_SHOWN = 3


class CodePages(PartAdmin[Code]):
    """The page a list of codes is pasted on."""

    def get_urls(self) -> list[URLPattern]:
        """Also the page."""
        paste = self.admin_site.admin_view(self.paste_view)
        return [path("paste/<int:pk>/", paste, name="criteria_paste_codes"), *super().get_urls()]

    def paste_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a list, show what it would do, and then do it."""
        version = get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk)
        if not may(request.user, Permission.EDIT_POLICY):
            raise PermissionDenied
        if closed(version) and request.method != "POST":
            self.message_user(request, closed(version), messages.ERROR)
            return HttpResponseRedirect(change_url(version))
        form = PasteForm(version, request.POST if request.method == "POST" else None)
        if not form.is_bound or not form.is_valid():
            return self._page(request, version, form)
        return self._pasted(request, version, form)

    def _pasted(
        self, request: HttpRequest, version: PolicyVersion, form: PasteForm
    ) -> HttpResponse:
        given = form.given
        if "save" in request.POST:
            seen = SeenForm(request.POST).values["seen"]
            try:
                done = save_codes(
                    version=version, given=given, seen=seen, by=signed_in_user(request)
                )
            except REFUSED as error:
                form.add_error(None, said(error))
            else:
                words = f"Saved: {done.changes}." if done.changes else ""
                self.message_user(request, words or "Nothing was to be changed.", messages.SUCCESS)
                shown = {"version": version.pk, "system__exact": given.system.value}
                return HttpResponseRedirect(list_url(Code, **shown))
        plan = plan_codes(version, given)
        context = {
            "plan": plan,
            "sections": sections(plan),
            "is_icd10": given.system == "icd10",
            "unseen": SeenForm(initial={"seen": plan.mark}),
        }
        return self._page(request, version, form, **context)

    def _page(
        self, request: HttpRequest, version: PolicyVersion, form: PasteForm, **found: object
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        own = {"version": version, "form": form, "title": "Paste codes", "release": release()}
        context: dict[str, Any] = {"plan": None, **shared, **own, **found}
        template = "criteria/admin/codes.html"
        return TemplateResponse(request, template, context, status=422 if form.errors else 200)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the way to the page, while the list holds one draft."""
        pk = row_id(request.GET.get("version"))
        found = PolicyVersion.objects.filter(pk=pk).first() if pk else None
        is_open = found and not closed(found) and may(request.user, Permission.EDIT_POLICY)
        url = reverse("admin:criteria_paste_codes", args=[pk]) if is_open else ""
        return super().changelist_view(request, {"paste_url": url} | (extra_context or {}))


@admin.register(Code)
class CodeAdmin(CodePages):
    """One code of the policy's lists."""

    change_list_template = "criteria/admin/codes_list.html"
    list_display = ("code", "system", "description", "suggests", "in_list", "lines")
    list_filter = (EditionFilter, "system", "listed", "clear")
    search_fields = ("code", "description", "indications__name")
    filter_horizontal = ("indications", "unproven")
    fieldsets = (
        (None, {"fields": [("system", "code"), "description", ("lines", "listed")]}),
        ("Days of service", {"fields": [("first_day", "last_day")]}),
        ("What it suggests", {"fields": ["indications", "unproven", "clear", "note"]}),
        ("In the edition", {"fields": ["position"]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Code]:
        """With the diagnoses it suggests."""
        names = Indication.objects.only("name")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("indications", names), Prefetch("unproven", names))
        )

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> ModelMultipleChoiceField | None:
        """Covered diagnoses on one side, unproven uses on the other."""
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        unproven = Q(coverage=Coverage.UNPROVEN.value)
        fits = unproven if db_field.name == "unproven" else ~unproven
        field.queryset = field.queryset.filter(fits)
        return field

    @admin.display(description="suggests")
    def suggests(self, row: Code) -> str:
        """The diagnoses it suggests; unproven uses in brackets."""
        proven = [str(i) for i in row.indications.all()]
        found = proven + [f"({i})" for i in row.unproven.all()]
        more = len(found) - MOST_SHOWN
        return ", ".join(found[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")

    @admin.display(description="listed", boolean=True, ordering="listed")
    def in_list(self, row: Code) -> bool:
        """Whether the policy lists it."""
        return row.listed

    def delete_model(self, request: HttpRequest, obj: Code) -> None:
        """By an action, which keeps what a criterion names."""
        delete_code(code=obj, by=signed_in_user(request))
