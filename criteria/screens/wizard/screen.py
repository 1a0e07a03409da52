"""What the template of a page is given: one object, so that page and fragments cannot differ."""

from collections.abc import Callable
from functools import cached_property

from crispy_forms.utils import render_crispy_form
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from criteria.models import Enclosure, RequestPage
from criteria.requests.answers.typed import one
from criteria.requests.assessment.contradictions import contradiction_text
from criteria.requests.enclosures.limits import FileLimits
from criteria.requests.enclosures.settings import file_limits
from criteria.requests.marks import StateMark
from criteria.requests.renewal_words import StatedThen, body_thens
from criteria.requests.stated_content import PHASES
from criteria.rules.terms import Coverage
from criteria.screens.field_problem import FieldProblem
from criteria.screens.forms import UnseenForm, unseen
from criteria.screens.wizard.answered_elsewhere import AnsweredElsewhere, elsewhere
from criteria.screens.wizard.conflict import Conflict
from criteria.screens.wizard.documents.evidence_rows import EvidenceRow, evidence_rows
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.forms.criteria import Head, QuestionField, QuestionsForm
from criteria.screens.wizard.forms.form import PageForm
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.forms.save import SaveForm
from criteria.screens.wizard.forms.search import DiagnosisSearch, SearchedFor
from criteria.screens.wizard.forms.send import EnclosureForm, EnclosuresForm
from criteria.screens.wizard.information_items import InformationItem, wanted_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.search.search import COVERAGE, UNSETTLED, Results, search
from criteria.screens.wizard.tasks.check_again import why_check
from criteria.screens.wizard.walkthrough import Walkthrough
from criteria.screens.wizard.words import cited


