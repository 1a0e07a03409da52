"""The form a list of codes is pasted into, and what the list would do, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from criteria.actions.policy_codes.plan import CodeChange, CodeList, CodePlan, CodeRemoval
from criteria.actions.policy_codes.read import GivenCode
from criteria.models import Indication, PolicyVersion
from criteria.models.code import SYSTEMS
from criteria.models.fields import is_lines
from criteria.rules.formats import joined
from criteria.rules.terms import CodeSystem
from criteria.screens.forms import Typed

MOST_CHARACTERS = 1_000_000
# Longer lists are folded away, so that what needs a look stands together.
OPEN_UP_TO = 30
NOTHING_NEAR = "Nor is any heading above it."
LISTED_WORDS = "not in the policy's list → in it"


class PasteForm(forms.Form):
    """A list of codes and what is to be done with it."""

    system = forms.ChoiceField(choices=SYSTEMS, label="Kind of code")
    text = forms.CharField(
        label="Codes",
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 90, "spellcheck": "false"}),
        help_text=(
            "One a line, as the policy or a spreadsheet has them: with or without description, "
            "dot or capitals. A range such as M33.00-M33.99 stands for its codes."
        ),
        error_messages={"required": "Paste at least one code."},
    )
    lines = forms.CharField(
        label="Lines of the source",
        required=False,
        max_length=60,
        validators=[is_lines],
        help_text="For every new code that says no line of its own, such as “(line 688)”.",
    )
    indication = forms.ModelChoiceField(
        queryset=Indication.objects.none(),
        required=False,
        label="New codes suggest",
        empty_label="no diagnosis",
    )
    replaces = forms.BooleanField(
        required=False,
        label="Replace the list: codes of this kind that are not pasted are removed",
    )
    skips = forms.BooleanField(required=False, label="Leave out lines that cannot be read")

    def __init__(self, version: PolicyVersion, data: Typed | None = None) -> None:
        """Diagnoses of the edition are offered."""
        super().__init__(data)
        field: Any = self.fields["indication"]
        field.queryset = Indication.objects.filter(version=version)

    def clean_text(self) -> str:
        """The list as it was pasted: lines keep their numbers."""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    @property
    def given(self) -> CodeList:
        """What the action takes, once the form is valid."""
        said = self.cleaned_data
        return CodeList(
            system=CodeSystem(said["system"]),
            text=said["text"],
            replaces=said["replaces"],
            lines=said["lines"],
            indication=said["indication"].pk if said["indication"] else None,
            skips=said["skips"],
        )


@dataclass(frozen=True, slots=True)
class PastedCodeLine:
    """A code of a section, what is said of it, and links to what names it."""

    code: str
    words: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PastedCodeSection:
    """Codes of which the same is to be said."""

    title: str
    lines: tuple[PastedCodeLine, ...]
    is_doubt: bool = False

    @property
    def is_list(self) -> bool:
        """Whether nothing is said of its codes but that they are there."""
        return all(not line.words for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether it is short enough, or needs a look."""
        return self.is_doubt or len(self.lines) <= OPEN_UP_TO


def sections(plan: CodePlan) -> list[PastedCodeSection]:
    """What a list would do: what needs a look first."""
    return [section for section in (*_doubts(plan), *_done(plan)) if section.lines]


def _doubts(plan: CodePlan) -> Iterator[PastedCodeSection]:
    lines = tuple(PastedCodeLine(f"line {u.at}", f"“{u.text}”. {u.why}") for u in plan.unreadable)
    yield PastedCodeSection("Not read", lines, is_doubt=True)
    found = {
        "Not in ICD-10-CM": plan.unknown,
        "Headings, not billed": plan.headings,
        "Not billed on the first day": plan.not_billable,
    }
    for title, doubts in found.items():
        yield PastedCodeSection(
            title,
            tuple(PastedCodeLine(d.code, d.why or NOTHING_NEAR) for d in doubts),
            is_doubt=True,
        )
    twice = (
        PastedCodeLine(code, f"On lines {joined([*map(str, at)], 'and')}.")
        for code, at in plan.twice
    )
    yield PastedCodeSection("Given more than once", tuple(twice), is_doubt=True)
    missed = tuple(_removed(code) for code in plan.removed if _is_missed(code))
    yield PastedCodeSection("Removed, though something rests on it", missed, is_doubt=True)


def _is_missed(code: CodeRemoval) -> bool:
    return bool(code.places or code.last_for)


def _done(plan: CodePlan) -> Iterator[PastedCodeSection]:
    yield PastedCodeSection("Added", tuple(map(_added, plan.added)))
    yield PastedCodeSection("Changed", tuple(map(_changed, plan.changed)))
    plain = (code for code in plan.removed if not _is_missed(code))
    yield PastedCodeSection("Removed", tuple(map(_removed, plain)))
    yield PastedCodeSection(
        "Unchanged", (PastedCodeLine(", ".join(plan.unchanged), ""),) if plan.unchanged else ()
    )


def _added(code: GivenCode) -> PastedCodeLine:
    description = code.description or "no description is known"
    return PastedCodeLine(code.code, f"{description}, {_cited(code.lines)}")


def _cited(lines: str) -> str:
    return f"line {lines}" if lines else "no line of the source"


def _changed(change: CodeChange) -> PastedCodeLine:
    said = [
        LISTED_WORDS if name == "listed" else f"{name}: {old or 'none'} → {new}"
        for name, old, new in change.values
    ]
    return PastedCodeLine(change.code, "; ".join(said))


def _removed(code: CodeRemoval) -> PastedCodeLine:
    words = code.description
    if code.last_for:
        words += f". It is the last code that leads to {joined(code.last_for, 'and')}"
    elif code.leads_to:
        words += f". It suggests {joined(code.leads_to, 'and')}"
    links = tuple(
        (reverse(f"admin:criteria_{place.model}_change", args=[place.pk]), place.words)
        for place in code.places
    )
    return PastedCodeLine(code.code, words, links)
