"""What a worklist may be narrowed to. Nothing of it names a patient: it stands in the address."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from criteria.models import PolicyVersion, Urgency, WorklistGroup
from criteria.policies.stored.load import edition_of
from criteria.requests.marks import OVERALL
from criteria.rules.terms import Overall
from criteria.screens.forms import DrawnForm
from criteria.screens.review.worklist.keyset import KeysetOrder
from criteria.screens.review.worklist.lanes import STATUSES, UNDECIDED, Lanes, ListState, lanes_of

BY_DUE_TIME = KeysetOrder("due_at")
LATEST_FIRST = KeysetOrder("submitted_at", latest_first=True)
NOT_IN_THE_LIST = "Choose one of the list."
NEVER_DUE = "Nothing is due in this state. Choose another state, or any due time."
DUE = (
    ("", "Any time"),
    ("overdue", "Overdue"),
    ("day", "Within 24 hours"),
    ("three-days", "Within 3 days"),
)
HELD = (("", "Anyone"), ("me", "Me"), ("nobody", "Nobody yet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistFilter:
    """What is looked for. ``holder``: 0 for nobody; ``not_of``: practices left out.

    ``groups``: those whose requests are looked for, None for every request.
    """

    lanes: tuple[Lanes, ...]
    order: KeysetOrder
    groups: tuple[int, ...] | None = None
    holder: int | None = None
    not_of: tuple[int, ...] = ()


class Filters(DrawnForm):
    """The filters, as they stand in an address. Without a state: what is to be decided."""

    state = forms.ChoiceField(label="State", required=False, choices=ListState)
    due = forms.ChoiceField(label="Due", required=False, choices=DUE)
    held = forms.ChoiceField(label="Held by", required=False, choices=HELD)
    urgency = forms.ChoiceField(
        label="Urgency", required=False, choices=[("", "Any"), *Urgency.choices]
    )
    line = forms.ChoiceField(label="Line of business", required=False)
    indication = forms.ChoiceField(label="Indication", required=False)
    finding = forms.ChoiceField(
        label="Finding",
        required=False,
        choices=[("", "Any"), *((value.value, OVERALL[value].word) for value in Overall)],
    )

    def __init__(
        self,
        data: QueryDict,
        groups: Collection[WorklistGroup],
        versions: Collection[PolicyVersion],
    ) -> None:
        """``groups``: those there are; ``versions``: locked editions, by which they are named."""
        super().__init__(data if data.get("state") else {**data.dict(), "state": "to-decide"})
        self.groups = groups
        lines = sorted({group.line_of_business for group in groups})
        self._offer("line", [(line, line_text(line)) for line in lines if line])
        keys = {group.indication_key for group in groups if group.indication_key}
        self._offer("indication", sorted(indication_names(keys, versions), key=_by_name))
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = NOT_IN_THE_LIST

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "Any"), *choices]

    def clean(self) -> None:
        """A due time is of what is still to be decided."""
        state = self.cleaned_data.get("state")
        if self.cleaned_data.get("due") and state and not set(STATUSES[state]) & set(UNDECIDED):
            self.add_error("due", NEVER_DUE)

    @property
    def chosen(self) -> dict[str, str]:
        """The fields that narrow the list, as they are written into an address."""
        found = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return {name: value for name, value in found.items() if value}

    @property
    def is_default(self) -> bool:
        """Whether the list is the one a reviewer starts with."""
        return self.chosen == {"state": ListState.TO_DECIDE}

    def asked(self, reviewer: User, now: datetime, not_of: tuple[int, ...] = ()) -> WorklistFilter:
        """What a reviewer looks for at ``now``, but of the practices ``not_of``.

        The soonest due first while decisions are awaited; else the latest first.
        """
        data = self.cleaned_data
        holder = {"me": reviewer.pk, "nobody": 0}.get(data["held"])
        lanes = lanes_of(data["state"], data["due"], now)
        is_undecided = all(set(one.statuses) <= set(UNDECIDED) for one in lanes)
        return WorklistFilter(
            lanes=lanes,
            order=BY_DUE_TIME if is_undecided else LATEST_FIRST,
            groups=self._group_ids(is_whole=holder is None),
            holder=holder,
            not_of=not_of,
        )

    def _group_ids(self, *, is_whole: bool) -> tuple[int, ...] | None:
        """The groups that fit; what somebody holds is kept in order by group alone."""
        columns = {"line_of_business": "line", "indication_key": "indication", "overall": "finding"}
        columns["urgency"] = "urgency"
        wanted = {c: v for c, name in columns.items() if (v := self.cleaned_data[name])}
        fitting = (g for g in self.groups if all(getattr(g, c) == v for c, v in wanted.items()))
        return None if is_whole and not wanted else tuple(group.pk for group in fitting)


def line_text(line: str) -> str:
    """A line of business as it is read."""
    return line.replace("-", " ").capitalize()


def indication_names(
    keys: Iterable[str], versions: Collection[PolicyVersion]
) -> list[tuple[str, str]]:
    """Each key with its name in the latest edition that has it; such as it is where none has."""
    names = dict.fromkeys(keys, "")
    for version in versions:
        if all(names.values()):
            break
        known = edition_of(version).indications
        names |= {key: known[key].name for key, name in names.items() if not name and key in known}
    return [(key, name or line_text(key.replace("_", " "))) for key, name in names.items()]


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
