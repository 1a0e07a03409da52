"""What the publishing page of an edition shows before its button."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from criteria.accounts.permissions import Permission, may, works_on_policies
from criteria.actions.example_outcomes import changed, standing_of
from criteria.actions.policies.life import days_of
from criteria.actions.policies.publish import Readiness, seen_mark
from criteria.actions.policies.touched import latest_impact
from criteria.actions.policies.warnings import Warned
from criteria.models import PolicyVersion
from criteria.models.version import IN_FORCE_SOMETIME
from criteria.policies.checks.base import Overtaken, newest_published, undone_by
from criteria.policies.difference import difference
from criteria.policies.difference.words import NOTHING
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.load import edition_of
from criteria.screens.admin.places import placed
from criteria.screens.forms import Unseen, UnseenForm

UNFINISHED = "The edition is unfinished and cannot be compared yet."
# As many of a list as are read at a glance.
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning with its place, its reason as it was given or typed, and what is missing."""

    warned: Warned
    url: str
    place: str
    inside: str
    message: str
    reason: BoundField
    is_missing: bool


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """Warnings of one kind: one reason may stand for all of them."""

    code: str
    rows: list[WarningRow]
    reason: BoundField

    @property
    def is_long(self) -> bool:
        """Whether one reason for all is worth asking for."""
        return sum(row.warned.is_open for row in self.rows) > 1


class Reason(forms.CharField):
    """Why a warning may stand. PostgreSQL keeps no null characters."""

    def __init__(self, initial: str = "") -> None:
        """``initial``: a reason that is known."""
        widget = forms.Textarea({"rows": 2, "cols": 80})
        super().__init__(required=False, initial=initial, widget=widget)

    def to_python(self, value: object) -> str:
        """What was typed."""
        return str(value or "").replace("\0", "").strip()


class PublishPress(UnseenForm):
    """What was seen when the button was pressed, and whether the edition before it ends."""

    seen = Unseen()
    close_previous = forms.BooleanField(required=False, initial=True)


class PublishForm(PublishPress):
    """Also a reason for each warning, and one for all of a kind."""

    def __init__(self, found: Readiness, sent: QueryDict | None = None) -> None:
        """``found``: the warnings; ``sent``: the form as it was sent, if it was."""
        self.found = found
        super().__init__(sent or None, auto_id="%s", initial={"seen": seen_mark(found.version)})
        for one in found.warnings:
            self.fields[f"reason-{one.key}"] = Reason(_known(one))
            self.fields[f"all-{one.problem.code}"] = Reason()

    @property
    def reasons(self) -> dict[str, str]:
        """The reason typed for each warning, by its key; that of its kind where it has none."""
        return {
            w.key: self._typed(f"reason-{w.key}") or self._for_all(w) for w in self.found.warnings
        }

    def _for_all(self, one: Warned) -> str:
        return self._typed(f"all-{one.problem.code}") if one.is_open else ""

    def _typed(self, name: str) -> str:
        return str(self.values[name]) if self.is_bound else ""


def page_of(form: PublishForm, user: User, pressed: bool) -> dict[str, Any]:
    """Everything the template draws."""
    found = form.found
    version = found.version
    return {
        "version": version,
        "found": found,
        "errors": placed(version, list(found.errors)),
        "form": form,
        "groups": _groups(form, pressed),
        "days": days_of(version),
        "today": timezone.localdate(),
        "may_publish": may(user, Permission.PUBLISH_POLICY),
        "may_give_reasons": works_on_policies(user),
        "changes": changes_of(version),
        "undone": None if found.overtaken is None else undone_words(version, found.overtaken),
        "outcomes": _outcomes(version),
        "impact": _impact(version),
    }


def _groups(form: PublishForm, pressed: bool) -> list[WarningGroup]:
    found, given = form.found, form.reasons
    places = _places(found)
    rows = [
        WarningRow(
            warned=w,
            url=place["url"],
            place=place["place"],
            inside=place["inside"],
            message=place["message"],
            reason=form[f"reason-{w.key}"],
            is_missing=pressed and w.is_open and not given[w.key],
        )
        for w, place in zip(found.warnings, places, strict=True)
    ]
    kinds: dict[str, list[WarningRow]] = {}
    for row in rows:
        kinds.setdefault(row.warned.problem.code, []).append(row)
    return [WarningGroup(code, each, form[f"all-{code}"]) for code, each in kinds.items()]


def _places(found: Readiness) -> list[dict[str, str]]:
    """Where each warning is looked at: what only publishing asks for has pages of its own."""
    places = placed(found.version, [w.problem for w in found.warnings])
    impact = reverse("admin:criteria_impact", args=[found.version.pk])
    own = {
        "impact-unseen": {"place": "Requests", "url": impact},
        "requests-before": {"place": "Dates", "url": "#days"},
        "base-superseded": {"place": "What changes", "url": "#changes"},
    }
    return [
        place | own.get(w.problem.code, {}) for w, place in zip(found.warnings, places, strict=True)
    ]


def _known(one: Warned) -> str:
    """The reason given, or the one of the edition before, offered again."""
    known = one.accepted or one.before
    return "" if known is None else known.reason


def changes_of(version: PolicyVersion) -> dict[str, Any]:
    """What differs from the edition it follows: counts in words, and where it is read."""
    before = follows(version)
    if before is None:
        return {"before": None}
    told = {"before": before, "days": days_of(before), "url": difference_url(before, version)}
    try:
        found = difference(edition_of(before), edition_of(version))
    except PolicyFileError:
        return told | {"counts": [], "words": UNFINISHED}
    return told | {"counts": [count.text for count in found.counts], "words": NOTHING}


def follows(version: PolicyVersion) -> PolicyVersion | None:
    """The published edition in force the day this one begins, or the newest one there is."""
    others = PolicyVersion.objects.published().filter(IN_FORCE_SOMETIME, policy=version.policy)
    earlier = others.exclude(pk=version.pk).filter(effective_from__lte=version.effective_from)
    found = earlier.select_related("policy").order_by("-effective_from", "-id").first()
    return found or newest_published(version)


def difference_url(old: PolicyVersion, new: PolicyVersion) -> str:
    """The page that says what changed from one edition to another."""
    address = reverse("library:changes", args=[new.policy.key, new.number])
    return f"{address}?{urlencode({'from': old.number})}"


def undone_words(version: PolicyVersion, found: Overtaken) -> dict[str, Any]:
    """What a draft of a superseded edition would undo, and where the newer changes are read."""
    told = {
        "base": found.base,
        "newest": found.newest,
        "since_url": difference_url(found.base, found.newest),
        "draft_url": difference_url(found.newest, version),
    }
    try:
        changes = undone_by(version, found)
    except PolicyFileError:
        return told | {"names": [], "more": 0, "words": UNFINISHED}
    names = [f"{c.kind.value}: {c.side.name}" for c in changes[:MOST_SHOWN]]
    words = "" if names else "It would undo nothing of that."
    return told | {"names": names, "more": len(changes) - len(names), "words": words}


def _outcomes(version: PolicyVersion) -> dict[str, Any]:
    rows = changed(version)
    return {"standing": standing_of(version), "changed": rows[:MOST_SHOWN]}


def _impact(version: PolicyVersion) -> dict[str, Any] | None:
    run = latest_impact(version)
    return None if run is None else {"run": run, "changed": run.rows.count()}
