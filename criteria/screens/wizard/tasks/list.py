"""The task list: what is done, what is open, what asks for another look."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from criteria.models import AuthorizationRequest, Determination, RequestStatus, Submission
from criteria.requests.asking import REPLY
from criteria.requests.marks import (
    DONE,
    NO_LONGER_NEEDED,
    OPTIONAL,
    OVERALL,
    PLEASE_CHECK,
    PROBLEM,
    STATUS,
    TO_DO,
    StateMark,
)
from criteria.requests.moving import EditionMove, move_of
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.information_items import InformationItem, wanted_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.tasks.check_again import why_check
from criteria.screens.wizard.tasks.kept_answers import kept_answers
from criteria.screens.wizard.tasks.rounds import SubmissionRound, decision_of, rounds_of
from criteria.screens.wizard.walkthrough import Walkthrough

# What a submission says whole.
HEAVY = ("case", "assessment", "content")


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page with its state."""

    title: str
    url: str
    mark: StateMark
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionGap:
    """One thing that keeps a request from being submitted."""

    text: str
    url: str


class TaskList:
    """Every page of a request by part, and what is missing."""

    def __init__(self, walk: Walkthrough) -> None:
        """Of one request."""
        self.walk, self.draft = walk, walk.draft

    @property
    def request(self) -> AuthorizationRequest:
        """The request."""
        return self.draft.request

    @property
    def status(self) -> StateMark:
        """Where the request is."""
        return STATUS[RequestStatus(self.request.status)]

    @cached_property
    def panel(self) -> LivePanel:
        """What is found so far."""
        return LivePanel(self.walk)

    @cached_property
    def parts(self) -> tuple[tuple[str, tuple[PageTask, ...]], ...]:
        """The pages, part by part."""
        grouped = groupby(self.walk.pages, key=lambda page: page.part)
        return tuple((part.value, tuple(map(self._task, pages))) for part, pages in grouped)

    @cached_property
    def move(self) -> EditionMove | None:
        """A newer edition that is in force on the date of the request."""
        return move_of(self.draft)

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Answers of another policy that this one does not ask."""
        return kept_answers(self.draft)

    @property
    def wanted(self) -> tuple[InformationItem, ...]:
        """What a reviewer asks for."""
        return wanted_of(self.walk)

    @property
    def unanswered(self) -> tuple[InformationItem, ...]:
        """What of that was not answered since."""
        return tuple(wanted for wanted in self.wanted if not wanted.is_answered)

    @property
    def left(self) -> int:
        """How much that is."""
        return len(self.unanswered)

    @cached_property
    def rounds(self) -> tuple[SubmissionRound, ...]:
        """What was sent and what came back; nothing before the first submission."""
        return () if self.request.submitted_at is None else rounds_of(self.request)

    @cached_property
    def rejudged(self) -> Submission | None:
        """The last submission, where a reviewer has it judged by another edition."""
        if self.request.submitted_at is None:
            return None
        rows = self.request.submissions.filter(rejudged_at__isnull=False)
        return rows.select_related("version", "rejudged_by").defer(*HEAVY).order_by("number").last()

    @cached_property
    def decision(self) -> Determination | None:
        """The reviewer's decision."""
        return decision_of(self.request)

    @property
    def html(self) -> SafeString:
        """The list, and where to go on."""

        def draw() -> SafeString:
            return render_to_string("criteria/wizard/_tasks.html", {"tasks": self})

        return self.walk.once(("tasks", "list"), draw)

    @property
    def next_url(self) -> str:
        """The first page that is open."""
        every = [task for _, tasks in self.parts for task in tasks]
        return next(
            (t.url for t in every if t.mark in (TO_DO, PROBLEM, PLEASE_CHECK)), every[-1].url
        )

    def _task(self, page: WizardPage) -> PageTask:
        mark, detail = self._state(page)
        return PageTask(page.title, self.walk.addresses.page(page.slug), mark, detail)

    def _state(self, page: WizardPage) -> tuple[StateMark, str]:
        if page.slug == "result":
            return OVERALL[self.draft.overall], ""
        if not page.is_form:
            return TO_DO, ""
        form, row = form_of(self.walk, page), self.draft.rows.get(page.slug)
        if again := why_check(self.draft, row):
            return PLEASE_CHECK, again
        if form.problems:
            return PROBLEM, form.problems[0].said
        if page.criteria is not None:
            return self._criteria_state(page)
        missing = form.missing_names()
        if row is None:
            return (OPTIONAL if page.slug == REPLY else TO_DO), ""
        return (TO_DO, f"{len(missing)} still empty") if missing else (DONE, "")

    def _criteria_state(self, page: WizardPage) -> tuple[StateMark, str]:
        assert page.criteria is not None  # noqa: S101
        asked = {q.key for q in page.criteria.questions}
        open_ = asked - self.draft.answers.keys()
        if not open_:
            return DONE, ""
        if open_ <= self.draft.idle:
            mark = OPTIONAL if open_ <= self.draft.advised else NO_LONGER_NEEDED
            return (mark if open_ == asked else DONE), ""
        count = len(open_ - self.draft.idle)
        return TO_DO, f"{count} open" if page.slug in self.draft.rows else ""

    @cached_property
    def gaps(self) -> tuple[SubmissionGap, ...]:
        """Everything that is missing or wrong, all at once and by name."""
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[SubmissionGap]:
        for page in self.walk.pages:
            if not page.is_form:
                continue
            form, row = form_of(self.walk, page), self.draft.rows.get(page.slug)
            for name in form.missing_names():
                label = str(form.fields[name].label)
                yield SubmissionGap(
                    f"{page.title}: {label}", self.walk.addresses.page(page.slug, name)
                )
            for problem in form.problems:
                text = f"{page.title}: {problem.said}"
                yield SubmissionGap(text, self.walk.addresses.page(page.slug, problem.name))
            if again := why_check(self.draft, row):
                text = f"{page.title}: please check. {again}"
                yield SubmissionGap(text, self.walk.addresses.page(page.slug))
        if not self.draft.letters:
            text = "Enclosures: list at least one document"
            yield SubmissionGap(text, self.walk.addresses.page("enclosures"))
