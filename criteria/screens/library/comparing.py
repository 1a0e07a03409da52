"""Two editions of a policy as an address names them, compared if they can be."""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import User
from django.http import Http404

from criteria.accounts.signed_in import SignedInRequest
from criteria.models import PolicyVersion
from criteria.policies.difference import difference
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.load import edition_of
from criteria.screens.forms import DrawnForm
from criteria.screens.library.editions import before, editions_for, elsewhere
from criteria.screens.library.page import DifferencePage

FIRST = "No edition comes before this one. Choose two editions to compare."
SAME = "An edition does not differ from itself. Choose two editions to compare."
UNFINISHED = "A draft is unfinished and cannot be compared yet. What is missing:"


class ChooseForm(DrawnForm):
    """Two editions to be compared, by their numbers."""

    def __init__(
        self, versions: list[PolicyVersion], old: PolicyVersion | None, new: PolicyVersion
    ) -> None:
        """``old`` and ``new``: those that are shown."""
        shown = {"from": old, "to": new}
        initial = {name: version.number for name, version in shown.items() if version}
        super().__init__(initial=initial, auto_id="%s")
        offered = [(version.number, _named(version)) for version in versions]
        self.fields["from"] = forms.ChoiceField(label="From", choices=offered)
        self.fields["to"] = forms.ChoiceField(label="To", choices=offered)


def _named(version: PolicyVersion) -> str:
    if version.comparison_only:
        return f"{version.number} (comparison only)"
    return version.number if version.is_locked else f"{version.number} (draft)"


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found: the page, or a message that says why there is none."""

    versions: list[PolicyVersion]
    old: PolicyVersion | None
    new: PolicyVersion
    page: DifferencePage | None = None
    message: str = ""
    problems: tuple[str, ...] = ()
    status: int = 200

    @property
    def choose(self) -> ChooseForm:
        """Where two other editions are chosen."""
        return ChooseForm(self.versions, self.old, self.new)


def compared(request: SignedInRequest, key: str, number: str) -> Compared:
    """An edition beside the one its ``from`` names, or the one before it.

    Raises Http404 for editions there are not, or that the person may not read.
    """
    versions = editions_for(request.user, key)
    new = numbered(versions, number)
    chosen = request.GET.get("from")
    old = next((v for v in versions if v.number == chosen), None) if chosen else None
    if chosen and old is None:
        message = _other_policy(request.user, new, chosen)
        return Compared(versions, None, new, message=message, status=400)
    old = old or before(new, versions)
    if old is None or old == new:
        return Compared(versions, old, new, message=SAME if old else FIRST)
    try:
        found = difference(edition_of(old), edition_of(new))
    except PolicyFileError as error:
        problems = tuple(problem.message for problem in error.problems)
        return Compared(versions, old, new, message=UNFINISHED, problems=problems)
    return Compared(versions, old, new, DifferencePage(found))


def _other_policy(user: User, new: PolicyVersion, chosen: str) -> str:
    """An edition of another policy is refused in words, one that there is not with 404."""
    other = elsewhere(user, chosen)
    if other is None:
        raise Http404("There is no such edition.")
    return (
        f"Edition {chosen} belongs to another policy, {other.policy}. "
        f"Choose two editions of {new.policy.name}."
    )


def numbered(versions: list[PolicyVersion], number: str) -> PolicyVersion:
    """The edition of a number. Raises Http404 when the policy has none the person may read."""
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404("There is no such edition.")
    return found
