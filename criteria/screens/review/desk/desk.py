"""One request on the reviewer's desk: its last submission, and what is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import User
from django.http import Http404
from django.utils import timezone

from criteria.actions.reviews.dispositions import Place, Stale, lines_of
from criteria.models import AuthorizationRequest, Disposition, Submission
from criteria.papers.packet.assemble import FIT
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.worksheet import LabelledFact
from criteria.requests.asking import REPLY
from criteria.requests.assessment.assess import Assessment
from criteria.requests.content import RequestContent, StatedLine, content_from_json
from criteria.requests.dispositions.asked import viewable
from criteria.requests.record import assessment_of, reviewed_draft, submitted_draft
from criteria.requests.stated_request import StatedRequest
from criteria.screens.review.desk.changes import ChangesSince, changes_of, packet_of
from criteria.screens.review.desk.courses import CoursesBefore
from criteria.screens.review.desk.form import SentView
from criteria.screens.review.desk.holding import Holding
from criteria.screens.review.desk.lines import (
    DeskLine,
    DeskPart,
    LineContext,
    by_place,
    counts,
    evidence_of,
    gates_of,
    parts_of,
)
from criteria.screens.review.desk.patient import EarlierRequest, earlier_of
from criteria.screens.review.desk.rounds import (
    EarlierRound,
    EarlierView,
    changes_between,
    rounds_of,
    word_of,
)
from criteria.screens.review.desk.timeline import TimelineEntry, timeline_of
from criteria.screens.review.desk.viewer import ShownPage, Viewer
from criteria.screens.review.newer_edition import NewerEdition, newer_of
from criteria.screens.review.unseen_forms import SubmissionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSaved:
    """Why nothing, or not everything, of what was sent was saved; the sent stays on the page."""

    words: str
    sent: Mapping[Place, SentView] = field(default_factory=dict)
    stale: Sequence[Stale] = ()


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed of a criterion that has no boxes any more."""

    label: str
    verdict: str
    note: str


# Of what is asked for, by the labels of the packet.
FIRST = ("Diagnosis codes", "Product", "Asked for", FIT, "Authorization")


