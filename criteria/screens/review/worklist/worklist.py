"""The worklist: what was submitted, narrowed by filters, or found by words that are only posted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.contrib.auth.models import User
from django.db.models import Case, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from criteria.models import LOCKED, AuthorizationRequest, PolicyVersion, Practice, WorklistGroup
from criteria.models.word import typed_words
from criteria.screens.forms import DrawnForm, UnseenForm, unseen
from criteria.screens.review.worklist.filters import Filters, WorklistFilter
from criteria.screens.review.worklist.keyset import BadMarkError, KeysetMark, read_mark
from criteria.screens.review.worklist.lanes import ListState
from criteria.screens.review.worklist.query import wanted
from criteria.screens.review.worklist.rows import WorklistRow, rows_of, with_listed
from criteria.screens.review.worklist.search import Found, search
from criteria.screens.ticked import with_boxes
from criteria.screens.widgets import SearchInput

A_PAGE = 25
LONGEST_SEARCH = 200
MOST_WORDS = 8
NO_WORDS = "Type a number, a name, or the start of one."
TOO_LONG = f"Search for at most {MOST_WORDS} words, {LONGEST_SEARCH} characters in all."
TO_DECIDE = "To decide, and what is nearly overdue while the practice is waited for"
BAD_MARK = "That page of the list is not known. This is the first page."


class WorklistSearch(DrawnForm):
    """Words that are only posted: a name never stands in an address."""

    q = forms.CharField(
        label="Number, patient or prescriber",
        help_text="Starts of words are enough, in any order. The filters below count too.",
        required=False,
    )

    def __init__(self, typed: str, problem: str) -> None:
        """``problem``: what is wrong with what was typed."""
        super().__init__(initial={"q": typed}, auto_id="%s")
        told = {"aria-describedby": "q-about q-problem", "aria-invalid": "true"}
        about = told if problem else {"aria-describedby": "q-about"}
        search = {"autocomplete": "off", "spellcheck": "false"}
        self.fields["q"].widget = SearchInput(search | about)


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """One page of the list, with the places of its neighbours."""

    rows: list[WorklistRow]
    previous: KeysetMark | None = None
    next: KeysetMark | None = None
    stopped: bool = False


class Worklist:
    """The list a reviewer asked for: ``data`` as it came, from an address or a form."""

    def __init__(self, user: User, data: QueryDict, *, is_search: bool = False) -> None:
        self.user, self.is_search, self.now = user, is_search, timezone.now()
        self.typed = str(data.get("q", "")) if is_search else ""
        self._mark = data.get("mark", "")
        self._data = data

    @cached_property
    def versions(self) -> list[PolicyVersion]:
        """Every edition a request can have been judged by, the latest first."""
        locked = PolicyVersion.objects.filter(status__in=LOCKED).select_related("policy")
        return list(locked.order_by("-effective_from", "policy__line_of_business"))

    @cached_property
    def filters(self) -> Filters:
        """The filters, with what is there to choose from."""
        return Filters(self._data, WorklistGroup.objects.all(), self.versions)

    @cached_property
    def words(self) -> list[str]:
        """What is searched for."""
        return typed_words(self.typed[:LONGEST_SEARCH])

    @cached_property
    def problem(self) -> str:
        """What is wrong with the search; empty if nothing is."""
        if not self.is_search:
            return ""
        if len(self.typed) > LONGEST_SEARCH or len(self.words) > MOST_WORDS:
            return TOO_LONG
        return "" if self.words else NO_WORDS

    @cached_property
    def mark(self) -> KeysetMark | None:
        """Where the page begins, or ends."""
        try:
            return read_mark(self._mark)
        except BadMarkError:
            return None

    @property
    def search_form(self) -> WorklistSearch:
        """Where words are searched for."""
        return WorklistSearch(self.typed, self.problem)

    @property
    def unseen(self) -> UnseenForm:
        """The filters, and the words of a search, as a form sends them that asks neither."""
        words = {"q": self.typed} if self.is_search else {}
        return unseen(words | self.filters.chosen)

    @property
    def words_unseen(self) -> UnseenForm:
        """The words of a search, sent with other filters."""
        return unseen({"q": self.typed})

    @property
    def filters_unseen(self) -> UnseenForm:
        """The filters, sent with other words."""
        return unseen(self.filters.chosen, form="worklist-search")

    @cached_property
    def lines(self) -> list[tuple[WorklistRow, object]]:
        """The rows of the page, each with the box that takes it into a ZIP."""
        return with_boxes((row.request.number, row) for row in self.page.rows)

    @property
    def note(self) -> str:
        """A page that is not known is said, not passed over."""
        return BAD_MARK if self._mark and self.mark is None else ""

    @property
    def address(self) -> str:
        """The filters as they stand in an address."""
        return urlencode(self.filters.chosen)

    @property
    def heading(self) -> str:
        """Which list it is, and in which order: Decided, the latest submitted first."""
        chosen = ListState(self.filters.cleaned_data["state"])
        state = TO_DECIDE if chosen == ListState.TO_DECIDE else chosen.label
        is_latest = self.asked.order.latest_first
        return f"{state}, {'the latest submitted first' if is_latest else 'the soonest due first'}"

    @cached_property
    def asked(self) -> WorklistFilter:
        """What is looked for; nobody reviews a request of their own practice."""
        own = tuple(Practice.objects.of(self.user).order_by().values_list("pk", flat=True))
        return self.filters.asked(self.user, self.now, own)

    @cached_property
    def page(self) -> WorklistPage:
        """The page asked for; an empty one while something has to be corrected."""
        if not self.filters.is_valid() or self.problem:
            return WorklistPage([])
        page = self._page(self.mark)
        if self.mark is not None and self.mark.is_before and page.previous is None:
            # Near the top the page would be short: the first page whole is better.
            return self._page(None)
        return page

    def every(self) -> Iterator[AuthorizationRequest]:
        """Every request that fits, page by page, in the order of the list. None while something
        has to be corrected."""
        if not self.filters.is_valid() or self.problem:
            return
        mark = None
        while True:
            found, stopped = self._found(mark)
            yield from found
            if stopped is None and len(found) <= A_PAGE:
                return
            mark = stopped or self.asked.order.mark_of(found[-1])

    def _page(self, mark: KeysetMark | None) -> WorklistPage:
        found, stopped = self._found(mark)
        more, shown = len(found) > A_PAGE, found[:A_PAGE]
        is_back = mark is not None and mark.is_before
        shown = shown[::-1] if is_back else shown
        rows = rows_of(shown, self.versions, self.now)
        if not shown:
            return WorklistPage(
                rows, next=None if is_back else stopped, stopped=stopped is not None
            )
        first = self.asked.order.mark_of(shown[0], is_before=True)
        last = self.asked.order.mark_of(shown[-1])
        if is_back:
            return WorklistPage(rows, first if more else stopped, last, stopped is not None)
        following = last if more else stopped
        return WorklistPage(rows, None if mark is None else first, following, stopped is not None)

    def _found(
        self, mark: KeysetMark | None
    ) -> tuple[Sequence[AuthorizationRequest], KeysetMark | None]:
        """One more than a page holds, as they are read, and where a search was given up."""
        if not self.is_search:
            return list(with_listed(wanted(self.asked, mark=mark, most=A_PAGE + 1))), None
        found: Found = search(self.asked, self.words, mark=mark, most=A_PAGE + 1)
        place = Case(*(When(pk=pk, then=n) for n, pk in enumerate(found.pks)), default=0)
        rows = AuthorizationRequest.objects.filter(pk__in=found.pks).order_by(place)
        return list(with_listed(rows)), found.stopped
