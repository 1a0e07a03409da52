"""What is wrong with something typed, wherever it is said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One thing typed wrong: where, and what to do."""

    name: str
    text: str
    label: str = ""
    # What the person is asked to confirm rather than to correct: value of the tick box.
    confirm: str = ""
    is_confirmed: bool = False

    @property
    def said(self) -> str:
        """The problem where its field is not in sight."""
        return f"{self.label} {self.text}".strip()
