"""What is said of something typed, wherever it is said: what is wrong, or what was understood."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from criteria.requests.marks import StateMark
from criteria.screens.widgets import TickBox

CONFIRMED = "I checked this: it is right as entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One thing typed wrong: where, and what to do."""

    name: str
    text: str
    label: str = ""
    # What the person is asked to confirm rather than to correct: value and name of the tick box.
    confirm: str = ""
    confirm_name: str = "confirm"
    is_confirmed: bool = False

    @property
    def said(self) -> str:
        """The problem where its field is not in sight."""
        return f"{self.label} {self.text}".strip()

    @property
    def box(self) -> SafeString:
        """The box that confirms it."""
        found = TickBox(CONFIRMED, ticked=self.confirm)
        attrs = {"class": "form-check-input", "id": f"id_confirm_{self.confirm}"}
        return found.render(self.confirm_name, self.confirm if self.is_confirmed else "", attrs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is said under a field, and changes while the person types.

    ``contradictions``: what was typed elsewhere and does not go with it.
    """

    name: str
    problems: tuple[FieldProblem, ...] = ()
    mark: StateMark | None = None
    text: str = ""
    contradictions: tuple[str, ...] = ()
