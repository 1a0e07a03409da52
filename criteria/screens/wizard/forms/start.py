"""The first page: whose policy, first or continued treatment, and when."""

from datetime import date, timedelta

from criteria.models import Policy, PolicyVersion
from criteria.models.version import IN_FORCE_SOMETIME
from criteria.policies.stored.load import version_in_force
from criteria.rules.formats import date_text
from criteria.rules.terms import TherapyPhase
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.fields import Day, Pick
from criteria.screens.wizard.forms.form import PageForm

FAR_AHEAD_DAYS = 90
SUBMITTED = (
    "This request was submitted under another line of business. Choose that one again, or withdraw "
    "the request and begin a new one."
)
CHECK = "check the date, or ask the policy staff."
PHASES = (
    (TherapyPhase.INITIAL, "First request: treatment starts now"),
    (TherapyPhase.CONTINUATION, "Continuation: the patient already receives immune globulin"),
)


class RequestStartForm(PageForm):
    """Line of business, phase and dates."""

    line_of_business = Pick("Line of business", help_text="It selects the payer's policy.")
    phase = Pick("Is treatment starting or continuing?", PHASES)
    request_date = Day(
        "Date of this request",
        help_text="Time limits in the policy are counted from this day.",
    )
    planned_start = Day("Planned first dose of this request (optional)")

    needed = ("line_of_business", "phase", "request_date")
    version: PolicyVersion | None = None

    def prepare(self) -> None:
        """Offer every policy there is; a request is not dated ahead."""
        lines = self.fields["line_of_business"]
        assert isinstance(lines, Pick)  # noqa: S101
        lines.choices = lines_of_business()
        asked = self.fields["request_date"]
        assert isinstance(asked, Day)  # noqa: S101
        asked.latest = self.draft.today
        start = self.fields["planned_start"]
        assert isinstance(start, Day)  # noqa: S101
        if self.draft.born is not None:
            start.earliest, start.earliest_is = self.draft.born, "the patient was born"

    def note(self, name: str) -> Note:
        """Nothing can be saved before all three are there: a request is judged by an edition."""
        note = super().note(name)
        if note.problems or self.draft.request.pk or not self.draft.is_sent:
            return note
        if name not in self.missing_names():
            return note
        ask = {"request_date": "Enter the date of this request."}.get(name, "Choose one.")
        return Note(name=name, problems=(FieldProblem(name=name, text=ask),))

    def clean(self) -> None:
        """A policy must be in force for this line of business on that day."""
        line = self.cleaned_data.get("line_of_business")
        day = self.cleaned_data.get("request_date")
        if not line or not day:
            return
        if self.draft.request.submitted_at is not None:
            self._keep_edition(line)
            return
        self.version = self._pinned(line, day) or version_in_force(line, day)
        if self.version is None:
            self.add_error("request_date", why_none_in_force(line, day))

    def _keep_edition(self, line: str) -> None:
        """What was submitted stays with its edition; another one is the reviewer's matter."""
        self.version = self.draft.request.version
        if line != self.draft.request.line_of_business:
            self.version = None
            self.add_error("line_of_business", SUBMITTED)

    def _pinned(self, line: str, day: date) -> PolicyVersion | None:
        """A draft keeps its edition while it fits the line of business and the day."""
        request = self.draft.request
        if line != request.line_of_business or request.version_id is None:
            return None
        return PolicyVersion.objects.in_force_on(day).filter(pk=request.version_id).first()

    def echo(self, name: str) -> str:
        """Which edition judges it, and a start far ahead, which is worth a second look."""
        if name == "request_date":
            version = self.version
            judged = "" if version is None else f"{version.number}, {days_text(version)}"
            return f"Judged by edition {judged}." if judged else ""
        start = self.values.get("planned_start")
        if name != "planned_start" or start is None:
            return ""
        last = self.draft.request_date + timedelta(days=FAR_AHEAD_DAYS)
        if start <= last:
            return ""
        ahead = f"more than {FAR_AHEAD_DAYS} days after this request"
        return f"{date_text(start)} is {ahead}. Is the year right?"


def lines_of_business() -> list[tuple[str, str]]:
    """Every line of business a policy exists for, with the policy's name."""
    found: dict[str, str] = {}
    for policy in Policy.objects.order_by("line_of_business", "pk"):
        label = policy.line_of_business.replace("-", " ").capitalize()
        found.setdefault(policy.line_of_business, f"{label}: {policy.payer}")
    return list(found.items())


def why_none_in_force(line: str, day: date) -> str:
    """Why no edition judges a request of a day, and what to do about it."""
    editions = PolicyVersion.objects.published().filter(policy__line_of_business=line)
    lasting = list(editions.filter(IN_FORCE_SOMETIME).order_by("effective_from"))
    name = dict(lines_of_business()).get(line, line)
    if not lasting:
        return (
            f"No policy is published here yet for this line of business ({name}). "
            "Choose another one, or ask the policy staff."
        )
    text = f"No policy is in force on {date_text(day)} for this line of business ({name})."
    first, last = lasting[0], lasting[-1]
    if day < first.effective_from:
        return f"{text} The first edition starts on {date_text(first.effective_from)}: {CHECK}"
    if last.effective_until is not None and day >= last.effective_until:
        return f"{text} The last edition ended before {date_text(last.effective_until)}: {CHECK}"
    later = next(e.effective_from for e in lasting if e.effective_from > day)
    return f"{text} The next edition starts on {date_text(later)}: {CHECK}"


def days_text(version: PolicyVersion) -> str:
    """In force from 1 Oct 2020 until before 1 Jan 2021."""
    until = version.effective_until
    end = "" if until is None else f" until before {date_text(until)}"
    return f"in force from {date_text(version.effective_from)}{end}"
