"""The first page of a preview: the edition is known, so only its own days count."""

from criteria.models import PolicyVersion
from criteria.requests.answers.typed import Typed
from criteria.rules.terms import TherapyPhase
from criteria.screens.fields import Pick
from criteria.screens.wizard.forms.start import RequestStartForm, days_text, lines_of_business


class PreviewStartForm(RequestStartForm):
    """Judged by the edition that is previewed, whichever one is in force."""

    def prepare(self) -> None:
        """Offer the line of business of the edition."""
        super().prepare()
        lines = self.fields["line_of_business"]
        assert isinstance(lines, Pick)  # noqa: S101
        own = self._previewed.policy.line_of_business
        lines.choices = [choice for choice in lines_of_business() if choice[0] == own]

    def clean(self) -> None:
        """The day must be one of the edition's."""
        self.version = self._previewed
        day, until = self.cleaned_data.get("request_date"), self.version.effective_until
        if day is None:
            return
        if day < self.version.effective_from or (until is not None and day >= until):
            days = f"Edition {self.version.number} is {days_text(self.version)}."
            self.add_error("request_date", f"{days} Choose one of its days.")

    @property
    def _previewed(self) -> PolicyVersion:
        version = self.draft.request.version
        assert version is not None  # noqa: S101
        return version


def first_typed(version: PolicyVersion, day: str) -> Typed:
    """What stands in the first page before anything is typed."""
    line = version.policy.line_of_business
    return {"line_of_business": [line], "request_date": [day]}


def phase_of(serves: str) -> TherapyPhase:
    """The phase a pathway is previewed in: the first request, where it serves that."""
    served = serves.split(",")
    return next(phase for phase in TherapyPhase if phase.value in served)
