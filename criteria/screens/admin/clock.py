"""The time to decide, by line of business and urgency."""

from typing import Any, Unpack

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from criteria.accounts.signed_in import signed_in_user
from criteria.actions.clocks import delete_clock, save_clock
from criteria.models import DecisionClock, Event, Policy
from criteria.screens.admin.base import PolicyModelAdmin
from criteria.screens.admin.forms import PartForm, RowFormOptions
from criteria.screens.admin.links import list_url
from criteria.screens.forms import SentFiles, Typed

AFTERWARDS = (
    "A changed clock binds requests that come in afterwards; those received before keep their due "
    "times. Hours are elapsed hours. A calendar day ends at the same time of day, also when the "
    "clocks go forward or back."
)


class ClockForm(PartForm):
    """Offers the lines of business there are policies for: a line nobody has would never count."""

    line_of_business = forms.ChoiceField(
        required=False, help_text="A line without its own clock runs on that of every other line."
    )

    def __init__(
        self,
        data: Typed | None = None,
        files: SentFiles | None = None,
        **options: Unpack[RowFormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        if is_general(self.instance):
            del self.fields["line_of_business"]
            return
        field = self.fields["line_of_business"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        lines = set(Policy.objects.values_list("line_of_business", flat=True))
        known = sorted(lines | {self.instance.line_of_business} - {""})
        choices = [(line, DecisionClock(line_of_business=line).line_text) for line in known]
        field.choices = [("", DecisionClock().line_text), *choices]


def is_general(clock: DecisionClock | None) -> bool:
    """Whether a stored clock serves every line of business without its own."""
    return clock is not None and clock.pk is not None and not clock.line_of_business


@admin.register(DecisionClock)
class DecisionClockAdmin(PolicyModelAdmin[DecisionClock]):
    """Policy editors change the clocks; whoever reads policies sees them."""

    form = ClockForm
    list_display = ("line", "urgency", "time")
    list_display_links = ("line", "urgency", "time")
    fieldsets = (
        (
            None,
            {
                "description": AFTERWARDS,
                "fields": ("line_of_business", "urgency", "amount", "unit", "stops_while_waiting"),
            },
        ),
    )

    @admin.display(description="line of business", ordering="line_of_business")
    def line(self, row: DecisionClock) -> str:
        """Whom it is for."""
        return row.line_text

    @admin.display(description="time to decide")
    def time(self, row: DecisionClock) -> str:
        """7 calendar days."""
        return row.time_text

    def has_delete_permission(self, request: HttpRequest, obj: DecisionClock | None = None) -> bool:
        """Editors; the general clocks stay."""
        return super().has_delete_permission(request, obj) and not is_general(obj)

    def get_readonly_fields(
        self, request: HttpRequest, obj: DecisionClock | None = None
    ) -> tuple[str, ...]:
        """A general clock stays one."""
        return ("line", "urgency") if is_general(obj) else ()

    def get_fieldsets(
        self, request: HttpRequest, obj: DecisionClock | None = None
    ) -> tuple[tuple[str | None, Any], ...]:
        """Of a general clock the line is told, not asked."""
        (name, options), *_ = self.fieldsets
        fields = tuple(options["fields"])
        if is_general(obj):
            fields = ("line", *fields[1:])
        return ((name, {**options, "fields": fields}),)

    def save_model(
        self, request: HttpRequest, obj: DecisionClock, form: object, change: bool
    ) -> None:
        """By an action."""
        save_clock(clock=obj, by=signed_in_user(request))

    def delete_model(self, request: HttpRequest, obj: DecisionClock) -> None:
        """By an action."""
        delete_clock(clock=obj, by=signed_in_user(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[DecisionClock]) -> None:
        """By an action, one by one."""
        for clock in queryset:
            delete_clock(clock=clock, by=signed_in_user(request))

    def home_of(self, obj: object) -> str:
        """The list."""
        return list_url(DecisionClock)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        """What was done to the clocks, each with what stood there before."""
        return HttpResponseRedirect(list_url(Event, object_type__exact="decisionclock"))
