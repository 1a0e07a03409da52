"""The same answers judged by every payer's policy, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex

from django import forms

from criteria.models import AuthorizationRequest, PolicyVersion
from criteria.policies.codes.stored_codebook import CODEBOOK
from criteria.policies.edition import Edition
from criteria.policies.stored.load import edition_of
from criteria.requests.answers.typed import one
from criteria.requests.comparison import (
    NONE_OF_THESE,
    CarriedCase,
    CarriedVia,
    ChosenPlaces,
    Column,
    ComparedFact,
    FactKind,
    PolicyComparison,
    carry,
    compared,
    judged,
)
from criteria.requests.stated_content import dose_text, product_text
from criteria.requests.stated_request import StatedRequest
from criteria.rules import Answer
from criteria.screens.forms import DrawnForm, StyledField, Unseen, UnseenForm, unseen
from criteria.screens.wizard.answered_elsewhere import asked_at
from criteria.screens.wizard.compare.cells import Heading, ViewRow, heading_of, line_words, row_of
from criteria.screens.wizard.compare.policies import Missing, in_force_on, missing_on
from criteria.screens.wizard.walkthrough import Walkthrough

DIAGNOSIS, PATHWAY = "diagnosis", "pathway"
LONGEST_PRESS = 32
Offered = list[tuple[int, str]]


class PlacesForm(DrawnForm):
    """What a person may choose of a policy. Values are places in a list: an address says no more.

    ``choices``: for each name its label, what is offered, and what is chosen.
    """

    bound_field_class = StyledField

    def __init__(self, choices: Mapping[str, tuple[str, Offered, int | None]]) -> None:
        """Sent by the form "choices", whose element stands elsewhere on the page."""
        super().__init__(initial={name: chosen for name, (_, _, chosen) in choices.items()})
        for name, (label, offered, _) in choices.items():
            widget = forms.Select({"form": "choices"})
            self.fields[name] = forms.ChoiceField(label=label, choices=offered, widget=widget)


class StartForm(UnseenForm):
    """Begins the request anew. ``press``: so that two presses of one button make one."""

    policy = Unseen()
    press = Unseen()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyColumn:
    """One policy of the page."""

    line: str
    heading: Heading
    column: Column
    version: PolicyVersion | None
    places: PlacesForm
    press: str

    @property
    def unseen(self) -> UnseenForm:
        """What the button that begins the request under this policy sends."""
        return unseen({"policy": self.line, "press": self.press, **self.places.initial})


@dataclass(frozen=True, slots=True)
class CompareSection:
    """Rows under one heading."""

    slug: str
    heading: str
    rows: tuple[ViewRow, ...]
    is_folded: bool = False


class ComparePage:
    """Everything the page shows."""

    def __init__(self, draft: StatedRequest, chosen: Mapping[str, str], problem: str = "") -> None:
        """``chosen``: what a person chose for a policy, as it came with the address."""
        self.draft, self._chosen, self.problem = draft, chosen, problem
        self._press = token_hex(8)

    @property
    def request(self) -> AuthorizationRequest:
        """The request."""
        return self.draft.request

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to compare: a diagnosis is chosen."""
        return self.draft.assessment is not None

    @cached_property
    def columns(self) -> tuple[PolicyColumn, ...]:
        """The request's own policy, then that of every other line of business in force."""
        return tuple(self._columns()) if self.is_ready else ()

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The lines of business without one."""
        return missing_on(self.draft.request_date, {self._own_line, *self._others})

    @cached_property
    def comparison(self) -> PolicyComparison:
        """The facts, what differs first."""
        edition, draft = self.draft.edition, self.draft
        indication = draft.indication
        said = {
            FactKind.DIAGNOSIS.value: one(draft.typed, "other_diagnosis")
            if indication is None or edition is None
            else indication.name,
            FactKind.PRODUCT.value: product_text(draft),
            FactKind.DOSE.value: dose_text(draft),
        }
        return compared([each.column for each in self.columns], said)

    @property
    def sections(self) -> tuple[CompareSection, ...]:
        """What differs first; what comes to the same is folded."""
        found, two = self.comparison, len(self.columns) == 2
        only = "Asked by one policy only" if two else "Not asked by every policy"
        same = "The same in both" if two else "The same in all"
        return (
            CompareSection("differs", "What differs", self._rows(found.differing)),
            CompareSection("partly", only, self._rows(found.partly)),
            CompareSection("same", same, self._rows(found.same), is_folded=True),
        )

    def column_of(self, line: str) -> PolicyColumn | None:
        """The policy of another line of business, to start a request under it."""
        return next((c for c in self.columns if c.line == line and c.version is not None), None)

    def _rows(self, rows: tuple[ComparedFact, ...]) -> tuple[ViewRow, ...]:
        labels = tuple(each.heading.label for each in self.columns)
        return tuple(row_of(row, labels) for row in rows)

    @cached_property
    def _others(self) -> dict[str, PolicyVersion]:
        """For each other line of business the edition in force on the day of the request."""
        found = in_force_on(self.draft.request_date)
        return {line: version for line, version in found.items() if line != self._own_line}

    @property
    def _own_line(self) -> str:
        edition = self.draft.edition
        return "" if edition is None else edition.line_of_business

    def _columns(self) -> Iterator[PolicyColumn]:
        source = self.draft.edition
        assert source is not None  # noqa: S101
        case = self.draft.case
        yield self._column(self._own_line, carry(case, source, source), None)
        for line, version in self._others.items():
            target = edition_of(version)
            chosen = ChosenPlaces(self._place(DIAGNOSIS, line), self._place(PATHWAY, line))
            also = self._known_for(target)
            carried = carry(case, source, target, chosen=chosen, also=also)
            yield self._column(line, carried, version)

    def _column(
        self, line: str, carried: CarriedCase, version: PolicyVersion | None
    ) -> PolicyColumn:
        column = judged(carried, CODEBOOK)
        return PolicyColumn(
            line=line,
            heading=heading_of(column, line_words(line), None if version else self._asked_at),
            column=column,
            version=version,
            places=PlacesForm(_choices(carried, line)),
            press=f"{self._press}-{line}"[:LONGEST_PRESS],
        )

    @cached_property
    def _asked_at(self) -> Mapping[str, str]:
        """Where the request asks its questions; nowhere once it is closed."""
        return asked_at(Walkthrough(self.draft)) if self.request.is_editable else {}

    def _known_for(self, target: Edition) -> Mapping[str, Answer]:
        """What the request holds already of questions that its own policy does not ask."""
        draft = self.draft
        return StatedRequest(
            draft.request, target, draft.rows.values(), today=draft.today
        ).case.answers

    def _place(self, what: str, line: str) -> int | None:
        """A place in a list; None for anything else."""
        text = self._chosen.get(f"{what}-{line}", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def _choices(carried: CarriedCase, line: str) -> dict[str, tuple[str, Offered, int | None]]:
    found: dict[str, tuple[str, Offered, int | None]] = {}
    if carried.indications:
        keys = [one.key for one in carried.indications]
        offered = [(place, one.name) for place, one in enumerate(carried.indications, 1)]
        none = NONE_OF_THESE if carried.via is CarriedVia.NOT_NAMED else None
        chosen = none if none is not None else _place_of(keys, carried.case.indication)
        found[f"{DIAGNOSIS}-{line}"] = (
            "Diagnosis in this policy",
            [*offered, (NONE_OF_THESE, "None of these")],
            chosen,
        )
    if carried.pathways:
        keys = [one.key for one in carried.pathways]
        found[f"{PATHWAY}-{line}"] = (
            "Which criteria apply",
            [(place, one.name) for place, one in enumerate(carried.pathways, 1)],
            _place_of(keys, carried.case.pathway),
        )
    return found


def _place_of(keys: list[str], key: str | None) -> int | None:
    """From 1; None for one that is not among them."""
    return keys.index(key) + 1 if key in keys else None
