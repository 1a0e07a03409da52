"""The top of a request on the desk: who works on it, where it is, how much time is left."""

from datetime import datetime
from functools import cached_property

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict

from criteria.accounts.people import name_of
from criteria.accounts.permissions import REVIEW
from criteria.actions.reviews.hold import CLOSED
from criteria.models import AuthorizationRequest, Determination, RequestStatus
from criteria.requests.marks import StateMark
from criteria.screens.forms import DrawnForm, HelpedField
from criteria.screens.layout import LineField
from criteria.screens.review.clock_words import clock_mark, due_mark, moment, status_mark
from criteria.screens.review.unseen_forms import OverForm

CHOOSE = "Choose who shall review it."
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Colleagues(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Reviewers by their names; ``me`` is who is asked."""

    me: User | None = None

    def label_from_instance(self, obj: User) -> str:
        """Rhea Roy (me)."""
        return name_of(obj) + (" (me)" if obj == self.me else "")


class AssignForm(DrawnForm):
    """Hands a request to a reviewer."""

    to = Colleagues(
        User.objects.none(),
        label="Hand to",
        empty_label="Choose a reviewer",
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    bound_field_class = HelpedField
    lines = (LineField("to"),)

    def __init__(
        self, colleagues: QuerySet[User], user: User, sent: QueryDict | None = None
    ) -> None:
        """``colleagues``: those who may have it; ``user``: who is asked."""
        super().__init__(sent, auto_id="%s")
        field = self.fields["to"]
        assert isinstance(field, Colleagues)  # noqa: S101
        field.queryset, field.me = colleagues, user


class Holding:
    """A submitted request and the reviewer who looks at it."""

    def __init__(self, request: AuthorizationRequest, user: User, now: datetime) -> None:
        """``request`` as a reviewer loaded it, ``now`` the moment the clock is read at."""
        self.request, self.user, self.now = request, user, now

    # Who works on it

    @property
    def is_closed(self) -> bool:
        """Whether it is decided or withdrawn."""
        return self.request.status in CLOSED

    @property
    def is_mine(self) -> bool:
        """Whether this reviewer holds it."""
        return bool(self.request.assigned_to_id == self.user.pk)

    @property
    def is_waiting(self) -> bool:
        """Whether the practice is asked for information and has not answered."""
        return self.request.status == RequestStatus.INFORMATION_REQUESTED

    @property
    def may_write(self) -> bool:
        """Whether this reviewer may say something of the criteria now."""
        return self.is_mine and not self.is_closed

    @cached_property
    def colleagues(self) -> QuerySet[User]:
        """The reviewers it may be handed to: none of its own practice."""
        able = User.objects.with_perm(REVIEW, backend=BACKEND)
        others = able.exclude(membership__practice=self.request.practice_id)
        holder = self.request.assigned_to_id
        others = others if holder is None else others.exclude(pk=holder)
        return others.order_by("first_name", "username")

    @property
    def over_form(self) -> OverForm:
        """Who held it when the page was drawn."""
        return OverForm(initial={"over": self.request.assigned_to_id})

    @property
    def assign_form(self) -> AssignForm:
        """To whom it may be handed."""
        return AssignForm(self.colleagues, self.user)

    @cached_property
    def decision(self) -> Determination | None:
        """What was decided; None while nothing is."""
        if self.request.decided_at is None:
            return None
        rows = Determination.objects.filter(request=self.request)
        return rows.select_related("decided_by").first()

    # Clock and state

    @property
    def status(self) -> StateMark:
        """Where the request is, in the words of the worklist."""
        return status_mark(self.request)

    @property
    def clock(self) -> StateMark:
        """The clock, in the words of the worklist."""
        return clock_mark(self.request, self.now)

    @cached_property
    def clock_detail(self) -> str:
        """When it is due; while the practice is waited for, whether the clock stands still."""
        due = self.request.due_at
        if self.is_closed or due is None:
            return ""
        if self.request.asked_at is None:
            return f"due {moment(due)}"
        if self.request.clock_stops:
            return "the clock stands still until the practice answers"
        return f"the clock runs on: {due_mark(due, self.now).word}, {moment(due)}"
