"""A letter while it is written: what its page and the page before sending are drawn from."""

from dataclasses import dataclass
from functools import cached_property

from django.forms.boundfield import BoundField, BoundWidget
from django.utils import timezone

from criteria.models import LetterDraft, LetterKind
from criteria.papers.letters.basis import ReadSubmission
from criteria.papers.letters.content import LetterItem
from criteria.papers.letters.issue import TITLES
from criteria.requests.answers.typed import Typed
from criteria.requests.dispositions.gaps import ViewGap
from criteria.requests.dispositions.gates import GATE
from criteria.screens.field_problem import FieldProblem
from criteria.screens.review.desk.form import field_id
from criteria.screens.review.letters.choices import LetterChoice
from criteria.screens.review.letters.forms import LetterForm
from criteria.screens.review.letters.needs import needs_of
from criteria.screens.review.letters.text import LetterText
from criteria.screens.review.newer_edition import NewerEdition, newer_of
from criteria.screens.review.unseen_forms import LetterSaveForm
from criteria.screens.widgets import TickBox


@dataclass(frozen=True, slots=True)
class ViewNeeded:
    """What is still to be said of a criterion; ``line`` is its place on the desk."""

    heading: str
    text: str
    line: str


def _named(item: LetterItem) -> str:
    """A criterion by its number; a gate by what it says, which tells several apart."""
    said = item.answered or item.required
    return f"{item.heading} “{said}”" if item.block == GATE else item.heading


class LetterPage(LetterText):
    """The same with its text, and with what it still needs to be sent."""

    def __init__(
        self,
        read: ReadSubmission,
        kind: LetterKind,
        row: LetterDraft | None,
        *,
        typed: Typed | None = None,
        is_sent: bool = False,
    ) -> None:
        """``is_sent``: whether what is still needed is said beside the fields."""
        super().__init__(read, kind, row, typed=typed)
        self.is_sent = is_sent
        self.conflict: LetterDraft | None = None
        self.refused = ""

    @property
    def title(self) -> str:
        """What the letter is."""
        return TITLES[self.kind]

    @cached_property
    def newer(self) -> NewerEdition | None:
        """A newer edition than the one the letter is written by."""
        return newer_of(self.read.submission, timezone.localdate())

    @property
    def revision(self) -> int:
        """The revision the page is drawn from."""
        return 0 if self.row is None else self.row.revision

    @property
    def save_form(self) -> LetterSaveForm:
        """Which submission it answers, and over which save of it."""
        number = self.read.submission.number
        return LetterSaveForm(initial={"submission": number, "revision": self.revision})

    @property
    def ticks(self) -> list[tuple[BoundWidget, LetterChoice]]:
        """Each box of what a denial may rest on, with what stands beside it."""
        return list(zip(self.form["criteria"], self.choices, strict=True))

    @property
    def confirm(self) -> BoundField:
        """The box that confirms these figures and no others."""
        widget = self.form.fields["confirm"].widget
        assert isinstance(widget, TickBox)  # noqa: S101
        widget.ticked = self.token
        return self.form["confirm"]

    @property
    def drawn(self) -> LetterForm:
        """The form with what is said of its fields."""
        self.form.needs = self.problems
        return self.form

    # What it needs

    @cached_property
    def needs(self) -> tuple[FieldProblem, ...]:
        """What keeps it from being sent."""
        return tuple(needs_of(self))

    @cached_property
    def views_needed(self) -> tuple[ViewNeeded, ...]:
        """What is still to be said at the desk, each with its line there."""
        return tuple(map(self._needed, self.gaps))

    def _needed(self, gap: ViewGap) -> ViewNeeded:
        items = {item.place: item for item in self.read.basis.items}
        item = None if gap.place is None else items.get(gap.place)
        line = "criteria" if gap.place is None else f"line-{field_id(gap.place)}"
        return ViewNeeded(_named(item) if item else gap.title, gap.text, line)

    @property
    def problems(self) -> tuple[FieldProblem, ...]:
        """What is said at the top: after a button that leads to sending."""
        return self.needs if self.is_sent else ()
