"""What a request says of itself, read from what was typed; nothing of it is judged here."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from criteria.models import AuthorizationRequest
from criteria.policies.codes.spelling import normalized_icd10
from criteria.policies.edition import Edition, IndicationDefinition, PathwayDefinition
from criteria.requests.ages import years_between
from criteria.requests.answers.criteria_pages import question_with
from criteria.requests.answers.typed import Typed, one
from criteria.requests.answers.typed_codes import code_texts
from criteria.requests.case import SiteOfCare
from criteria.rules import FactRole, QuestionDefinition
from criteria.rules.kinds.fields import DateBounds
from criteria.rules.parse import UnreadableError, date_of
from criteria.rules.terms import Coverage, TherapyPhase


class StatedFacts:
    """Diagnosis, dates and people of one request. Read-only."""

    def __init__(
        self,
        request: AuthorizationRequest,
        edition: Edition | None,
        typed: Typed,
        *,
        today: date,
    ) -> None:
        """``typed``: what all its pages hold, the later one before the earlier."""
        self.request, self.edition, self.today = request, edition, today
        self.typed = typed

    # What the request is about

    @cached_property
    def phase(self) -> TherapyPhase:
        """The therapy phase; the last valid one while the field is wrong."""
        typed = one(self.typed, "phase") or self.request.phase
        return TherapyPhase(typed) if typed in set(TherapyPhase) else TherapyPhase.INITIAL

    @cached_property
    def request_date(self) -> date:
        """The date of the request; the last valid one while the field is wrong."""
        found = self.day("request_date")
        return found if found is not None and found <= self.today else self._saved_date

    @property
    def _saved_date(self) -> date:
        return self.request.request_date or self.today

    @cached_property
    def indication(self) -> IndicationDefinition | None:
        """The diagnosis chosen from the policy."""
        found = None if self.edition is None else self.edition.indications
        return None if found is None else found.get(one(self.typed, "indication"))

    @property
    def is_not_listed(self) -> bool:
        """Whether the diagnosis was said not to be in the policy."""
        return self.indication is None and one(self.typed, "indication") == "not-listed"

    @property
    def has_diagnosis(self) -> bool:
        """Whether a diagnosis was chosen, listed or not."""
        return self.indication is not None or self.is_not_listed

    @cached_property
    def pathway(self) -> PathwayDefinition | None:
        """The criteria that apply: the one chosen, or the only one that serves the phase."""
        indication = self.indication
        if indication is None or indication.coverage is not Coverage.CRITERIA:
            return None
        chosen = one(self.typed, "pathway")
        serving = indication.pathways_for(self.phase)
        for pathway in serving or indication.pathways:
            if pathway.key == chosen:
                return pathway
        return serving[0] if len(serving) == 1 else None

    @property
    def needs_pathway(self) -> bool:
        """Whether it is still open which of several sets of criteria applies."""
        indication = self.indication
        has_criteria = indication is not None and indication.coverage is Coverage.CRITERIA
        return has_criteria and self.pathway is None

    @cached_property
    def icd10(self) -> tuple[str, ...]:
        """The diagnosis codes that could be read, the first one first."""
        typed = [one(self.typed, "icd10"), *code_texts(one(self.typed, "icd10_others"))]
        codes = (normalized_icd10(text) for text in typed if text)
        return tuple(dict.fromkeys(code for code in codes if code))

    @cached_property
    def place(self) -> SiteOfCare | None:
        """Where it is to be given, once that was chosen."""
        typed = one(self.typed, "place")
        return SiteOfCare(typed) if typed in set(SiteOfCare) else None

    @cached_property
    def specialty(self) -> str:
        """The prescriber's own, as chosen or in other words."""
        chosen = one(self.typed, "specialty")
        return one(self.typed, "specialty_other") if chosen == "other" else chosen

    # Dates and age

    def day(self, name: str) -> date | None:
        """A date field, if it can be read."""
        try:
            return date_of(one(self.typed, name))
        except UnreadableError:
            return None

    @cached_property
    def born(self) -> date | None:
        """The date of birth, once a possible one was typed."""
        found = self.day("born")
        return found if found is not None and found <= self.today and found.year > 1900 else None

    @cached_property
    def age_from_birth(self) -> int | None:
        """Completed years on the date of the request."""
        return None if self.born is None else years_between(self.born, self.request_date)

    @property
    def prescriber_name(self) -> str:
        """As typed on the prescriber page."""
        return one(self.typed, "prescriber_name")

    @property
    def notes_text(self) -> str:
        """The notes for the reviewer."""
        return one(self.typed, "notes_text")

    @property
    def questions(self) -> Mapping[str, QuestionDefinition]:
        """Every question of the edition."""
        return {} if self.edition is None else self.edition.questions

    def question(self, role: FactRole) -> QuestionDefinition | None:
        """The question of a role."""
        return None if self.edition is None else question_with(self.edition, role)

    @cached_property
    def known(self) -> DateBounds:
        """What typed dates are held against."""
        return DateBounds(latest=self.request_date, born=self.born)
