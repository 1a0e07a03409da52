"""A prescriber's request.

The plain columns (indication, patient's name and so on) repeat what lists need of what was typed;
the action that saves sets them.
"""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from criteria.models.check import check, one_of

USER = settings.AUTH_USER_MODEL


class RequestStatus(models.TextChoices):
    """Where a request is. Everything after draft is read by reviewers."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    INFORMATION_REQUESTED = "information_requested", "Information requested"
    APPROVED = "approved", "Approved"
    DENIED = "denied", "Not approved"
    WITHDRAWN = "withdrawn", "Withdrawn"


EDITABLE = (RequestStatus.DRAFT, RequestStatus.INFORMATION_REQUESTED)
# May still be taken back by the practice.
OPEN = (RequestStatus.DRAFT, RequestStatus.SUBMITTED, RequestStatus.INFORMATION_REQUESTED)


class Urgency(models.TextChoices):
    """Which clock a request runs on."""

    STANDARD = "standard", "Standard"
    EXPEDITED = "expedited", "Expedited"


# Who holds a request; 0 for nobody. An index answers "is 0" in order, but not "is null".
HOLDER = Coalesce("assigned_to", 0)
WORKLIST = ("worklist_group", "status")
# The practice is asked, and the clock runs on. Each names its status, as its index does.
WAITING_RUNS = Q(status=RequestStatus.INFORMATION_REQUESTED, clock_stops=False)
# The practice has answered what it was asked, and nothing was asked or decided since.
ANSWERED = Q(status=RequestStatus.SUBMITTED, answered_at__isnull=False)


class RequestNumbers(models.Model):
    """The last request number given out in a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "request numbers"

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class AuthorizationRequestQuerySet(models.QuerySet["AuthorizationRequest"]):
    """Requests by who may see them and where they are."""

    def of_practices_of(self, user: User) -> Self:
        """Those of the practices a user works in."""
        return self.filter(practice__membership__user_id=user.pk)

    def sent(self) -> Self:
        """Submitted at least once."""
        return self.filter(submitted_at__isnull=False)

    def approved(self) -> Self:
        """Those that were approved."""
        return self.filter(status=RequestStatus.APPROVED)

    def of_patient(self, request: "AuthorizationRequest") -> Self:
        """Submitted requests of the same member born on the same day, the latest first."""
        if not request.member_key:
            return self.none()
        same = Q(member_key=request.member_key, born_on=request.born_on)
        return self.sent().filter(same).order_by("-submitted_at", "-id")