class Screen:
    """One page with everything around it."""

    def __init__(
        self,
        walk: Walkthrough,
        page: WizardPage,
        *,
        tab: str,
        searched: str = "",
        row: RequestPage | None = None,
        conflict: Conflict | None = None,
        not_saved: str = "",
        with_summary: bool = False,
        adding: EnclosureForm | None = None,
    ) -> None:
        """``row``: the page as it was saved just now; ``not_saved``: why it was not."""
        self.walk, self.draft, self.page = walk, walk.draft, page
        self.tab, self.searched = tab, searched
        self.row = row or self.draft.rows.get(page.slug)
        self.conflict, self.not_saved, self.with_summary = conflict, not_saved, with_summary
        self.adding = adding or EnclosureForm()

    @property
    def save_form(self) -> SaveForm:
        """From which window it is sent, and over which save."""
        return SaveForm(initial={"tab": self.tab, "revision": self.revision})

    @property
    def template(self) -> str:
        """The template of the page; most share one."""
        own = {"diagnosis", "dose", "enclosures"}
        name = self.page.slug if self.page.slug in own else "page"
        return f"criteria/wizard/{name}.html"

    @cached_property
    def form(self) -> PageForm:
        """The form, bound to what was typed."""
        return form_of(self.walk, self.page)

    @cached_property
    def panel(self) -> LivePanel:
        """The live panel."""
        return LivePanel(self.walk, self.page)

    @property
    def form_html(self) -> SafeString:
        """The fields."""

        def draw() -> SafeString:
            return SafeString(render_crispy_form(self.form, self.form.helper))

        return self.walk.once((self.page.slug, "form"), draw)

    @property
    def heading_html(self) -> SafeString:
        """The title, and how the criteria of the page are joined."""
        return self._part("heading", lambda: {"title": self.page.title, "head": self.head})

    @property
    def panel_html(self) -> SafeString:
        """The live panel."""
        return self._part("panel", lambda: {"panel": self.panel})

    @property
    def maximum_html(self) -> SafeString:
        """What the policy allows, under the dose."""
        return self._part("maximum", lambda: {"dose": self.dose, "oob": False})

    def _part(self, name: str, context: Callable[[], dict[str, object]]) -> SafeString:
        def draw() -> SafeString:
            return render_to_string(f"criteria/wizard/_{name}.html", context())

        return self.walk.once((self.page.slug, name), draw)

    @property
    def wanted(self) -> tuple[InformationItem, ...]:
        """What a reviewer asks for on this page that stands beside none of its questions."""
        here = (w for w in wanted_of(self.walk) if w.slug == self.page.slug)
        fields = self.form.fields
        return tuple(w for w in here if not isinstance(fields.get(w.name), QuestionField))

    @property
    def has_panel(self) -> bool:
        """The pages about people have none: what they change stands beside their fields."""
        return self.page.part.name in ("START", "CRITERIA", "DOSE")

    @property
    def check_again(self) -> str:
        """Why the page asks for another look; empty when it does not."""
        return why_check(self.draft, self.row)

    @property
    def revision(self) -> int:
        """The revision the form is drawn from."""
        return 0 if self.row is None else self.row.revision

    @property
    def url(self) -> str:
        """Where the form is sent."""
        return self.walk.addresses.page(self.page.slug)

    @property
    def tasks_url(self) -> str:
        """The task list."""
        return self.walk.addresses.tasks()

    @property
    def step(self) -> int:
        """The place among the pages, from 1."""
        return self.walk.pages.index(self.page) + 1

    @property
    def back_url(self) -> str:
        """The page before."""
        step = self.step
        return self.walk.addresses.page(self.walk.pages[step - 2].slug) if step > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after."""
        return self.walk.addresses.page(self.walk.pages[self.step].slug)

    @property
    def about(self) -> str:
        """CIDP · First request · Commercial policy 2021D0035AD. Nothing of the patient."""
        edition, indication = self.draft.edition, self.draft.indication
        return " · ".join(
            filter(
                None,
                (
                    self.draft.request.number,
                    "" if indication is None else indication.name,
                    PHASES[self.draft.phase],
                    "" if edition is None else edition.label,
                ),
            )
        )

    @property
    def problems(self) -> tuple[FieldProblem, ...]:
        """For the summary at the top: shown after a button was pressed, not while typing."""
        return self.form.problems if self.with_summary else ()

    # Diagnosis

    @cached_property
    def found(self) -> Results:
        """What the search found."""
        if self.draft.edition is None:
            return Results()
        day, chosen = self.draft.request_date, one(self.draft.typed, "indication")
        return search(self.draft.edition, day, self.searched, chosen)

    @property
    def search(self) -> DiagnosisSearch:
        """Where the diagnosis is searched for."""
        return DiagnosisSearch(self.url, self.searched)

    @property
    def searched_for(self) -> SearchedFor:
        """What was searched for, sent back with the choice."""
        return SearchedFor(initial={"searched": self.searched})

    @property
    def codes_words(self) -> str:
        """What the policy says of codes outside its list."""
        return "" if self.draft.edition is None else self.draft.edition.codes_words

    @property
    def codes_cited(self) -> str:
        """Where it says so."""
        return "" if self.draft.edition is None else cited(self.draft.edition.codes_lines)

    @property
    def coverage(self) -> StateMark | None:
        """What the policy says of the diagnosis chosen."""
        indication = self.draft.indication
        if indication is None:
            return None
        return UNSETTLED if self.contradictions else COVERAGE[indication.coverage]

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Both sides of what the policy does not settle of the diagnosis chosen."""
        draft = self.draft
        if draft.edition is None or draft.indication is None:
            return ()
        points = draft.edition.contradictions_of(draft.indication.key, draft.phase)
        return tuple(contradiction_text(point) for point in points)

    @property
    def cited(self) -> str:
        """Where the policy names the diagnosis."""
        return "" if self.draft.indication is None else cited(self.draft.indication.lines)

    @property
    def head(self) -> Head | None:
        """The group that this page is."""
        return self.form.head if isinstance(self.form, QuestionsForm) else None

    @property
    def is_unproven(self) -> bool:
        """Whether the diagnosis is on the list of unproven uses."""
        indication = self.draft.indication
        return indication is not None and indication.coverage is Coverage.UNPROVEN

    # Enclosures

    @cached_property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The documents there are."""
        return tuple(self.draft.request.enclosures.current())

    @property
    def whole(self) -> UnseenForm:
        """Last on the page: where it is missing, an upload broke off and the page is not whole."""
        return unseen({"whole": 1})

    @property
    def file_limits(self) -> FileLimits:
        """What one document may hold."""
        return file_limits()

    @cached_property
    def evidence(self) -> tuple[EvidenceRow, ...]:
        """For each answered question where the records say so."""
        form = self.form
        assert isinstance(form, EnclosuresForm)  # noqa: S101
        return tuple(evidence_rows(self.draft, form))

    # Criteria and dose

    @cached_property
    def elsewhere(self) -> tuple[AnsweredElsewhere, ...]:
        """Questions of these criteria that stand on an earlier page, with their answers."""
        return tuple(elsewhere(self.walk, self.page))

    @property
    def thens(self) -> tuple[StatedThen, ...]:
        """Weight, product and dose at the approvals that a renewal continues."""
        baseline = self.draft.baseline if self.page.slug == "dose" else None
        return () if baseline is None else tuple(body_thens(baseline))

    @cached_property
    def dose(self) -> DoseView:
        """Maxima, excess and chart."""
        return DoseView(self.draft)
