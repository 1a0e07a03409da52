"""Letters to a practice: while they are written, and as they were issued."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from criteria.models.check import check, filled, one_of
from criteria.models.request import AuthorizationRequest
from criteria.models.submission import Submission
from criteria.models.written_once import WrittenOnce, WrittenOnceQuerySet

USER = settings.AUTH_USER_MODEL


class LetterKind(models.TextChoices):
    """What a letter says."""

    INFORMATION = "information", "Request for information"
    APPROVAL = "approval", "Approval"
    DENIAL = "denial", "Not approved"


class LetterDraft(models.Model):
    """A letter while a reviewer writes it. ``composed`` is the text it was begun with.

    ``terms`` holds what was typed beside the text (dose, length, criteria it rests on), as typed.
    """

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.CASCADE, related_name="letter_drafts"
    )
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=LetterKind)
    text = models.TextField(blank=True)
    composed = models.TextField(blank=True)
    terms = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("request", "kind")
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="letter_draft_unique"),
            one_of("letter_draft", "kind", LetterKind.values, "Kind"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_kind_display()}, being written"


class Letter(WrittenOnce):
    """A letter as it was issued. ``items``: the criteria it speaks of, with the reviewer's notes.

    Each item as criteria.papers.letters.content.Item has it.
    """

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.PROTECT, related_name="letters"
    )
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="letters")
    sequence = models.PositiveSmallIntegerField(help_text="1 for the first letter of a request.")
    kind = models.CharField(max_length=12, choices=LetterKind)
    text = models.TextField()
    items = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    code = models.CharField(max_length=9, db_index=True)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    page_count = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ("request", "sequence")
        # A row holds a file: what is counted is read from these alone.
        indexes = [
            models.Index(fields=["kind", "issued_at"], name="letter_issued"),
            models.Index(
                fields=["request", "kind", "submission", "issued_at"], name="letter_rounds"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["request", "sequence"], name="letter_unique"),
            one_of("letter", "kind", LetterKind.values, "Kind"),
            check("letter_says_something", filled(["text"]), "A letter says something."),
        ]

    def __str__(self) -> str:
        return f"{self.request}, letter {self.sequence}"

    @property
    def file_name(self) -> str:
        """The name it is downloaded under: the request's number and nothing of the patient."""
        return f"{self.request.number}-letter-{self.sequence}.pdf"


class Outcome(models.TextChoices):
    """What was decided."""

    APPROVED = "approved", "Approved"
    DENIED = "denied", "Not approved"


class Determination(WrittenOnce):
    """The reviewer's decision: one for a request, by a person, with a reason.

    For an approval the dose and the days it covers; for a denial, and for an approval of less than
    was asked, the criteria it rests on, as the items of a letter.
    """

    request = models.OneToOneField(
        AuthorizationRequest, on_delete=models.PROTECT, related_name="determination"
    )
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="determination")
    outcome = models.CharField(max_length=12, choices=Outcome)
    is_as_asked = models.BooleanField(default=False)
    product = models.CharField(max_length=200, blank=True)
    grams_per_course = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    days = models.PositiveSmallIntegerField(null=True, help_text="Infusion days of one course.")
    interval_days = models.PositiveSmallIntegerField(null=True)
    courses = models.PositiveSmallIntegerField(null=True)
    then_grams_per_course = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, help_text="Of the part after the first one."
    )
    then_interval_days = models.PositiveSmallIntegerField(null=True)
    then_courses = models.PositiveSmallIntegerField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    dose_text = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="The last day it covers.")
    reason = models.TextField()
    rests_on = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_at", "-id")
        constraints = [
            one_of("determination", "outcome", Outcome.values, "Outcome"),
            check("determination_reasoned", filled(["reason"]), "A decision needs a reason."),
            check(
                "determination_approval_has_days",
                models.Q(outcome=Outcome.DENIED)
                | models.Q(starts_on__isnull=False, ends_on__gte=models.F("starts_on")),
                "An approval has a first and a last day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_outcome_display()}"
