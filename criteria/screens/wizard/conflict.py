"""Two windows at one page: both values of every field that differs."""

from dataclasses import dataclass
from datetime import datetime

from criteria.accounts.people import name_of
from criteria.models import RequestPage
from criteria.requests.answers.typed import Typed, one
from criteria.screens.wizard.forms.form import PageForm
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough

PART_LABELS = {
    "on": "(date)",
    "unit": "(unit)",
    "drug": "(drug)",
    "outcome": "(outcome)",
    "start": "(started)",
    "stop": "(stopped)",
    "reason": "(reason)",
    "source": "(document)",
    "encl": "(enclosure)",
    "page": "(page)",
}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that was saved with another value meanwhile."""

    label: str
    saved: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A page that was saved from somewhere else since it was opened."""

    revision: int
    by: str
    at: datetime
    differences: tuple[FieldDifference, ...]


def conflict_of(walk: Walkthrough, page: WizardPage, saved: RequestPage, typed: Typed) -> Conflict:
    """Both values of every field that differs."""
    form = form_of(walk, page)
    return Conflict(
        revision=saved.revision,
        by=name_of(saved.saved_by),
        at=saved.saved_at,
        differences=tuple(
            FieldDifference(_label(form, name), _shown(saved.data, name), _shown(typed, name))
            for name in typed
            if (saved.data.get(name) or []) != typed[name]
        ),
    )


def _shown(typed: Typed, name: str) -> str:
    values = [value for value in typed.get(name) or [] if value.strip()]
    return "; ".join(values) if len(values) > 1 else one({name: values}, name) or "nothing"


def _label(form: PageForm, name: str) -> str:
    """The label of a field; an input of a question is named by the question."""
    if name in form.fields:
        return str(form.fields[name].label)
    owner = next((own for own in form.fields if name.startswith(f"{own}-")), None)
    if owner is None:
        return name
    part = name.removeprefix(f"{owner}-")
    return f"{form.fields[owner].label} {PART_LABELS.get(part, '')}".strip()
