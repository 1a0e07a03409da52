"""The figures of the desk by name: counted once, each with its chart and its table."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from django.utils import timezone

from criteria.models import Outcome
from criteria.rules import formats
from criteria.screens.charts import Measure, bar_chart, column_chart
from criteria.screens.figures.counted import by_outcome, by_state, by_week, weeks_of
from criteria.screens.figures.figure import Figure, percent_words, share
from criteria.screens.figures.reasons import DenialReason, asked_about, denied_for, most_missed
from criteria.screens.figures.running import Counted, open_by_clock, overdue_count, running_figure
from criteria.screens.figures.scope import FigureScope
from criteria.screens.figures.times import decision_times
from criteria.screens.figures.timing import times_figure

MOST_BARS = 12
RECEIVED = "Requests received on these days."
DECIDED = "Decisions made on these days."
AS_ASKED = {
    (Outcome.APPROVED, True): "Approved as asked",
    (Outcome.APPROVED, False): "Approved with another dose or length",
    (Outcome.DENIED, False): "Not approved",
}


class DeskFigures:
    """What is counted for one scope. Each figure costs its own queries, shared ones once.

    ``states`` and ``findings`` give the words of each code, in the order they are shown.
    """

    def __init__(
        self,
        scope: FigureScope,
        today: date,
        states: Mapping[str, str],
        findings: Mapping[str, str],
    ) -> None:
        """Nothing is counted yet."""
        self.scope, self.today, self.state_words, self.finding_words = (
            scope,
            today,
            states,
            findings,
        )

    @property
    def figures(self) -> list[Figure]:
        """All of them, in the order of the page."""
        return [make(self) for make in FIGURES.values()]

    @cached_property
    def _by_state(self) -> Counter[tuple[str, str]]:
        return by_state(self.scope)

    def weeks(self) -> Figure:
        """What came in and what was decided, week by week."""
        rows = by_week(self.scope, weeks_of(self.scope, self.today))
        came, done = sum(came for _, came, _ in rows), sum(done for *_, done in rows)
        counts = [numbers for _, *numbers in rows]
        most = max((max(numbers) for numbers in counts), default=0)
        return Figure(
            name="weeks",
            title="Received and decided, week by week",
            counted="By the week a request first came in and the week it was decided; at most the "
            "last 53 weeks.",
            said=f"{formats.counted(came, 'request')} received, "
            f"{formats.counted(done, 'decision')} made.",
            columns=("Week from", "Received", "Decided"),
            rows=tuple(rows),
            weeks=column_chart(counts, most),
            most_a_week=most,
        )

    def states(self) -> Figure:
        """Requests received, by where they are now."""
        counted = self._counted(0, self.state_words)
        title = "Where the requests are now"
        return _shares("states", title, "State", RECEIVED, counted)

    def findings(self) -> Figure:
        """Requests received, by what the software found in the last submission."""
        counted = self._counted(1, self.finding_words)
        title = "What the software found"
        words = f"{RECEIVED} The finding of the last submission; it decides nothing."
        return _shares("findings", title, "Finding", words, counted)

    def _counted(self, place: int, words: Mapping[str, str]) -> dict[str, int]:
        counted: Counter[str] = Counter()
        for key, count in self._by_state.items():
            counted[key[place]] += count
        return {word: counted[code] for code, word in words.items() if counted[code]}

    @cached_property
    def _running(self) -> dict[tuple[str, str], Counted]:
        return open_by_clock(self.scope, timezone.now())

    def overdue(self) -> Figure:
        """What is open, by its clock."""
        return running_figure(self._running)

    def times(self) -> Figure:
        """How long decisions took, and what no decision was made of in time."""
        return times_figure(decision_times(self.scope), overdue_count(self._running))

    def decisions(self) -> Figure:
        """What was decided, and whether it was what was asked for."""
        found = by_outcome(self.scope)
        counted = {words: found[key] for key, words in AS_ASKED.items() if found[key]}
        title = "What was decided"
        return _shares("decisions", title, "Decision", DECIDED, counted, "decision")

    def asked(self) -> Figure:
        """What letters asked about."""
        title, words = "What was asked for", "Letters of these days that ask for information."
        return _reasons("asked", title, words, "Times asked", asked_about(self.scope))

    def denials(self) -> Figure:
        """What denials rest on."""
        title = "Why requests were not approved"
        words = "The criteria that decisions of these days rest on; one may rest on several."
        return _reasons("denials", title, words, "Decisions", denied_for(self.scope))

    def missed(self) -> Figure:
        """What submissions missed."""
        found = most_missed(self.scope)
        shown = found[:MOST_BARS]
        bars = [Measure(m.title, (m.not_met, m.not_answered), f"{m.count:,}") for m in shown]
        return Figure(
            name="missed",
            title="Criteria most often missed",
            counted=f"{RECEIVED} As the software found when they were submitted; a criterion "
            "missed again in the next submission counts once.",
            said=f"Most often: {found[0].title}." if found else "No criterion was missed.",
            columns=("Criterion", "Policy", "Not met", "Not answered"),
            rows=tuple((m.title, m.policy, m.not_met, m.not_answered) for m in found),
            bars=bar_chart(bars),
            legend=("not met", "not answered"),
            left_out=len(found) - len(shown),
        )


FIGURES: dict[str, Callable[[DeskFigures], Figure]] = {
    "weeks": DeskFigures.weeks,
    "overdue": DeskFigures.overdue,
    "states": DeskFigures.states,
    "findings": DeskFigures.findings,
    "times": DeskFigures.times,
    "decisions": DeskFigures.decisions,
    "asked": DeskFigures.asked,
    "denials": DeskFigures.denials,
    "missed": DeskFigures.missed,
}


def _shares(
    name: str,
    title: str,
    column: str,
    counted: str,
    found: Mapping[str, int],
    one: str = "request",
) -> Figure:
    """How the whole is made up."""
    whole = sum(found.values())
    bars = [
        Measure(label, (n,), f"{n:,} ({percent_words(n, whole)})") for label, n in found.items()
    ]
    return Figure(
        name=name,
        title=title,
        counted=counted,
        said=f"{formats.counted(whole, one)} in all." if whole else f"No {one}s.",
        columns=(column, f"{one.capitalize()}s", "Per cent"),
        rows=tuple((label, n, share(n, whole)) for label, n in found.items()),
        bars=bar_chart(bars),
    )


def _reasons(name: str, title: str, counted: str, column: str, found: list[DenialReason]) -> Figure:
    shown = found[:MOST_BARS]
    return Figure(
        name=name,
        title=title,
        counted=counted,
        said=f"Most often: {found[0].title}." if found else "None on these days.",
        columns=("Criterion", "Policy", column),
        rows=tuple((reason.title, reason.policy, reason.count) for reason in found),
        bars=bar_chart([Measure(r.title, (r.count,), f"{r.count:,}") for r in shown]),
        left_out=len(found) - len(shown),
    )