class AuthorizationRequest(models.Model):
    """A prescriber's request, judged by the edition it was started under."""

    number = models.CharField(max_length=20, unique=True)
    practice = models.ForeignKey("criteria.Practice", on_delete=models.PROTECT)
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        "criteria.PolicyVersion",
        null=True,
        on_delete=models.PROTECT,
        verbose_name="edition",
        help_text="Empty until the line of business is chosen.",
    )
    status = models.CharField(
        max_length=24, choices=RequestStatus, default=RequestStatus.DRAFT, db_index=True
    )
    is_quick_check = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    request_date = models.DateField(null=True)
    phase = models.CharField(max_length=12, blank=True)
    line_of_business = models.CharField(max_length=80, blank=True)
    indication_key = models.CharField(max_length=80, blank=True)
    pathway_key = models.CharField(max_length=80, blank=True)
    urgency = models.CharField(max_length=12, choices=Urgency, default=Urgency.STANDARD)
    overall = models.CharField(max_length=16, blank=True)
    patient_name = models.CharField(max_length=200, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    # The member number without spaces and signs, as one patient's requests are found by.
    member_key = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True)
    prescriber_name = models.CharField(max_length=200, blank=True)
    dose_text = models.CharField(max_length=200, blank=True)
    enclosure_letters = models.CharField(max_length=400, blank=True)

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    # Set when it comes in, by the clock of that moment; kept once it is decided.
    due_at = models.DateTimeField(null=True)
    # Whether that clock stands still while the practice answers; of that moment, too.
    clock_stops = models.BooleanField(default=False)
    # Since when the practice is asked for information; empty while it is not.
    asked_at = models.DateTimeField(null=True)
    # When the practice answered what it was asked last; empty again once it is asked anew.
    answered_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_from = models.DateField(null=True)
    approved_until = models.DateField(null=True, help_text="The last day the approval covers.")
    # As it was last submitted, whatever the practice types meanwhile.
    worklist_group = models.ForeignKey(
        "criteria.WorklistGroup",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    renewal_of = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="renewals",
        help_text="The approved request this one continues.",
    )
    first_approved = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The first approved request of those that follow each other.",
    )

    objects = AuthorizationRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-id")
        indexes = [
            models.Index(fields=["practice", "-updated_at"], name="request_of_practice"),
            models.Index(fields=["status", "due_at", "id"], name="request_worklist"),
            models.Index(fields=["status", "submitted_at", "id"], name="request_sent"),
            models.Index(
                fields=["worklist_group", "status", "due_at", "id"], name="request_worklist_group"
            ),
            models.Index(
                fields=["worklist_group", "status", "submitted_at", "id"], name="request_sent_group"
            ),
            models.Index(HOLDER, *WORKLIST, "due_at", "id", name="request_worklist_holder"),
            models.Index(HOLDER, *WORKLIST, "submitted_at", "id", name="request_sent_holder"),
            models.Index(fields=["due_at", "id"], condition=WAITING_RUNS, name="request_runs"),
            models.Index(
                fields=["worklist_group", "due_at", "id"],
                condition=WAITING_RUNS,
                name="request_runs_group",
            ),
            models.Index(fields=["due_at", "id"], condition=ANSWERED, name="request_answered"),
            models.Index(
                fields=["worklist_group", "due_at", "id"],
                condition=ANSWERED,
                name="request_answered_group",
            ),
            models.Index(fields=["assigned_to"], condition=ANSWERED, name="request_answered_of"),
            models.Index(fields=["member_key"], name="request_of_member"),
            models.Index(fields=["status", "approved_until"], name="request_approval_ends"),
        ]
        constraints = [
            one_of("request", "status", RequestStatus.values, "Status"),
            one_of("request", "urgency", Urgency.values, "Urgency"),
            check(
                "request_submitted_pair",
                Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                "Submitted at and submitted by belong together: both or neither.",
            ),
            check(
                "request_withdrawn_pair",
                Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                "Withdrawn at and withdrawn by belong together: both or neither.",
            ),
            check(
                "request_assigned_pair",
                Q(assigned_at__isnull=True, assigned_to__isnull=True)
                | Q(assigned_at__isnull=False, assigned_to__isnull=False),
                "Assigned at and assigned to belong together: both or neither.",
            ),
            check(
                "request_decided",
                Q(
                    status__in=[RequestStatus.APPROVED, RequestStatus.DENIED],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                | ~Q(status__in=[RequestStatus.APPROVED, RequestStatus.DENIED])
                & Q(decided_at__isnull=True, decided_by__isnull=True),
                "A decided request, and no other, says who decided it and when.",
            ),
            check(
                "request_renewal_pair",
                Q(renewal_of__isnull=True, first_approved__isnull=True)
                | Q(renewal_of__isnull=False, first_approved__isnull=False),
                "A request that continues another one names the first of them too.",
            ),
            check(
                "request_approval_days",
                Q(
                    status=RequestStatus.APPROVED,
                    approved_from__isnull=False,
                    approved_until__gte=F("approved_from"),
                )
                | ~Q(status=RequestStatus.APPROVED)
                & Q(approved_from__isnull=True, approved_until__isnull=True),
                "An approved request, and no other, has a first and a last day.",
            ),
            check(
                "request_sent_has_due_time",
                Q(submitted_at__isnull=True) | Q(due_at__isnull=False),
                "A submitted request has a due time.",
            ),
            check(
                "request_sent_is_submitted",
                Q(status__in=[RequestStatus.DRAFT, RequestStatus.WITHDRAWN])
                | Q(submitted_at__isnull=False, version__isnull=False, is_quick_check=False),
                "Only a submitted request with an edition has such a status.",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_editable(self) -> bool:
        """Whether the practice may still change its answers."""
        return self.status in EDITABLE

    @property
    def is_answered(self) -> bool:
        """Whether it waits for a reviewer with an answer of the practice; as ``ANSWERED``."""
        return self.status == RequestStatus.SUBMITTED and self.answered_at is not None

    @property
    def is_open(self) -> bool:
        """Whether the practice may still withdraw it."""
        return self.status in OPEN
