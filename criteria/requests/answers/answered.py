"""The answers of one request, read once; nothing of them is judged here."""

from functools import cached_property

from criteria.requests.ages import typed_age
from criteria.requests.answers.facts import StatedFacts
from criteria.requests.answers.readings import Reading, read
from criteria.requests.answers.typed import many, one
from criteria.requests.renewal import Baseline
from criteria.rules import Answer, FactRole, NumberAnswer


class StatedAnswers(StatedFacts):
    """What was answered to the questions of the edition, and the age. Read-only."""

    # The approvals a continuing request is held against; whoever loads one sets it.
    baseline: Baseline | None = None

    @cached_property
    def age_years(self) -> int | None:
        """Age from the date of birth, as the criteria were answered, or as typed with the dose."""
        return self.age_typed if self.age_from_birth is None else self.age_from_birth

    @cached_property
    def age_typed(self) -> int | None:
        """Age as the criteria were answered, or as typed with the dose."""
        question = self.question(FactRole.AGE_YEARS)
        if question is not None:
            answer = read(question, self.typed, self.known).answer
            if isinstance(answer, NumberAnswer):
                return int(answer.value)
        return typed_age(one(self.typed, "age"))

    @property
    def age_token(self) -> str:
        """Confirms that the date of birth is right, and not the age typed before it."""
        born, typed = self.age_from_birth, self.age_typed
        return "" if None in (born, typed) or born == typed else f"{born}-not-{typed}"

    @property
    def age_stated(self) -> int | None:
        """The age typed, unless the date of birth was confirmed against it."""
        confirmed = self.age_token and self.age_token in many(self.typed, "confirm_age")
        return None if confirmed else self.age_typed

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Every question something was typed for, also those no page asks any more."""
        age = self.question(FactRole.AGE_YEARS) if self.born is not None else None
        return {
            key: read(question, self.typed, self.known)
            for key, question in self.questions.items()
            if f"q-{key}" in self.typed and question is not age
        }

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers that could be read, by key of the question."""
        answers = {k: r.answer for k, r in self.readings.items() if r.answer is not None}
        stated = self.question(FactRole.DIAGNOSIS_STATED)
        if stated is not None and self.is_not_listed and one(self.typed, "other_diagnosis"):
            answers[stated.key] = True
        return answers