class ReviewDesk(Holding):
    """Everything the page of a request shows a reviewer. Read-only: actions write."""

    @property
    def submission_form(self) -> SubmissionForm:
        """Which submission the views are of."""
        return SubmissionForm(initial={"submission": self.submission.number})

    def __init__(
        self,
        request: AuthorizationRequest,
        user: User,
        *,
        now: datetime,
        shown: ShownPage | None = None,
        not_saved: NotSaved | None = None,
    ) -> None:
        """``request`` as a reviewer loaded it, ``now`` the moment the clock is read at."""
        super().__init__(request, user, now)
        self.shown, self.not_saved = shown or ShownPage(), not_saved

    # What was submitted

    @cached_property
    def submissions(self) -> tuple[Submission, ...]:
        """Every submission, the first one first."""
        rows = self.request.submissions.order_by("number")
        return tuple(rows.select_related("version__policy", "attested_by", "rejudged_by"))

    @cached_property
    def submission(self) -> Submission:
        """The last one: what is decided on, whatever the practice types meanwhile."""
        if not self.submissions:
            raise Http404("This request has no submission.")
        return self.submissions[-1]

    @cached_property
    def data(self) -> RequestContent:
        """What the request says of itself."""
        return content_from_json(self.submission.content)

    @cached_property
    def draft(self) -> StatedRequest:
        """The same, counting every approval held here."""
        return reviewed_draft(self.submission)

    @cached_property
    def assessment(self) -> Assessment:
        """What the software finds of it, by the edition it was submitted under."""
        return assessment_of(self.draft)

    @cached_property
    def as_submitted(self) -> Assessment:
        """What was found when it was submitted: other approvals may be held here since."""
        before = submitted_draft(self.submission)
        return self.assessment if before.before == self.draft.before else assessment_of(before)

    @cached_property
    def courses(self) -> CoursesBefore | None:
        """The courses before it, where a limit counts them."""
        if not self.draft.counts_courses_before:
            return None
        return CoursesBefore(self.draft, self.assessment, self.as_submitted, self.user)

    @cached_property
    def content(self) -> PacketContent:
        """The packet of the last submission, with what is found of it here."""
        return packet_of(self.data, self.assessment, self.now)

    @cached_property
    def submitted_content(self) -> PacketContent:
        """The packet of the last submission, as it is printed."""
        if self.as_submitted is self.assessment:
            return self.content
        return packet_of(self.data, self.as_submitted, self.now)

    # What is said of it

    @cached_property
    def parts(self) -> tuple[DeskPart, ...]:
        """The criteria, with everything said of each."""
        return parts_of(self.content, self._known)

    @cached_property
    def gates(self) -> tuple[DeskLine, ...]:
        """What stands before them, contradictions included, with everything said of each."""
        return gates_of(self.content, self.assessment.gates, self._known)

    @property
    def lines(self) -> tuple[DeskLine, ...]:
        """Everything a view is kept of, in the order of the page."""
        return (*self.gates, *(line for part in self.parts for line in part.lines))

    @cached_property
    def _known(self) -> LineContext:
        said, problem = self._said, self.not_saved or NotSaved(words="")
        latest = self.submissions[-2:]
        return LineContext(
            stored=by_place(said.get(self.submission.pk, ())),
            earlier=self._earlier(said),
            changes=changes_between(*latest) if len(latest) > 1 else {},
            evidence=evidence_of(self.data, self.assessment),
            unsaved=problem.sent if self.may_write else {},
            stale={one.said.place: one for one in problem.stale},
            viewable=viewable(self.assessment),
        )

    @cached_property
    def unsaved(self) -> tuple[Unsaved, ...]:
        """What was sent and has no boxes on this page any more, so that it is not lost."""
        sent = {} if self.not_saved is None else self.not_saved.sent
        boxes = {line.place for line in self.lines if line.can_be_viewed and self.may_write}
        lines = {place: x for one in self.submissions for place, x in lines_of(one).items()}
        names = {place: f"{x['number']} {x['title']}".strip() for place, x in lines.items()}
        return tuple(
            Unsaved(names.get(place, place[1]), word_of(one.said.verdict), one.said.note)
            for place, one in sent.items()
            if place not in boxes
        )

    @property
    def in_conflict(self) -> tuple[DeskLine, ...]:
        """The lines that another window saved meanwhile."""
        return tuple(line for line in self.lines if line.stale)

    @property
    def asked(self) -> tuple[LabelledFact, ...]:
        """What a reviewer weighs first of what is asked for."""
        return tuple(f for f in self.content.asked.facts if f.label in FIRST and f.value)

    @property
    def replies(self) -> tuple[StatedLine, ...]:
        """What the practice answered in words to what it was asked."""
        section = self.data.section(REPLY)
        return () if section is None else tuple(line for line in section.lines if line.value)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How far the reviewer is."""
        return counts(self.lines)

    @cached_property
    def changes(self) -> tuple[ChangesSince, ...]:
        """What changed from round to round, the latest first."""
        return changes_of(self.submissions, self.submitted_content, self.now)

    @cached_property
    def rounds(self) -> tuple[EarlierRound, ...]:
        """Earlier submissions, with what was said of them and what changed since."""
        return rounds_of(self.changes, self._said)

    @cached_property
    def _said(self) -> dict[int, list[Disposition]]:
        rows = Disposition.objects.filter(submission__request=self.request)
        said: dict[int, list[Disposition]] = {}
        for one in rows.select_related("by"):
            said.setdefault(one.submission_id, []).append(one)
        return said

    def _earlier(self, said: Mapping[int, Sequence[Disposition]]) -> dict[Place, list[EarlierView]]:
        earlier: dict[Place, list[EarlierView]] = {}
        for submission in self.submissions[:-1]:
            for one in said.get(submission.pk, ()):
                told = EarlierView.of(one, submission)
                earlier.setdefault((one.block, one.key), []).append(told)
        return earlier

    @cached_property
    def newer(self) -> NewerEdition | None:
        """A newer edition than the one it is judged by; the reviewer's matter while it is open."""
        return None if self.is_closed else newer_of(self.submission, timezone.localdate(self.now))

    # Beside it

    @cached_property
    def viewer(self) -> Viewer:
        """The enclosures, one page of them open."""
        return Viewer(self.request.number, self.data, self.content, self.shown)

    @cached_property
    def earlier_requests(self) -> tuple[EarlierRequest, ...]:
        """Of the same patient."""
        return earlier_of(self.request, self.user)

    @cached_property
    def timeline(self) -> tuple[TimelineEntry, ...]:
        """What happened to it."""
        return timeline_of(self.request, self.submissions)
