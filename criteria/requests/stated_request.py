"""A request as it stands: what was typed, read once, and what the rules find of it."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from criteria.dosing import (
    NONE_STATED,
    ApprovedCourses,
    DoseOutcome,
    EarlierCourses,
    counts_requests,
)
from criteria.dosing.sentences import ORDER
from criteria.models import AuthorizationRequest, Letter, RequestPage
from criteria.policies.edition import Edition
from criteria.requests.answers.answered import StatedAnswers
from criteria.requests.answers.typed import Typed, merged, one
from criteria.requests.approvals import TREATMENT_FIELDS, approvals_held, courses_of
from criteria.requests.asking import asking_of
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case import Case
from criteria.requests.code_words import CodeWords
from criteria.requests.contradicted_fields import by_field
from criteria.requests.dose.open import dose_open
from criteria.requests.dose.second_part import OPEN, second_unsaid
from criteria.requests.dose.values import DoseTyped, dose_typed, repetition_unsaid
from criteria.requests.optional_questions import advised_questions, idle_questions
from criteria.rules import FactRole
from criteria.rules.explain import NumberedFinding, numbered
from criteria.rules.terms import Overall


class StatedRequest(StatedAnswers):
    """Everything known of one request. Read-only: actions write."""

    # Courses approved here for another practice: a reviewer counts them, the practice sees none.
    approved_for_others: tuple[ApprovedCourses, ...] = ()

    def __init__(
        self,
        request: AuthorizationRequest,
        edition: Edition | None,
        rows: Iterable[RequestPage],
        *,
        today: date,
    ) -> None:
        """``rows`` in the order they were saved: the later one counts."""
        self.rows = {row.slug: row for row in rows}
        super().__init__(request, edition, merged(r.data for r in self.rows.values()), today=today)
        self.is_sent = False  # whether something was typed just now
        # What was worked out of it elsewhere; copies of one draft share it.
        self.worked_out: dict[tuple[str, ...], object] = {}

    def with_typed(self, now_typed: Typed) -> "StatedRequest":
        """The same request with what was typed just now."""
        newer = type(self)(self.request, self.edition, self.rows.values(), today=self.today)
        newer.typed, newer.is_sent = {**self.typed, **now_typed}, True
        newer.code_words = CodeWords(newer, self.code_words)
        newer.baseline = self.baseline
        newer.asking = self.asking
        is_same = all(self.typed.get(n) == newer.typed.get(n) for n in TREATMENT_FIELDS)
        if "approved" in vars(self) and is_same:
            newer.approved = self.approved
        return newer

    def under(self, edition: Edition) -> "StatedRequest":
        """The same request judged by another edition."""
        other = type(self)(self.request, edition, self.rows.values(), today=self.today)
        other.baseline = self.baseline
        return other

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Letters of the enclosures there are."""
        return tuple(self.request.enclosure_letters.split())

    def as_found(self) -> "StatedRequest":
        """The same with everything worked out: whoever changes it changes a copy."""
        self.numbered, self.idle  # noqa: B018  (worked out once for all copies)
        return copy(self)

    # Answers

    @cached_property
    def code_words(self) -> CodeWords:
        """What is known of these codes, looked up once for the findings and the page."""
        return CodeWords(self)

    @cached_property
    def dose(self) -> DoseTyped:
        """Weight, product and dose as far as they can be read and are not in doubt."""
        return dose_typed(self)

    @cached_property
    def approved(self) -> tuple[ApprovedCourses, ...]:
        """Courses approved here before, for this patient and practice; one query at most."""
        return courses_of(approvals_held(self, until=self.request.decided_at))

    @property
    def counts_courses_before(self) -> bool:
        """Whether a limit of the criteria counts courses over requests."""
        limits = () if self.pathway is None else self.pathway.dose.limits
        return any(map(counts_requests, limits))

    @property
    def before(self) -> EarlierCourses:
        """The courses before this request, where a limit counts them."""
        if not self.counts_courses_before:
            return NONE_STATED
        return EarlierCourses(
            approved=self.approved,
            elsewhere=self.dose.courses_before,
            others=self.approved_for_others,
        )

    # What the rules find

    @cached_property
    def case(self) -> Case:
        """The request as the rules see it."""
        dose = self.dose
        return Case(
            request_date=self.request_date,
            phase=self.phase,
            indication=None if self.indication is None else self.indication.key,
            pathway=None if self.pathway is None else self.pathway.key,
            icd10=self.icd10,
            answers=self.answers,
            age_years=self.age_stated,
            born=self.born,
            specialty=self.specialty,
            consultant_specialty=one(self.typed, "consultant_specialty"),
            was_consulted={"yes": True, "no": False}.get(one(self.typed, "consulted")),
            place=self.place,
            weight_kg=dose.weight_kg,
            product=dose.product,
            other_product=dose.other_product,
            route=dose.route,
            dose=dose.request,
            earlier=dose.earlier,
            first_dose_on=self.day("planned_start"),
            authorization_months=dose.months,
            before=self.before,
        )

    @cached_property
    def assessment(self) -> Assessment | None:
        """What is found so far; None while no policy or no diagnosis is chosen.

        A dose is not within while how often or how many times it is given may still be anything.
        What was typed of it and cannot be used yet is told as that, on every screen.
        """
        if self.edition is None or not self.has_diagnosis:
            return None
        found = assess(self.edition, self.case, self.code_words)
        if found.dose.outcome is DoseOutcome.WITHIN and self.dose_unsaid:
            found = assess(self.edition, replace(self.case, dose=None), self.code_words)
        text = dose_open(found.dose, self.typed, self.dose, self.dose_unsaid)
        if not text:
            return found
        return replace(found, dose=replace(found.dose, text=text, **self._figures_of_first_part))

    @property
    def _figures_of_first_part(self) -> dict[str, Any]:
        """What is known of the first part of a dose while what follows is not complete."""
        if self.dose.request is not None or not second_unsaid(self.typed):
            return {}
        alone = self.with_typed({OPEN: [""]}).assessment
        if alone is None or not alone.dose.parts:
            return {}
        parts = tuple(replace(part, label=ORDER[0]) for part in alone.dose.parts)
        return {"parts": parts, "maxima": alone.dose.maxima}

    @property
    def dose_unsaid(self) -> str:
        """What has to be said before the amount that was typed can be called within."""
        limits = () if self.pathway is None else self.pathway.dose.limits
        return self.dose.unsaid or repetition_unsaid(self.dose.request, limits)

    @cached_property
    def contradictions(self) -> dict[str, tuple[str, ...]]:
        """What was typed in two places and does not agree, by the field it stands beside."""
        return by_field(() if self.assessment is None else self.assessment.gates)

    @cached_property
    def numbered(self) -> tuple[tuple[NumberedFinding, ...], ...]:
        """Both trees with their numbers."""
        found = self.assessment
        return () if found is None else tuple(numbered(tree) for tree in found.trees)

    @cached_property
    def idle(self) -> frozenset[str]:
        """Questions that need no answer any more."""
        return frozenset() if self.assessment is None else idle_questions(self.assessment)

    @cached_property
    def advised(self) -> frozenset[str]:
        """Questions the policy only advises to answer."""
        return frozenset() if self.assessment is None else advised_questions(self.assessment)

    @property
    def is_home_known(self) -> bool:
        """Whether the place chosen tells if it is given at home, and nothing was answered so."""
        question = self.question(FactRole.GIVEN_AT_HOME)
        return self.place is not None and question is not None and question.key not in self.answers

    @property
    def overall(self) -> Overall:
        """The result. A diagnosis the policy does not name is for a reviewer at best.

        Nothing meets while the product is open and the policy excludes some.
        """
        if self.assessment is None:
            return Overall.INCOMPLETE
        found = self.assessment.overall
        if self.product_is_open and found in (Overall.MEETS, Overall.NEEDS_REVIEW):
            return Overall.INCOMPLETE
        return Overall.NEEDS_REVIEW if self.is_not_listed and found is Overall.MEETS else found

    @property
    def product_is_open(self) -> bool:
        """Whether no product is stated under a policy that excludes some."""
        products = {} if self.edition is None else self.edition.products
        stated = self.dose.product or self.dose.other_product
        return not stated and any(product.excluded for product in products.values())

    @cached_property
    def asking(self) -> Letter | None:
        """The letter that asks for information, while the practice is asked."""
        return asking_of(self.request)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the enclosures there are, by letter; one query."""
        rows = self.request.enclosures.filter(removed_at=None).order_by("letter")
        return dict(rows.values_list("letter", "title"))
